"""The states of tasks and obligations, with the words on screens (interface.md 6)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TaskState(models.TextChoices):
    """Where a task stands as a whole; what each unit has done stands on its obligation."""

    DRAFT = "draft", pgettext_lazy("task state", "Draft")
    PROPOSED = "proposed", pgettext_lazy("task state", "Proposed")
    ISSUED = "issued", pgettext_lazy("task state", "Assigned")
    CLOSED = "closed", pgettext_lazy("task state", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("task state", "Cancelled")


class ObligationState(models.TextChoices):
    """Where one unit's part stands. `work.transitions` says who may move it."""

    DRAFT = "draft", pgettext_lazy("task state", "Draft")
    ISSUED = "issued", pgettext_lazy("task state", "New")
    RECEIVED = "received", pgettext_lazy("task state", "Received")
    IN_PROGRESS = "in_progress", pgettext_lazy("task state", "In progress")
    WITH_HEAD = "with_head", pgettext_lazy("task state", "With the unit head")
    SUBMITTED = "submitted", pgettext_lazy("task state", "Awaiting check")
    MORE_NEEDED = "more_needed", pgettext_lazy("task state", "More needed")
    VERIFIED = "verified", pgettext_lazy("task state", "Done")
    NOTHING = "nothing", pgettext_lazy("task state", "Nothing to report")
    HANDED_BACK = "handed_back", pgettext_lazy("task state", "Handed back")
    CANCELLED = "cancelled", pgettext_lazy("task state", "Cancelled")


OPEN_STATES = (
    ObligationState.ISSUED,
    ObligationState.RECEIVED,
    ObligationState.IN_PROGRESS,
    ObligationState.WITH_HEAD,
    ObligationState.SUBMITTED,
    ObligationState.MORE_NEEDED,
)
DONE_STATES = (ObligationState.VERIFIED, ObligationState.NOTHING)
COUNTED_STATES = OPEN_STATES + DONE_STATES


class Precision(models.TextChoices):
    """How exactly a due date is known; `rules` resolve it to a last day."""

    DAY = "day", pgettext_lazy("due date", "day")
    MONTH = "month", pgettext_lazy("due date", "month")
    QUARTER = "quarter", pgettext_lazy("due date", "quarter")
    YEAR = "year", pgettext_lazy("due date", "year")
    STANDING = "standing", pgettext_lazy("due date", "no deadline")


class RoleInTask(models.TextChoices):
    """What a unit is in a task. Units for information stand apart: they owe nothing."""

    LEAD = "lead", pgettext_lazy("role in a task", "Lead")
    COORDINATING = "coordinating", pgettext_lazy("role in a task", "Coordinating")
    ADDRESSEE = "addressee", pgettext_lazy("role in a task", "Addressee")


class Answer(models.TextChoices):
    """What a submission says."""

    DONE = "done", pgettext_lazy("answer", "Done")
    NOTHING = "nothing", pgettext_lazy("answer", "Nothing to report")


class EventKind(models.TextChoices):
    """What happened to an obligation."""

    ISSUED = "issued", pgettext_lazy("event", "Assigned")
    OPENED = "opened", pgettext_lazy("event", "Opened")
    RECEIVED = "received", pgettext_lazy("event", "Received")
    HANDLER_NAMED = "handler_named", pgettext_lazy("event", "Handler named")
    PROGRESS = "progress", pgettext_lazy("event", "Progress reported")
    OBSTACLE = "obstacle", pgettext_lazy("event", "Obstacle reported")
    OBSTACLE_ANSWERED = "obstacle_answered", pgettext_lazy("event", "Obstacle answered")
    OBSTACLE_CLOSED = "obstacle_closed", pgettext_lazy("event", "Obstacle removed")
    TO_HEAD = "to_head", pgettext_lazy("event", "Put before the unit head")
    HEAD_RETURNED = "head_returned", pgettext_lazy("event", "Returned by the unit head")
    SUBMITTED = "submitted", pgettext_lazy("event", "Answered")
    NOTHING = "nothing", pgettext_lazy("event", "Nothing to report")
    VERIFIED = "verified", pgettext_lazy("event", "Result confirmed")
    SENT_BACK = "sent_back", pgettext_lazy("event", "More asked for")
    REOPENED = "reopened", pgettext_lazy("event", "Opened again")
    HANDED_BACK = "handed_back", pgettext_lazy("event", "Handed back")
    EXTENSION_ASKED = "extension_asked", pgettext_lazy("event", "Extension asked for")
    EXTENDED = "extended", pgettext_lazy("event", "Extended")
    EXTENSION_REFUSED = "extension_refused", pgettext_lazy("event", "Extension refused")
    REMINDED = "reminded", pgettext_lazy("event", "Reminded")
    ESCALATED = "escalated", pgettext_lazy("event", "Escalated")
    REASSIGNED = "reassigned", pgettext_lazy("event", "Reassigned")
    HANDED_OVER = "handed_over", pgettext_lazy("event", "Handed over")
    TAKEN_OVER = "taken_over", pgettext_lazy("event", "Taken over")
    RECALLED = "recalled", pgettext_lazy("event", "Recalled")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")
    CORRECTED = "corrected", pgettext_lazy("event", "Corrected")
