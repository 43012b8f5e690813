"""What one unit owes by a date, and the append-only history that its columns are rebuilt from."""

import datetime
from uuid import uuid4

from django.db import connections, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext_lazy

from prytany.core.fields import TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Clause
from prytany.organisation.models import Person, Post, Unit
from prytany.organisation.reach import holds_root, own_line, within
from prytany.work.models.states import (
    COUNTED_STATES,
    OPEN_STATES,
    Answer,
    EventKind,
    ObligationState,
    Precision,
    RoleInTask,
)
from prytany.work.models.task import NO_DUE_DATE


def _inside(scope: Scope) -> Q:
    return Q(is_inner=False) | own_line(scope, "creditor")


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope, *, shared: bool = False) -> "ObligationQuerySet":
        """Parts held by, or owed to, a unit the scope may read work of; up to the clearance; drafts left out.

        Parts of sub-tasks are seen only inside the unit that gave itself the sub-task. With `shared` also what other
        units answer on a task that the scope's unit leads, for a lead consolidates, or takes part in, where the
        assigner opened the answers: for the page of one task. Lists and figures leave these out, as they belong to
        others.
        """
        rows = self.filter(_inside(scope), root_id=scope.root_id, level__lte=scope.clearance)
        rows = rows.exclude(state=ObligationState.DRAFT)
        if holds_root(scope, Permission.TASK_READ):
            return rows
        owed = self.keyed(within(scope, Permission.TASK_READ, "creditor"))
        sight = within(scope, Permission.TASK_READ, "holder") | owed
        if shared:
            own = self.model.objects.filter(within(scope, Permission.TASK_READ, "holder"), state__in=COUNTED_STATES)
            opened = own.filter(Q(role=RoleInTask.LEAD) | Q(task__answers_shared=True))
            sight |= Q(task_id__in=opened.values("task_id"))
        return rows.filter(sight)

    def keyed(self, condition: Q) -> Q:
        """Return a condition on parts that few of them meet, in the form that the database reads from its index.

        SQLite knows of an index how many rows share a value on the average only. Where one office has assigned nearly
        everything it would read the whole table for a commune that has assigned nothing, so it is given the keys.
        """
        if connections[self.db].vendor != "sqlite":
            return condition
        return Q(pk__in=self.model.objects.filter(condition).values("pk"))

    def visible_drafts(self, scope: Scope) -> "ObligationQuerySet":
        """The draft parts of tasks that the scope may draft or assign."""
        condition = within(scope, Permission.TASK_DRAFT, "creditor", "root")
        condition |= within(scope, Permission.TASK_ASSIGN, "creditor", "root")
        drafts = self.filter(condition, _inside(scope), state=ObligationState.DRAFT)
        return drafts.filter(root_id=scope.root_id, level__lte=scope.clearance)

    def issued(self) -> "ObligationQuerySet":
        """All but drafts."""
        return self.exclude(state=ObligationState.DRAFT)

    def counted(self) -> "ObligationQuerySet":
        """The parts of which the six counts are a partition."""
        return self.filter(state__in=COUNTED_STATES)

    def outward(self) -> "ObligationQuerySet":
        """Parts that count: sub-tasks are a unit's own way of working and stand in no figure."""
        return self.filter(is_inner=False)

    def open(self) -> "ObligationQuerySet":
        """Parts that are still owed."""
        return self.filter(state__in=OPEN_STATES)


