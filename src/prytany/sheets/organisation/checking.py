"""From the rows of the three sheets to what will be created and changed, with everything that stands against it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from prytany.accounts.models import User
from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation import policies
from prytany.organisation.models import Unit
from prytany.organisation.roles import ROLES
from prytany.sheets.organisation.fields import LANGUAGES, LEVEL_OF_KIND, NO, kind_of_name, name_key
from prytany.sheets.organisation.known import (
    Directory,
    KnownPerson,
    KnownPost,
    KnownUnit,
    load_directory,
    load_people,
    load_posts,
)
from prytany.sheets.registry import Batch, Line

Key = tuple[UUID, str]


@dataclass
class UnitRow:
    """A row of the sheet of units; `known` is the unit that is there already."""

    line: Line
    unit: KnownUnit
    known: KnownUnit | None = None
    new_aliases: list[str] = field(default_factory=list)


@dataclass
class PostRow:
    """A row of the sheet of posts, or a post that a row of people brings."""

    line: Line
    post: KnownPost
    fields: str | None = None
    titles: dict[str, str] | None = None
    charge: list[UUID] | None = None
    is_new: bool = True


@dataclass
class PersonRow:
    """A row of people: who (`known` if there already, `first` if an earlier row brings the same), where, since when."""

    line: Line
    post: Key
    since: datetime.date
    known: KnownPerson | None = None
    first: "PersonRow | None" = None
    holds_already: bool = False


@dataclass
class Work:
    """What there is to do, in the order in which it has to be done."""

    directory: Directory
    units: list[UnitRow] = field(default_factory=list)
    posts: list[PostRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)


def check(scope: Scope, batch: Batch) -> Work:
    """Return the work in `batch`; what is wrong becomes an issue at its cell."""
    work = Work(load_directory(scope))
    _check_units(scope, work, batch)
    posts = load_posts(scope)
    _check_posts(scope, work, batch, posts)
    _check_people(scope, work, batch, posts)
    return work


# Units


def _check_units(scope: Scope, work: Work, batch: Batch) -> None:
    lines = batch.lines("units")
    rows = [row for line in lines if (row := _unit_row(scope, line))]
    for row in rows:
        _match_known(work.directory, row)
    # A parent may stand below its children in the sheet: all rows are known by name before any is placed.
    for row in rows:
        if row.known is None:
            work.directory.add(row.unit)
    for row in rows:
        _place(work.directory, row)
    for row in rows:
        _finish_unit(scope, work.directory, row)
    _refuse_twins(rows)
    work.units = [row for row in rows if not row.line.has_errors]


def _unit_row(scope: Scope, line: Line) -> UnitRow | None:
    names = {code: name for code in LANGUAGES if (name := line.get(f"name_{code}"))}
    if not names:
        line.refuse("name_vi" if "name_vi" in line.raw else "", _("Write the name of the unit."))
        return None
    aliases = [part.strip() for part in line.get("aliases", "").replace("\n", ";").split(";") if part.strip()]
    unit = KnownUnit(
        uuid4(),
        line.get("since") or scope.today,
        code=line.get("code", ""),
        kind=line.get("kind", ""),
        level=line.get("level", ""),
        names=names,
        short=line.get("short", ""),
        symbol=line.get("symbol", ""),
        aliases=aliases,
        contact=line.get("contact", ""),
        head_checks=line.get("head_checks", False),
        decision=line.get("decision", ""),
    )
    return UnitRow(line, unit)


def _match_known(directory: Directory, row: UnitRow) -> None:
    """Take a row for a unit that is there: the root by name, others by code and name, or by name under their parent."""
    names = {name_key(name) for name in row.unit.names.values()}
    if names & {name_key(name) for name in directory.root.names.values()}:
        row.known = directory.root
        return
    for unit in directory.with_code(row.unit.code) if row.unit.code else []:
        if names & {name_key(name) for name in unit.names.values()}:
            row.known = unit
            return
        row.line.refuse("code", _("%(unit)s has this code already.") % {"unit": unit.name})
    text = row.line.get("parent") or ""
    above = directory.find(text) if text and fold(text) not in NO else []
    if text and fold(text) not in NO and len(above) != 1:
        return  # it stands under a row of the workbook, or under none that is known
    parent = above[0].uid if above else None if text else directory.root.uid
    same = directory.by_name(row.unit.names.values(), parent)
    row.known = same[0] if len(same) == 1 else None


def _place(directory: Directory, row: UnitRow) -> None:
    """Find the unit above: the root where the cell is empty, none where it says so."""
    for key in ("parent", "serves"):
        text = row.line.get(key)
        if not text:
            continue
        if key == "parent" and fold(text) in NO:
            continue
        found = [unit for unit in directory.find(text) if unit.uid != row.unit.uid]
        if len(found) != 1:
            row.line.refuse(key, _complaint(directory, text, len(found)))
        else:
            setattr(row.unit, key, found[0].uid)
    if not row.line.get("parent"):
        row.unit.parent = directory.root.uid


def _complaint(directory: Directory, text: str, count: int) -> str:
    if count > 1:
        return _("Several units are called “%(name)s”. Write the code, or “upper unit / unit”.") % {"name": text}
    if like := directory.like(text):
        return _("No unit is called “%(name)s”. Is %(like)s meant?") % {"name": text, "like": like}
    return _("No unit is called “%(name)s”, neither here nor in this workbook.") % {"name": text}


def _finish_unit(scope: Scope, directory: Directory, row: UnitRow) -> None:
    line, unit = row.line, row.unit
    if row.known is not None:
        _compare_unit(row)
        return
    if not unit.kind:
        unit.kind = next((kind for name in unit.names.values() if (kind := kind_of_name(name))), "")
        if not unit.kind:
            line.refuse("kind" if "kind" in line.raw else "", _("Write the kind of unit, for example Commune."))
    above = directory.units.get(unit.parent) if unit.parent else None
    unit.level = unit.level or LEVEL_OF_KIND.get(unit.kind, "") or (above.level if above else "") or "province"
    for key in ("parent", "serves"):
        uid = getattr(unit, key)
        other = directory.units.get(uid) if uid else None
        if other is None:
            continue
        if other.since > unit.since:
            line.refuse(
                "since" if "since" in line.raw else key,
                _("%(unit)s exists only since %(day)s.") % {"unit": other.name, "day": f"{other.since:%d/%m/%Y}"},
            )
        elif not other.within_reach:
            line.refuse(key, _("You may not change %(unit)s.") % {"unit": other.name})
    if _stands_above_itself(directory, unit):
        line.refuse("parent", _("This unit would stand above itself."))


def _stands_above_itself(directory: Directory, unit: KnownUnit) -> bool:
    seen, above = {unit.uid}, unit.parent
    while above is not None:
        if above in seen:
            return True
        seen.add(above)
        above = directory.units[above].parent if above in directory.units else None
    return False


def _compare_unit(row: UnitRow) -> None:
    """Note what a row changes of a unit that is there: contact, check by the head, other names. All else is an act."""
    line, unit, known = row.line, row.unit, row.known
    if known is None:
        return
    have = {name_key(text) for text in (*known.aliases, *known.names.values(), known.short, known.symbol) if text}
    row.new_aliases = [alias for alias in unit.aliases if name_key(alias) not in have]
    different = [
        name
        for name, before, after in (
            ("kind", known.kind, unit.kind),
            ("level", known.level, unit.level),
            ("code", known.code, unit.code),
            ("symbol", known.symbol, unit.symbol),
            *((f"name_{code}", known.names.get(code, ""), name) for code, name in unit.names.items()),
        )
        if after and before != after
    ]
    for name in different:
        line.warn(name, _("This differs from what is there. A change act, with its date, changes it; not an import."))
    changes = bool(row.new_aliases)
    changes |= "contact" in line.values and unit.contact != known.contact
    changes |= "head_checks" in line.values and unit.head_checks != known.head_checks
    line.fate = "changes" if changes else "same"
    if changes and not known.within_reach:
        line.refuse("", _("You may not change %(unit)s.") % {"unit": known.name})


def _refuse_twins(rows: list[UnitRow]) -> None:
    """Refuse rows that mean the same unit, or that share a code."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        place = str(row.known.uid) if row.known else f"{row.unit.parent}"
        keys = [("unit", place)] if row.known else [(place, name_key(name)) for name in row.unit.names.values()]
        for key in keys:
            if key in seen:
                row.line.refuse("", _("Row %(row)s names the same unit.") % {"row": seen[key]})
                break
            seen[key] = row.line.number
        if row.unit.code:
            key = ("code", fold(row.unit.code))
            if key in seen and not row.line.has_errors:
                row.line.refuse("code", _("Row %(row)s has the same code.") % {"row": seen[key]})
            seen.setdefault(key, row.line.number)


