"""What people decided about what was read in a text, and what they typed into the grid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core import clock
from prytany.documents.models import Document
from prytany.organisation.models import Person
from prytany.work.models import Task


class Decision(models.Model):
    """A proposal of the reader, taken or skipped by a person; what nobody decided is offered again.

    `subject` is "task" or "fact." and a field of the document. A task's passage is known by the digest of its words,
    so that it is found again in a new reading of the file. `proposed` and `kept` are compared for the figures of a
    language pack.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken")
        SKIPPED = "skipped", _("skipped")

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    language = models.CharField(max_length=5, blank=True)
    proposed = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "subject", "digest"], name="intake_decided_once"),
        ]


class TypedRow(models.Model):
    """What was typed into a row of the grid, as it was typed: a name that fits no unit is not lost by saving.

    It counts while the task is still of `version`; a task that was changed elsewhere shows what it says itself.
    `wrong` holds, by column whose text could not be understood, why: [code, values]; the task lacks what they say.
    """

    task = models.OneToOneField(Task, models.CASCADE, related_name="typed_row")
    version = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    wrong = models.JSONField(default=dict)
