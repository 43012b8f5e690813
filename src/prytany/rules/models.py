"""An office's own dated figures, which go before those of the jurisdiction."""

from django.db import models

from prytany.core.constraints import NoOverlap
from prytany.core.fields import CharField, TextField
from prytany.core.models import Addressable, Dated, DatedQuerySet
from prytany.core.scope import Scope
from prytany.organisation.models import Person, Unit


class RuleOverrideQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "RuleOverrideQuerySet":
        """The overrides of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class RuleOverride(Addressable, Dated):
    """`key` has `value` in `unit` and below, from a date to a date."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rule_overrides")
    key = models.CharField(max_length=80)
    value = models.JSONField()
    legal_basis = CharField(max_length=300)
    note = TextField(blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_override_range",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
            NoOverlap(key=["unit", "key"], name="rule_override_no_overlap"),
        ]


class RuleVersion(models.Model):
    """A figure as it stood when a record was made under it: kept once, however many records name it.

    The rule sets come with the program and may change with it, so that a record keeps what it was made under.
    """

    key = models.CharField(max_length=80)
    content = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.key
