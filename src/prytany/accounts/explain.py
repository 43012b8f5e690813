"""Why may I see this, and why may somebody else not: the rules that `visible_to` applies, told as sentences.

An app registers each kind of record with the ways through which its rows become visible:

    register(
        "task",
        Task,
        [
            Way("assigned", Permission.TASK_READ, lambda scope: within(scope, Permission.TASK_READ, "unit"),
                _("The task was assigned by %(place)s.")),
        ],
        place=lambda task: task.unit_id,
    )

The ways together have to be what `visible_to` says (without the level, which is told apart); `covered_by` is what a
test of that app holds against it.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.accounts import words
from prytany.accounts.models import Clearance, NeedToKnow
from prytany.accounts.scopes import appointments_of, empty_scope, scope_of
from prytany.core import levels, wording
from prytany.core.permissions import Permission
from prytany.core.scope import Reach, Scope
from prytany.organisation.models import Appointment, Hierarchy, Person, UnitLink
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.roles import ROLES


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: the right it needs (None: none), its condition on the model, and the sentence about the row.

    The sentence may name `place`, the unit that the row belongs to.
    """

    code: str
    permission: Permission | None
    condition: Callable[[Scope], Q]
    sentence: Any


@dataclass(frozen=True, slots=True)
class Explained:
    """A kind of record that can be explained."""

    kind: str
    model: type[Model]
    ways: Sequence[Way]
    place: Callable[[Any], int | None]
    title: Callable[[Any], str]
    url: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a person sees a row, and the sentences that say why (safe HTML)."""

    visible: bool
    sentences: list[SafeString]


_explained: dict[str, Explained] = {}


def register(
    kind: str,
    model: type[Model],
    ways: Sequence[Way],
    *,
    place: Callable[[Any], int | None],
    title: Callable[[Any], str] = str,
    url: Callable[[Any], str] = lambda _row: "",
) -> None:
    """Register the ways to see rows of `model`; `place` is the unit a row belongs to."""
    _explained[kind] = Explained(kind, model, ways, place, title, url)


def entry_of(kind: str) -> Explained | None:
    """Return the entry of a kind, or None."""
    return _explained.get(kind)


def visible_row(scope: Scope, kind: str, uid: UUID) -> Any:
    """Return the row if `scope` sees it, else None: also for kinds nobody registered."""
    entry = entry_of(kind)
    if entry is None:
        return None
    rows: QuerySet[Any] = entry.model.objects  # type: ignore[attr-defined]
    return rows.visible_to(scope).filter(uid=uid).first()  # type: ignore[attr-defined]


def covered_by(scope: Scope, kind: str) -> Q:
    """Return the union of all ways, for the test that holds them against `visible_to`."""
    condition = Q(pk__in=())
    for way in _explained[kind].ways:
        condition |= way.condition(scope)
    return condition


def why(scope: Scope, kind: str, row: Any, *, person: Person, appointment: Appointment | None) -> Answer:
    """Say why the person of `scope`, acting from `appointment`, sees or does not see `row`.

    The caller has made sure that whoever reads the answer sees the row.
    """
    entry = _explained[kind]
    you = _Speaker(scope, person, appointment, entry)
    if appointment is None or scope.appointment_id is None:
        return Answer(False, [you.no_post()])
    open_ways = [way for way in entry.ways if you.matches(row, way)]
    told = [you.post()]
    if open_ways:
        told.extend(sentence for way in open_ways for sentence in you.way(row, way))
    else:
        told.extend(you.no_way(row))
    level_ok, about_level = you.level(row)
    told.extend(about_level)
    sees = type(row).objects.visible_to(scope).filter(pk=row.pk).exists()
    if sees != (bool(open_ways) and level_ok):
        told.append(you.other_rule(sees))
    return Answer(sees, told)


def why_somebody(kind: str, row: Any, person: Person, today: datetime.date) -> list[Answer]:
    """Say for each post from which `person` may act today why the row is seen or not; one answer if there is none."""
    appointments = list(appointments_of(person, today))
    if not appointments:
        return [why(empty_scope(person, today=today), kind, row, person=person, appointment=None)]
    return [
        why(scope_of(one, person=person, today=today), kind, row, person=person, appointment=one)
        for one in appointments
    ]


def _tell(text: Any, **values: Any) -> SafeString:
    """Fill a translated text, each value isolated and escaped."""
    isolated: Mapping[str, Any] = {key: format_html("<bdi>{}</bdi>", value) for key, value in values.items()}
    return mark_safe(conditional_escape(str(text)) % isolated)  # noqa: S308 - text and values are escaped


class _Speaker:
    """Makes the sentences about one person acting from one post."""

    def __init__(self, scope: Scope, person: Person, appointment: Appointment | None, entry: Explained) -> None:
        self.scope, self.person, self.appointment, self.entry = scope, person, appointment, entry

    def matches(self, row: Any, way: Way) -> bool:
        """Tell whether the row comes in through this way."""
        found = self.entry.model._default_manager.filter(pk=row.pk).filter(way.condition(self.scope))
        return found.exists()

    def unit(self, unit_id: int | None) -> str:
        """Return the name of a unit."""
        label = unit_labels([unit_id]).get(unit_id) if unit_id is not None else None
        return (label or NAMELESS).name

    def no_post(self) -> SafeString:
        """Nothing is seen without a post."""
        return _tell(_("%(person)s holds no post today, and rights come from posts alone."), person=self.person.name)

    def post(self) -> SafeString:
        """From which post, in which unit, since when, for whom."""
        appointment = self.appointment
        assert appointment is not None  # noqa: S101 - `why` answered before
        values = {
            "person": self.person.name,
            "post": appointment.post.title,
            "unit": self.unit(appointment.post.unit_id),
            "since": wording.day(appointment.valid_from),
        }
        if self.scope.acting_for is not None:
            return _tell(
                _("%(person)s stands in for %(absent)s as %(post)s, %(unit)s."),
                **values,
                absent=appointment.person.name,
            )
        if appointment.valid_to is not None:
            last = wording.day(appointment.valid_to - datetime.timedelta(days=1))
            return _tell(
                _("%(person)s holds the post %(post)s, %(unit)s, from %(since)s to %(last)s."), **values, last=last
            )
        return _tell(_("%(person)s holds the post %(post)s, %(unit)s, since %(since)s."), **values)

    def way(self, row: Any, way: Way) -> list[SafeString]:
        """The rule that lets the row in, and how the row's unit lies within its reach."""
        place = self.entry.place(row)
        told = []
        if way.permission is not None:
            told.append(self.rule(way.permission))
        told.append(_tell(way.sentence, place=self.unit(place)))
        if way.permission is not None and place is not None:
            told.extend(self.lies(place, self.scope.reaches(way.permission)))
        return told

    def rule(self, permission: Permission) -> SafeString:
        """What the role may, and how far."""
        role = ROLES[self.scope.role].label
        reaches = self.scope.reaches(permission)
        values = {"role": role, "right": words.right(permission), "unit": self.unit(reaches[0].unit_id)}
        if reaches[0].subtree:
            return _tell(_("The role %(role)s may %(right)s of %(unit)s and all units below it."), **values)
        return _tell(_("The role %(role)s may %(right)s of %(unit)s alone."), **values)

    def lies(self, place: int, reaches: Sequence[Reach]) -> list[SafeString]:
        """Since when the row's unit stands below the unit of the reach."""
        above = [reach.unit_id for reach in reaches if reach.subtree and reach.unit_id != place]
        links = UnitLink.objects.on(self.scope.today).filter(
            hierarchy=Hierarchy.LINE, ancestor_id__in=above, descendant_id=place
        )
        return [
            _tell(
                _("%(place)s has stood below %(above)s since %(since)s."),
                place=self.unit(place),
                above=self.unit(ancestor),
                since=wording.day(since),
            )
            for ancestor, since in links.values_list("ancestor_id", "valid_from")
        ]

    def no_way(self, row: Any) -> list[SafeString]:
        """Why none of the ways lets the row in."""
        place = self.entry.place(row)
        told = [_tell(_("The record belongs to %(place)s."), place=self.unit(place))] if place is not None else []
        for permission in dict.fromkeys(way.permission for way in self.entry.ways if way.permission is not None):
            if self.scope.reaches(permission):
                told.append(self.rule(permission))
            else:
                role = ROLES[self.scope.role].label
                told.append(_tell(_("The role %(role)s may not %(right)s."), role=role, right=words.right(permission)))
        told.append(_tell(_("So this record lies outside the reach of the post.")))
        return told

    def level(self, row: Any) -> tuple[bool, list[SafeString]]:
        """Whether the person's clearance reaches the row's level, and on which basis."""
        level = getattr(row, "level", levels.OPEN)
        if level <= levels.INTERNAL:
            return True, [_tell(_("Its level is %(level)s, which needs no clearance."), level=words.level(level))]
        cleared = self._clearance(level)
        if cleared is None:
            return False, [
                _tell(_("Its level is %(level)s, and no clearance in force reaches that."), level=words.level(level))
            ]
        told = [
            _tell(
                _("Its level is %(level)s. Clearance up to %(cleared)s, basis: %(basis)s, %(dates)s."),
                level=words.level(level),
                cleared=words.level(cleared.level),
                basis=cleared.basis,
                dates=_dates(cleared.valid_from, cleared.valid_to),
            )
        ]
        need = self._need(row)
        if need is None:
            return False, [*told, _tell(_("There is no need to know for this record in force."))]
        reason = _tell(
            _("Need to know: %(reason)s, %(dates)s."), reason=need.reason, dates=_dates(need.valid_from, need.valid_to)
        )
        return True, [*told, reason]

    def _clearance(self, level: int) -> Clearance | None:
        rows = Clearance.objects.on(self.scope.today).filter(person=self.person, level__gte=level)
        found: Clearance | None = rows.order_by("-level", "valid_from").first()
        return found

    def _need(self, row: Any) -> NeedToKnow | None:
        rows = NeedToKnow.objects.on(self.scope.today).filter(person=self.person, target_uid=row.uid)
        found: NeedToKnow | None = rows.order_by("valid_from").first()
        return found

    def other_rule(self, sees: bool) -> SafeString:
        """Where a rule of the record's own decides otherwise."""
        if sees:
            return _tell(_("A rule of this kind of record lets it be seen besides."))
        return _tell(_("A rule of this kind of record keeps it from being seen, such as its state."))


def _dates(start: datetime.date, end: datetime.date | None) -> str:
    if end is None:
        return pgettext("range of dates", "since %(first)s") % {"first": wording.day(start)}
    last = end - datetime.timedelta(days=1)
    return pgettext("range of dates", "%(first)s to %(last)s") % {
        "first": wording.day(start),
        "last": wording.day(last),
    }
