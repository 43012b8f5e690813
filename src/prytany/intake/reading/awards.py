"""Awards spoken of: what form, how many collectives and individuals, and whether proposed, to be proposed, conferred."""

import re
from dataclasses import dataclass, replace

from prytany.intake.reading.actors import span_of
from prytany.intake.reading.model import AwardProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage
from prytany.intake.reading.tokens import Hit

_REACH = 5  # words between a number and the noun it counts


def awards_in(passages: list[Passage], pack: Pack, *, council: bool = False) -> list[AwardProposal]:
    """Return the awards of the text; the same award told twice (a headline, then the text) is one."""
    found: list[AwardProposal] = []
    # A council that met and voted has agreed to what stands in its list; not to what somebody else still asks it for.
    agreed = council and any(p.has("approve", "decide") for p in passages)
    for passage in passages:
        if passage.role in ("heading", "context", "people"):
            continue
        told = _of_sentence(passage, pack)
        asked = passage.exchange in ("request", "both")
        if asked:
            told = [replace(a, status="proposed") if a.status == "approved_to_propose" else a for a in told]
        elif agreed:
            told = [replace(a, status="approved_to_propose") if a.status == "proposed" else a for a in told]
        found += told
    return _once(found)


@dataclass(slots=True)
class _Counted:
    """Receivers counted together: "9 collectives and 21 individuals"."""

    start: int
    end: int
    collectives: int | None = None
    individuals: int | None = None


def _of_sentence(passage: Passage, pack: Pack) -> list[AwardProposal]:
    confers = passage.all("confer")
    proposes = passage.all("propose_award")
    names = passage.all("award")
    receivers = passage.all("collective", "individual")
    if not receivers or not (confers or proposes) or not (names or _honours(passage, confers)):
        return []
    groups = _groups(passage, pack)
    if not groups and passage.has("many"):
        groups = [_Counted(passage.start, passage.end)]
    found = []
    for place, group in enumerate(groups):
        until = groups[place + 1].start if place + 1 < len(groups) else passage.end
        since = groups[place - 1].end if place else passage.start
        since = max([since, *(i + 1 for i in range(since, group.start) if passage.line.shadow.text[i] in ";؛")])
        name = _name(passage, group, since, until)
        start, end = min(group.start, name[0]), max(group.end, name[1])
        found.append(
            AwardProposal(
                span=span_of(passage.line, start, end),
                award=span_of(passage.line, *name).text[:160],
                collectives=group.collectives,
                individuals=group.individuals,
                status=_status(passage, proposes, confers, group, _reach(passage, groups, place, pack)),
                because=tuple(
                    span_of(passage.line, h.start, h.end) for h in [*confers[:1], *proposes[:1], *receivers[:2]]
                ),
            )
        )
    return found


def _honours(passage: Passage, confers: list[Hit]) -> bool:
    return bool(confers) and passage.has("collective") and passage.has("individual")


def _groups(passage: Passage, pack: Pack) -> list[_Counted]:
    """The counted receivers of a sentence, those told in one breath together."""
    groups: list[_Counted] = []
    last_index = -99
    for hit in passage.all("collective", "individual"):
        if pack.verb == "last" and hit.tag == "individual" and passage.begins_with(hit.last + 1, "collective"):
            continue  # "three women's groups"
        number = _number_of(passage, hit, pack)
        if number is None:
            if (
                groups
                and 0 < hit.first - last_index <= 2
                and hit.tag == "individual"
                and groups[-1].individuals is None
            ):
                groups.pop()  # "26 collectives and individuals": one figure for both tells neither count
            continue
        begin, value = number
        near = groups and hit.first - last_index <= 7 and not _is_another(passage, groups[-1].end, begin)
        current = groups[-1] if near else None
        if current and hit.tag == "individual" and current.individuals is None:
            current.individuals, current.end = value, hit.end
        elif current and hit.tag == "collective" and current.collectives is None:
            current.collectives, current.end = value, hit.end
        elif current and hit.tag == "collective" and current.individuals is None and hit.first - last_index <= 4:
            current.collectives, current.end = (current.collectives or 0) + value, hit.end
        elif current and hit.tag == "individual" and hit.first - last_index <= 4:
            # "Two nurses and one mason": people of several kinds told in one breath.
            current.individuals, current.end = (current.individuals or 0) + value, hit.end
        else:
            only = {"collectives": value} if hit.tag == "collective" else {"individuals": value}
            groups.append(_Counted(begin, hit.end, **only))
        last_index = hit.last
    return groups


