"""The steps of a change act in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from prytany.organisation.acts.plan import Step, StepKind, steps_of
from prytany.organisation.kinds import kind_label, level_label
from prytany.organisation.models import ChangeAct
from prytany.organisation.services.acts import label_steps
from prytany.organisation.specs import UnitSpec, name_in


@dataclass(slots=True)
class PlannedStep:
    """One step as the page shows it: what is done, to which units, what comes of them; problems of the preview."""

    uid: UUID
    label: object
    before: list[str]
    after: list[str]
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def describe(act: ChangeAct) -> list[PlannedStep]:
    """Return the steps of an act in words, units by the names they have on its eve."""
    names = label_steps(act)
    return [_describe(step, names) for step in steps_of(act.plan)]


def _describe(step: Step, names: Mapping[UUID, str]) -> PlannedStep:
    def called(uids: Iterable[UUID]) -> list[str]:
        return [names.get(uid, "—") for uid in uids]

    after = [_new(spec) for spec in step.new] + called(step.into)
    notes = []
    if step.kind == StepKind.RENAME:
        after = _values(step)
    if step.parent is not None:
        after = called([step.parent])
    if step.carry_posts:
        notes.append(_("Posts and people pass to the successor."))
    if step.keeps:
        notes.append(_("The unit goes on."))
    if step.share:
        notes.append(step.share)
    return PlannedStep(step.uid, StepKind(step.kind).label, called(step.units), after, notes)


def _new(spec: UnitSpec) -> str:
    details = ", ".join(str(text) for text in (kind_label(spec.kind), spec.code) if text)
    name = name_in(spec.names)
    return f"{name} ({details})" if details else name


def _values(step: Step) -> list[str]:
    values = step.values
    found = [name_in(values.names)] if values.names else []
    if values.code:
        found.append(_("code %(code)s") % {"code": values.code})
    found += [str(label(code)) for label, code in ((kind_label, values.kind), (level_label, values.level)) if code]
    return found
