"""The log: what happened, who did it, and seals that make later changes visible."""

from uuid import uuid4

from django.db import models

from prytany.core.permissions import Permission
from prytany.core.scope import Scope


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "AuditEventQuerySet":
        """Events of the whole root for who may read its log, up to the clearance; else nothing."""
        if not scope.holds_anywhere(Permission.LOG_READ):
            return self.none()
        return self.filter(root_id=scope.root_id, level__lte=scope.clearance)


class AuditEvent(models.Model):
    """One thing that happened. No foreign keys: history outlives what it describes. Names stand in AuditName."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor_uid = models.UUIDField(null=True)
    post_uid = models.UUIDField(null=True)
    acting_for = models.UUIDField(null=True)
    unit_uid = models.UUIDField(null=True)
    root_id = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=40, blank=True)
    target_uid = models.UUIDField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=12)
    request_id = models.CharField(max_length=32, blank=True)
    data = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["root_id", "-at", "-id"], name="audit_newest"),
            models.Index(fields=["target_uid", "-at"], name="audit_of_target"),
            models.Index(fields=["actor_uid", "-at"], name="audit_of_actor"),
        ]


class AuditName(models.Model):
    """How a person, post, unit or record was called when it first stood in the log; erased alone where law asks."""

    uid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=300)


class Seal(models.Model):
    """A signed head over a run of events: root of their Merkle tree, chained to the seal before."""

    sequence = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=64, blank=True)
    merkle_root = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    head = models.CharField(max_length=64)
    signature = models.TextField(blank=True)


class SealEntry(models.Model):
    """The place of one event in one seal."""

    event_uid = models.UUIDField(unique=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="seal_position_once")]
