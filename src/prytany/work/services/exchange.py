"""What people say on a task, whom they mention, and what they keep at hand."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.files.models import StoredFile
from prytany.files.services import attach, refuse_content
from prytany.organisation.models import Person
from prytany.work import news, sight
from prytany.work.models import Evidence, Follow, Mention, Remark, Star, Task


@transaction.atomic
def add_remark(
    *,
    scope: Scope,
    task: Task,
    text: str,
    audience: str,
    mentions: Iterable[Person] = (),
    files: Iterable[StoredFile] = (),
) -> Remark:
    """Say something on a task, to the own unit or to all on it.

    DomainError for a mention of somebody who may not see the task: the mention would tell them of it.
    """
    authorise(sight.takes_part, scope, task)
    if not text.strip():
        raise DomainError("empty", _("Write something first."), {"text": _("Write something first.")})
    refuse_content(task.level)
    mentioned = list(mentions)
    blind = [person.name for person in mentioned if not sight.person_sees(person, task, audience, scope)]
    if blind:
        names = ", ".join(blind)
        raise DomainError("blind", _("%(names)s may not see this and cannot be mentioned.") % {"names": names})
    remark = Remark.objects.create(
        task=task,
        person_id=scope.person_id,
        post_id=scope.post_id,
        unit_id=scope.unit_id,
        audience=audience,
        text=text,
        at=clock.now(),
    )
    Mention.objects.bulk_create([Mention(remark=remark, person=person) for person in mentioned])
    held = attach(scope, files, holder_kind="remark", holder_uid=remark.uid, level=task.level)
    Evidence.objects.bulk_create([Evidence(remark=remark, file=file) for file in held])
    record(scope, action="remark.add", target=task, data={"audience": audience})
    news.remark_added(scope, remark, mentioned)
    return remark


@transaction.atomic
def set_star(*, scope: Scope, kind: str, target_uid: UUID, on: bool) -> None:
    """Keep a record at hand on one's desk, or no longer."""
    if on:
        Star.objects.get_or_create(person_id=scope.person_id, kind=kind, target_uid=target_uid)
    else:
        Star.objects.filter(person_id=scope.person_id, kind=kind, target_uid=target_uid).delete()


@transaction.atomic
def set_follow(*, scope: Scope, task: Task, on: bool) -> None:
    """Hear of what changes on a task, or no longer."""
    if on:
        Follow.objects.get_or_create(person_id=scope.person_id, task=task)
    else:
        Follow.objects.filter(person_id=scope.person_id, task=task).delete()


@transaction.atomic
def share_answers(*, scope: Scope, task: Task, on: bool) -> Task:
    """Let the units of a fan-out see each other's answers, or no longer; the assigner's choice."""
    authorise(sight.may_open_answers, scope, task)
    task = Task.objects.select_for_update().get(pk=task.pk)
    task.answers_shared = on
    task.save(update_fields=["answers_shared"])
    record(scope, action="task.share_answers", target=task, data={"on": on})
    return task
