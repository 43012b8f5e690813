"""How the acts of this app are told in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentence
from prytany.core import wording


def _days(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"from": wording.day(data.get("from")), "to": wording.day(data.get("to")) or "—"}


sentence("rule.set", _("Own figure set"), _("%(actor)s set %(key)s to %(value)s from %(from)s: %(basis)s."), _days)
sentence("rule.end", _("Own figure ended"), _("%(actor)s ended the own figure for %(key)s on %(to)s."), _days)
sentence(
    "rule.take_back",
    _("Own figure taken back"),
    _("%(actor)s took back the own figure for %(key)s of %(from)s."),
    _days,
)
