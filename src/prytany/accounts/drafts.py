"""Drafts: what a person typed into a form and has not sent waits on the server; never for classified records.

A form names its draft in `data-draft`: a dotted name, and the uid of its record where it has one
(`work.answer:9f…`). An app whose forms may concern classified records says which (`draft_guard`).
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts.models import Draft
from prytany.core import clock, levels
from prytany.core.errors import DomainError
from prytany.core.fields import strip_controls
from prytany.core.scope import Scope

KEY = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)*(:[0-9a-zA-Z._-]{1,80}){0,2}")
LONGEST_KEY = 160
LONGEST = 200_000
MOST_PER_PERSON = 100
KEPT_DAYS = 30
# Never kept, whatever the form: secrets, and what belongs to one rendering of the form.
_LEFT_OUT = re.compile(r"password|^csrfmiddlewaretoken$|^form_token$|^version$|^code$|^credential$")

Guard = Callable[[Scope, str, Mapping[str, Any]], bool]
_guards: dict[str, Guard] = {}


def draft_guard(prefix: str) -> Callable[[Guard], Guard]:
    """Register for drafts whose key starts with `prefix` a function (scope, key, data) that is true if classified."""

    def register(guard: Guard) -> Guard:
        _guards[prefix] = guard
        return guard

    return register


def is_classified(scope: Scope, key: str, data: Mapping[str, Any]) -> bool:
    """Tell whether what stands in the form may not be kept: a guard says so, or the form's own level does."""
    if any(guard(scope, key, data) for prefix, guard in _guards.items() if key.startswith(prefix)):
        return True
    return any(str(value).isdigit() and levels.is_secret(int(value)) for value in _values(data, "level"))


def _plain(value: Any) -> Any:
    """Return a field's text or texts without control characters, which not every database can store."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return strip_controls(str(value))


def _values(data: Mapping[str, Any], name: str) -> list[Any]:
    """Return the values of a field, with and without a form prefix, single or several."""
    found: list[Any] = []
    for key, value in data.items():
        if key == name or key.endswith(f"-{name}"):
            found.extend(value if isinstance(value, list) else [value])
    return found


def save(scope: Scope, key: str, data: Mapping[str, Any]) -> Draft | None:
    """Keep what was typed into form `key`; None where all fields are empty (an earlier draft is dropped).

    DomainError if the record is classified (an earlier draft is dropped too), or the draft is far too long. Call
    outside a transaction: an error must not bring a dropped draft back.
    """
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise DomainError("draft_key", _("This form keeps no drafts."))
    if is_classified(scope, key, data):
        drop(scope, key)
        raise DomainError("draft_classified", _("What is classified is not kept as a draft."))
    kept = {strip_controls(name): _plain(value) for name, value in data.items() if not _LEFT_OUT.search(name)}
    if sum(len(str(value)) for value in kept.values()) > LONGEST:
        raise DomainError("draft_too_long", _("This text is too long to be kept as a draft."))
    if not any(kept.values()):
        drop(scope, key)
        return None
    with transaction.atomic():
        draft, _created = Draft.objects.update_or_create(person_id=scope.person_id, form=key, defaults={"data": kept})
        _drop_oldest(scope)
    return draft


def _drop_oldest(scope: Scope) -> None:
    """Keep a person's newest drafts only: nobody comes back for the hundredth."""
    newest = Draft.objects.filter(person_id=scope.person_id).order_by("-saved_at", "-pk")
    too_many = list(newest.values_list("pk", flat=True)[MOST_PER_PERSON:])
    if too_many:
        Draft.objects.filter(pk__in=too_many).delete()


def load(scope: Scope, key: str) -> Draft | None:
    """Return this person's draft of form `key`, unless the record has become classified since."""
    draft = Draft.objects.filter(person_id=scope.person_id, form=key).first()
    if draft is not None and is_classified(scope, key, draft.data):
        drop(scope, key)
        return None
    return draft


def drop(scope: Scope, key: str) -> None:
    """Forget the draft of form `key`; called when the form was sent."""
    Draft.objects.filter(person_id=scope.person_id, form=key).delete()


def forget_records(uids: Iterable[UUID]) -> None:
    """Forget what anybody typed about these records and has not sent: they have become classified."""
    for uid in uids:
        Draft.objects.filter(form__contains=str(uid)).delete()


def forget_drafts() -> int:
    """Remove drafts that nobody came back for; return how many."""
    old = Draft.objects.filter(saved_at__lt=clock.now() - datetime.timedelta(days=KEPT_DAYS))
    return old.delete()[0]
