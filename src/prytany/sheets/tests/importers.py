"""An importer of the tests: names under which texts speak of units."""

from prytany.core.permissions import Permission
from prytany.organisation.models import UnitAlias
from prytany.sheets.registry import Choice, Field, Importer, Outcome, Part, at_row


def languages():
    return [Choice("vi", "Vietnamese", ("tiếng Việt",)), Choice("en", "English", ("tiếng Anh",))]


class AliasImporter(Importer):
    kind = "aliases"
    label = "Import names"
    intro = "Names under which texts speak of units."
    parts = (
        Part(
            "aliases",
            "Names",
            (
                Field("alias", "Name", ("tên gọi", "tên khác"), required=True, kind="long"),
                Field("unit", "Unit", ("đơn vị", "cơ quan"), kind="unit", required=True),
                Field("language", "Language", ("ngôn ngữ",), kind="choice", choices=languages),
                Field("on", "Since", ("từ ngày",), kind="date"),
                Field("due", "Until", ("thời hạn",), kind="due"),
                Field("others", "Also", ("phối hợp",), kind="units"),
                Field("phone", "Telephone", ("điện thoại",), kind="phone"),
                Field("email", "E-mail", ("thư điện tử",), kind="email"),
                Field("count", "Count", ("số lượng",), kind="number"),
            ),
            ("tên",),
        ),
    )

    def can_import(self, scope):
        return scope.holds_anywhere(Permission.ORGANISATION_EDIT)

    def check(self, scope, batch):
        seen = set()
        for line in batch.lines("aliases"):
            if line.get("alias") in seen:
                line.refuse("alias", "This name stands twice.")
            seen.add(line.get("alias"))

    def apply(self, scope, batch):
        made = []
        for line in batch.lines("aliases"):
            with at_row(line):
                if line.get("alias") == "explode":
                    raise_refusal()
                row = UnitAlias.objects.create(
                    unit_id=line.get("unit"), language=line.get("language", ""), alias=line.get("alias")
                )
            made.append(row.pk)
        return Outcome({"aliases": len(made)}, {"aliases": made}, url="/somewhere/")

    def undo(self, scope, undo):
        UnitAlias.objects.filter(pk__in=undo["aliases"]).delete()

    def summary(self, counts):
        return f"{counts['aliases']} names brought in."

    def button(self, count):
        return f"Bring in {count}"

    def back_url(self):
        return "/"

    def back_label(self):
        return "Names"


def raise_refusal():
    from prytany.core.errors import DomainError

    raise DomainError("no", "This cannot be.")
