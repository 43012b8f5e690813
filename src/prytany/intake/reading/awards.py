"""Awards spoken of: what form, how many collectives and individuals, and whether proposed, to be proposed, conferred."""

import re
from dataclasses import replace

from prytany.intake.reading.actors import span_of
from prytany.intake.reading.model import AwardProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage
from prytany.intake.reading.tokens import Hit

_REACH = 5  # words between a number and the noun it counts


def awards_in(passages: list[Passage], pack: Pack) -> list[AwardProposal]:
    """Return the awards of the text; the same award told twice (a headline, then the text) is one."""
    found: list[AwardProposal] = []
    for passage in passages:
        if passage.role not in ("heading", "context", "people"):
            found += _of_sentence(passage, pack)
    return _once(found)


def _of_sentence(passage: Passage, pack: Pack) -> list[AwardProposal]:
    confers = passage.all("confer")
    proposes = passage.all("propose_award")
    names = passage.all("award")
    counted = passage.has("collective", "individual")
    if not counted or not (confers or proposes) or not (names or _honours(passage, confers)):
        return []
    found = []
    for start, end in _segments(passage, pack):
        collectives = _count(passage, start, end, "collective", pack)
        individuals = _count(passage, start, end, "individual", pack)
        some = passage.within(start, end, "collective", "individual")
        if not some or (collectives is None and individuals is None and not passage.has("many")):
            continue
        signs = passage.within(start, end, "confer", "propose_award") or [*confers, *proposes]
        found.append(
            AwardProposal(
                span=span_of(passage.line, start, end),
                award=_name(passage, start, end),
                collectives=collectives,
                individuals=individuals,
                status=_status(passage, confers, proposes),
                because=tuple(span_of(passage.line, h.start, h.end) for h in [*signs[:2], *some[:2]]),
            )
        )
    return found


def _honours(passage: Passage, confers: list[Hit]) -> bool:
    return bool(confers) and passage.has("collective") and passage.has("individual")


def _segments(passage: Passage, pack: Pack) -> list[tuple[int, int]]:
    """Each part of the sentence that counts its own receivers: parted by semicolons, else where a count begins anew."""
    counted = [
        (p.start, p.end)
        for p in passage.pieces
        if passage.within(p.start, p.end, "collective", "individual") and _has_number(passage, p.start, p.end, pack)
    ]
    if len(counted) > 1:
        return counted
    return _split_by_names(passage, pack) or [(passage.start, passage.end)]


def _has_number(passage: Passage, start: int, end: int, pack: Pack) -> bool:
    return any(
        _count(passage, start, end, tag, pack) is not None for tag in ("collective", "individual")
    )


def _split_by_names(passage: Passage, pack: Pack) -> list[tuple[int, int]]:
    """Several awards in a row: "flags to 3 units, certificates to 12 individuals"."""
    names = passage.all("award")
    starts = [n.start for i, n in enumerate(names) if i == 0 or n.first > names[i - 1].last + 4]
    if len(starts) < 2:
        return []
    edges = [passage.start, *starts[1:], passage.end]
    parts = list(zip(edges, edges[1:], strict=False))
    return parts if all(_has_number(passage, a, b, pack) for a, b in parts) else []


def _count(passage: Passage, start: int, end: int, tag: str, pack: Pack) -> int | None:
    words = [t.text for t in passage.tokens]
    other = "individual" if tag == "collective" else "collective"
    total: int | None = None
    for hit in passage.within(start, end, tag):
        for index in range(hit.first - 1, max(-1, hit.first - 1 - _REACH), -1):
            if passage.tokens[index].start < start or passage.covered_by(index, tag, other, "month"):
                break
            gap = passage.line.shadow.text[passage.tokens[index].end : passage.tokens[hit.first].start]
            if ";" in gap or "؛" in gap or "%" in gap:
                break
            number = _number_ending(words, index, pack)
            if number is not None and not _is_year(number, words[index]):
                total = number if total is None else total
                break
        dual = pack.duals.get(passage.tokens[hit.first].text) if pack.duals else None
        if total is None and dual:
            total = dual
    return total


def _number_ending(words: list[str], index: int, pack: Pack) -> int | None:
    """The number whose last word is at `index`, in digits or in words."""
    for begin in range(max(0, index - 3), index + 1):
        got = pack.number_at(words, begin)
        if got and begin + got[1] - 1 == index:
            return got[0]
    return None


def _is_year(number: int, word: str) -> bool:
    return word.isdigit() and 1900 <= number <= 2100


def _name(passage: Passage, start: int, end: int) -> str:
    names = passage.within(start, end, "award") or passage.all("award")
    if not names:
        return span_of(passage.line, start, end).text[:120]
    first, last = names[0].start, names[0].end
    for hit in names[1:]:
        if hit.start - last <= 25 and not re.search(r"\d|;", passage.line.shadow.text[last : hit.start]):
            last = hit.end
    return span_of(passage.line, first, last).text


def _status(passage: Passage, confers: list[Hit], proposes: list[Hit]) -> str:
    if proposes:
        agreed = passage.has("approve", "decide")
        return "approved_to_propose" if agreed else "proposed"
    return "conferred"


def _once(found: list[AwardProposal]) -> list[AwardProposal]:
    kept: list[AwardProposal] = []
    for award in found:
        twin = next(
            (
                i
                for i, other in enumerate(kept)
                if (other.collectives, other.individuals) == (award.collectives, award.individuals)
                and (award.collectives or award.individuals)
                and other.span.line != award.span.line
            ),
            None,
        )
        if twin is None:
            kept.append(award)
        elif len(award.award) > len(kept[twin].award):
            kept[twin] = replace(award)
    return kept
