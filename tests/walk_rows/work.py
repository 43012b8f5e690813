"""Rows of work: tasks and parts in the states that acts start from, sheets, duties, papers made of them."""

from typing import Any

from prytany.core import clock
from prytany.files.services import store
from prytany.files.tests import samples
from prytany.organisation.models import Person, Post
from prytany.organisation.tests.factories import SINCE, AppointmentFactory
from prytany.reporting.models import Report
from prytany.sheets.models import ImportSession
from prytany.sheets.reading.grid import Table
from prytany.sheets.services import start_import
from prytany.work.models import (
    AssignmentSheet,
    Extension,
    HandOver,
    Obligation,
    Obstacle,
    StandingDuty,
    Task,
    TaskTemplate,
)
from prytany.work.tests.factories import ISSUED_ON, make_task
from tests.walk_rows.case import Case, row, scope_in

DUE = clock.today().replace(year=clock.today().year + 1)


def _assigned(case: Case, **fields: Any) -> Task:
    """Return an issued task whose only part is that of the row's unit; a foreign one lies in the other office whole."""
    task = make_task(case.world, [case.unit], due=DUE, **fields)
    if case.place == "foreign":
        moved = {"root": case.unit, "assigner_unit": case.unit, "assigner_post": case.world.posts["stranger"].post}
        people = {name: case.world.person("stranger") for name in ("assigner", "created_by", "follower")}
        Task.objects.filter(pk=task.pk).update(**moved, **people)
        Obligation.objects.filter(task=task).update(root=case.unit, creditor=case.unit)
    return task


def _part(case: Case, **fields: Any) -> Obligation:
    """Return the part of a new task, with `fields` set."""
    part = _assigned(case).obligations.get()
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    return part


def _drafter(case: Case) -> tuple[Person, Post]:
    """Return who drafts in the row's unit."""
    scope = scope_in(case, "unit_head")
    return Person.objects.get(pk=scope.person_id), Post.objects.get(pk=scope.post_id)


@row("task")
def task(case: Case) -> dict[str, Any]:
    return {"uid": _assigned(case).uid}


@row("part")
def part(case: Case) -> dict[str, Any]:
    return {"uid": _part(case).uid}


@row("lead_part")
def lead_part(case: Case) -> dict[str, Any]:
    return {"uid": _part(case, role="lead").uid}


@row("answered_part")
def answered_part(case: Case) -> dict[str, Any]:
    person, _post = _drafter(case)
    found = _part(case, state="submitted", submitted_on=ISSUED_ON, submitted_by=person, waiting_since=clock.now())
    return {"uid": found.uid}


@row("answered_task")
def answered_task(case: Case) -> dict[str, Any]:
    found = Obligation.objects.get(uid=answered_part(case)["uid"])
    return {"uid": found.task.uid}


@row("part_with_head")
def part_with_head(case: Case) -> dict[str, Any]:
    person, _post = _drafter(case)
    return {"uid": _part(case, state="with_head", handler=person).uid}


@row("extension")
def extension(case: Case) -> dict[str, Any]:
    person, _post = _drafter(case)
    made = Extension.objects.create(
        obligation=_part(case, extension_pending=True),
        from_due_on=DUE,
        asked_due_on=DUE.replace(year=DUE.year + 1),
        reason="Chưa đủ số liệu",
        asked_by=person,
        asked_at=clock.now(),
    )
    return {"uid": made.uid}


@row("obstacle")
def obstacle(case: Case) -> dict[str, Any]:
    person, _post = _drafter(case)
    made = Obstacle.objects.create(
        obligation=_part(case, is_blocked=True), cause="Mất điện", raised_by=person, raised_at=clock.now()
    )
    return {"uid": made.uid, "data": {f"o{made.pk}-answer": "Đã giải quyết"}}


def _draft(case: Case, sheet: AssignmentSheet | None = None) -> Task:
    """Return a draft of the row's unit, clear enough to be issued to that unit."""
    person, post = _drafter(case)
    made = Task.objects.create(
        root_id=case.unit.root_id,
        content="Lập danh mục",
        product="Báo cáo",
        assigner_unit=case.unit,
        assigner_post=post,
        created_by=person,
        follower=person,
        is_standing=True,
        sheet=sheet,
    )
    Obligation.objects.create(
        root_id=case.unit.root_id, task=made, owner=case.unit, holder=case.unit, creditor=case.unit, role="lead"
    )
    return made


