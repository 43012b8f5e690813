"""What is there already, and a directory that finds a unit by code, name or path among the old and the new."""

import datetime
import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Min

from prytany.accounts.models import User
from prytany.core.fold import fold
from prytany.core.models import valid_on
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Hierarchy, Post, Unit, UnitAlias, UnitName, UnitRelation
from prytany.organisation.names import preferred_languages
from prytany.organisation.reach import units as units_within
from prytany.sheets.organisation.fields import name_key


@dataclass
class KnownUnit:
    """A unit as it stands today, or as a row of the workbook will make it."""

    uid: UUID
    since: datetime.date
    pk: int | None = None
    code: str = ""
    kind: str = ""
    level: str = ""
    names: dict[str, str] = field(default_factory=dict)
    short: str = ""
    symbol: str = ""
    parent: UUID | None = None
    serves: UUID | None = None
    aliases: list[str] = field(default_factory=list)
    contact: str = ""
    head_checks: bool = False
    decision: str = ""
    within_reach: bool = True

    @property
    def name(self) -> str:
        """Its name in the reader's language, else in another."""
        for language in preferred_languages():
            if language in self.names:
                return self.names[language]
        return next(iter(self.names.values()), self.code)


class Directory:
    """Units by what people write for them; `root` is the uppermost one."""

    def __init__(self, root: KnownUnit) -> None:
        self.root = root
        self.units: dict[UUID, KnownUnit] = {}
        self._by_code: dict[str, set[UUID]] = defaultdict(set)
        self._by_name: dict[str, set[UUID]] = defaultdict(set)

    def add(self, unit: KnownUnit) -> None:
        """Make a unit findable by its code, names, short name, symbol and other names."""
        self.units[unit.uid] = unit
        if unit.code:
            self._by_code[fold(unit.code)].add(unit.uid)
        for text in (*unit.names.values(), unit.short, unit.symbol, *unit.aliases):
            if text:
                self._by_name[name_key(text)].add(unit.uid)

    def find(self, text: str) -> list[KnownUnit]:
        """Return the units that `text` may mean: by code, by name, or by a path "upper unit / unit"."""
        text = " ".join(text.split())
        found = self._by_code.get(fold(text)) or self._by_name.get(name_key(text)) or set()
        if not found and " / " in text:
            upper, _slash, lower = text.rpartition(" / ")
            above = {unit.uid for unit in self.find(upper)}
            found = {uid for uid in self._by_name.get(name_key(lower), set()) if self.units[uid].parent in above}
        return [self.units[uid] for uid in sorted(found)]

    def by_name(self, names: Iterable[str], parent: UUID | None) -> list[KnownUnit]:
        """Return the units with one of `names` that stand under `parent`."""
        uids = {uid for name in names for uid in self._by_name.get(name_key(name), ())}
        return [self.units[uid] for uid in sorted(uids) if self.units[uid].parent == parent]

    def with_code(self, code: str) -> list[KnownUnit]:
        """Return the units that bear a code."""
        return [self.units[uid] for uid in sorted(self._by_code.get(fold(code), set()))]

    def like(self, text: str) -> str:
        """Return the name that looks most like `text`, or ""."""
        close = difflib.get_close_matches(name_key(text), list(self._by_name), n=1, cutoff=0.75)
        return self.units[min(self._by_name[close[0]])].name if close else ""

    def reference(self, unit: KnownUnit) -> str:
        """Return what to write for a unit so that `find` gives it back: code, name, or path."""
        if unit.code and len(self.find(unit.code)) == 1:
            return unit.code
        if len(self.find(unit.name)) == 1:
            return unit.name
        above = self.units.get(unit.parent) if unit.parent else None
        return f"{self.reference(above)} / {unit.name}" if above else unit.name


