"""A task: content, exactly one lead, coordinating units, a due date; it groups the obligations of its units."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import CharField, TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Clause, Document
from prytany.organisation.models import Person, Post, Unit
from prytany.organisation.reach import holds_root, own_line, within
from prytany.work.models.states import Precision, TaskState

NO_DUE_DATE = datetime.date(9999, 12, 31)


class TaskQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope, *, each: bool = False) -> "TaskQuerySet":
        """Tasks assigned from, owed by or told to units the scope may read; sub-tasks only inside the unit that
        gave them to itself, not from above it.

        Drafts and proposals are seen by those who may draft or assign for the assigning unit. With `each` the
        parts are looked up task by task, for one task or a few; otherwise those in sight are listed once.
        """
        issued = Q(state__in=[TaskState.ISSUED, TaskState.CLOSED, TaskState.CANCELLED])
        if not holds_root(scope, Permission.TASK_READ):
            issued &= self._within_reach(scope, each=each)
        drafting = within(scope, Permission.TASK_DRAFT, "assigner_unit", "root")
        drafting |= within(scope, Permission.TASK_ASSIGN, "assigner_unit", "root")
        own_drafts = Q(state__in=[TaskState.DRAFT, TaskState.PROPOSED]) & drafting
        inside = Q(parent=None) | own_line(scope, "assigner_unit")
        return self.filter(issued | own_drafts, inside, root_id=scope.root_id, level__lte=scope.clearance)

    def _within_reach(self, scope: Scope, *, each: bool) -> Q:
        """Tasks assigned by a unit whose work the scope reads, of which it sees a part, or that such a unit is told of.

        Listed as one union, which both databases collect from indexes; three conditions in a row read every task.
        """
        from prytany.work.models.obligation import Obligation  # noqa: PLC0415 - the two modules name each other

        assigned = within(scope, Permission.TASK_READ, "assigner_unit")
        owed = Obligation.objects.visible_to(scope)
        told = TaskInformation.objects.filter(within(scope, Permission.TASK_READ, "unit"))
        if each:
            parts, lines = owed.filter(task=OuterRef("pk")), told.filter(task=OuterRef("pk"))
            return assigned | Q(Exists(parts)) | Q(Exists(lines))
        listed = self.model.objects.filter(assigned).values("pk")
        return Q(pk__in=listed.union(owed.values("task_id"), told.values("task_id")))


class Task(Addressable):
    """One thing to be done. Before it is issued its obligations are drafts too."""

    class Kind(models.TextChoices):
        EXECUTE = "execute", _("carry out")
        ADVISE = "advise", _("lead and advise")
        REPLY = "reply", _("reply")
        NOTE = "note", _("take note")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EXECUTE)
    content = TextField(_("content"))
    method = TextField(_("method"), blank=True)
    product = CharField(_("expected product"), max_length=200, blank=True)
    local_note = TextField(_("local note"), blank=True)
    is_key = models.BooleanField(_("key task"), default=False)
    language = models.CharField(max_length=5, default="vi")
    level = models.PositiveSmallIntegerField(default=0)
    source_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    source_clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="tasks")
    sheet = models.ForeignKey("AssignmentSheet", models.PROTECT, null=True, blank=True, related_name="tasks")
    position = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subtasks")
    duty = models.ForeignKey("StandingDuty", models.PROTECT, null=True, blank=True, related_name="instances")
    assigner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="assigned_tasks")
    assigner_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    assigner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    leader_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="tasks_in_charge")
    follower = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="tasks_followed", db_index=False
    )
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    due_sort = models.DateField(default=NO_DUE_DATE)
    # Whether "no deadline" was said on purpose; a task with neither date nor this is not clear.
    is_standing = models.BooleanField(default=False)
    is_fan_out = models.BooleanField(default=False)
    answers_shared = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.DRAFT)
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    rules_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["root", "due_sort", "id"], name="task_by_due"),
            models.Index(fields=["source_document", "position"], name="task_of_document"),
            models.Index(fields=["follower", "due_sort", "id"], name="task_by_follower"),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_issued_has_date",
                condition=~Q(state__in=["issued", "closed"]) | Q(issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="task_due_sort_follows",
                condition=Q(due_on=None, due_sort=NO_DUE_DATE) | Q(due_sort=models.F("due_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.content[:80]


class TaskInformation(models.Model):
    """A unit that is told of a task and owes nothing."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="information")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="task_information_once")]