def _is_another(passage: Passage, start: int, end: int) -> bool:
    """Whether another award begins between two counts: its name, its verb, or a semicolon stands there."""
    if passage.within(start, end, "award", "confer", "propose_award"):
        return True
    return any(mark in passage.line.shadow.text[start:end] for mark in ";؛")


def _number_of(passage: Passage, hit: Hit, pack: Pack) -> tuple[int, int] | None:
    """Return (where it begins, the number) that counts the noun, or None."""
    dual = next((pack.duals[form] for form in pack.forms(passage.tokens[hit.first].text) if form in pack.duals), None)
    if dual:
        return hit.start, dual
    words = [t.text for t in passage.tokens]
    for index in range(hit.first - 1, max(-1, hit.first - 1 - _REACH), -1):
        if passage.tokens[index].start < passage.opening:
            return None  # the number of an item of a list
        if passage.covered_by(index, "collective", "individual", "month"):
            return None
        gap = passage.line.shadow.text[passage.tokens[index].end : passage.tokens[hit.first].start]
        if any(mark in gap for mark in ",،;؛%:/"):
            return None
        for begin in range(max(0, index - 3), index + 1):
            got = pack.number_at(words, begin)
            if got and begin + got[1] - 1 == index:
                if _of_things(words, begin, pack):
                    return None
                return None if _is_year(got[0], words[index]) else (passage.tokens[begin].start, got[0])
    return None


def _of_things(words: list[str], begin: int, pack: Pack) -> bool:
    """ "145 works by 88 authors": those whose things are counted are not those who are honoured."""
    if begin < 3 or words[begin - 1] not in pack.counted_of:
        return False
    counts = [pack.number_at(words, i) for i in range(max(0, begin - 5), begin - 2)]
    return any(count is not None and count[0] > 1 for count in counts)  # "une liste de douze" counts nothing


def _is_year(number: int, word: str) -> bool:
    return word.isdigit() and 1900 <= number <= 2100


def _name(passage: Passage, group: _Counted, since: int, until: int) -> tuple[int, int]:
    """The words for the award nearest to those it went to; the sentence itself where it has no name."""
    names = passage.within(since, until, "award") or passage.all("award")
    if not names:
        return passage.start, passage.end
    nearest = min(names, key=lambda h: max(group.start - h.end, h.start - group.end, 0))
    start, end = nearest.start, nearest.end
    for hit in names[names.index(nearest) + 1 :]:
        if hit.start - end <= 25 and not re.search(r"\d|;", passage.line.shadow.text[end : hit.start]):
            end = hit.end
    return start, end


def _reach(passage: Passage, groups: list[_Counted], place: int, pack: Pack) -> tuple[int, int] | None:
    """Where the verb of one of several awards stands: before its receivers, or behind where verbs come last."""
    if len(groups) < 2:
        return None
    if pack.verb == "first":
        return (groups[place - 1].end if place else passage.start), groups[place].end
    return groups[place].start, (groups[place + 1].start if place + 1 < len(groups) else passage.end)


def _status(
    passage: Passage, proposes: list[Hit], confers: list[Hit], group: _Counted, reach: tuple[int, int] | None
) -> str:
    """Proposed or conferred, by the clause the receivers stand in, else by the sentence."""
    text = passage.line.shadow.text
    if reach and proposes and confers:
        near = [h for h in [*proposes, *confers] if reach[0] <= h.start and h.end <= reach[1]]
        if near and not any(h.tag == "propose_award" for h in near):
            return "conferred"
        if near:
            return "approved_to_propose" if passage.has("approve", "decide") else "proposed"
    start = max([passage.start, *(i + 1 for i in range(passage.start, group.start) if text[i] in ";؛")])
    end = min([passage.end, *(i for i in range(group.end, passage.end) if text[i] in ";؛")])
    here = [h for h in proposes if start <= h.start and h.end <= end]
    given = [h for h in confers if start <= h.start and h.end <= end]
    if here or (proposes and not given):
        return "approved_to_propose" if passage.has("approve", "decide") else "proposed"
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
