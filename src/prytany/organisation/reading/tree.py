"""The tree of units on a date, branch by branch: never all units, whatever the size of the country."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from prytany.core.models import valid_on
from prytany.core.scope import Scope
from prytany.organisation.kinds import KINDS, kind_label
from prytany.organisation.models import Appointment, Hierarchy, Post, UnitLink, UnitName, UnitRelation, UnitVersion
from prytany.organisation.names import NAMELESS, preferred_languages, unit_labels

# Up to so many units under one are listed as they are; more are gathered by kind.
FEW = 40
# So many units of a kind are shown at once.
MOST = 200


@dataclass(slots=True)
class Node:
    """A unit in the tree; `children` is None while its branch is closed."""

    unit_id: int
    uid: UUID
    name: str
    symbol: str = ""
    kind: str = ""
    below: int = 0
    vacant: int = 0
    children: "Branch | None" = None
    is_current: bool = False

    @property
    def kind_label(self) -> object:
        """The kind in words."""
        return kind_label(self.kind)


@dataclass(slots=True)
class KindNode:
    """All units of one kind under a unit that has many; `branch` is None while it is closed."""

    parent: UUID
    kind: str
    count: int
    branch: "Branch | None" = None

    @property
    def label(self) -> object:
        """The kind in words."""
        return kind_label(self.kind)


@dataclass(slots=True)
class Branch:
    """What stands under a unit: units, or kinds of units; `more` is from where the next ones begin, if any are left."""

    parent: UUID
    nodes: list[Node] = field(default_factory=list)
    kinds: list[KindNode] = field(default_factory=list)
    kind: str = ""
    more: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which group of a unit's children is to be read: `kind` (empty: whichever) from a place in their order."""

    kind: str = ""
    start: int = 0


def _children(parents: Collection[int], on: datetime.date) -> QuerySet[UnitVersion]:
    """Return the versions on a date of all units directly under `parents`."""
    return UnitVersion.objects.on(on).filter(
        valid_on(on, "unit__relations_up__"),
        unit__relations_up__hierarchy=Hierarchy.LINE,
        unit__relations_up__withdrawn_at=None,
        unit__relations_up__parent_id__in=parents,
    )


def _name_key() -> Coalesce:
    """Return the sort key of a version's name in the reader's language, else in another."""
    languages = preferred_languages()
    rank = Case(
        *[When(language=language, then=Value(place)) for place, language in enumerate(languages)],
        default=Value(len(languages)),
        output_field=IntegerField(),
    )
    names = UnitName.objects.filter(version=OuterRef("pk")).annotate(rank=rank).order_by("rank", "language")
    return Coalesce(Subquery(names.values("sort_key")[:1]), Value(""))


@dataclass(slots=True)
class _Row:
    parent: int
    unit: int
    uid: UUID
    kind: str
    total: int
    of_kind: int
    place: int


