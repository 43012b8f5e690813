"""Old registers from a workbook: each row becomes a paper with its line, under the number it had."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from prytany.core import wording
from prytany.core.fold import fold
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents import numbering, registers
from prytany.documents.kinds import FAMILIES, kinds_of
from prytany.documents.models import LedgerNumber, RegisterEntry
from prytany.documents.reading import refuse_stamped
from prytany.documents.services import ledger
from prytany.documents.services.facts import Facts, number_of
from prytany.documents.services.registration import Line as RegisterLine
from prytany.documents.services.registration import find_duplicates, register_document
from prytany.documents.services.taking_back import take_back_lines
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels
from prytany.organisation.reach import units
from prytany.sheets import registry
from prytany.sheets.registry import Batch, Field, Importer, Line, Option, Outcome, Part, at_row

Direction = RegisterEntry.Direction
MOST_UNITS = 200

LINES = Part(
    key="lines",
    label=gettext_lazy("Register"),
    fields=(
        Field(
            "number", gettext_lazy("Register number"), kind="number",
            synonyms=("số đến", "số", "số vào sổ", "register number", "number", "no.", "numéro", "numéro d'arrivée",
                      "क्रम संख्या", "رقم الوارد", "نمبر"),
        ),
        Field(
            "entered_on", gettext_lazy("Arrived on"), kind="date",
            synonyms=("ngày đến", "ngày vào sổ", "arrived on", "date received", "entered on", "date d'arrivée",
                      "प्राप्ति तिथि", "تاريخ الورود", "تاریخ وصولی"),
        ),
        Field(
            "issuer", gettext_lazy("Issuing body"), max_length=200,
            synonyms=("tác giả", "cơ quan ban hành", "nơi gửi", "issuing body", "issuer", "from", "auteur",
                      "expéditeur",
                      "जारीकर्ता", "الجهة المصدرة", "جاری کنندہ"),
        ),
        Field(
            "symbol", gettext_lazy("Number and symbol"), max_length=60, required=True,
            synonyms=("số ký hiệu", "số, ký hiệu", "số và ký hiệu", "ký hiệu", "number and symbol", "symbol",
                      "reference",
                      "numéro et symbole", "référence", "संख्या और प्रतीक", "الرقم والرمز", "نمبر و علامت"),
        ),
        Field(
            "issued_on", gettext_lazy("Date of the paper"), kind="date", required=True,
            synonyms=("ngày văn bản", "ngày tháng văn bản", "ngày, tháng", "ngày tháng", "ngày ban hành",
                      "date of the paper",
                      "date", "date du document", "दस्तावेज़ की तिथि", "تاريخ الوثيقة", "تاریخ"),
        ),
        Field(
            "content", gettext_lazy("Kind and summary"), kind="long", required=True,
            synonyms=("tên loại và trích yếu", "tên loại và trích yếu nội dung", "trích yếu", "nội dung",
                      "kind and summary",
                      "summary", "subject", "objet", "सार", "الموضوع", "خلاصہ"),
        ),
        Field(
            "signer", gettext_lazy("Signer"), max_length=100,
            synonyms=("người ký", "signer", "signed by", "signataire", "हस्ताक्षरकर्ता", "الموقّع", "دستخط کنندہ"),
        ),
        Field(
            "receiver", pgettext_lazy("register", "Receivers"), max_length=300,
            synonyms=("nơi nhận", "nơi nhận văn bản", "đơn vị hoặc người nhận", "đơn vị/người nhận", "receivers",
                      "receiver",
                      "to", "destinataires", "प्राप्तकर्ता", "الجهات المستلمة", "وصول کنندگان"),
        ),
        Field(
            "handler", gettext_lazy("Unit or person keeping the file copy"), max_length=200,
            synonyms=("đơn vị, người nhận bản lưu", "đơn vị/người nhận bản lưu", "người nhận bản lưu", "kept by"),
        ),
        Field(
            "copies", gettext_lazy("Copies"), kind="number",
            synonyms=("số lượng bản", "số bản", "copies", "number of copies", "nombre d'exemplaires"),
        ),
        Field(
            "forwarded_on", gettext_lazy("Passed on"), kind="date",
            synonyms=("ngày chuyển", "passed on", "sent on", "date de transmission"),
        ),
        Field(
            "note", gettext_lazy("Note"), max_length=300,
            synonyms=("ghi chú", "note", "remarks", "remarque", "टिप्पणी", "ملاحظات", "نوٹ"),
        ),
    ),
)  # fmt: skip


def _units(scope: Scope) -> list[tuple[str, str]]:
    found = list(units(scope, Permission.DOCUMENT_REGISTER)[:MOST_UNITS])
    labels = unit_labels([unit.pk for unit in found])
    return sorted(
        ((str(unit.uid), labels[unit.pk].name) for unit in found if unit.pk in labels), key=lambda one: one[1]
    )


def _home(scope: Scope, _name: str) -> str:
    unit = registers.home_unit(scope)
    return str(unit.uid) if unit else ""


def _book(_scope: Scope, name: str) -> str:
    """Guess the book by the name of the file."""
    words = fold(name)
    return Direction.OUT if " di" in words.replace("_", " ").replace("-", " ") or "out" in words else Direction.IN


class RegisterImporter(Importer):
    """Rows of an old register enter with the numbers they had; nothing is renumbered, nothing is routed."""

    kind = "registers"
    label = gettext_lazy("Old register from Excel")
    intro = gettext_lazy(
        "Each row becomes a paper with its register line, under the number it had. Take one book of one year at a time."
    )
    parts = (LINES,)
    options = (
        Option("unit", gettext_lazy("Register of"), choices=_units, first=_home),
        Option("direction", pgettext_lazy("book", "Register"), choices=lambda scope: Direction.choices, first=_book),
        Option("family", gettext_lazy("Family of the papers"), choices=lambda scope: FAMILIES,
               first=lambda scope, name: "state"),
    )  # fmt: skip
    rail = "registers"

    def can_import(self, scope: Scope) -> bool:
        """Those who keep a register."""
        return scope.holds_anywhere(Permission.DOCUMENT_REGISTER)

    def refuse(self, text: str) -> None:
        """Refuse a register that bears the stamp of a state secret in its head."""
        refuse_stamped(text)

    def check(self, scope: Scope, batch: Batch) -> None:
        """Refuse what the ledger would refuse: a number twice or taken, a day to come; warn of kinds and duplicates."""
        unit = _unit(scope, batch)
        if unit is None:
            return
        direction = str(batch.options.get("direction") or Direction.IN)
        seen: dict[tuple[numbering.SeriesKey, int], int] = {}
        taken: dict[numbering.SeriesKey, set[int]] = {}
        for line in batch.lines("lines"):
            facts = _facts(line, batch, unit, direction)
            number, day = _place(line, direction)
            if number is None or day is None:
                _refuse_incomplete(line, direction, number)
            elif day > scope.today:
                line.refuse("entered_on" if direction == Direction.IN else "issued_on", _("This day is yet to come."))
            elif direction == Direction.IN and facts.issued_on and day < facts.issued_on:
                line.refuse("entered_on", _("The paper cannot arrive before its own date."))
            else:
                key = numbering.series_key(
                    direction, family=facts.family, kind=facts.kind, level=facts.level, on=day, unit=unit
                )
                if key not in taken:
                    taken[key] = _taken(unit, key, day)
                _refuse_number(line, direction, number, seen.get((key, number)), number in taken[key])
                seen.setdefault((key, number), line.number)
                _warn(scope, line, facts, unit, direction, day)

    def apply(self, scope: Scope, batch: Batch) -> Outcome:
        """Enter each row as its service does."""
        unit = _unit(scope, batch)
        if unit is None:
            return Outcome(counts={"lines": 0}, undo={"lines": []})
        direction = str(batch.options.get("direction") or Direction.IN)
        made = []
        lines = sorted(batch.lines("lines"), key=lambda line: line.number)
        for line in lines:
            number, day = _place(line, direction)
            if number is None or day is None:
                continue
            with at_row(line):
                entry = register_document(
                    scope=scope,
                    unit=unit,
                    facts=_facts(line, batch, unit, direction),
                    line=_line(line, direction, number, day),
                    knowing_duplicates=True,
                )
            made.append(str(entry.uid))
        url = f"{reverse('documents:registers')}?direction={direction}&unit={unit.uid}"
        return Outcome(counts={"lines": len(made)}, undo={"lines": made}, url=url)

    def undo(self, scope: Scope, undo: Mapping[str, Any]) -> None:
        """Take the rows out again; DomainError once something hangs on one of them."""
        uids = [UUID(uid) for uid in undo["lines"]]
        take_back_lines(scope=scope, entries=RegisterEntry.objects.visible_to(scope).filter(uid__in=uids))

    def summary(self, counts: Mapping[str, int]) -> str:
        """Return how many lines were entered."""
        number = counts.get("lines", 0)
        words = ngettext("%(count)s line was entered.", "%(count)s lines were entered.", number)
        return words % {"count": wording.count(number)}

    def button(self, count: int) -> str:
        """Return the words of the button."""
        return ngettext("Enter %(count)s line", "Enter %(count)s lines", count) % {"count": wording.count(count)}

    def back_url(self) -> str:
        """Return to the registers."""
        return reverse("documents:registers")

    def back_label(self) -> Any:
        """The page's name."""
        return _("Registers")


