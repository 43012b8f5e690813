"""Marks of what a form showed, by which a later save notices that somebody else saved meanwhile.

A post, a person, an appointment and the way a unit works have no version of their own: their mark is made of what
their form edits, so that it changes exactly when somebody would be overwritten.
"""

from django.utils.translation import gettext as _

from prytany.core.errors import StaleRecord
from prytany.core.versions import mark
from prytany.organisation.models import Appointment, Person, Post, Unit, UnitMandate

Row = Post | Person | Appointment | Unit | UnitMandate | None


def mark_of(row: Row) -> int:
    """Return the mark of what stands in a row, of None where none stands."""
    if row is None:
        return mark()
    if isinstance(row, UnitMandate):
        return mark(str(row.uid))
    if isinstance(row, Post):
        charge = sorted(row.charges.values_list("unit_id", flat=True))
        titles = sorted(row.titles.values_list("language", "title"))
        return mark(row.title, row.role, row.fields, row.position, charge, titles)
    if isinstance(row, Person):
        return mark(row.name, row.email, row.phone, row.language)
    if isinstance(row, Appointment):
        return mark(row.valid_from, row.valid_to, row.kind, row.decision)
    return mark(row.contact, row.head_checks, row.time_zone)


def refuse_stale(row: Row, version: int | None) -> None:
    """Raise StaleRecord unless `row`, which is locked, still has the mark that a form showed; None asks for nothing."""
    if version is not None and version != mark_of(row):
        raise StaleRecord(
            "stale", _("Something changed here since you opened the form. Your text is kept; look again.")
        )