# Posts


def _find_unit(work: Work, line: Line, key: str = "unit") -> KnownUnit | None:
    text = line.get(key)
    if not text:
        return None
    found = work.directory.find(text)
    if len(found) != 1:
        line.refuse(key, _complaint(work.directory, text, len(found)))
        return None
    unit = found[0]
    if unit.pk is None and unit.uid not in {row.unit.uid for row in work.units}:
        line.refuse(key, _("The row of this unit has an error."))
        return None
    if not unit.within_reach:
        line.refuse(key, _("You may not change %(unit)s.") % {"unit": unit.name})
        return None
    return unit


def _check_posts(scope: Scope, work: Work, batch: Batch, posts: dict[Key, KnownPost]) -> None:
    seen: dict[Key, int] = {}
    for line in batch.lines("posts"):
        unit = _find_unit(work, line)
        title = line.get("title", "")
        if unit is None or not title:
            continue
        key = (unit.uid, fold(title))
        if key in seen:
            line.refuse("title", _("Row %(row)s names the same post.") % {"row": seen[key]})
            continue
        seen[key] = line.number
        row = PostRow(line, KnownPost(unit.uid, title, line.get("role", ""), line.get("since") or _begin(scope, unit)))
        row.titles = {code: text for code in LANGUAGES if (text := line.get(f"title_{code}"))} or None
        row.fields = line.get("fields")
        row.charge = _charge(work, line)
        if key in posts:
            _compare_post(row, posts[key])
        else:
            _check_new_post(scope, line, unit, row.post)
            posts[key] = row.post
        if not line.has_errors:
            work.posts.append(row)


