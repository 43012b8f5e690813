"""How imports are told in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.sentences import sentence
from prytany.audit.targets import target_kind
from prytany.sheets.registry import importer_of


def _kind(data: Mapping[str, Any]) -> Mapping[str, Any]:
    importer = importer_of(str(data.get("kind", "")))
    if importer is None:
        return {}
    counts = data.get("counts")
    return {"kind": importer.label, "summary": importer.summary(counts) if counts else ""}


sentence("import.start", _("Import begun"), _("%(actor)s read a sheet in: %(kind)s, %(rows)s rows."), _kind)
sentence("import.apply", _("Sheet brought in"), _("%(actor)s brought a sheet in: %(kind)s. %(summary)s"), _kind)
sentence("import.undo", _("Import undone"), _("%(actor)s undid an import: %(kind)s."), _kind)
sentence("import.discard", _("Sheet set aside"), _("%(actor)s set a sheet aside: %(kind)s."), _kind)

target_kind("importsession", pgettext_lazy("log", "import"))
