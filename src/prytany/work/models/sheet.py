"""Sets of tasks: the assignment sheet, standing duties that bring dated instances, and templates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import CharField, TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.organisation.models import Person, Post, Unit
from prytany.organisation.reach import within


class AssignmentSheetQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "AssignmentSheetQuerySet":
        """Sheets of units for which the scope may draft or assign."""
        condition = within(scope, Permission.TASK_DRAFT, "unit", "root")
        condition |= within(scope, Permission.TASK_ASSIGN, "unit", "root")
        return self.filter(condition, root_id=scope.root_id, level__lte=scope.clearance)


class AssignmentSheet(Addressable):
    """Tasks that go to the chief together and are issued in one act."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        RETURNED = "returned", _("Sent back")
        ISSUED = "issued", _("Assigned")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheets")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="sheets")
    title = CharField(max_length=300)
    stated_total = models.PositiveIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approver_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_reason = TextField(blank=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    act = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class StandingDutyQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "StandingDutyQuerySet":
        """Duties that units within reach assign."""
        return self.filter(within(scope, Permission.TASK_READ, "unit", "root"), root_id=scope.root_id)


class StandingDuty(Addressable):
    """A recurring duty: an RFC 5545 rule that brings a dated task each period."""

    class Preset(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")
        HALF_YEARLY = "half_yearly", _("every half-year")
        YEARLY = "yearly", _("every year")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standing_duties")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    preset = models.CharField(max_length=12, choices=Preset)
    rrule = models.CharField(max_length=200)
    # How many working days before its due date an instance is issued.
    lead_days = models.PositiveSmallIntegerField(default=10)
    pattern = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    last_due_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StandingDutyQuerySet.as_manager()


class TaskTemplateQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "TaskTemplateQuerySet":
        """Templates of units for which the scope may draft."""
        return self.filter(within(scope, Permission.TASK_DRAFT, "unit", "root"), root_id=scope.root_id)


class TaskTemplate(Addressable):
    """A set of tasks to start from, with due dates as days after the start."""

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="task_templates")
    title = CharField(max_length=200)
    rows = models.JSONField()
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskTemplateQuerySet.as_manager()
