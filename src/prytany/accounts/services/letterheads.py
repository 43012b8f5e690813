"""The letterhead of an office, in versions with dates: a paper issued last year keeps last year's."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import policies
from prytany.accounts.models import Letterhead
from prytany.audit.recording import record
from prytany.core.errors import StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.core.versions import mark
from prytany.organisation.models import Unit

FIELDS = ("family", "superior", "issuer", "symbol", "place", "authority", "signer_title")


def letterhead_of(unit: Unit, scope: Scope) -> Letterhead | None:
    """Return the letterhead of `unit` in force today."""
    found: Letterhead | None = Letterhead.objects.on(scope.today).filter(unit=unit).first()
    return found


def mark_of(letterhead: Letterhead | None) -> int:
    """Return what a form carries to tell whether somebody saved another letterhead meanwhile."""
    return mark(*(getattr(letterhead, name) for name in FIELDS)) if letterhead is not None else mark()


@transaction.atomic
def set_letterhead(*, scope: Scope, unit: Unit, values: Mapping[str, Any], version: int | None = None) -> Letterhead:
    """Give `unit` a letterhead from today on; `values` holds FIELDS. One changed twice a day keeps the last.

    StaleRecord where another stands than the one of `version`, its `mark_of`.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    authorise(policies.can_edit_settings, scope, unit.pk)
    current = letterhead_of(unit, scope)
    if version is not None and version != mark_of(current):
        raise StaleRecord(
            "stale", _("Something changed here since you opened the form. Your text is kept; look again.")
        )
    columns = {name: values[name] for name in FIELDS}
    if current is not None and current.valid_from == scope.today:
        for name, value in columns.items():
            setattr(current, name, value)
        current.full_clean()
        current.save()
        letterhead = current
    else:
        if current is not None:
            current.valid_to = scope.today
            current.save(update_fields=["valid_to"])
        letterhead = Letterhead(unit=unit, valid_from=scope.today, **columns)
        letterhead.full_clean()
        letterhead.save()
    record(scope, action="letterhead.set", target=letterhead, data={"unit": str(unit.uid)})
    return letterhead
