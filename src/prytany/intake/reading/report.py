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


def as_table(reading: Reading) -> str:
    """Return the reading as lines for a person at a terminal, each proposal with its line and what led to it."""
    date = reading.event_date
    lines = [
        reading.name,
        f"  language  {reading.language or 'not known'}{'' if reading.pack else ' (no language pack: nothing proposed)'}",
        f"  kind      {reading.kind.value or 'not known'}",
        f"  body      {reading.body.value or 'not stated'}",
        f"  date      {date.iso or 'not stated'}" + (f" ({date.precision}, {date.basis})" if date.iso else ""),
    ]
    if reading.same_as:
        lines.append(f"  same as   {', '.join(reading.same_as)}")
    lines += [f"  line {t.span.line}: says there are {t.number} tasks; {t.entered} found" for t in reading.totals]
    lines.append(f"  tasks     {len(reading.tasks)}")
    for task in reading.tasks:
        lines += _task_lines(task)
    for award in reading.awards:
        counts = [
            f"{count} {what}"
            for count, what in ((award.collectives, "collectives"), (award.individuals, "individuals"))
            if count is not None
        ]
        lines.append(
            f"  award     {award.span.line:>4}  {award.award} ({award.status}; {', '.join(counts) or 'no count'})"
        )
    for matter in reading.matters:
        place = matter.span or matter.decision
        lines.append(
            f"  request   {place.line if place else 0:>4}  {matter.text or '(not printed)'} -> {matter.outcome}"
        )
    apart = sum(bool(sentence.furniture) for sentence in reading.sentences)
    lines.append(f"  set apart {apart} lines of page furniture")
    return "\n".join(lines)


def _task_lines(task: TaskProposal) -> list[str]:
    lines = [f"  {task.span.line:>4}  {task.span.text}"]
    if task.lead:
        lines.append(f"        lead {task.lead.text} ({task.lead.basis})")
    if task.cooperating:
        lines.append(f"        with {'; '.join(actor.text for actor in task.cooperating)}")
    if task.deadline.kind != "none":
        when = task.deadline.iso or task.deadline.duration or ""
        lines.append(f"        due  {task.deadline.kind} {when} ({task.deadline.text})")
    lines.append(f"        {task.voice}, because of: {'; '.join(span.text for span in task.because)}")
    return lines
