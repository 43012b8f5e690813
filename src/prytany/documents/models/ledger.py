"""The ledger of numbers (domain-rules 1.1, ADR 13): a series, and each number in it with what became of it."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core import clock, levels
from prytany.core.fields import CharField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Person, Unit, UnitVersion
from prytany.organisation.reach import within
from prytany.rules.models import RuleVersion


class Direction(models.TextChoices):
    """The three books of a unit."""

    IN = "in", pgettext_lazy("register", "Incoming")
    OUT = "out", pgettext_lazy("register", "Outgoing")
    INTERNAL = "internal", pgettext_lazy("register", "Internal")


class NumberSeriesQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "NumberSeriesQuerySet":
        """The series of registers the scope keeps; one of secret papers only for who is cleared for such."""
        rows = self.filter(within(scope, Permission.DOCUMENT_REGISTER, "unit", "root"))
        return rows if scope.clearance >= levels.SECRET else rows.filter(is_secret=False)


class NumberSeries(Addressable):
    """Numbers that follow each other from 1: of one issuer, as it stood under one symbol, in one period.

    `unit` is the issuer of outgoing papers, else the keeper of the register. `issuer_key` is its symbol (without one
    its name), for outgoing papers alone: a body with a new symbol begins anew, a corrected translation changes nothing.
    `issuer_version` is the version under which the series was opened. `last` is the highest number in the ledger; its
    row is the lock under which numbers are given out.
    """

    class Period(models.TextChoices):
        YEAR = "year", pgettext_lazy("period of numbers", "Year")
        TERM = "term", pgettext_lazy("period of numbers", "Committee term")
        CONGRESS = "congress", pgettext_lazy("period of numbers", "Congress")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="number_series")
    issuer_version = models.ForeignKey(UnitVersion, models.PROTECT, null=True, blank=True, related_name="+")
    issuer_key = models.CharField(max_length=200, blank=True)
    direction = models.CharField(max_length=10, choices=Direction)
    family = models.CharField(max_length=10, blank=True)
    period_type = models.CharField(max_length=8, choices=Period)
    period = models.CharField(max_length=40)
    group = models.CharField(max_length=40, blank=True)
    is_secret = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)
    # The numbers below stand in a book on paper, by the decision that `begins_basis` names.
    begins_at = models.PositiveIntegerField(default=1)
    begins_basis = CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    # The first day on which the body no longer stood: kept in step with the organisation.
    closed_on = models.DateField(null=True, blank=True)
    rule = models.ForeignKey(RuleVersion, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "unit", "direction", "issuer_key", "family", "period_type", "period", "group", "is_secret",
                ],
                name="number_series_once",
            ),
            models.CheckConstraint(name="number_series_begins", condition=Q(begins_at__gte=1)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The series in short, as the log names it: `2026/state`, `2025-2030/party.notice`, `2026/secret`."""
        family = f"/{self.family}" if self.family else ""
        group = f".{self.group}" if self.group else ""
        congress = "/congress" if self.period_type == self.Period.CONGRESS else ""
        return f"{self.period}{congress}{family}{group}{'/secret' if self.is_secret else ''}"

    @property
    def next(self) -> int:
        """The number that comes next."""
        return max(self.last, self.begins_at - 1) + 1


class LedgerNumberQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "LedgerNumberQuerySet":
        """The numbers of series in sight. Of the paper under a number `Document.visible_to` decides."""
        return self.filter(series__in=NumberSeries.objects.visible_to(scope))


class LedgerNumber(Addressable):
    """One number of a series and what became of it. A number that was given out never becomes free again."""

    class State(models.TextChoices):
        RESERVED = "reserved", pgettext_lazy("state of a number", "Reserved")
        USED = "used", pgettext_lazy("state of a number", "Used")
        VOID = "void", pgettext_lazy("state of a number", "Void")

    class Basis(models.TextChoices):
        SYSTEM = "system", pgettext_lazy("basis of a number", "given by the system")
        MANUAL = "manual", pgettext_lazy("basis of a number", "stood on the paper already")
        IMPORT = "import", pgettext_lazy("basis of a number", "from an earlier register")

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State)
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.SYSTEM)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="numbers")
    # Of a reservation: for whom, what for, and the last day on which it can be used.
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = CharField(_("what for"), max_length=200, blank=True)
    reserved_until = models.DateField(null=True, blank=True)
    void_reason = CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    objects = LedgerNumberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="ledger_number_once"),
            models.CheckConstraint(name="ledger_number_counts_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="ledger_number_explains_itself",
                condition=Q(state="used", document__isnull=False, voided_at=None)
                | Q(state="reserved", document=None, reserved_until__isnull=False, owner__isnull=False, voided_at=None)
                | (Q(state="void", voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["reserved_until"], condition=Q(state="reserved"), name="ledger_number_reserved"),
            models.Index(fields=["document"], name="ledger_number_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.series.code})"

    def expired(self, day: datetime.date) -> bool:
        """Tell whether a reservation can no longer be used on `day`."""
        return self.state == self.State.RESERVED and self.reserved_until is not None and self.reserved_until < day
