"""What people decided about what was read in a text, and what they typed into the grid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core import clock
from prytany.documents.models import Document, DocumentText
from prytany.organisation.models import Person
from prytany.work.models import Task


class Reader(models.TextChoices):
    """Who proposed: the reader with its language packs, or a model that was asked as well."""

    FIRST = "first", _("Reader")
    SECOND = "second", _("Second reader")


class Fate(models.TextChoices):
    """What became of one field that was read, or was not read and then written by a person."""

    KEPT = "kept", _("kept as proposed")
    CHANGED = "changed", _("changed")
    SKIPPED = "skipped", _("skipped")
    ADDED = "added", _("added by hand")


class Decision(models.Model):
    """A proposal of a reader, taken or skipped by a person, or a passage a person drew without one.

    `subject` is "task" or "fact." and a field of the document. A task's passage is known by the digest of its words,
    so that it is found again in a new reading of the file; what nobody decided is offered again. `proposed` and `kept`
    are compared, and what became of each field (`Fate`, empty where it was neither read nor written) stands in its own
    column: the figures of a language pack are counted from these.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken")
        SKIPPED = "skipped", _("skipped")
        ADDED = "added", _("added by hand")

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    reader = models.CharField(max_length=6, choices=Reader, default=Reader.FIRST)
    language = models.CharField(max_length=5, blank=True)
    content = models.CharField(max_length=7, choices=Fate, blank=True)
    lead = models.CharField(max_length=7, choices=Fate, blank=True)
    coordinating = models.CharField(max_length=7, choices=Fate, blank=True)
    due = models.CharField(max_length=7, choices=Fate, blank=True)
    fact = models.CharField(max_length=7, choices=Fate, blank=True)
    proposed = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "subject", "digest"], name="intake_decided_once"),
        ]
        indexes = [models.Index(fields=["decided_at", "id"], name="intake_decided_newest")]


class TypedRow(models.Model):
    """What was typed into a row of the grid, as it was typed: a name that fits no unit is not lost by saving.

    It counts while the task is still of `version`; a task that was changed elsewhere shows what it says itself.
    `wrong` holds, by column whose text could not be understood, why: [code, values]; the task lacks what they say.
    """

    task = models.OneToOneField(Task, models.CASCADE, related_name="typed_row")
    version = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    wrong = models.JSONField(default=dict)


class SecondReading(models.Model):
    """What a model read in a text it was asked about. Only what stands in the text word for word is kept.

    `proposals` holds {"start", "end", "lead", "coordinating", "deadline"}: a place in the text, and words of the text;
    `dropped` counts what could not be found there.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    text = models.OneToOneField(DocumentText, models.CASCADE, related_name="second_reading")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=20, blank=True)
    proposals = models.JSONField(default=list)
    dropped = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)


class ConfirmTime(models.Model):
    """How long it took to decide what was read in a paper, pauses left out: of a paper, never of a person."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    seconds = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="intake_time_of_paper"),
        ]
