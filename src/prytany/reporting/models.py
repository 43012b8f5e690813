"""Papers of the office that are made from records, with all that is needed to print them again as they were."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.fields import CharField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.files.models import StoredFile
from prytany.organisation.models import Appointment, Person, Unit
from prytany.organisation.reach import within
from prytany.work.models import HandOver


class ReportQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ReportQuerySet":
        """Papers of units for which the scope may make reports, minutes of hand-overs in sight; to the clearance."""
        reach = within(scope, Permission.REPORT_MAKE, "unit", "root") & Q(hand_over=None)
        reach |= Q(hand_over__in=HandOver.objects.visible_to(scope))
        return self.filter(reach, root_id=scope.root_id, level__lte=scope.clearance)


class Report(Addressable):
    """A status report of a period, a reminder letter, or the minutes of a hand-over.

    First the figures and rows are counted (`facts`, with the versions of the rules they follow), then words are added,
    then the whole paper is fixed (`paper`, `digest`) and its files are made from that alone.
    """

    class Kind(models.TextChoices):
        STATUS = "status", _("Status report")
        REMINDER = "reminder", _("Reminder letter")
        MINUTES = "minutes", _("Minutes of hand-over")

    class State(models.TextChoices):
        COUNTING = "counting", pgettext_lazy("report", "Being counted")
        COUNTED = "counted", pgettext_lazy("report", "Draft")
        MAKING = "making", pgettext_lazy("report", "Being set")
        MADE = "made", pgettext_lazy("report", "Ready")
        FAILED = "failed", pgettext_lazy("report", "Not made")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.COUNTING)
    language = models.CharField(max_length=5)
    level = models.PositiveSmallIntegerField(default=0)
    title = CharField(max_length=300)
    hand_over = models.ForeignKey(HandOver, models.PROTECT, null=True, blank=True, related_name="minutes")
    # What was asked: period, subject of the count, rows chosen.
    parameters = models.JSONField(default=dict)
    # What was found: figures, rows behind them, stamps of the rules.
    facts = models.JSONField(default=dict)
    # What the office adds: number, addressees, own words by section, signer.
    words = models.JSONField(default=dict)
    # The paper as fixed, and the SHA-256 of parameters, facts, words and paper.
    paper = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["root", "-created_at", "-id"], name="report_newest")]

    def __str__(self) -> str:
        return self.title
