"""The importer of units, posts, people and accounts, and the way back out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prytany.core import wording
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.sheets.organisation.applying import Apply, take_back
from prytany.sheets.organisation.checking import Work, check
from prytany.sheets.organisation.export import export_workbook
from prytany.sheets.organisation.fields import PEOPLE, POSTS, UNITS
from prytany.sheets.registry import Batch, Importer, Outcome

# Where the pages of a finished import lead on to; those that exist are offered.
_SLIPS = ("administration:slips", "accounts:slips")


class OrganisationImporter(Importer):
    """Units, posts, people and accounts from one workbook; what is there already is left as it is."""

    kind = "organisation"
    label = gettext_lazy("Import units, posts and people")
    intro = gettext_lazy("One workbook with up to three sheets; what is there already stays as it is.")
    parts = (UNITS, POSTS, PEOPLE)
    rail = "organisation"
    exports = True

    def can_import(self, scope: Scope) -> bool:
        """Whoever edits the organisation and manages accounts."""
        return scope.holds_anywhere(Permission.ORGANISATION_EDIT) and scope.holds_anywhere(Permission.ACCOUNT_MANAGE)

    def check(self, scope: Scope, batch: Batch) -> None:
        """Check the rows of the three sheets against each other and against what is there."""
        batch.memo["work"] = check(scope, batch)

    def apply(self, scope: Scope, batch: Batch) -> Outcome:
        """Create units first, then posts, people and accounts."""
        work: Work = batch.memo["work"]
        return Apply(scope, work).run()

    def undo(self, scope: Scope, undo: Mapping[str, Any]) -> None:
        """Take everything back in the reverse order."""
        take_back(scope, undo)

    def summary(self, counts: Mapping[str, int]) -> str:
        """Return what came in: 65 units, 130 posts, 130 people, 130 accounts."""
        return ", ".join(_parts(counts)) or _("Nothing new")

    def button(self, count: int) -> str:
        """Return the words of the button."""
        words = ngettext("Bring in %(count)s row", "Bring in %(count)s rows", count)
        return words % {"count": wording.count(count)}

    def export(self, scope: Scope) -> bytes | None:
        """Return the workbook of all units, posts and people within reach, as they stand today."""
        return export_workbook(scope)

    def back_url(self) -> str:
        """Return the page of the organisation."""
        return _first("organisation:tree", "organisation:home", "administration:home") or "/"

    def back_label(self) -> object:
        """Return its name."""
        return gettext_lazy("Organisation")

    def links(self, scope: Scope, counts: Mapping[str, int]) -> list[tuple[object, str]]:
        """Offer the sign-in slips for the new accounts."""
        url = _first(*_SLIPS)
        return [(_("Print sign-in slips"), url)] if counts.get("accounts") and url else []


def _first(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _parts(counts: Mapping[str, int]) -> Iterable[str]:
    words = {
        "units": lambda n: ngettext("%(count)s unit", "%(count)s units", n),
        "posts": lambda n: ngettext("%(count)s post", "%(count)s posts", n),
        "people": lambda n: ngettext("%(count)s person", "%(count)s people", n),
        "appointments": lambda n: ngettext("%(count)s further appointment", "%(count)s further appointments", n),
        "accounts": lambda n: ngettext("%(count)s account", "%(count)s accounts", n),
        "changed": lambda n: ngettext("%(count)s record changed", "%(count)s records changed", n),
    }
    for key, word in words.items():
        if n := counts.get(key, 0):
            yield word(n) % {"count": wording.count(n)}
