"""What a person keeps of searching."""

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts.models import Preference
from prytany.core.errors import DomainError
from prytany.core.scope import Scope

KEY = "search.saved"
MOST = 20
LONGEST = 200


def saved_searches(scope: Scope) -> list[str]:
    """Return the person's saved searches, the newest first."""
    row = Preference.objects.filter(person=scope.person_id, key=KEY).first()
    return list(row.value) if row else []


@transaction.atomic
def save_search(*, scope: Scope, text: str) -> list[str]:
    """Keep what was searched for; at most 20, DomainError `too_many` beyond."""
    text = " ".join(text.split())[:LONGEST]
    if not text:
        raise DomainError("empty", _("Type what you are looking for."), {"q": _("Type what you are looking for.")})
    row, _made = Preference.objects.select_for_update().get_or_create(
        person_id=scope.person_id, key=KEY, defaults={"value": []}
    )
    kept = [text, *(one for one in row.value if one != text)]
    if len(kept) > MOST:
        raise DomainError("too_many", _("You keep 20 searches. Remove one before you save another."))
    row.value = kept
    row.save(update_fields=["value"])
    return kept


@transaction.atomic
def drop_search(*, scope: Scope, text: str) -> list[str]:
    """Forget a saved search; nothing happens where it is not kept."""
    row = Preference.objects.select_for_update().filter(person=scope.person_id, key=KEY).first()
    if row is None:
        return []
    row.value = [one for one in row.value if one != text]
    row.save(update_fields=["value"])
    return list(row.value)
