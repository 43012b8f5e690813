"""Names in the log: kept apart from the events, so that lawful erasure of a name leaves the rest provable.

An upper app says how rows of a kind are called (`name_source`); the sealer asks it once for each row that is new to
the log. Only kinds whose names are no content have a source: people, posts, units. What a record says is never kept.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from prytany.audit.models import AuditName
from prytany.core.fold import fold

NameSource = Callable[[Collection[UUID]], Mapping[UUID, str]]
_sources: dict[str, NameSource] = {}


@dataclass(frozen=True, slots=True)
class Name:
    """How something is called in the log; `erased` names are empty for ever."""

    label: str
    erased: bool = False


def name_source(kind: str) -> Callable[[NameSource], NameSource]:
    """Register the function that names rows of `kind`: from uids to labels, those it knows."""

    def register(source: NameSource) -> NameSource:
        _sources[kind] = source
        return source

    return register


def _ask(wanted: Iterable[tuple[str, UUID | None]], known: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return (kind, label) from the sources for each of `wanted` that is not among `known`."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, uid in wanted:
        if uid is not None and uid.int and kind in _sources and uid not in known:
            by_kind.setdefault(kind, set()).add(uid)
    return {uid: (kind, label) for kind, uids in sorted(by_kind.items()) for uid, label in _sources[kind](uids).items()}


def keep_names(wanted: Iterable[tuple[str, UUID | None]]) -> None:
    """Store the names of those (kind, uid) that the log does not know yet. Call inside a transaction."""
    wanted = set(wanted)
    uids = {uid for _, uid in wanted if uid is not None}
    known = set(AuditName.objects.filter(pk__in=uids).values_list("pk", flat=True))
    AuditName.objects.bulk_create(
        [
            AuditName(uid=uid, kind=kind, label=label[:300], folded=fold(label)[:300])
            for uid, (kind, label) in _ask(wanted, known).items()
        ],
        ignore_conflicts=True,
    )


def names_of(wanted: Iterable[tuple[str, UUID | None]]) -> dict[UUID, Name]:
    """Return the kept names of (kind, uid) pairs; what is not sealed yet is asked of the sources."""
    wanted = set(wanted)
    uids = {uid for _, uid in wanted if uid is not None}
    kept = AuditName.objects.filter(pk__in=uids).values_list("pk", "label", "erased_at")
    found = {uid: Name(label, erased_at is not None) for uid, label, erased_at in kept}
    found.update({uid: Name(label) for uid, (_, label) in _ask(wanted, found).items()})
    return found