def _begin(scope: Scope, unit: KnownUnit) -> datetime.date:
    return max(scope.today, unit.since)


def _charge(work: Work, line: Line) -> list[UUID] | None:
    text = line.get("charge")
    if not text:
        return None
    found: list[UUID] = []
    for name in text.replace("\n", ";").split(";"):
        if not name.strip():
            continue
        units = work.directory.find(name)
        if len(units) != 1:
            line.refuse("charge", _complaint(work.directory, name.strip(), len(units)))
        else:
            found.append(units[0].uid)
    return found


def _check_new_post(scope: Scope, line: Line, unit: KnownUnit, post: KnownPost) -> None:
    if post.since < unit.since:
        line.refuse(
            "since",
            _("%(unit)s exists only since %(day)s.") % {"unit": unit.name, "day": f"{unit.since:%d/%m/%Y}"},
        )
    if unit.pk is not None and not policies.can_fill(scope, Unit.objects.get(pk=unit.pk), post.role):
        line.refuse("role", _("This role reaches further than you may give."))


def _compare_post(row: PostRow, known: KnownPost) -> None:
    row.is_new = False
    row.post.post = known.post
    line = row.line
    if row.post.role and row.post.role != known.role:
        line.warn(
            "role",
            _("The post has another role: %(role)s. An import does not change it.") % {"role": ROLES[known.role].label},
        )
    stored = known.post
    changes = row.fields is not None and stored is not None and row.fields != stored.fields
    changes |= row.titles is not None and {**known.titles, **row.titles} != known.titles
    changes |= row.charge is not None and set(row.charge) != set(known.charge)
    line.fate = "changes" if changes else "same"


# People


def _check_people(scope: Scope, work: Work, batch: Batch, posts: dict[Key, KnownPost]) -> None:
    people = load_people(scope)
    names = _Names(people, set(User.objects.values_list("username", flat=True)))
    for line in batch.lines("people"):
        unit = _find_unit(work, line)
        if unit is None or not line.get("post") or not line.get("name"):
            continue
        key = (unit.uid, fold(line.get("post")))
        _check_post_of(scope, work, line, unit, key, posts)
        row = PersonRow(line, key, line.get("since") or _first_day(scope, unit, posts.get(key)))
        names.match(row)
        _check_dates(row, posts.get(key))
        names.check_account(row)
        if not line.has_errors:
            work.people.append(row)


def _first_day(scope: Scope, unit: KnownUnit, post: KnownPost | None) -> datetime.date:
    return max(scope.today, unit.since, post.since if post else unit.since)


