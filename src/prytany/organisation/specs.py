"""What is asked of a unit's name, version or creation, apart from the rows that come of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.organisation.models import Unit, UnitName, UnitVersion
from prytany.organisation.names import preferred_languages


@dataclass(frozen=True, slots=True)
class NameSpec:
    """The name of a unit in one language."""

    language: str
    name: str
    short: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class VersionSpec:
    """What a unit shall be from a date on; None keeps what was. `names` replaces the names in all languages."""

    names: tuple[NameSpec, ...] | None = None
    code: str | None = None
    kind: str | None = None
    level: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit to be created. Its `uid` is known beforehand, so that others of the same act can stand under it."""

    names: tuple[NameSpec, ...]
    kind: str
    level: str
    code: str = ""
    position: int = 0
    parent: UUID | None = None
    serves: UUID | None = None
    aliases: tuple[str, ...] = ()
    uid: UUID = field(default_factory=uuid4)


def named(name: str, *, language: str = "vi", short: str = "", symbol: str = "") -> tuple[NameSpec, ...]:
    """Return the names of a unit that has one in a single language."""
    return (NameSpec(language, name, short, symbol),)


def name_in(names: Iterable[NameSpec]) -> str:
    """Return the name in the reader's language, else in another."""
    order = {language: place for place, language in enumerate(preferred_languages())}
    ranked = sorted(names, key=lambda name: (order.get(name.language, len(order)), name.language))
    return ranked[0].name if ranked else "—"


def names_of(version: UnitVersion) -> tuple[NameSpec, ...]:
    """Return the names of a stored version, in a fixed order."""
    rows = version.names.order_by("language")
    return tuple(NameSpec(row.language, row.name, row.short, row.symbol) for row in rows)


def merged(version: UnitVersion, names: tuple[NameSpec, ...], spec: VersionSpec) -> VersionSpec:
    """Return `spec` with what it leaves open filled from a stored version and its names."""
    return VersionSpec(
        names=names if spec.names is None else spec.names,
        code=version.code if spec.code is None else spec.code,
        kind=version.kind if spec.kind is None else spec.kind,
        level=version.level if spec.level is None else spec.level,
        position=version.position if spec.position is None else spec.position,
    )


def tidy_names(names: Iterable[NameSpec]) -> tuple[NameSpec, ...]:
    """Return `names` without outer spaces, sorted by language; DomainError where a unit would be left without one."""
    tidied = [
        replace(n, name=" ".join(n.name.split()), short=" ".join(n.short.split()), symbol=n.symbol.strip())
        for n in names
    ]
    if not tidied or not all(n.name for n in tidied):
        raise DomainError("unit_nameless", _("A unit needs a name."), {"name": _("Write the name of the unit.")})
    if not all(any(c.isalnum() for c in n.name) for n in tidied):
        raise DomainError("unit_nameless", _("A name needs letters."), {"name": _("Write the name with letters.")})
    languages = [n.language for n in tidied]
    if len(set(languages)) != len(languages):
        raise DomainError("unit_name_twice", _("A unit has one name in each language."))
    if unknown := set(languages) - dict(settings.LANGUAGES).keys():
        raise DomainError(
            "unknown_language", _("Unknown language of a name: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        )
    return tuple(sorted(tidied, key=lambda n: n.language))


def checked(row: Any, *, exclude: Iterable[str] = ()) -> Any:
    """Return `row` if its own columns are well formed (lengths, no control characters), else raise DomainError.

    Foreign keys are not looked up: services pass rows that they have loaded.
    """
    foreign = [f.name for f in row._meta.concrete_fields if f.is_relation]
    try:
        row.clean_fields(exclude=[*foreign, *exclude])
    except ValidationError as error:
        fields = {name: messages[0] for name, messages in error.message_dict.items()}
        raise DomainError("not_well_formed", next(iter(fields.values())), fields) from None
    return row


def version_row(unit: Unit, spec: VersionSpec, **columns: Any) -> UnitVersion:
    """Return an unsaved, checked version of `unit`; `spec` has to be complete."""
    version = UnitVersion(
        unit=unit,
        code=(spec.code or "").strip(),
        kind=(spec.kind or "").strip(),
        level=(spec.level or "").strip(),
        position=spec.position or 0,
        **columns,
    )
    checked(version)
    return version


def name_row(version: UnitVersion, spec: NameSpec) -> UnitName:
    """Return an unsaved, checked name with its derived columns filled."""
    row = UnitName(version=version, language=spec.language, name=spec.name, short=spec.short, symbol=spec.symbol)
    row.prepare()
    checked(row, exclude=("folded", "sort_key"))
    return row
