"""The log: what happened, who did it, and seals that make later changes visible."""

from typing import Any
from uuid import uuid4

from django.db import models

from prytany.core.permissions import Permission
from prytany.core.scope import Scope


class OnlyGrows(Exception):
    """Raised where code tries to change or remove what stands in the log."""


class AuditEventQuerySet(models.QuerySet):
    """Events; cannot be updated or deleted through the manager."""

    def visible_to(self, scope: Scope) -> "AuditEventQuerySet":
        """Events of the whole root for who may read its log, up to the clearance; else nothing."""
        if not scope.holds_anywhere(Permission.LOG_READ):
            return self.none()
        return self.filter(root_id=scope.root_id, level__lte=scope.clearance)

    def update(self, **_kwargs: Any) -> int:
        """Refuse."""
        raise OnlyGrows

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise OnlyGrows


class AuditEvent(models.Model):
    """One thing that happened. No foreign keys: history outlives what it describes. Names stand in AuditName."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor_uid = models.UUIDField(null=True)
    post_uid = models.UUIDField(null=True)
    acting_for = models.UUIDField(null=True)
    root_id = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=40, blank=True)
    target_uid = models.UUIDField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=12)
    request_id = models.CharField(max_length=32, blank=True)
    data = models.JSONField(default=dict)
    # Has a SealEntry. Not hashed: the sealer sets it, the verifier compares it with the entries.
    sealed = models.BooleanField(default=False, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["root_id", "-at", "-id"], name="audit_newest"),
            models.Index(fields=["target_uid", "-at"], name="audit_of_target"),
            models.Index(fields=["actor_uid", "-at"], name="audit_of_actor"),
            models.Index(fields=["id"], condition=models.Q(sealed=False), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new event; an event that is stored cannot be saved again."""
        if not self._state.adding:
            raise OnlyGrows
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise OnlyGrows


class AuditName(models.Model):
    """How a person, post or unit was called when it first stood in the log; erased alone where law asks."""

    uid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=300, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)


class Seal(models.Model):
    """A signed head over a run of events: root of their Merkle tree, chained to the seal before."""

    sequence = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=64, blank=True)
    merkle_root = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    # Events under this seal and all before it.
    total = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.sequence}"


class SealEntry(models.Model):
    """The place of one event in one seal."""

    event_uid = models.UUIDField(unique=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="seal_position_once")]
