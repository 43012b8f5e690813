"""Who holds which post on a date, who stands in, what is vacant."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from prytany.core.models import valid_on
from prytany.core.registry import Registry
from prytany.core.scope import Scope
from prytany.organisation.models import (
    Appointment,
    Hierarchy,
    Person,
    Post,
    PostCharge,
    PostTitle,
    Substitution,
    Unit,
    UnitLink,
)
from prytany.organisation.names import NAMELESS, UnitLabel, title_of, unit_labels, with_titles
from prytany.organisation.reading.record import last_day
from prytany.organisation.roles import ROLES

# How the account of each person stands, in words: "account" is filled by the app that keeps accounts.
# (scope, person keys) -> {person key: words}
person_states: "Registry" = Registry()


@dataclass(slots=True)
class Holding:
    """One appointment as a list shows it."""

    appointment: Appointment
    unit: UnitLabel = NAMELESS
    substitutions: list[Substitution] = field(default_factory=list)
    state: object = ""

    @property
    def post(self) -> Post:
        """The post, with its title in `label`."""
        return self.appointment.post

    @property
    def person(self) -> Person:
        """The holder."""
        return self.appointment.person

    @property
    def until(self) -> datetime.date | None:
        """The last day."""
        return last_day(self.appointment.valid_to)

    @property
    def kind_label(self) -> str:
        """Acting or deputy; nothing for an ordinary holder."""
        kind = self.appointment.kind
        return "" if kind == Appointment.Kind.HOLDER else str(Appointment.Kind(kind).label)


@dataclass(slots=True)
class PostLine:
    """A post with who holds it; vacant without."""

    post: Post
    holdings: list[Holding] = field(default_factory=list)
    unit: UnitLabel = NAMELESS
    charge: list[UnitLabel] = field(default_factory=list)

    @property
    def until(self) -> datetime.date | None:
        """The last day of the post."""
        return last_day(self.post.valid_to)

    @property
    def role_label(self) -> object:
        """The role in words."""
        return ROLES[self.post.role].label


def substitutions_of(appointments: Collection[int], on: datetime.date) -> dict[int, list[Substitution]]:
    """Return by appointment who stands in on a date."""
    found: dict[int, list[Substitution]] = defaultdict(list)
    rows = Substitution.objects.on(on).filter(absent_id__in=appointments, withdrawn_at=None)
    for row in rows.select_related("substitute").order_by("valid_from", "pk"):
        row.until = last_day(row.valid_to)
        found[row.absent_id].append(row)
    return found


def posts_of(scope: Scope, unit: Unit, on: datetime.date) -> list[PostLine]:
    """Return the posts of a unit on a date with their holders and substitutes. Three queries."""
    posts = Post.objects.on(on).visible_to(scope).filter(unit=unit)
    return _held([PostLine(post) for post in with_titles(posts).order_by("position", "pk")], on)


def fill_posts(posts: Iterable[Post], on: datetime.date) -> list[PostLine]:
    """Return posts (from `with_titles`) with units, holders, substitutes and units in charge on a date."""
    lines = _held([PostLine(post) for post in posts], on)
    charge = list(
        PostCharge.objects.filter(post__in=[line.post.pk for line in lines]).values_list("post_id", "unit_id")
    )
    labels = unit_labels({line.post.unit_id for line in lines} | {unit for _post, unit in charge}, on=on)
    for line in lines:
        line.unit = labels.get(line.post.unit_id, NAMELESS)
        line.charge = [labels[unit] for post, unit in charge if post == line.post.pk and unit in labels]
    return lines


def _held(lines: list[PostLine], on: datetime.date) -> list[PostLine]:
    by_post = {line.post.pk: line for line in lines}
    held = Appointment.objects.on(on).filter(post__in=by_post).select_related("person")
    appointments = list(held.order_by(F("kind").desc(), "valid_from", "pk")) if lines else []
    away = substitutions_of([a.pk for a in appointments], on) if appointments else {}
    for appointment in appointments:
        line = by_post[appointment.post_id]
        appointment.post = line.post
        line.holdings.append(Holding(appointment, substitutions=away.get(appointment.pk, [])))
    return lines


def held(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Return appointments with person, post and its title in the reader's language, as `fill_holdings` takes them."""
    return appointments.select_related("person", "post__unit").annotate(post_label=title_of("post__"))


