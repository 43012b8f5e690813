"""A reading as the format of `prytany intake --json`, and as a table for people."""

from typing import Any

from prytany.intake.reading.model import AwardProposal, Matter, Reading, TaskProposal


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the reading in the published format; what is not stated is None."""
    date = reading.event_date
    return {
        "file": reading.name,
        "language": reading.language,
        "kind": reading.kind.value,
        "body": reading.body.value,
        "event_date": {"iso": date.iso, "precision": date.precision, "basis": date.basis},
        "tasks": [_task(task) for task in reading.tasks],
        "awards": [_award(award) for award in reading.awards],
        "proposals": [_matter(matter) for matter in reading.matters],
        "furniture": [{"line": s.span.line, "text": s.span.text} for s in reading.sentences if s.furniture],
        "same_as": list(reading.same_as),
    }


def _task(task: TaskProposal) -> dict[str, Any]:
    deadline = task.deadline
    return {
        "line": task.span.line,
        "text": task.span.text,
        "start": task.span.start,
        "end": task.span.end,
        "lead": task.lead.text if task.lead else None,
        "cooperating": [actor.text for actor in task.cooperating],
        "deadline": {
            "kind": deadline.kind,
            "text": deadline.text,
            "iso": deadline.iso,
            "iso_end": deadline.iso_end,
        },
        "voice": task.voice,
    }


def _award(award: AwardProposal) -> dict[str, Any]:
    return {
        "line": award.span.line,
        "award": award.award,
        "collectives": award.collectives,
        "individuals": award.individuals,
        "status": award.status,
    }


def _matter(matter: Matter) -> dict[str, Any]:
    place = matter.span or matter.decision
    return {
        "line": place.line if place else None,
        "text": matter.text,
        "by": matter.by,
        "decision_line": matter.decision.line if matter.decision else None,
        "outcome": matter.outcome,
    }
