"""The organisation as the workbook that can be brought in again: units, posts, people as they stand today."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation.kinds import kind_label, level_label
from prytany.organisation.models import Appointment
from prytany.organisation.roles import ROLES
from prytany.sheets.organisation.fields import LANGUAGES, PEOPLE, POSTS, UNITS, kinds_of_appointment, languages, roles
from prytany.sheets.organisation.known import Directory, KnownUnit, load_directory, load_people, load_posts
from prytany.sheets.registry import Part
from prytany.sheets.writing import Page, write_workbook

ONE_DAY = datetime.timedelta(days=1)


def export_workbook(scope: Scope) -> bytes:
    """Return an .xlsx with the units, posts and people of today within the scope's reach."""
    directory = load_directory(scope)
    units = [unit for unit in _in_order(directory) if unit.within_reach]
    place = {unit.uid: number for number, unit in enumerate(units)}
    pages = [
        _page(UNITS, [_unit_row(directory, unit) for unit in units]),
        _page(POSTS, list(_post_rows(scope, directory, place))),
        _page(PEOPLE, list(_people_rows(scope, directory, place))),
    ]
    keys = [f.key for f in POSTS.fields]
    pages[1].choices[keys.index("role")] = [str(choice.label) for choice in roles()]
    keys = [f.key for f in PEOPLE.fields]
    for key, choices in (("role", roles()), ("kind", kinds_of_appointment()), ("language", languages())):
        pages[2].choices[keys.index(key)] = [str(choice.label) for choice in choices]
    return write_workbook(pages)


def _page(part: Part, rows: Sequence[dict[str, Any]]) -> Page:
    keys = [f.key for f in part.fields]
    return Page(str(part.label), [str(f.label) for f in part.fields], [[row.get(key) for key in keys] for row in rows])


def _in_order(directory: Directory) -> Iterator[KnownUnit]:
    """Yield units from the top down, so that a reader finds each below the one it stands under."""
    below: dict[UUID | None, list[KnownUnit]] = {}
    for unit in directory.units.values():
        below.setdefault(unit.parent, []).append(unit)
    waiting = [directory.root, *sorted((u for u in below.get(None, []) if u is not directory.root), key=_by_name)]
    while waiting:
        unit = waiting.pop(0)
        yield unit
        waiting[:0] = sorted(below.get(unit.uid, []), key=_by_name)


def _by_name(unit: KnownUnit) -> tuple[str, str]:
    return (unit.level, fold(unit.name))


def _unit_row(directory: Directory, unit: KnownUnit) -> dict[str, Any]:
    parent = directory.units.get(unit.parent) if unit.parent else None
    serves = directory.units.get(unit.serves) if unit.serves else None
    return {
        "code": unit.code,
        **{f"name_{code}": unit.names.get(code) for code in LANGUAGES},
        "short": unit.short,
        "symbol": unit.symbol,
        "kind": str(kind_label(unit.kind)),
        "level": str(level_label(unit.level)),
        # A partner body stands under none; an empty cell would mean the uppermost unit.
        "parent": directory.reference(parent) if parent else (None if unit is directory.root else "–"),
        "serves": directory.reference(serves) if serves else None,
        "aliases": "; ".join(unit.aliases),
        "since": unit.since,
        "decision": unit.decision,
        "contact": unit.contact,
        "head_checks": 1 if unit.head_checks else None,
    }


def _post_rows(scope: Scope, directory: Directory, place: dict[UUID, int]) -> Iterator[dict[str, Any]]:
    posts = [post for post in load_posts(scope).values() if post.unit in place]
    for known in sorted(posts, key=lambda p: (place[p.unit], p.post.position if p.post else 0, fold(p.title))):
        yield {
            "unit": directory.reference(directory.units[known.unit]),
            "title": known.title,
            "role": str(ROLES[known.role].label),
            "fields": known.post.fields if known.post else "",
            "charge": "; ".join(directory.reference(directory.units[u]) for u in known.charge if u in directory.units),
            **{f"title_{code}": known.titles.get(code) for code in LANGUAGES},
            "since": known.since,
        }


def _people_rows(scope: Scope, directory: Directory, place: dict[UUID, int]) -> Iterator[dict[str, Any]]:
    names = {choice.value: str(choice.label) for choice in languages()}
    kinds = {choice.value: str(choice.label) for choice in kinds_of_appointment()}
    rows: list[tuple[tuple[int, str], dict[str, Any]]] = []
    for person in load_people(scope):
        for (unit, _title), held in person.posts.items():
            if unit not in place:
                continue
            row = {
                "name": person.name,
                "unit": directory.reference(directory.units[unit]),
                "post": held.post.title,
                "role": str(ROLES[held.post.role].label),
                "kind": kinds[held.kind] if held.kind != Appointment.Kind.HOLDER else None,
                "since": held.valid_from,
                "until": held.valid_to - ONE_DAY if held.valid_to else None,
                "email": person.email,
                "phone": person.phone,
                "language": names.get(person.language),
                "account": person.username,
            }
            rows.append(((place[unit], fold(person.name)), row))
    yield from (row for _key, row in sorted(rows, key=lambda item: item[0]))
