"""How the acts of this app are told in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentence
from prytany.core import wording
from prytany.workdays.models import CalendarDay


def _words(data: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds = dict(CalendarDay.Kind.choices)
    return {"on": wording.day(data.get("on")), "kind": str(kinds.get(str(data.get("kind")), data.get("kind", "")))}


sentence("calendar_day.mark", _("Day marked"), _("%(actor)s marked %(on)s for %(target)s: %(kind)s."), _words)
sentence(
    "calendar_day.unmark", _("Mark taken back"), _("%(actor)s took back the mark of %(on)s for %(target)s."), _words
)