@row("draft")
def draft(case: Case) -> dict[str, Any]:
    return {"uid": _draft(case).uid}


@row("parent")
def parent(case: Case) -> dict[str, Any]:
    return {"data": {"parent": str(_assigned(case).uid)}}


def _sheet(case: Case, **fields: Any) -> AssignmentSheet:
    person, _post = _drafter(case)
    made = AssignmentSheet.objects.create(
        root_id=case.unit.root_id, unit=case.unit, title="Phiếu", created_by=person, **fields
    )
    _draft(case, made)
    return made


@row("sheet")
def sheet(case: Case) -> dict[str, Any]:
    return {"uid": _sheet(case).uid}


@row("waiting_sheet")
def waiting_sheet(case: Case) -> dict[str, Any]:
    return {"uid": _sheet(case, state="submitted", submitted_at=clock.now()).uid}


@row("issued_sheet")
def issued_sheet(case: Case) -> dict[str, Any]:
    made = _sheet(case, state="issued", issued_at=clock.now())
    Task.objects.filter(sheet=made).update(state="issued", issued_on=ISSUED_ON)
    Obligation.objects.filter(task__sheet=made).update(state="issued", issued_on=ISSUED_ON)
    return {"uid": made.uid}


@row("duty")
def duty(case: Case) -> dict[str, Any]:
    person, post = _drafter(case)
    made = StandingDuty.objects.create(
        root_id=case.unit.root_id,
        unit=case.unit,
        post=post,
        preset="monthly",
        rrule="FREQ=MONTHLY",
        pattern={"content": "Báo cáo tháng"},
        starts_on=ISSUED_ON,
        created_by=person,
    )
    return {"uid": made.uid}


@row("template")
def template(case: Case) -> dict[str, Any]:
    person, _post = _drafter(case)
    made = TaskTemplate.objects.create(
        root_id=case.unit.root_id, unit=case.unit, title="Mẫu", rows=[{"content": "Báo cáo"}], created_by=person
    )
    return {"uid": made.uid}


@row("import", personal=True)
def imported(case: Case) -> dict[str, Any]:
    """A sheet of tasks under way, begun by somebody who may, then made the asker's own."""
    post = case.holder.post
    table = Table("Sheet1", [["Nội dung"], ["Lập danh sách"]])
    made = start_import(scope=scope_in(case, "unit_head"), kind="tasks", tables=[table], name="nhiệm vụ.xlsx")
    ImportSession.objects.filter(pk=made.pk).update(
        root_id=post.unit.root_id, unit=post.unit, person=case.holder.person
    )
    return {"kind": "tasks", "uid": made.uid}


def _report(case: Case) -> Report:
    scope = scope_in(case, "specialist")
    file = store(scope, samples.upload("báo cáo.txt", "Báo cáo".encode()))
    return Report.objects.create(
        root_id=case.unit.root_id,
        unit=case.unit,
        kind="reminder",
        state="counted",
        language="vi",
        title="Đôn đốc",
        facts={"rows": [], "rules": [], "day": ISSUED_ON.isoformat()},
        words={"opening": "Kính gửi", "closing": "Trân trọng"},
        docx=file,
        pdf=file,
        made_by_id=scope.person_id,
        appointment_id=scope.appointment_id,
        created_at=clock.now(),
    )


@row("report")
def report(case: Case) -> dict[str, Any]:
    return {"uid": _report(case).uid}


@row("report_file")
def report_file(case: Case) -> dict[str, Any]:
    return {"uid": _report(case).uid, "ending": "pdf"}


@row("hand_over", personal=True)
def hand_over(case: Case) -> dict[str, Any]:
    """What somebody who held the post of the row's holder left."""
    held = case.holder.post
    left = AppointmentFactory(post=held, person__name="Người trước", valid_from=SINCE, valid_to=clock.today())
    row = HandOver.objects.create(outgoing=left, post=held, root_id=held.unit.root_id, prepared_at=clock.now())
    return {"uid": row.uid, "data": {"all": "1"}}


@row("own_hand_over", personal=True)
def own_hand_over(case: Case) -> dict[str, Any]:
    """What the row's holder is handing over."""
    held = case.holder
    row = HandOver.objects.create(outgoing=held, post=held.post, root_id=held.post.unit.root_id)
    return {"uid": row.uid, "data": {"note": "x"}}


@row("list")
def a_list(case: Case) -> dict[str, Any]:
    """A list whose columns can be chosen; it belongs to nobody."""
    return {"name": "tasks"}