def _unit(scope: Scope, batch: Batch) -> Unit | None:
    return registers.chosen_unit(scope, str(batch.options.get("unit") or ""))


def _refuse_incomplete(line: Line, direction: str, number: int | None) -> None:
    if direction == Direction.OUT:
        line.refuse("symbol", _("No number can be read from this number and symbol."))
    elif number is None:
        line.refuse("number", _("Write the number under which the paper stands in the register."))
    else:
        line.refuse("entered_on", _("Write the day of arrival."))


def _whole(value: Any) -> int | None:
    try:
        return int(value) if value is not None and int(value) == value and int(value) > 0 else None
    except (TypeError, ValueError, OverflowError):
        return None


def _facts(line: Line, batch: Batch, unit: Unit | None, direction: str) -> Facts:
    family = str(batch.options.get("family") or "state")
    issued: datetime.date | None = line.get("issued_on")
    content = " ".join(str(line.get("content") or "").split())
    kind, summary = kind_and_summary(content, family, unit, issued)
    return Facts(
        family=family,
        kind=kind,
        symbol=str(line.get("symbol") or "").strip(),
        issuer=unit if direction != Direction.IN else None,
        issuer_name=str(line.get("issuer") or ""),
        issued_on=issued,
        summary=summary,
        signer_name=str(line.get("signer") or ""),
        copies=_whole(line.get("copies")),
    )