def _check_post_of(
    scope: Scope, work: Work, line: Line, unit: KnownUnit, key: Key, posts: dict[Key, KnownPost]
) -> None:
    """Find the post of a person; one that is nowhere yet is opened if the row names its role."""
    if key in posts:
        if line.get("role") and line.get("role") != posts[key].role:
            line.warn(
                "role",
                _("The post has another role: %(role)s. An import does not change it.")
                % {"role": ROLES[posts[key].role].label},
            )
        return
    if not line.get("role"):
        line.refuse(
            "role" if "role" in line.raw else "post",
            _("%(unit)s has no such post yet. Name its role, or add it to the sheet of posts.") % {"unit": unit.name},
        )
        return
    since = min(line.get("since") or _begin(scope, unit), _begin(scope, unit))
    post = KnownPost(unit.uid, line.get("post"), line.get("role"), max(since, unit.since))
    _check_new_post(scope, line, unit, post)
    if not line.has_errors:
        posts[key] = post
        work.posts.append(PostRow(line, post))


def _check_dates(row: PersonRow, post: KnownPost | None) -> None:
    until = row.line.get("until")
    if until is not None and until < row.since:
        row.line.refuse("until", _("The last day lies before the first."))
    if post is not None and row.since < post.since:
        row.line.refuse("since", _("The post exists only since %(day)s.") % {"day": f"{post.since:%d/%m/%Y}"})


class _Names:
    """Tells whether a row means a person who is there, or the same person as an earlier row."""

    def __init__(self, people: list[KnownPerson], taken: set[str]) -> None:
        self.taken = {name.casefold() for name in taken}
        self.by_account = {p.username.casefold(): p for p in people if p.username}
        self.by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self.by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in people:
            if person.email:
                self.by_email[person.email.casefold()].append(person)
            self.by_name[fold(person.name)].append(person)
        self.rows: dict[tuple[str, str], PersonRow] = {}
        self.asked: dict[str, int] = {}

    def match(self, row: PersonRow) -> None:
        """Fill `known` or `first`: by sign-in name, by e-mail with the name, by name in the same post."""
        line = row.line
        name, account, email = fold(line.get("name")), line.get("account", ""), line.get("email", "").casefold()
        keys = [("account", account)] if account not in ("", "*") else []
        keys += [("email", f"{email} {name}")] if email else []
        for key in keys:
            first = self.rows.get(key)
            if first is not None and fold(first.line.get("name")) == name:
                row.first = first
        if row.first is None:
            row.known = self._known(row, name, account, email)
        for key in keys:
            self.rows.setdefault(key, row)
        if row.known is not None:
            self._compare(row)
        elif row.first is None:
            self._warn_of_namesakes(row, name)

    def _known(self, row: PersonRow, name: str, account: str, email: str) -> KnownPerson | None:
        if account in self.by_account:
            person = self.by_account[account]
            if fold(person.name) != name:
                row.line.refuse("account", _("%(name)s has this sign-in name already.") % {"name": person.name})
            return person
        same = [p for p in self.by_email.get(email, []) if fold(p.name) == name] if email else []
        same = same or [p for p in self.by_name.get(name, []) if row.post in p.posts]
        return same[0] if len(same) == 1 else None

    def _compare(self, row: PersonRow) -> None:
        person, line = row.known, row.line
        if person is None:
            return
        row.holds_already = row.post in person.posts
        changes = any(line.get(key) and line.get(key) != getattr(person, key) for key in ("email", "phone", "language"))
        changes |= bool(line.get("account")) and not person.username
        line.fate = "changes" if changes or not row.holds_already else "same"

    def _warn_of_namesakes(self, row: PersonRow, name: str) -> None:
        if others := self.by_name.get(name):
            row.line.warn(
                "name",
                _("Somebody else is called so too: %(name)s. If the same person is meant, give the same e-mail.")
                % {"name": others[0].name},
            )

    def check_account(self, row: PersonRow) -> None:
        """Refuse a sign-in name that is taken or stands twice; say where a person has another one."""
        account, line = row.line.get("account", ""), row.line
        if account in ("", "*"):
            return
        if row.known is not None and row.known.username and row.known.username.casefold() != account:
            line.warn("account", _("This person signs in as %(name)s already.") % {"name": row.known.username})
            return
        if row.known is None and row.first is None:
            if account in self.asked:
                line.refuse("account", _("Row %(row)s has the same sign-in name.") % {"row": self.asked[account]})
            elif account in self.taken:
                line.refuse("account", _("This sign-in name is taken."))
        self.asked.setdefault(account, line.number)
