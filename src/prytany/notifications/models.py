"""Notices to people, in the application, by e-mail and as a calendar feed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.models import Addressable
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "NoticeQuerySet":
        """A person's own notices."""
        return self.filter(person_id=scope.person_id)


class Notice(Addressable):
    """One act told to one person, however many records it touched. Rendered in the reader's language when read.

    `kind` names an entry of `notifications.kinds`; `params` are its values; at a level above open they hold no content.
    """

    class Mail(models.TextChoices):
        """How it still has to go out by e-mail; blank: not at all, or sent."""

        AT_ONCE = "now"
        DIGEST = "daily"

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False)
    act = models.UUIDField()
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    target_kind = models.CharField(max_length=20, blank=True)
    target_uid = models.UUIDField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    level = models.PositiveSmallIntegerField(default=0)
    urgent = models.BooleanField(default=False)
    mail = models.CharField(max_length=6, choices=Mail, blank=True)
    as_substitute = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "act", "kind"], name="notice_once_an_act")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "target_uid", "-id"], name="notice_of_record"),
            models.Index(fields=["person"], condition=models.Q(mail="daily"), name="notice_for_digest"),
        ]


class Delivery(models.Model):
    """One notice (or digest) sent to one address over one channel; unique, so a job that runs twice sends once."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not needed")

    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, default="email")
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person", "channel"], name="delivery_once")]


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "CalendarFeedQuerySet":
        """The feeds of the appointment acted from, if it is the person's own."""
        return self.filter(appointment_id=scope.appointment_id, appointment__person_id=scope.person_id)


class CalendarFeed(Addressable):
    """A private address of a calendar; who has the address sees due dates, until it is revoked."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_on = models.DateField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=models.Q(revoked_at=None), name="calendar_feed_one_open"
            )
        ]
