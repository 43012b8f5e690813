"""Copies of a directing document and templates: dates move as exactly as they were, and nothing is left behind."""

import datetime

import pytest

from prytany.core.errors import DomainError
from prytany.documents.tests.papers import paper
from prytany.work.models import Task
from prytany.work.services import copying, drafting, issuing
from prytany.work.services.drafting import Row

DATES = {
    "Báo cáo ngày": (datetime.date(2027, 1, 31), "day"),
    "Báo cáo tháng": (datetime.date(2027, 1, 31), "month"),
    "Báo cáo quý": (datetime.date(2027, 2, 3), "quarter"),
    "Báo cáo năm": (datetime.date(2027, 5, 5), "year"),
}


@pytest.fixture
def directive(world):
    """A directing document with a task for each precision."""
    document = paper(world.scope("clerk"), world.office)
    for content, (day, precision) in DATES.items():
        row = Row(content=content, lead=world.home, due_on=day, due_precision=precision)
        task = drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=row)
        Task.objects.filter(pk=task.pk).update(source_document=document)
        task.refresh_from_db()
        issuing.issue_task(scope=world.scope("chief"), task=task)
    return document


def dates_of(sheet):
    """Return what is due when in a sheet: the precision, with year and month of the last day."""
    tasks = sheet.tasks.order_by("position", "pk")
    return {task.content: (task.due_precision, task.due_on.year, task.due_on.month) for task in tasks}


def test_dates_move_by_a_month_and_stay_as_exact_as_they_were(world, directive):
    sheet = copying.copy_document_tasks(scope=world.scope("chief"), source=directive, title="Tháng sau", shift_days=30)
    assert dates_of(sheet) == {
        "Báo cáo ngày": ("day", 2027, 3),
        "Báo cáo tháng": ("month", 2027, 2),
        "Báo cáo quý": ("quarter", 2027, 3),
        "Báo cáo năm": ("year", 2027, 12),
    }


def test_dates_move_by_a_year(world, directive):
    sheet = copying.copy_document_tasks(scope=world.scope("chief"), source=directive, title="Năm sau", shift_days=365)
    assert dates_of(sheet) == {
        "Báo cáo ngày": ("day", 2028, 1),
        "Báo cáo tháng": ("month", 2028, 1),
        "Báo cáo quý": ("quarter", 2028, 3),
        "Báo cáo năm": ("year", 2028, 12),
    }


def test_template_keeps_how_exact_a_date_is(world, directive):
    scope = world.scope("chief")
    tasks = Task.objects.filter(source_document=directive)
    template = copying.save_template(scope=scope, tasks=tasks.order_by("pk"), title="Mẫu")
    start = min(task.issued_on for task in tasks) + datetime.timedelta(days=365)
    found = dates_of(copying.use_template(scope=scope, template=template, start=start))
    assert found["Báo cáo tháng"] == ("month", 2028, 1)
    assert found["Báo cáo quý"] == ("quarter", 2028, 3)


def test_too_many_tasks_are_refused_rather_than_cut(world, directive, monkeypatch):
    monkeypatch.setattr(copying, "MOST_ROWS", 3)
    with pytest.raises(DomainError) as refused:
        copying.copy_document_tasks(scope=world.scope("chief"), source=directive, title="x", shift_days=0)
    assert refused.value.code == "too_many"
    assert not Task.objects.filter(state="draft").exists()


def test_document_without_tasks_says_so(world):
    empty = paper(world.scope("clerk"), world.office)
    with pytest.raises(DomainError) as refused:
        copying.copy_document_tasks(scope=world.scope("chief"), source=empty, title="x", shift_days=0)
    assert refused.value.code == "nothing"