def _rows(wanted: dict[int, Wanted], opened: Collection[int], on: datetime.date) -> list[_Row]:
    """Return, in order, the children to show: all where they are few, else one of each kind and the wanted ones.

    One query: the counts and places are windows over the children of each parent.
    """
    parent, order = F("unit__relations_up__parent_id"), ("position", "key", "pk")
    versions = _children(wanted, on).annotate(
        parent=parent,
        key=_name_key(),
        total=Window(Count("pk"), partition_by=[parent]),
        of_kind=Window(Count("pk"), partition_by=[parent, F("kind")]),
        place=Window(RowNumber(), partition_by=[parent, F("kind")], order_by=order),
        has_open=Case(When(unit_id__in=list(opened), then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    chosen = Q(total__lte=FEW) | Q(place=1) | Q(has_open=1)
    for unit, want in wanted.items():
        if want.kind:
            chosen |= Q(parent=unit, kind=want.kind, place__gt=want.start, place__lte=want.start + MOST)
    found = versions.filter(chosen).order_by("parent", *order)
    fields = ("parent", "unit_id", "unit__uid", "kind", "total", "of_kind", "place")
    return [_Row(*row) for row in found.values_list(*fields)]


def _figures(unit_ids: Collection[int], on: datetime.date) -> dict[int, tuple[int, int]]:
    """Return for each unit how many stand directly under it and how many of its posts are vacant."""
    below = (
        UnitRelation.objects.on(on)
        .filter(hierarchy=Hierarchy.LINE, parent_id=OuterRef("unit_id"))
        .order_by()
        .values("parent_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    held = Appointment.objects.on(on).filter(post=OuterRef("pk"))
    vacant = (
        Post.objects.on(on)
        .filter(~Exists(held), unit_id=OuterRef("unit_id"))
        .order_by()
        .values("unit_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = UnitVersion.objects.on(on).filter(unit_id__in=unit_ids)
    counted = rows.values_list(
        "unit_id",
        Coalesce(Subquery(below, output_field=IntegerField()), Value(0)),
        Coalesce(Subquery(vacant, output_field=IntegerField()), Value(0)),
    )
    return {unit: (children, empty) for unit, children, empty in counted}


def read_branch(parent_id: int, parent: UUID, on: datetime.date, *, kind: str = "", start: int = 0) -> Branch:
    """Return what stands directly under one unit on a date, or its units of one kind from a place on. Three queries."""
    rows = _rows({parent_id: Wanted(kind, start)}, (), on)
    if kind:
        rows = [row for row in rows if row.kind == kind and start < row.place <= start + MOST]
    nodes = _nodes({row.unit: (row.uid, row.kind) for row in rows}, on)
    if kind:
        branch = Branch(parent, [nodes[row.unit] for row in rows], kind=kind)
        if rows and rows[0].of_kind > start + len(rows):
            branch.more = start + len(rows)
        return branch
    return _arrange(parent, rows, nodes, {})


def _nodes(units: dict[int, tuple[UUID, str]], on: datetime.date) -> dict[int, Node]:
    labels = unit_labels(units, on=on)
    figures = _figures(units, on) if units else {}
    return {
        unit: Node(
            unit,
            uid,
            labels.get(unit, NAMELESS).name,
            labels.get(unit, NAMELESS).symbol,
            kind,
            *figures.get(unit, (0, 0)),
        )
        for unit, (uid, kind) in units.items()
    }


def _arrange(parent: UUID, rows: Iterable[_Row], nodes: dict[int, Node], branches: dict[int, Branch]) -> Branch:
    """Return the branch of one unit from its rows: flat, or by kind with the kinds of open units opened."""
    rows = list(rows)
    branch = Branch(parent)
    for row in rows:
        nodes[row.unit].children = branches.get(row.unit)
    if not rows or rows[0].total <= FEW:
        branch.nodes = [nodes[row.unit] for row in rows]
        return branch
    by_kind: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    order = {code: place for place, code in enumerate(KINDS)}
    for kind in sorted(by_kind, key=lambda code: (order.get(code, len(order)), code)):
        several = by_kind[kind]
        group = KindNode(parent, kind, several[0].of_kind)
        if len(several) > 1 or several[0].unit in branches or nodes[several[0].unit].is_current:
            group.branch = Branch(parent, [nodes[row.unit] for row in several], kind=kind)
            if several[0].of_kind > len(several):
                group.branch.more = len(several)
        elif several[0].of_kind == 1:
            branch.nodes.append(nodes[several[0].unit])
            continue
        branch.kinds.append(group)
    return branch


def read_tree(scope: Scope, on: datetime.date, selected: int | None = None) -> Node | None:
    """Return the tree down to `selected` with its own branch open (default: the root); None where there was none.

    Four queries for the root, five down to another unit, whatever the depth and the size.
    """
    root = scope.root_id
    if root is None:
        return None
    path = [root]
    if selected is not None and selected != root:
        links = UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, descendant_id=selected)
        path = list(links.order_by("-depth").values_list("ancestor_id", flat=True))
        if not path or path[0] != root:
            path = [root]
    versions = UnitVersion.objects.on(on).filter(unit_id__in=path).values_list("unit_id", "unit__uid", "kind")
    own = {unit: (uid, kind) for unit, uid, kind in versions}
    if root not in own:
        return None
    wanted = {unit: Wanted(own.get(following, ("", ""))[1] if following else "") for unit, following in _pairs(path)}
    rows = _rows(wanted, path, on)
    nodes = _nodes({root: own[root]} | {row.unit: (row.uid, row.kind) for row in rows}, on)
    current = path[-1] if selected in path else None
    if current is not None:
        nodes[current].is_current = True
    branches: dict[int, Branch] = {}
    for unit in reversed(path):
        branches[unit] = _arrange(nodes[unit].uid, [row for row in rows if row.parent == unit], nodes, branches)
    nodes[root].children = branches[root]
    return nodes[root]


def _pairs(path: list[int]) -> list[tuple[int, int | None]]:
    """Return each unit of a path with the next one."""
    return list(zip(path, [*path[1:], None], strict=True))


def read_unattached(scope: Scope, on: datetime.date) -> list[Node]:
    """Return the units of the root that stand under none on a date: partner bodies. Three queries if there are any."""
    under = UnitRelation.objects.on(on).filter(hierarchy=Hierarchy.LINE, unit=OuterRef("unit"))
    alone = UnitVersion.objects.on(on).filter(~Exists(under), unit__root_id=scope.root_id)
    alone = alone.exclude(unit_id=scope.root_id).order_by("position", "unit_id")[:MOST]
    units = {unit: (uid, kind) for unit, uid, kind in alone.values_list("unit_id", "unit__uid", "kind")}
    return list(_nodes(units, on).values()) if units else []
