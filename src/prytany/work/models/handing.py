"""Handing a post over: what the holder who leaves brings together, and what the next one has accepted of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.fields import TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Post, Unit
from prytany.organisation.reach import within
from prytany.organisation.roles import ROLES


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "HandOverQuerySet":
        """Those of the post acted from, of one's own appointments, and of the units whose work one distributes."""
        condition = Q(post_id=scope.post_id) | Q(outgoing__person_id=scope.person_id)
        if scope.role in ROLES and ROLES[scope.role].is_head:
            condition |= within(scope, Permission.TASK_HANDLE, "post__unit")
        return self.filter(condition, root_id=scope.root_id, outgoing__withdrawn_at=None)

    def waiting(self, scope: Scope) -> "HandOverQuerySet":
        """Those that a holder of the post acted from has to accept: the one before is gone, or has handed over."""
        begun = Q(prepared_at__isnull=False) | Q(outgoing__valid_to__lte=scope.today)
        rows = self.filter(begun, post_id=scope.post_id, completed_at=None, outgoing__withdrawn_at=None)
        return rows.exclude(outgoing__person_id=scope.person_id)


class HandOver(Addressable):
    """One appointment's leaving: made when the appointment gets an end, or when its holder begins to hand over."""

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="hand_overs")
    # Not protected: an appointment that was entered by mistake can be withdrawn, and its hand-over goes out of sight.
    outgoing = models.OneToOneField(Appointment, models.CASCADE, related_name="hand_over")
    note = TextField(_("What the next holder should know"), blank=True, max_length=4000)
    prepared_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["post", "completed_at"], name="hand_over_of_post")]

    @property
    def has_begun(self) -> bool:
        """Whether the holder has said that everything is ready to be taken over."""
        return self.prepared_at is not None


class HandOverLine(models.Model):
    """One thing that is handed over: the note of who leaves, and who has accepted it when."""

    class Kind(models.TextChoices):
        PART = "part", pgettext_lazy("hand-over", "part of a task")
        TASK = "task", pgettext_lazy("hand-over", "task")
        DECISION = "decision", pgettext_lazy("hand-over", "decision")
        SHEET = "sheet", pgettext_lazy("hand-over", "assignment sheet")
        DUTY = "duty", pgettext_lazy("hand-over", "recurring duty")

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind)
    target_uid = models.UUIDField()
    note = TextField(blank=True, max_length=1000)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "kind", "target_uid"], name="hand_over_line_once"),
            models.CheckConstraint(
                name="hand_over_line_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]