def load_directory(scope: Scope) -> Directory:
    """Return the units of the scope's root that exist today."""
    units = _units(scope)
    root = next(unit for unit in units.values() if unit.pk == scope.root_id)
    directory = Directory(root)
    for unit in units.values():
        directory.add(unit)
    return directory


def _units(scope: Scope) -> dict[int, KnownUnit]:
    """Return the units that exist today, by primary key, in a handful of queries."""
    reach = set(units_within(scope, Permission.ORGANISATION_EDIT).values_list("pk", flat=True))
    rows = Unit.objects.visible_to(scope).existing_on(scope.today).annotate(begun=Min("versions__valid_from"))
    units = {
        row.pk: KnownUnit(
            row.uid,
            row.begun,
            row.pk,
            contact=row.contact,
            head_checks=row.head_checks,
            within_reach=row.pk in reach or (row.pk == scope.root_id),
        )
        for row in rows.order_by("pk")
    }
    names = UnitName.objects.filter(valid_on(scope.today, "version__"), version__withdrawn_at=None)
    names = names.filter(version__unit__root=scope.root_id).select_related("version").order_by("language")
    for name in names:
        if (unit := units.get(name.version.unit_id)) is None:
            continue
        unit.code, unit.kind, unit.level = name.version.code, name.version.kind, name.version.level
        unit.decision = name.version.decision
        unit.names[name.language] = name.name
        unit.short, unit.symbol = unit.short or name.short, unit.symbol or name.symbol
    relations = UnitRelation.objects.on(scope.today).filter(unit__root=scope.root_id)
    for pk, parent, hierarchy in relations.values_list("unit_id", "parent_id", "hierarchy"):
        if pk in units and parent in units:
            if hierarchy == Hierarchy.LINE:
                units[pk].parent = units[parent].uid
            elif hierarchy == Hierarchy.SERVES:
                units[pk].serves = units[parent].uid
    for pk, alias in UnitAlias.objects.filter(unit__root=scope.root_id).order_by("pk").values_list("unit", "alias"):
        if pk in units:
            units[pk].aliases.append(alias)
    return units


@dataclass
class KnownPost:
    """A post that is open today, or that a row will open."""

    unit: UUID
    title: str
    role: str
    since: datetime.date
    post: Post | None = None
    titles: dict[str, str] = field(default_factory=dict)
    charge: list[UUID] = field(default_factory=list)


@dataclass
class KnownPerson:
    """A person with a post of today or later."""

    pk: int
    name: str
    email: str
    phone: str
    language: str
    username: str
    posts: dict[tuple[UUID, str], Appointment] = field(default_factory=dict)


def load_posts(scope: Scope) -> dict[tuple[UUID, str], KnownPost]:
    """Return the open posts by unit and folded title."""
    rows = Post.objects.visible_to(scope).filter(valid_on(scope.today)).select_related("unit")
    rows = rows.prefetch_related("titles", "charges__unit").order_by("-pk")
    return {
        (row.unit.uid, fold(row.title)): KnownPost(
            row.unit.uid,
            row.title,
            row.role,
            row.valid_from,
            row,
            {title.language: title.title for title in row.titles.all()},
            [charge.unit.uid for charge in row.charges.all()],
        )
        for row in rows
    }


def load_people(scope: Scope) -> list[KnownPerson]:
    """Return the people who hold a post today or later, with the posts they hold and their sign-in names."""
    held = Appointment.objects.visible_to(scope).exclude(valid_to__lte=scope.today)
    held = held.select_related("person", "post__unit").order_by("person__sort_key", "person_id", "valid_from", "pk")
    usernames = dict(User.objects.exclude(person=None).values_list("person", "username"))
    people: dict[int, KnownPerson] = {}
    for row in held:
        person = row.person
        known = people.setdefault(
            person.pk,
            KnownPerson(
                person.pk, person.name, person.email, person.phone, person.language, usernames.get(person.pk, "")
            ),
        )
        known.posts[row.post.unit.uid, fold(row.post.title)] = row
    return list(people.values())