def _place(line: Line, direction: str) -> tuple[int | None, datetime.date | None]:
    """Return number and day of a row: of an outgoing paper both stand in its symbol and date."""
    if direction == Direction.IN:
        return _whole(line.get("number")), line.get("entered_on")
    day = line.get("entered_on") or line.get("issued_on")
    if direction == Direction.OUT:
        return number_of(str(line.get("symbol") or "")), day
    return _whole(line.get("number")), day


def _line(line: Line, direction: str, number: int, day: datetime.date) -> RegisterLine:
    return RegisterLine(
        direction=direction,
        entered_on=day,
        number=number,
        basis=LedgerNumber.Basis.IMPORT,
        receiver=str(line.get("receiver") or ""),
        handler=str(line.get("handler") or ""),
        copies=_whole(line.get("copies")),
        forwarded_on=line.get("forwarded_on"),
        note=str(line.get("note") or ""),
    )


def kind_and_summary(content: str, family: str, unit: Unit | None, on: datetime.date | None) -> tuple[str, str]:
    """Return the code of the kind with whose name a text begins, and the rest; an official letter where none does.

    The column of the register holds both: "Quyết định về việc khen thưởng", "Thông báo. Kết luận hội nghị".
    """
    folded = fold(content)
    names = [
        (fold(name), kind.code) for kind in kinds_of(family, on=on, unit=unit).values() for name in kind.names.values()
    ]
    for name, code in sorted(names, key=lambda one: -len(one[0])):
        if folded == name:
            return code, content
        if folded.startswith(name) and not folded[len(name)].isalnum():
            words = len(name.split())
            rest = " ".join(content.split()[words:]).lstrip(".:,;-– ") if words else content
            return code, rest or content
    return "official_letter", content


def _refuse_number(line: Line, direction: str, number: int, earlier: int | None, is_taken: bool) -> None:
    field = "symbol" if direction == Direction.OUT else "number"
    if earlier is not None:
        line.refuse(field, _("Number %(number)s stands in row %(row)s too.") % {"number": number, "row": earlier})
    elif is_taken:
        line.refuse(field, _("Number %(number)s stands in the ledger already.") % {"number": number})


def _taken(unit: Unit, key: numbering.SeriesKey, on: datetime.date) -> set[int]:
    series = ledger.series_for(unit, key, numbering.issuer_on(unit, on)).first()
    return set(series.numbers.values_list("number", flat=True)) if series else set()


def _warn(scope: Scope, line: Line, facts: Facts, unit: Unit, direction: str, on: datetime.date) -> None:
    if facts.kind == "official_letter" and not fold(str(line.get("content") or "")).startswith("cong van"):
        line.warn("content", _("No kind of document is named; it is entered as an official letter."))
    if direction == Direction.OUT and numbering.may_issue(
        facts.family, facts.kind, numbering.issuer_on(unit, on), unit, on
    ):
        line.warn(
            "content", _("This body may not issue the kind by the rules of that day; the number is kept as it is.")
        )
    known = find_duplicates(
        scope=scope,
        symbol=facts.symbol,
        issuer_id=facts.issuer.pk if facts.issuer else None,
        issuer_name=facts.issuer_name,
        issued_on=facts.issued_on,
        family=facts.family,
    )
    if known:
        line.warn("symbol", _("A paper with this number and issuer is registered already."))


def register() -> None:
    """Called once when all apps are loaded."""
    registry.register(RegisterImporter())
