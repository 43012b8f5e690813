"""The head of a page: body, number, date, kind, summary, stamps."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prytany.intake.reading.dates import moments
from prytany.intake.reading.model import EventDate, Fact, Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.page_one.cells import Cell
from prytany.intake.reading.page_one.names import folded_phrases, in_sentence_case, starts_with
from prytany.intake.reading.page_one.number import Number, number_in
from prytany.intake.reading.tokens import tokenise

_STOPS = (".", "!", "?", "।", "۔", "؟", ";", ":")
LONG = 110  # a line longer than this is text, save a summary
MOST_OF_SUMMARY = 6
_ADDRESS = re.compile(r"@|www\.|\btel\b|\bphone\b|\bfax\b|\bt[ée]l[ée]?phone\b|फ़?ोन|هاتف|فون|^\d{1,5}\b")
_LABEL_REACH = 24


@dataclass(slots=True)
class Head:
    """What stands above the text."""

    cells: list[Cell]
    readers: list[Pack]
    # Names of kinds that an office has added to those of the packs.
    kinds: Mapping[str, str]
    number: Number | None = None
    kind: Fact | None = None
    summary: Fact | None = None
    superior: Fact | None = None
    issuer: Fact | None = None
    date: EventDate | None = None
    urgency: Fact | None = None
    level: Fact | None = None
    circulation: Fact | None = None
    is_labelled: bool = False
    # Line and offset where the text begins.
    end: tuple[int, int] = (0, 0)
    taken: set[Span] = field(default_factory=set)

    @property
    def is_titled(self) -> bool:
        """Whether a title of state or Party stands at the head."""
        return any(cell.sort in ("title", "party") for cell in self.cells)

    def done_at(self, below: Iterable[Cell]) -> EventDate | None:
        """The date of a foot that says where and when it was done."""
        for cell in below:
            for pack in self.readers:
                pattern = pack.page_pattern("done_at")
                match = pattern.search(cell.text) if pattern else None
                if match and match.start() < 3:
                    for moment in moments(cell.text, pack):
                        if moment.precision == "day" and moment.year:
                            return EventDate(moment.iso(), "day", "stated", (cell.part(moment.start, moment.end).span,))
        return None


def head_of(cells: list[Cell], readers: list[Pack], kinds: Mapping[str, str]) -> Head:
    """Return the head read from the cells of the first lines."""
    kept = list(_above_text(cells, readers, kinds))
    head = Head(kept, readers, kinds)
    last = kept[-1] if kept else None
    head.end = (last.line.number, last.end) if last else (0, 0)
    reader = _Reader(head)
    reader.stamps(cells)
    reader.read_number()
    reader.read_kind()
    reader.read_summary()
    reader.read_date()
    reader.read_names()
    return head


def _above_text(cells: list[Cell], readers: list[Pack], kinds: Mapping[str, str]) -> Iterator[Cell]:
    """The cells down to the first line of the text; what is labelled as a subject is not text however long it is."""
    labelled = False
    for place, cell in enumerate(cells):
        subject = any(_opens(cell, pack, "subjects", "about") for pack in readers)
        if not subject and not cell.sort and _is_text(cell, readers, kinds, place):
            return
        if labelled and _begins_text(cell, readers) and not subject:
            return
        labelled = labelled or subject or _known_kind(cell, readers, kinds) is not None
        yield cell


def _is_text(cell: Cell, readers: list[Pack], kinds: Mapping[str, str], place: int) -> bool:
    text = cell.text
    if _opens(cell, readers[0], "text_begins") and len(text) > 40 and not _opens(cell, readers[0], "sent_to"):
        return not (place == 0 or cell.is_capitals)
    ends = text.rstrip().endswith(_STOPS[:6])
    if len(text) <= 60 or cell.is_capitals:
        return False
    numbered = number_in(cell, readers[:1]) is not None and _known_kind(cell, readers, kinds) is not None
    return not numbered and (ends or len(text) > LONG + 90)


def _begins_text(cell: Cell, readers: list[Pack]) -> bool:
    return any(_opens(cell, pack, "text_begins") for pack in readers[:1]) and not _opens(cell, readers[0], "sent_to")


def _opens(cell: Cell, pack: Pack, *names: str) -> re.Match[str] | None:
    for name in names:
        pattern = pack.page_pattern(name)
        match = pattern.match(cell.text) if pattern else None
        if match:
            return match
    return None


def _bare(text: str) -> str:
    return text.strip(" .:!*\"'-()[]=_")


def _known_kind(cell: Cell, readers: list[Pack], kinds: Mapping[str, str]) -> tuple[str, int, Pack] | None:
    """Return the kind that a cell is the heading of, how many of its characters name it, and in which language."""
    text = cell.text
    bare = _bare(text)
    if not bare or len(text) > LONG + 90:
        return None
    for pack in readers:
        names = pack.page_words("kinds")
        if bare in names and (cell.is_capitals or pack.script != "latin" or bare.count(" ") < 4):
            return names[bare], len(text), pack
        name = starts_with(text, tuple(names))
        rest = text[len(name) :].lstrip()
        if (
            name
            and any(label.match(rest) for label in pack.page_each("numbers"))
            and any(c.isdigit() for c in rest[:14])
        ):
            return names[name], len(name), pack
    if bare in kinds:
        return kinds[bare], len(text), readers[0]
    return None


class _Reader:
    """Reads the cells of a head, each value once."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.cells = head.cells
        self.pack = head.readers[0]
        self.kind_at = len(self.cells)
        self.used: set[int] = set()

    def stamps(self, cells: list[Cell]) -> None:
        """Read marks of urgency, secrecy and circulation: a cell that says nothing else, above the text or beside it.

        A mark of secrecy is looked for in all of the first page: what bears one is not to be stored.
        """
        for place, cell in enumerate(cells):
            bare = _bare(cell.text)
            for pack in self.head.readers:
                if pack.script == "latin" and not cell.is_capitals:
                    continue
                for name in ("urgency", "level", "circulation"):
                    code = pack.page_words("levels" if name == "level" else name).get(bare)
                    if code:
                        self.used.add(place)
                        if getattr(self.head, name) is None:
                            setattr(self.head, name, Fact(code, "stated", (cell.span,)))

    def read_number(self) -> None:
        """Read the first cell with a number; the number of a paper cited in the summary is none."""
        for place, cell in enumerate(self.cells):
            if place in self.used or cell.sort or self._opens(cell, "subjects", "about"):
                continue
            number = number_in(cell, self.head.readers)
            headed = number is not None and (
                number.start < 3 or _known_kind(cell, self.head.readers, self.head.kinds) is not None
            )
            if number and (headed or number.end - number.start > 0.3 * len(cell.text) or number.start < 25):
                self.head.number = number
                self.head.is_labelled = True
                self.used.add(place)
                return

    def read_kind(self) -> None:
        """Read the heading that names the kind, else the abbreviation in the number, else the signs of a letter."""
        head = self.head
        for place, cell in enumerate(self.cells):
            known = _known_kind(cell, head.readers, head.kinds) if not cell.sort else None
            if known:
                code, size, pack = known
                self.kind_at = place
                self.used.add(place)
                spans: tuple[Span, ...] = (cell.part(0, size).span,)
                following = self.cells[place + 1].text if place + 1 < len(self.cells) else ""
                for of, pattern, then in pack.page.told_by_summary:
                    if code == of and re.match(pattern, following):
                        code, spans = then, (*spans, self.cells[place + 1].span)
                head.kind = Fact(code, "stated", spans)
                return
        if head.number and head.number.abbreviation:
            for pack in head.readers:
                code = pack.page.abbreviations.get(head.number.abbreviation, "")
                if code and head.number.symbol:
                    head.kind = Fact(code, "inferred", head.number.symbol.because)
                    return
        sign = self._first("subjects")
        if sign is not None and (head.number or self._first("sent_to") is not None):
            match = self._opens(self.cells[sign], "subjects")
            head.kind = Fact(
                "official_letter", "inferred", (self.cells[sign].part(0, match.end() if match else None).span,)
            )

    def _opens(self, cell: Cell, *names: str) -> re.Match[str] | None:
        return next((m for pack in self.head.readers if (m := _opens(cell, pack, *names))), None)

    def _first(self, *names: str) -> int | None:
        return next((place for place, cell in enumerate(self.cells) if self._opens(cell, *names)), None)

    def read_summary(self) -> None:
        """Read what stands behind a label, or else what follows the name of the kind."""
        subject = self._first("subjects")
        if subject is not None:
            self.head.is_labelled = True
            match = self._opens(self.cells[subject], "subjects")
            first = self.cells[subject].part(match.end() if match else 0)
            following = self._lines_of_summary(subject + 1, only_small=bool(first.text))
            self._set_summary(([first] if first.text else []) + following)
            self.used.add(subject)
            return
        if self.kind_at == len(self.cells):
            return
        cell = self.cells[self.kind_at]
        number = self.head.number
        behind = cell.part(number.end) if number and number.cell is cell else None
        if behind is not None and behind.text:
            about = self._about(behind)
            if about is not None:
                self._set_summary([about, *self._lines_of_summary(self.kind_at + 1, only_small=True)])
                return
        lines = self._lines_of_summary(self.kind_at + 1, only_small=False)
        if lines:
            about = self._about(lines[0]) if self.pack.page.about else None
            self._set_summary(
                [about, *lines[1:]] if about is not None and _opens(lines[0], self.pack, "about") else lines
            )

    def _about(self, cell: Cell) -> Cell | None:
        for pack in self.head.readers:
            pattern = pack.page_pattern("about")
            match = pattern.search(cell.text) if pattern else None
            if match and match.start() < 40:
                return cell.part(match.end())
        return None

    def _lines_of_summary(self, start: int, *, only_small: bool) -> list[Cell]:
        """The lines a summary runs over: to a rule, a stamp, a label, the body's name or the text."""
        kept: list[Cell] = []
        for place in range(start, len(self.cells)):
            cell = self.cells[place]
            if cell.sort == "dated":  # the place and date beside it
                continue
            stop = place in self.used or cell.sort or cell.is_rule or len(kept) == MOST_OF_SUMMARY
            number = number_in(cell, self.head.readers[:1])
            if stop or self._opens(cell, "sent_to", "text_begins") or (number and number.start < 3):
                break
            small = cell.raw[:1].islower() or (kept and cell.is_capitals and kept[-1].is_capitals)
            if (only_small and not small) or self._is_dated(cell):
                break
            if kept and not only_small and self.pack.script != "latin":
                break
            kept.append(cell)
            self.used.add(place)
            if cell.text.endswith((".", ";")):
                break
        return kept

    def _is_dated(self, cell: Cell) -> bool:
        found = [m for pack in self.head.readers[:1] for m in moments(cell.text, pack) if m.precision == "day"]
        return bool(found) and len(cell.text) < 40 and self._labelled(cell, found[0].start, self.pack)

    def _set_summary(self, cells: list[Cell]) -> None:
        words = " ".join(cell.raw for cell in cells).strip(" .;।۔:")
        if len(words) > 3:
            self.head.summary = Fact(re.sub(r"\s+", " ", words), "stated", tuple(cell.span for cell in cells))

    def read_date(self) -> None:
        """Read the date beside its place; else one with a label; else the first of the head."""
        best: tuple[int, int, EventDate] | None = None
        for place, cell in enumerate(self.cells):
            for rank, date in self._dates(place, cell):
                if best is None or (rank, place) < best[:2]:
                    best = (rank, place, date)
        self.head.date = best[2] if best else None

    def _dates(self, place: int, cell: Cell) -> Iterator[tuple[int, EventDate]]:
        for pack in self.head.readers:
            for pattern in pack.page_each("dated"):
                match = pattern.search(cell.text)
                date = _blank_date(cell, match) if match else None
                if date:
                    yield (0 if cell.sort == "dated" else 2), date
            behind = self._opens(cell, "subjects", "about") or (place in self.used and not self._has_number(cell))
            if behind or len(cell.text) > LONG + 90:
                continue
            for moment in moments(cell.text, pack):
                if moment.precision == "day" and moment.year:
                    span = cell.part(moment.start, moment.end).span
                    rank = 1 if self._labelled(cell, moment.start, pack) else 3
                    yield rank, EventDate(moment.iso(), "day", "stated", (span,))

    def _has_number(self, cell: Cell) -> bool:
        return self.head.number is not None and self.head.number.cell is cell

    def _labelled(self, cell: Cell, start: int, pack: Pack) -> bool:
        before = cell.text[max(0, start - _LABEL_REACH) : start].rstrip(" (")
        if before.endswith((",", "،")) and len(before) < 40:
            return True
        return any(
            any(m.end() >= len(before) for m in label.finditer(before)) for label in pack.page_each("date_labels")
        )

    def read_names(self) -> None:
        """Read the issuing body and the one above it."""
        groups = self._names()
        if not groups:
            return
        words = [
            (in_sentence_case if group[0].is_capitals else _as_written)(_joined(group), self.pack) for group in groups
        ]
        last, above = words[-1], words[-2] if len(words) > 1 else ""
        spans = tuple(cell.span for cell in groups[-1])
        if above and _joined(groups[-1]).lower() in folded_phrases(self.pack.page.dependent):
            last, spans = f"{last} {above}", (*spans, *(cell.span for cell in groups[-2]))
        self.head.issuer = Fact(last, "stated", spans)
        if above:
            self.head.superior = Fact(above, "stated", tuple(cell.span for cell in groups[-2]))

    def _names(self) -> list[list[Cell]]:
        """The names of bodies, the lines of one name together."""
        heads = folded_phrases(f"{self.pack.page.field_heads}, {self.pack.page.place_heads}")
        capitals = bool(self.pack.page.place_heads)
        groups: list[list[Cell]] = []
        for place, cell in enumerate(self.cells):
            if place >= self.kind_at or self._ends_names(cell, place):
                if capitals and place < self.kind_at and not self._opens(cell, "sent_to"):
                    continue
                break
            if cell.sort or cell.is_rule or place in self.used or not self._is_name(cell, capitals):
                continue
            previous = groups[-1][-1] if groups else None
            if previous is not None and self._continues(cell, previous, heads):
                groups[-1].append(cell)
            else:
                groups.append([cell])
        return groups

    def _ends_names(self, cell: Cell, place: int) -> bool:
        """Whether the names are told before this cell, in pages that put them first."""
        if self._opens(cell, "subjects", "sent_to") or self._has_number(cell):
            return True
        return place in self.used or (not cell.sort and self._is_dated(cell))

    def _is_name(self, cell: Cell, capitals: bool) -> bool:
        if len(cell.text) > LONG or _ADDRESS.search(cell.text) or cell.text.endswith((".", "।", "۔", ";", ":")):
            return False
        if capitals:
            return cell.is_capitals
        words = self.pack.lexicon.find(tokenise(cell.text))
        if words and words[0].tag in ("post", "role") and words[0].first == 0 and not cell.is_capitals:
            return any(hit.tag == "unit" and hit.last > words[0].last for hit in words) and self.pack.head == "last"
        if self.pack.script == "latin" and not cell.raw[:1].isupper():
            return False
        return (
            any(hit.tag == "unit" for hit in words) or cell.is_capitals or cell is self.cells[0] or _heads_office(cell)
        )

    def _continues(self, cell: Cell, previous: Cell, heads: tuple[str, ...]) -> bool:
        if self.pack.page.place_heads:
            if previous.text.endswith((" và", " của", ",")):
                return True
            return not starts_with(cell.text, heads)
        return cell.raw[:1].islower() or previous.text.endswith((",", " of", " de", " du", " des", " and", " et"))


def _heads_office(cell: Cell) -> bool:
    """ "Office of …", "Direction de …": the first word of many names that are in no list of units."""
    return bool(re.match(r"(?:office|directorate|bureau|direction|service|division|section|cabinet)\b", cell.text))


def _joined(group: list[Cell]) -> str:
    return re.sub(r"\s+", " ", " ".join(cell.raw for cell in group)).strip(" *_-–,")


def _as_written(name: str, _pack: Pack) -> str:
    return name


def _blank_date(cell: Cell, match: re.Match[str]) -> EventDate | None:
    """A date of which the day, or day and month, may have been left blank."""
    year, month, day = (int(match[name]) if match[name] else None for name in ("y", "mon", "d"))
    if year is None or not 1945 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        return None
    span = (cell.part(*match.span()).span,)
    if month is None:
        return EventDate(f"{year}", "year", "stated", span)
    if day is None:
        return EventDate(f"{year}-{month:02}", "month", "stated", span)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return EventDate(f"{year}-{month:02}-{day:02}", "day", "stated", span)