def fill_holdings(
    scope: Scope,
    appointments: Iterable[Appointment],
    on: datetime.date,
    *,
    away: Mapping[int, list[Substitution]] | None = None,
) -> list[Holding]:
    """Return appointments (from `held`) with units, substitutes (or those given) and account states."""
    rows = list(appointments)
    for row in rows:
        row.post.label = row.post_label
    labels = unit_labels({row.post.unit_id for row in rows}, on=on)
    away = substitutions_of([row.pk for row in rows], on) if away is None else away
    states = states_of(scope, {row.person_id for row in rows})
    return [
        Holding(
            row,
            labels.get(row.post.unit_id, NAMELESS),
            away.get(row.pk, []),
            states.get(row.person_id, _("No account") if states else ""),
        )
        for row in rows
    ]


def states_of(scope: Scope, people: Collection[int]) -> Mapping[int, object]:
    """Return how the accounts of people stand, for who may know; empty where no app tells."""
    tell = person_states.get("account")
    found: Mapping[int, object] = tell(scope, people) if tell and people else {}
    return found


def within_unit(unit_id: int, on: datetime.date) -> QuerySet[UnitLink]:
    """Return the links down from a unit on a date, for `…__in=within_unit(…).values("descendant_id")`."""
    return UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, ancestor_id=unit_id)


def appointments_on(scope: Scope, on: datetime.date) -> QuerySet[Appointment]:
    """Return all appointments of the root in force on a date, for the list of people."""
    rows = Appointment.objects.on(on).visible_to(scope).filter(valid_on(on, "post__"))
    return held(rows).annotate(name_key=F("person__sort_key"))


@dataclass
class PostRecord:
    """One post: what it is and who held it."""

    post: Post
    unit: UnitLabel
    charge: list[UnitLabel]
    titles: list[PostTitle]
    present: list[Holding]
    past: list[Holding]

    @property
    def until(self) -> datetime.date | None:
        """The last day of the post."""
        return last_day(self.post.valid_to)

    @property
    def role_label(self) -> object:
        """The role in words."""
        return ROLES[self.post.role].label


def read_post(post: Post, today: datetime.date) -> PostRecord:
    """Return a post (from `with_titles`) with everybody who holds and held it. Five queries."""
    rows = Appointment.objects.filter(post=post).select_related("person").order_by("-valid_from", "-pk")
    appointments = list(rows)
    away = substitutions_of([a.pk for a in appointments], today)
    charge = list(post.charges.values_list("unit_id", flat=True))
    labels = unit_labels({post.unit_id, *charge}, on=today)
    holdings = []
    for appointment in appointments:
        appointment.post = post
        holdings.append(Holding(appointment, labels.get(post.unit_id, NAMELESS), away.get(appointment.pk, [])))
    return PostRecord(
        post,
        labels.get(post.unit_id, NAMELESS),
        [labels[unit] for unit in charge if unit in labels],
        list(post.titles.order_by("language")),
        *split(holdings, today),
    )


def split(holdings: Iterable[Holding], today: datetime.date) -> tuple[list[Holding], list[Holding]]:
    """Return the present (and coming) and the past ones."""
    present: list[Holding] = []
    past: list[Holding] = []
    for holding in holdings:
        (present if holding.until is None or holding.until >= today else past).append(holding)
    return present, past


def absences_of(person: Person, today: datetime.date) -> list[Substitution]:
    """Return who stands in for a person today and later, from any post."""
    rows = Substitution.objects.filter(absent__person=person, withdrawn_at=None)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=today)).select_related("substitute", "absent__post")
    found = list(rows.order_by("valid_from", "pk"))
    for row in found:
        row.until = last_day(row.valid_to)
    return found
