"""Numbers of tasks that a text says there are ("eight key tasks"), against what was found under them."""

from dataclasses import replace

from prytany.intake.reading.actors import span_of
from prytany.intake.reading.model import StatedTotal, TaskProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage

LARGEST = 200


def totals_in(passages: list[Passage], tasks: list[TaskProposal], pack: Pack) -> tuple[StatedTotal, ...]:
    """Return the stated totals with the number of tasks proposed after each."""
    found = []
    for passage in passages:
        if passage.role in ("results", "limits", "people"):
            continue
        for pattern in pack.each("totals"):
            for m in pattern.finditer(passage.text):
                words = m.group("n").replace("-", " ").split()
                number = pack.number_at(words, 0) if words else None
                if number and number[1] == len(words) and 2 <= number[0] <= LARGEST:
                    start = passage.start + m.start("n")
                    found.append(StatedTotal(number[0], span_of(passage.line, start, passage.start + m.end())))
    return tuple(replace(total, entered=_entered(total, tasks)) for total in _once(found))


def _once(found: list[StatedTotal]) -> list[StatedTotal]:
    kept: list[StatedTotal] = []
    for total in found:
        if all(total.number != other.number for other in kept):
            kept.append(total)
    return kept


def _entered(total: StatedTotal, tasks: list[TaskProposal]) -> int:
    after = [t for t in tasks if (t.span.line, t.span.start) >= (total.span.line, total.span.end)]
    listed = [t for t in after if t.voice == "key task list"]
    return len(listed or after)
