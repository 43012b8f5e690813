"""The organisation in figures on a date, and what changes in it."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from prytany.core.scope import Scope
from prytany.organisation.kinds import kind_label
from prytany.organisation.models import Appointment, ChangeAct, Post, UnitVersion

ACTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class KindFigure:
    """How many units of a kind there are."""

    kind: str
    count: int

    @property
    def label(self) -> object:
        """The kind in words."""
        return kind_label(self.kind)


def kinds_on(scope: Scope, on: datetime.date) -> list[KindFigure]:
    """Return the number of units of each kind on a date, in the order in which they stand."""
    versions = UnitVersion.objects.on(on).visible_to(scope)
    counted = versions.values("kind").annotate(n=Count("pk"), first=Min("position"), eldest=Min("unit_id"))
    rows = counted.order_by("first", "eldest").values_list("kind", "n")
    return [KindFigure(kind, count) for kind, count in rows]


def vacant_posts(scope: Scope, on: datetime.date) -> QuerySet[Post]:
    """Return the posts that nobody holds on a date."""
    held = Appointment.objects.on(on).filter(post=OuterRef("pk"))
    return Post.objects.on(on).visible_to(scope).filter(~Exists(held))


@dataclass(frozen=True, slots=True)
class Figures:
    """An organisation in figures."""

    kinds: list[KindFigure]
    vacant: int
    acts: list[ChangeAct]

    @property
    def total(self) -> int:
        """How many units there are."""
        return sum(figure.count for figure in self.kinds)


def read_figures(scope: Scope, on: datetime.date) -> Figures:
    """Return what there is on a date and which acts changed or will change it. Three queries."""
    return Figures(kinds_on(scope, on), vacant_posts(scope, on).count(), acts_near(scope))


def acts_near(scope: Scope) -> list[ChangeAct]:
    """Return the latest change acts by the date they come into force, drafts first."""
    acts = ChangeAct.objects.visible_to(scope).exclude(state=ChangeAct.State.UNDONE)
    return list(acts.order_by("-in_force_on", "-pk")[:ACTS_SHOWN])
