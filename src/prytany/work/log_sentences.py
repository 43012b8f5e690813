"""How the acts of work are told in the log, and what its records are called there."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.sentences import sentences
from prytany.audit.targets import Target, target_kind
from prytany.core.scope import Scope
from prytany.work.models import AssignmentSheet, HandOver, Obligation, StandingDuty, Task

LABEL = 90


def _named(
    rows: Callable[[Scope], QuerySet[Any]], label: Callable[[Any], str], page: str
) -> Callable[[Scope, Collection[UUID]], Mapping[UUID, Target]]:
    """Return a resolver that names the rows in sight and leads to their page."""

    def resolve(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
        found = rows(scope).filter(uid__in=uids)
        return {row.uid: Target(label(row)[:LABEL], reverse(page, args=[row.uid])) for row in found}

    return resolve


def _duties(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    """Name the recurring duties in sight; they stand together on one page."""
    found = StandingDuty.objects.visible_to(scope).filter(uid__in=uids)
    return {duty.uid: Target(duty.pattern["content"][:LABEL], reverse("work:duties")) for duty in found}


def register() -> None:
    """Called once when all apps are loaded."""
    target_kind("task", _("task"), _named(Task.objects.visible_to, lambda row: row.content, "work:task"))
    target_kind(
        "obligation",
        _("part of a task"),
        _named(
            lambda scope: Obligation.objects.visible_to(scope).select_related("task"),
            lambda row: row.task.content,
            "work:part",
        ),
    )
    target_kind("assignmentsheet", _("assignment sheet"), _named(AssignmentSheet.objects.visible_to, str, "work:sheet"))
    target_kind(
        "handover",
        _("hand-over"),
        _named(
            lambda scope: HandOver.objects.visible_to(scope).select_related("post"),
            lambda row: row.post.title,
            "work:hand_over",
        ),
    )
    target_kind("standingduty", _("recurring duty"), _duties)
    target_kind("tasktemplate", _("template"))
    sentences(
        {
            "sheet.create": (_("Sheet opened"), _("%(actor)s opened the sheet %(target)s.")),
            "sheet.submit": (_("Sheet submitted"), _("%(actor)s submitted the sheet %(target)s for approval.")),
            "sheet.return": (_("Sheet sent back"), _("%(actor)s sent the sheet %(target)s back.")),
            "sheet.issue": (_("Sheet assigned"), _("%(actor)s assigned the %(tasks)s tasks of the sheet %(target)s.")),
            "task.draft": (_("Task drafted"), _("%(actor)s drafted the task %(target)s.")),
            "task.drop": (_("Draft removed"), _("%(actor)s removed the draft %(target)s.")),
            "task.copy": (_("Task copied"), _("%(actor)s copied a task into %(target)s.")),
            "task.assign": (_("Task assigned"), _("%(actor)s assigned the task %(target)s.")),
            "task.recall": (_("Task recalled"), _("%(actor)s recalled the task %(target)s.")),
            "task.cancel": (_("Task cancelled"), _("%(actor)s cancelled the task %(target)s and %(parts)s parts.")),
            "task.raise": (
                _("Task raised with its paper"),
                _("%(target)s was raised to the level of the paper it is drawn from."),
            ),
            "task.share_answers": (
                _("Answers opened or closed"),
                _("%(actor)s changed who sees the answers to %(target)s."),
            ),
            "part.assign": (_("Part assigned"), _("%(actor)s assigned a part of %(target)s.")),
            "part.open": (_("Part opened"), _("%(actor)s opened %(target)s.")),
            "part.name_handler": (_("Handler named"), _("%(actor)s named a handler for %(target)s.")),
            "part.report": (_("Progress reported"), _("%(actor)s reported progress on %(target)s.")),
            "part.answer": (_("Answered"), _("%(actor)s answered %(target)s.")),
            "part.approve": (
                _("Answer approved in the unit"),
                _("%(actor)s let the answer to %(target)s leave the unit."),
            ),
            "part.head_return": (_("Answer returned in the unit"), _("%(actor)s returned the answer to %(target)s.")),
            "part.take_back": (_("Answer taken back"), _("%(actor)s took back the answer to %(target)s.")),
            "part.hand_back": (_("Handed back"), _("%(actor)s handed %(target)s back.")),
            "part.verify": (_("Result confirmed"), _("%(actor)s confirmed the result of %(target)s.")),
            "part.send_back": (_("More asked for"), _("%(actor)s asked for more on %(target)s.")),
            "part.undo_check": (_("Check undone"), _("%(actor)s took back the check of %(target)s at once.")),
            "part.extend": (_("Due date moved"), _("%(actor)s moved the due date of %(target)s to %(due)s.")),
            "part.remind": (_("Reminded"), _("%(actor)s reminded of %(target)s.")),
            "part.escalate": (_("Escalated"), _("Overdue work was told up the ladder: %(target)s.")),
            "part.recall": (_("Part recalled"), _("%(actor)s recalled a part of %(target)s.")),
            "part.reassign": (_("Reassigned"), _("%(actor)s gave %(target)s to another unit.")),
            "part.hand_over": (_("Handed over"), _("%(actor)s handed %(target)s over to another unit.")),
            "part.take_over": (_("Taken over"), _("%(actor)s took %(target)s over with the post.")),
            "task.take_over": (_("Task taken over"), _("%(actor)s took the task %(target)s over with the post.")),
            "sheet.take_over": (_("Sheet taken over"), _("%(actor)s took the sheet %(target)s over with the post.")),
            "duty.take_over": (
                _("Recurring duty taken over"),
                _("%(actor)s took a recurring duty over with the post."),
            ),
            "hand_over.open": (_("Hand-over begun"), _("%(actor)s began to hand over the post %(target)s.")),
            "hand_over.prepare": (
                _("Hand-over prepared"),
                _("%(actor)s prepared the hand-over of the post %(target)s."),
            ),
            "hand_over.accept": (
                _("Accepted with a post"),
                _("%(actor)s accepted %(number)s things with the post %(target)s."),
            ),
            "hand_over.complete": (
                _("Post taken over"),
                _("%(actor)s has accepted everything that the post %(target)s brings."),
            ),
            "extension.ask": (_("More time asked for"), _("%(actor)s asked for more time on %(target)s.")),
            "extension.decide": (_("More time decided"), _("%(actor)s decided on more time for %(target)s.")),
            "obstacle.raise": (_("Obstacle reported"), _("%(actor)s reported an obstacle to %(target)s.")),
            "obstacle.answer": (_("Obstacle answered"), _("%(actor)s answered the obstacle to %(target)s.")),
            "obstacle.close": (
                _("Obstacle removed"),
                _("%(actor)s said that nothing stands in the way of %(target)s."),
            ),
            "remark.add": (_("Remark"), _("%(actor)s spoke in the exchange on %(target)s.")),
            "duty.create": (_("Recurring duty set up"), _("%(actor)s set up a recurring duty.")),
            "duty.give": (
                pgettext_lazy("event", "Reassigned"),
                _("%(actor)s gave the recurring duty %(target)s to another unit."),
            ),
            "duty.stop": (_("Recurring duty ended"), _("%(actor)s ended a recurring duty.")),
            "template.save": (_("Template kept"), _("%(actor)s kept a template.")),
            "template.delete": (_("Template removed"), _("%(actor)s removed a template.")),
            "document.route": (_("Paper routed"), _("%(actor)s routed the paper %(target)s.")),
        }
    )
