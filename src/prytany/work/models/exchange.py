"""What units and assigners say to each other on a task: obstacles, extensions, remarks, evidence."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.files.models import StoredFile
from prytany.organisation.models import Person, Post, Unit
from prytany.organisation.reach import within
from prytany.work.models.obligation import Obligation, ObligationEvent
from prytany.work.models.states import Precision
from prytany.work.models.task import Task


class ObstacleQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ObstacleQuerySet":
        """Those of obligations the scope may see."""
        return self.filter(Exists(Obligation.objects.visible_to(scope).filter(pk=OuterRef("obligation_id"))))


class Obstacle(Addressable):
    """What stands in the way: cause, wish, answer with a date, closing date."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="obstacles")
    cause = TextField(_("cause"))
    wish = TextField(_("wish"), blank=True)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = TextField(_("answer"), blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["obligation"], condition=Q(answered_at=None, closed_on=None), name="obstacle_unanswered"
            ),
        ]

    @property
    def version(self) -> int:
        """What a form carries to tell whether somebody answered meanwhile; 0 without an answer."""
        return int(self.answered_at.timestamp() * 1_000_000) if self.answered_at else 0


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ExtensionQuerySet":
        """Those of obligations the scope may see."""
        return self.filter(Exists(Obligation.objects.visible_to(scope).filter(pk=OuterRef("obligation_id"))))


class Extension(Addressable):
    """A request to move a due date, decided by the assigner; the original date is kept."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="extensions")
    from_due_on = models.DateField()
    asked_due_on = models.DateField()
    asked_precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    reason = TextField(_("reason"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING)
    granted_due_on = models.DateField(null=True, blank=True)
    decision_text = TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(decision="waiting"), name="extension_one_waiting"
            )
        ]


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "RemarkQuerySet":
        """Remarks to all on tasks the scope may see; "our unit only" within that unit."""
        own = Q(audience=Remark.Audience.UNIT) & within(scope, Permission.TASK_READ, "unit")
        own &= Q(unit_id=scope.unit_id)
        shared = Q(audience=Remark.Audience.TASK)
        return self.filter(
            own | shared, Exists(Task.objects.visible_to(scope, each=True).filter(pk=OuterRef("task_id")))
        )


class Remark(Addressable):
    """One entry of the exchange on a task."""

    class Audience(models.TextChoices):
        UNIT = "unit", _("our unit only")
        TASK = "task", _("all on this task")

    task = models.ForeignKey(Task, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=4, choices=Audience)
    text = TextField()
    at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()


class Mention(models.Model):
    """A person named in a remark, who may see the task."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Evidence(models.Model):
    """A file that stands behind an answer or a remark."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, null=True, related_name="evidence")
    event = models.ForeignKey(ObligationEvent, models.CASCADE, null=True, related_name="evidence")
    remark = models.ForeignKey(Remark, models.CASCADE, null=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")


class Star(models.Model):
    """A record a person keeps at hand; `follows` also brings its news."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="stars")
    kind = models.CharField(max_length=12)
    target_uid = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "target_uid"], name="star_once")]


class Follow(models.Model):
    """A person who wants to hear what changes on a task."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    task = models.ForeignKey(Task, models.CASCADE, related_name="follows")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="follow_once")]
