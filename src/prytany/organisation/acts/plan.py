"""The steps of a change act as they are entered and stored, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from prytany.core.errors import DomainError
from prytany.organisation.specs import NameSpec, UnitSpec, VersionSpec


class StepKind(models.TextChoices):
    """What one step does."""

    CREATE = "create", pgettext_lazy("step of a change act", "Create units")
    RENAME = "rename", pgettext_lazy("step of a change act", "Rename or change level")
    MERGE = "merge", pgettext_lazy("step of a change act", "Merge units into one")
    SPLIT = "split", pgettext_lazy("step of a change act", "Split a unit")
    MOVE = "move", pgettext_lazy("step of a change act", "Move under another unit")
    TRANSFER = "transfer", pgettext_lazy("step of a change act", "Transfer a function")
    ABOLISH = "abolish", pgettext_lazy("step of a change act", "Abolish units")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the `units` it is done to, and what comes of them.

    | kind     | units                   | new                    | into             | values         | parent        |
    | create   |                         | the units              |                  |                |               |
    | rename   | one                     |                        |                  | what changes   |               |
    | merge    | the predecessors        | the successor, or      | an existing one  |                |               |
    | split    | one                     | the successors, and    | existing ones    |                |               |
    | move     | the units               |                        |                  |                | where to      |
    | transfer | one, which goes on      |                        | who receives     |                |               |
    | abolish  | the units               |                        |                  |                |               |

    `carry_posts`: in a merge posts and people pass to the successor instead of ending. `keeps`: in a split the unit
    goes on beside its successors. `share` says in words what part or function passes.
    """

    kind: str
    units: tuple[UUID, ...] = ()
    new: tuple[UnitSpec, ...] = ()
    into: tuple[UUID, ...] = ()
    values: VersionSpec = field(default_factory=VersionSpec)
    parent: UUID | None = None
    carry_posts: bool = False
    keeps: bool = False
    share: str = ""
    # Names the step in the plan, so that it is found again where others were added or taken out before it.
    uid: UUID = field(default_factory=uuid4, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Return the step as it is stored."""
        return {
            "kind": str(self.kind),
            "units": [str(uid) for uid in self.units],
            "new": [_spec_to_json(spec) for spec in self.new],
            "into": [str(uid) for uid in self.into],
            "values": _values_to_json(self.values),
            "parent": str(self.parent) if self.parent else None,
            "carry_posts": self.carry_posts,
            "keeps": self.keeps,
            "share": self.share,
            "uid": str(self.uid),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Step":
        """Return a stored step."""
        return cls(
            kind=StepKind(data["kind"]),
            units=tuple(UUID(uid) for uid in data["units"]),
            new=tuple(_spec_from_json(spec) for spec in data["new"]),
            into=tuple(UUID(uid) for uid in data["into"]),
            values=_values_from_json(data["values"]),
            parent=UUID(data["parent"]) if data["parent"] else None,
            carry_posts=data["carry_posts"],
            keeps=data["keeps"],
            share=data["share"],
            uid=UUID(data["uid"]),
        )

    def named_uids(self) -> set[UUID]:
        """Return every unit that the step speaks of, those it creates left out."""
        parents = {uid for spec in self.new for uid in (spec.parent, spec.serves) if uid}
        return {*self.units, *self.into, *parents, *({self.parent} if self.parent else ())}

    def check(self) -> None:
        """Raise DomainError where the step lacks what its kind needs."""
        if problem := _missing(self):
            raise DomainError("step_incomplete", problem)


def _missing(step: Step) -> str:
    """Return what a step lacks, as a sentence; empty if it is complete."""
    successors = len(step.new) + len(step.into)
    rules: dict[str, list[tuple[bool, str]]] = {
        StepKind.CREATE: [(not step.new, _("Write at least one unit to create."))],
        StepKind.RENAME: [
            (len(step.units) != 1, _("Choose the one unit to change.")),
            (step.values == VersionSpec(), _("Write what changes: name, code, kind or level.")),
        ],
        StepKind.MERGE: [
            (not step.units, _("Choose the units that are merged.")),
            (successors != 1, _("Choose or write the one unit they are merged into.")),
        ],
        StepKind.SPLIT: [
            (len(step.units) != 1, _("Choose the one unit that is split.")),
            (successors + step.keeps < 2, _("A split needs at least two units that come of it.")),
        ],
        StepKind.MOVE: [
            (not step.units, _("Choose the units that move.")),
            (step.parent is None, _("Choose the unit under which they stand from then on.")),
        ],
        StepKind.TRANSFER: [
            (len(step.units) != 1, _("Choose the one unit that gives the function away.")),
            (len(step.into) != 1, _("Choose the one unit that receives the function.")),
            (not step.share.strip(), _("Write which function passes.")),
        ],
        StepKind.ABOLISH: [(not step.units, _("Choose the units that are abolished."))],
    }
    return next((sentence for lacking, sentence in rules[step.kind] if lacking), "")


def steps_of(plan: Iterable[dict[str, Any]]) -> list[Step]:
    """Return the steps of a stored plan."""
    return [Step.from_json(step) for step in plan]


def _spec_to_json(spec: UnitSpec) -> dict[str, Any]:
    return {
        "uid": str(spec.uid),
        "names": _names_to_json(spec.names),
        "kind": spec.kind,
        "level": spec.level,
        "code": spec.code,
        "position": spec.position,
        "parent": str(spec.parent) if spec.parent else None,
        "serves": str(spec.serves) if spec.serves else None,
        "aliases": list(spec.aliases),
    }


def _spec_from_json(data: dict[str, Any]) -> UnitSpec:
    return UnitSpec(
        names=_names_from_json(data["names"]),
        kind=data["kind"],
        level=data["level"],
        code=data["code"],
        position=data["position"],
        parent=UUID(data["parent"]) if data["parent"] else None,
        serves=UUID(data["serves"]) if data["serves"] else None,
        aliases=tuple(data["aliases"]),
        uid=UUID(data["uid"]),
    )


def _names_to_json(names: Iterable[NameSpec]) -> list[list[str]]:
    return [[n.language, n.name, n.short, n.symbol] for n in names]


def _names_from_json(data: Iterable[list[str]]) -> tuple[NameSpec, ...]:
    return tuple(NameSpec(*row) for row in data)


def _values_to_json(values: VersionSpec) -> dict[str, Any]:
    return {
        "names": None if values.names is None else _names_to_json(values.names),
        "code": values.code,
        "kind": values.kind,
        "level": values.level,
        "position": values.position,
    }


def _values_from_json(data: dict[str, Any]) -> VersionSpec:
    names = None if data["names"] is None else _names_from_json(data["names"])
    return VersionSpec(names, data["code"], data["kind"], data["level"], data["position"])
