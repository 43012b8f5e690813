"""Days off and swapped days of a unit's calendar, inherited along the line hierarchy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import CharField
from prytany.core.models import Addressable
from prytany.core.scope import Scope
from prytany.organisation.models import Unit


class CalendarDayQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "CalendarDayQuerySet":
        """The days of every calendar of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class CalendarDay(Addressable):
    """A date that is not what its weekday says."""

    class Kind(models.TextChoices):
        OFF = "off", _("day off")
        WORKING = "working", _("working day in exchange")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar_days")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    name = CharField(max_length=120, blank=True)
    legal_basis = CharField(max_length=200, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="calendar_day_once")]
