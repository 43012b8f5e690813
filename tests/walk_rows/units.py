"""Rows of the organisation and of what an office sets for itself: units, posts, acts, figures, calendar."""

import datetime
from typing import Any

from prytany.core import clock
from prytany.organisation.models import (
    Appointment,
    ChangeAct,
    Hierarchy,
    Succession,
    UnitAlias,
    UnitMandate,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.tests.factories import SINCE, AppointmentFactory, PostFactory
from prytany.rules.models import RuleOverride
from prytany.workdays.models import CalendarDay
from tests.walk_rows.case import Case, row


@row("unit")
def unit(case: Case) -> dict[str, Any]:
    return {"uid": case.unit.uid}


@row("explained_unit")
def explained_unit(case: Case) -> dict[str, Any]:
    return {"kind": "unit", "uid": case.unit.uid}


@row("version")
def version(case: Case) -> dict[str, Any]:
    return {"uid": UnitVersion.objects.get(unit=case.unit).uid}


@row("relation")
def relation(case: Case) -> dict[str, Any]:
    made = UnitRelation.objects.create(
        hierarchy=Hierarchy.ADVISES, unit=case.unit, parent=case.world.ky_lua, valid_from=SINCE
    )
    return {"uid": made.uid}


@row("alias")
def alias(case: Case) -> dict[str, Any]:
    return {"uid": UnitAlias.objects.create(unit=case.unit, alias="Tên cũ").uid}


@row("mandate")
def mandate(case: Case) -> dict[str, Any]:
    return {"uid": UnitMandate.objects.create(unit=case.unit, mission="Tham mưu", basis="QĐ", valid_from=SINCE).uid}


@row("succession")
def succession(case: Case) -> dict[str, Any]:
    made = Succession.objects.create(predecessor=case.unit, successor=case.world.ky_lua, kind="transfer", on=SINCE)
    return {"uid": made.uid}


def _act(case: Case, state: str) -> ChangeAct:
    return ChangeAct.objects.create(root_id=case.unit.root_id, title="Sắp xếp", in_force_on=clock.today(), state=state)


@row("act")
def act(case: Case) -> dict[str, Any]:
    return {"uid": _act(case, "applied").uid}


@row("draft_act")
def draft_act(case: Case) -> dict[str, Any]:
    return {"uid": _act(case, "draft").uid}


@row("post")
def post(case: Case) -> dict[str, Any]:
    return {"uid": PostFactory(unit=case.unit).uid}


def _appointment(case: Case) -> Appointment:
    return AppointmentFactory(post__unit=case.unit, post__role="specialist", person__name="Người trong hàng")


@row("appointment")
def appointment(case: Case) -> dict[str, Any]:
    return {"uid": _appointment(case).uid}


@row("held_post", personal=True)
def held_post(case: Case) -> dict[str, Any]:
    return {"uid": case.holder.uid}


@row("own_figure")
def own_figure(case: Case) -> dict[str, Any]:
    made = RuleOverride.objects.create(
        unit=case.unit,
        key="tasks.due_soon_days",
        value=4,
        legal_basis="Quy chế",
        valid_from=clock.today() - datetime.timedelta(days=9),
    )
    return {"uid": made.uid}


@row("marked_day")
def marked_day(case: Case) -> dict[str, Any]:
    made = CalendarDay.objects.create(
        unit=case.unit, on=datetime.date(2026, 11, 24), kind="off", name="Nghỉ", legal_basis="QĐ"
    )
    return {"uid": made.uid}
