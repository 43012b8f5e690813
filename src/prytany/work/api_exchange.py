"""What is said on a task, and the files behind answers, on the REST API: the same sight and checks as the pages."""

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.responses import codes_4xx

from prytany.core.pagination import keyset_page
from prytany.core.problems import Problem
from prytany.core.scope import Scope, authorise
from prytany.files.api import FileOut, file_out, waiting_files
from prytany.organisation.models import Person
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import sight
from prytany.work.mentions import mentioned_in
from prytany.work.models import Evidence, Obligation, ObligationEvent, Remark, Task
from prytany.work.services import exchange

router = Router(tags=["work"])

Cursor = Annotated[str | None, Field(max_length=300)]
Files = Annotated[list[UUID], Field(max_length=20)]


class RemarkOut(Schema):
    """One entry of the exchange on a task: who said it, from which unit, to whom, with its files."""

    uid: UUID
    at: datetime.datetime
    unit: str
    post: str
    audience: Literal["unit", "task"]
    text: str
    files: list[FileOut]


class RemarkPage(Schema):
    """Some entries, newest first."""

    items: list[RemarkOut]
    next: str | None


class RemarkIn(Schema):
    """A new entry; `files` were sent ahead. Who is named with @ is told, if the task is in their sight."""

    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    audience: Literal["unit", "task"] = "task"
    files: Files = []


class WordOut(Schema):
    """What a unit said on its part, with the files behind it: progress, answers, obstacles, checks."""

    uid: UUID
    at: datetime.datetime
    kind: str
    text: str
    files: list[FileOut]


class WordPage(Schema):
    """Some of what was said on a part, newest first."""

    items: list[WordOut]
    next: str | None


def _scope(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


def _files_of(evidence: QuerySet[Evidence], by: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for item in evidence.select_related("file__blob").order_by("pk"):
        found.setdefault(getattr(item, by), []).append(file_out(item.file))
    return found


def _remarks_out(rows: Iterable[Remark]) -> list[dict[str, Any]]:
    remarks = list(rows)
    files = _files_of(Evidence.objects.filter(remark__in=remarks), "remark_id")
    labels = unit_labels({row.unit_id for row in remarks})
    return [
        {
            "uid": row.uid,
            "at": row.at,
            "unit": labels.get(row.unit_id, NAMELESS).name,
            "post": row.post.title if row.post else "",
            "audience": row.audience,
            "text": row.text,
            "files": files.get(row.pk, []),
        }
        for row in remarks
    ]


@router.get("/tasks/{uuid:uid}/remarks", response={200: RemarkPage, codes_4xx: Problem})
def list_remarks(
    request: HttpRequest, uid: UUID, after: Cursor = None, size: Annotated[int, Field(ge=1, le=100)] = 25
) -> dict[str, Any]:
    """List what was said on a task, as far as it was said to this person's unit or to all."""
    scope = _scope(request)
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid)
    rows = Remark.objects.visible_to(scope).filter(task=task).select_related("post")
    page = keyset_page(rows, ("-at", "-pk"), after=after, size=size)
    return {"items": _remarks_out(page.rows), "next": page.next}


@router.post("/tasks/{uuid:uid}/remarks", response={201: RemarkOut, codes_4xx: Problem})
def add_remark(request: HttpRequest, uid: UUID, payload: RemarkIn) -> Status:
    """Say something on a task, to the own unit or to all on it; inspectors and auditors read only."""
    scope = _scope(request)
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid)
    authorise(sight.takes_part, scope, task)
    remark = exchange.add_remark(
        scope=scope,
        task=task,
        text=payload.text,
        audience=payload.audience,
        files=waiting_files(scope, payload.files),
        mentions=mentioned_in(payload.text, Person.objects.visible_to(scope)),
    )
    return Status(201, _remarks_out(Remark.objects.visible_to(scope).filter(pk=remark.pk).select_related("post"))[0])


@router.get("/parts/{uuid:uid}/words", response={200: WordPage, codes_4xx: Problem})
def list_part_words(
    request: HttpRequest, uid: UUID, after: Cursor = None, size: Annotated[int, Field(ge=1, le=100)] = 25
) -> dict[str, Any]:
    """List what happened to a part, newest first, each with its words and the evidence behind it."""
    scope = _scope(request)
    part = get_object_or_404(Obligation.objects.visible_to(scope, shared=True), uid=uid)
    rows = ObligationEvent.objects.visible_to(scope, shared=True).filter(obligation=part)
    page = keyset_page(rows, ("-recorded_at", "-pk"), after=after, size=size)
    files = _files_of(Evidence.objects.filter(event__in=page.rows), "event_id")
    items = [
        {"uid": row.uid, "at": row.recorded_at, "kind": row.kind, "text": row.text, "files": files.get(row.pk, [])}
        for row in page.rows
    ]
    return {"items": items, "next": page.next}