class Obligation(Addressable):
    """`owner` is whom it was addressed to and never changes; `holder` answers now. Unique by task and owner."""

    class Kind(models.TextChoices):
        CONTRIBUTION = "contribution", pgettext_lazy("obligation", "part of a task")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CONTRIBUTION)
    task = models.ForeignKey("Task", models.PROTECT, related_name="obligations", db_index=False)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="obligations_owned", db_index=False)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="obligations_held", db_index=False)
    holder_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="obligations_handled", db_index=False
    )
    creditor = models.ForeignKey(Unit, models.PROTECT, related_name="obligations_due_to", db_index=False)
    role = models.CharField(max_length=12, choices=RoleInTask)
    original_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    due_sort = models.DateField(default=NO_DUE_DATE)
    # The first day that counts as due soon, by the rule in force when the due date was set.
    soon_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ObligationState, default=ObligationState.DRAFT)
    issued_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    # The submission that waits or was verified; timeliness is taken from this date.
    submitted_on = models.DateField(null=True, blank=True)
    # What the waiting or verified submission says: the work is done, or there was nothing to report.
    answer = models.CharField(max_length=8, blank=True, choices=Answer)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    completed_on = models.DateField(null=True, blank=True)
    source_clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)
    # Whether the part belongs to a sub-task; kept here so that lists need no look at the task.
    is_inner = models.BooleanField(default=False, db_default=False)
    is_blocked = models.BooleanField(default=False)
    extension_pending = models.BooleanField(default=False)
    extended_times = models.PositiveSmallIntegerField(default=0)
    reminded_times = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    last_word = TextField(blank=True)
    last_word_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["holder", "state", "due_sort", "id"], name="obligation_of_holder"),
            models.Index(fields=["handler", "due_sort", "id"], name="obligation_of_handler"),
            models.Index(fields=["creditor", "state", "due_sort", "id"], name="obligation_of_creditor"),
            models.Index(fields=["root", "due_sort", "id"], name="obligation_by_due"),
            models.Index(fields=["owner", "state"], name="obligation_of_owner"),
            # Short lists that desks and the menu's count ask for on every page.
            models.Index(fields=["task"], condition=Q(state="submitted"), name="obligation_to_check"),
            models.Index(fields=["id"], condition=Q(extension_pending=True), name="obligation_asks_time"),
            models.Index(fields=["id"], condition=Q(state="handed_back"), name="obligation_handed_back"),
            models.Index(fields=["root", "due_sort", "id"], condition=Q(is_blocked=True), name="obligation_blocked"),
            # The list of tasks, one line a task: by due date, and by state for what a tab holds.
            models.Index(fields=["root", "due_sort", "id"], condition=Q(role="lead"), name="obligation_leads_by_due"),
            models.Index(fields=["root", "state", "due_sort", "id"], condition=Q(role="lead"), name="obligation_leads"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "owner"], name="obligation_once_an_owner"),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(role="lead") & ~Q(state__in=["cancelled", "handed_back"]),
                name="obligation_one_lead",
            ),
            models.CheckConstraint(
                name="obligation_due_sort_follows",
                condition=Q(due_on=None, due_sort=NO_DUE_DATE) | Q(due_sort=models.F("due_on")),
            ),
            models.CheckConstraint(
                name="obligation_done_has_date",
                condition=~Q(state__in=["verified", "nothing"]) | Q(completed_on__isnull=False),
            ),
        ]


class ObligationEventQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope, *, shared: bool = False) -> "ObligationEventQuerySet":
        """The events of obligations the scope may see; `shared` as there. Asked of each event: pages show few."""
        return self.filter(
            Exists(Obligation.objects.visible_to(scope, shared=shared).filter(pk=OuterRef("obligation_id")))
        )


class ObligationEvent(models.Model):
    """One thing that happened to an obligation; append-only. A correction is a new event that names the old one.

    The `…_after` columns are the obligation as this event left it, so that any date's figures are read from the last
    event up to that date, and the obligation's own columns can be rebuilt.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=20, choices=EventKind)
    act = models.UUIDField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    text = TextField(blank=True)
    data = models.JSONField(default=dict)
    state_after = models.CharField(max_length=12, choices=ObligationState)
    due_after = models.DateField(null=True)
    soon_after = models.DateField(null=True)
    submitted_after = models.DateField(null=True)
    completed_after = models.DateField(null=True)
    blocked_after = models.BooleanField(default=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = ObligationEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["obligation", "effective_on", "id"], name="obligation_event_history"),
            models.Index(fields=["act"], name="obligation_event_of_act"),
        ]

    @property
    def again_by(self) -> datetime.date | None:
        """Until when an answer that was sent back is wanted again, if the checker said so."""
        text = self.data.get("again_by")
        return datetime.date.fromisoformat(text) if text else None
