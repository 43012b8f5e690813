"""Imports under way and done, and what was learnt from them: which heading means what, which name means whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.models import Addressable
from prytany.core.scope import Scope
from prytany.organisation.models import Person, Unit


class ImportSessionQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ImportSessionQuerySet":
        """A person's own imports, made for the unit they act for: with a post its imports end."""
        return self.filter(person_id=scope.person_id, unit_id=scope.unit_id, root_id=scope.root_id)


class ImportSession(Addressable):
    """One sheet on its way in. Nothing of it exists elsewhere until it is applied, all rows in one transaction.

    `tables` holds the cells as read, `choices` what the person decided on the page (see `sheets.choosing`), `undo` what
    the importer needs to take it back. The cells are forgotten some days after the import (`forget_cells`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being prepared")
        APPLIED = "applied", _("Brought in")
        UNDONE = "undone", _("Undone")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    tables = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    undo = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ImportSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "-created_at"], name="import_newest")]

    def __str__(self) -> str:
        return self.name


class ColumnMemory(models.Model):
    """What a person chose for a heading; the office's other people are offered it too. `field` "": not wanted."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    part = models.CharField(max_length=30)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "kind", "part", "heading"], name="column_memory_once")
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="column_memory_of_unit")]


class NameMemory(models.Model):
    """Which unit an office means by a name that is not the unit's own."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    folded = models.CharField(max_length=200)
    meant = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="name_memory_once")]
