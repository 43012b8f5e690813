"""Creating tasks through the REST API: single ones, and one to every commune. What is written is taken away again."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from tests.bench.measure import client_of, cpu_ms, sql
from tests.bench.pages import CHIEF, PROVINCE

CREATE_MS = 20.0
FAN_OUT_MS = 2000.0


@dataclass
class Line:
    """One line below the table of pages."""

    name: str
    figure: float
    limit: float
    unit: str = "ms of CPU"
    note: str = ""

    def text(self) -> str:
        """Return the line as it is printed."""
        verdict = "met" if self.figure <= self.limit else "NOT MET"
        note = f"   {self.note}" if self.note else ""
        return f"{self.name:<58}{self.figure:>9.1f}{self.limit:>9.0f}  {self.unit:<10} {verdict}{note}"


def _tables() -> list[type[models.Model]]:
    """Return the tables whose rows are numbered."""
    fields = (models.AutoField, models.BigAutoField)
    return [m for m in apps.get_models() if isinstance(m._meta.pk, fields) and m._meta.managed and not m._meta.proxy]


@contextmanager
def taken_back() -> Iterator[None]:
    """Remove afterwards every row that was written meanwhile, the words in the search index too."""
    from prytany.search import index
    from prytany.work.models import Task

    before = {model: model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0 for model in _tables()}
    began = timezone.now()
    try:
        yield
    finally:
        new = Task.objects.filter(pk__gt=before[Task])
        index.drop("task", list(new.values_list("pk", flat=True)))
        with transaction.atomic(), connection.cursor() as cursor:
            for model, last in before.items():
                column = model._meta.pk.column
                cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" > %s', [last])
            cursor.execute("DELETE FROM django_tasks_database_dbtaskresult WHERE enqueued_at >= %s", [began])


def _units(where: str) -> list[str]:
    rows = sql(
        f"SELECT u.uid FROM organisation_unit u JOIN organisation_unitversion v ON v.unit_id = u.id WHERE {where}"
    )
    return [str(uid if isinstance(uid, UUID) else UUID(uid)) for (uid,) in rows]


def _body(**more: Any) -> dict[str, Any]:
    due = timezone.localdate() + timezone.timedelta(days=30)
    return {"content": "Báo cáo kết quả rà soát hồ sơ tài liệu trên địa bàn", "due_on": due.isoformat(), **more}


def creating(times: int = 15) -> list[Line]:
    """Measure drafting a task, and drafting and assigning one to a unit with three coordinating."""
    client = client_of(CHIEF, program=True)
    lead, *others = _units(f"v.level = 'province' AND u.id >= {PROVINCE}")[:4]
    lines = []
    for name, body in (
        ("create by API: a draft", _body(lead=lead)),
        ("create by API: assigned to a lead and three units", _body(lead=lead, coordinating=others, issue=True)),
    ):
        costs = []
        for _ in range(times):
            before = cpu_ms()
            response = client.post("/api/v1/tasks", body, content_type="application/json")
            costs.append(cpu_ms() - before)
            assert response.status_code == 201, response.content
        lines.append(Line(name, statistics.median(costs[2:]), CREATE_MS))
    return lines


# What one act has to have written for each unit, counted after the highest key of before.
_WRITTEN = (
    ("parts", "work_obligation"),
    ("part events", "work_obligationevent"),
    ("log entries", "audit_auditevent"),
    ("notices", "notifications_notice"),
    ("e-mails queued", "notifications_delivery"),
)


def fan_out(times: int = 3) -> tuple[list[Line], list[str]]:
    """Measure assigning one task to every commune in one request that commits; return lines and what is missing."""
    from prytany.documents.models import Document

    client = client_of(CHIEF, program=True)
    communes = _units("v.level = 'commune'")
    lead = _units("v.kind = 'office'")[0]
    # Drawn from an urgent paper, so that each e-mail goes at once and not with the next digest.
    Document.objects.filter(pk=1).update(urgency="urgent")
    document = str(Document.objects.get(pk=1).uid)
    cpus, walls, faults = [], [], []
    for _ in range(times):
        last = {table: sql(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0] for _name, table in _WRITTEN}
        body = _body(lead=lead, addressees=communes, document=document, issue=True)
        before, wall = cpu_ms(), time.perf_counter()
        response = client.post("/api/v1/tasks", body, content_type="application/json")
        walls.append(time.perf_counter() - wall)
        cpus.append(cpu_ms() - before)
        assert response.status_code == 201, response.content
        for name, table in _WRITTEN:
            count = sql(f"SELECT COUNT(*) FROM {table} WHERE id > {last[table]}")[0][0]
            if count < len(communes):
                faults.append(f"fan-out: {count} {name} for {len(communes)} units")
    Document.objects.filter(pk=1).update(urgency="")
    note = f"{statistics.median(walls):.2f} s by the clock"
    line = Line(f"one task to {len(communes):,} units, e-mail queued", statistics.median(cpus), FAN_OUT_MS, note=note)
    return [line], faults
