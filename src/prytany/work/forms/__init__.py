"""What people type about tasks, checked."""

from prytany.work.forms.answers import AgainForm, AnswerForm, AskExtensionForm, HandlerForm, ReasonForm, RemarkForm
from prytany.work.forms.decisions import (
    BulkExtendForm,
    BulkReassignForm,
    BulkRecallForm,
    BulkRemindForm,
    ExtensionDecisionForm,
    ObstacleAnswerForm,
)
from prytany.work.forms.handing import HandOverForm
from prytany.work.forms.tasks import CopyForm, DutyForm, GiveDutyForm, RouteForm, TaskForm, TemplateForm

__all__ = [
    "AgainForm",
    "AnswerForm",
    "AskExtensionForm",
    "BulkExtendForm",
    "BulkReassignForm",
    "BulkRecallForm",
    "BulkRemindForm",
    "CopyForm",
    "DutyForm",
    "ExtensionDecisionForm",
    "GiveDutyForm",
    "HandOverForm",
    "HandlerForm",
    "ObstacleAnswerForm",
    "ReasonForm",
    "RemarkForm",
    "RouteForm",
    "TaskForm",
    "TemplateForm",
]
