"""Tasks from a workbook, a table in a document, or pasted cells: each row becomes a draft on one sheet."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from prytany.core import wording
from prytany.core.errors import DomainError
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.reading import refuse_stamped
from prytany.organisation.models import Unit
from prytany.sheets import registry
from prytany.sheets.registry import Batch, Field, Importer, Line, Option, Outcome, Part, at_row
from prytany.work.models import AssignmentSheet
from prytany.work.services.drafting import Row, assigning_unit_id, create_sheet, draft_task, drop_draft

TASKS = Part(
    key="tasks",
    label=gettext_lazy("Tasks"),
    fields=(
        Field(
            "content", gettext_lazy("What is to be done"), kind="long", required=True,
            synonyms=("nội dung", "nhiệm vụ", "nội dung công việc", "công việc", "content", "task", "tâche", "mission",
                      "कार्य", "विषय", "المهمة", "المحتوى", "کام", "مواد"),
        ),
        Field(
            "lead", pgettext_lazy("role in a task", "Lead"), kind="unit",
            synonyms=("chủ trì", "đơn vị chủ trì", "cơ quan chủ trì", "lead", "lead unit", "chef de file", "pilote",
                      "मुख्य इकाई", "الجهة الرئيسية", "مرکزی یونٹ"),
        ),
        Field(
            "coordinating", pgettext_lazy("role in a task", "Coordinating"), kind="units",
            synonyms=("phối hợp", "đơn vị phối hợp", "cơ quan phối hợp", "coordinating", "partners", "en coordination",
                      "सहयोगी", "الجهات المنسقة", "معاون"),
        ),
        Field(
            "addressees", gettext_lazy("Units with a part of their own"), kind="units",
            synonyms=("đơn vị thực hiện", "nơi nhận", "thực hiện", "addressees", "units", "destinataires",
                      "प्राप्तकर्ता", "الجهات المنفذة", "وصول کنندگان"),
        ),
        Field(
            "information", gettext_lazy("For information"), kind="units",
            synonyms=("để biết", "gửi để biết", "đồng gửi", "for information", "pour information", "सूचनार्थ",
                      "للعلم", "للاطلاع", "برائے اطلاع"),
        ),
        Field(
            "due", gettext_lazy("Due"), kind="due",
            synonyms=("thời hạn", "hạn", "hạn hoàn thành", "due", "deadline", "échéance", "délai",
                      "समय सीमा", "الموعد", "الأجل", "آخری تاریخ"),
        ),
        Field(
            "product", gettext_lazy("Expected product"), max_length=200,
            synonyms=("sản phẩm", "kết quả", "product", "result", "produit", "livrable", "परिणाम", "المنتج", "نتیجہ"),
        ),
        Field(
            "method", gettext_lazy("Method"), kind="long",
            synonyms=("cách làm", "biện pháp", "method", "méthode", "विधि", "الطريقة", "طریقہ"),
        ),
        Field(
            "local_note", gettext_lazy("Note"), kind="long",
            synonyms=("ghi chú", "note", "remarks", "remarque", "टिप्पणी", "ملاحظات", "نوٹ"),
        ),
    ),
)  # fmt: skip


class TaskImporter(Importer):
    """Rows of a tracker become draft tasks on a new assignment sheet; nobody is told before it is approved."""

    kind = "tasks"
    label = gettext_lazy("Tasks from Excel")
    intro = gettext_lazy(
        "Each row becomes a draft task on a new assignment sheet. Nobody is told before it is approved."
    )
    parts = (TASKS,)
    options = (Option("title", gettext_lazy("Title of the sheet"), first=lambda scope, name: name.rpartition(".")[0]),)
    rail = "tasks"

    def can_import(self, scope: Scope) -> bool:
        """Those who may draft tasks."""
        return scope.holds_anywhere(Permission.TASK_DRAFT)

    def refuse(self, text: str) -> None:
        """Refuse the tracker of a state-secret paper: one that bears the stamp in its head."""
        refuse_stamped(text)

    def check(self, scope: Scope, batch: Batch) -> None:
        """Warn of what will have to be filled in before the sheet can be assigned; refuse a date that has passed."""
        for line in batch.parts.get("tasks", []):
            if line.get("lead") is None:
                line.warn("lead", _("No lead; the sheet cannot be assigned without one."))
            due = line.get("due")
            if due is None:
                line.warn("due", _("No due date; write one before the sheet is assigned."))
            elif due.precision != "standing" and due.date and due.date < scope.today:
                line.warn("due", _("This date has passed."))

    def apply(self, scope: Scope, batch: Batch) -> Outcome:
        """Make one draft sheet with a task for each row."""
        unit = Unit.objects.get(pk=assigning_unit_id(scope))
        lines = batch.lines("tasks")
        sheet = create_sheet(scope=scope, unit=unit, title=self._title(batch), stated_total=len(lines))
        wanted = {pk for line in lines for pk in _unit_ids(line)}
        units = Unit.objects.in_bulk(wanted)
        for line in lines:
            with at_row(line):
                draft_task(scope=scope, unit=unit, sheet=sheet, row=_row(line, units))
        url = reverse("work:sheet", args=[sheet.uid])
        return Outcome(counts={"tasks": len(lines)}, undo={"sheet": str(sheet.uid)}, url=url)

    def undo(self, scope: Scope, undo: Mapping[str, Any]) -> None:
        """Remove the drafts; DomainError once the sheet is on its way."""
        sheet = AssignmentSheet.objects.visible_to(scope).get(uid=undo["sheet"])
        if sheet.state not in (AssignmentSheet.State.DRAFT, AssignmentSheet.State.RETURNED):
            raise DomainError("on_its_way", _("The sheet is on its way already; recall it there."))
        for task in sheet.tasks.all():
            drop_draft(scope=scope, task=task)
        sheet.delete()

    def summary(self, counts: Mapping[str, int]) -> str:
        """Return how many drafts were made."""
        number = counts.get("tasks", 0)
        words = ngettext("%(count)s draft task was made.", "%(count)s draft tasks were made.", number)
        return words % {"count": wording.count(number)}

    def button(self, count: int) -> str:
        """Return the words of the button."""
        return ngettext("Make %(count)s draft", "Make %(count)s drafts", count) % {"count": wording.count(count)}

    def back_url(self) -> str:
        """Return to the tasks."""
        return reverse("work:tasks")

    def back_label(self) -> Any:
        """The page's name."""
        return _("Tasks")

    def next_label(self) -> Any:
        """On to the sheet."""
        return _("Open the assignment sheet")

    @staticmethod
    def _title(batch: Batch) -> str:
        return str(batch.options.get("title") or _("Imported tasks"))


def _unit_ids(line: Line) -> list[int]:
    found = [line.get("lead")] if line.get("lead") else []
    return [*found, *(pk for name in ("coordinating", "addressees", "information") for pk in line.get(name) or [])]


def _row(line: Line, units: Mapping[int, Unit]) -> Row:
    due = line.get("due")
    standing = due is not None and due.precision == "standing"
    return Row(
        content=line.get("content", ""),
        lead=units.get(line.get("lead") or 0),
        coordinating=[units[pk] for pk in line.get("coordinating") or [] if pk in units],
        addressees=[units[pk] for pk in line.get("addressees") or [] if pk in units],
        information=[units[pk] for pk in line.get("information") or [] if pk in units],
        due_on=due.date if due and not standing else None,
        due_precision=due.precision if due and not standing else "day",
        is_standing=standing,
        product=line.get("product") or "",
        method=line.get("method") or "",
        local_note=line.get("local_note") or "",
    )


def register() -> None:
    """Called once when all apps are loaded."""
    registry.register(TaskImporter())
