"""Tasks, what each unit owes under them, and everything that happens to that."""

from prytany.work.models.exchange import Evidence, Extension, Follow, Mention, Obstacle, Remark, Star
from prytany.work.models.handing import HandOver, HandOverLine
from prytany.work.models.obligation import Obligation, ObligationEvent
from prytany.work.models.sheet import AssignmentSheet, StandingDuty, TaskTemplate
from prytany.work.models.states import Answer, EventKind, ObligationState, Precision, RoleInTask, TaskState
from prytany.work.models.task import Task, TaskInformation

__all__ = [
    "Answer",
    "AssignmentSheet",
    "EventKind",
    "Evidence",
    "Extension",
    "Follow",
    "HandOver",
    "HandOverLine",
    "Mention",
    "Obligation",
    "ObligationEvent",
    "ObligationState",
    "Obstacle",
    "Precision",
    "Remark",
    "RoleInTask",
    "StandingDuty",
    "Star",
    "Task",
    "TaskInformation",
    "TaskState",
    "TaskTemplate",
]
