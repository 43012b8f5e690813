"""Texts of papers as page 8 shows them: part by part, with the reader's findings at their places in the text."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from prytany.documents.models import Document, DocumentText
from prytany.intake.cutting import levelled, line_starts
from prytany.intake.reading import Reading, packs, read
from prytany.intake.reading.detect import script_of
from prytany.intake.reading.model import Span, TaskProposal

# So much is read and shown at once (some twenty pages); a longer text is turned over part by part.
PART = 60_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text at [start, end); `number` counts sentences, None for page furniture."""

    start: int
    end: int
    text: str
    number: int | None
    role: str
    furniture: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A task proposed by the reader at [start, end) of the text."""

    start: int
    end: int
    proposal: TaskProposal


@dataclass(frozen=True)
class Part:
    """One part of a text with what was read in it."""

    number: int
    parts: int
    start: int
    reading: Reading
    sentences: tuple[Sentence, ...]
    found: tuple[Found, ...]
    lines: tuple[int, ...]

    def place(self, span: Span) -> tuple[int, int]:
        """Return start and end of a span of the reading in the whole text."""
        begin = self.lines[span.line - 1]
        return begin + span.start, begin + span.end

    @property
    def day(self) -> datetime.date | None:
        """The day of the event, where the text states it whole."""
        date = self.reading.event_date
        if date.precision == "day" and date.iso and not date.iso.startswith("--"):
            return datetime.date.fromisoformat(date.iso)
        return None


def parts_of(text: str) -> list[tuple[int, int]]:
    """Return start and end of the parts in which a text is read; they meet at ends of lines where there are any."""
    if len(text) <= PART:
        return [(0, len(text))]
    parts, start = [], 0
    while start < len(text):
        end = len(text)
        if end - start > PART:
            newline = text.rfind("\n", start + PART // 2, start + PART)
            end = newline + 1 if newline > 0 else start + PART
        parts.append((start, end))
        start = end
    return parts


def texts_in(papers: QuerySet[Document], uid: UUID) -> list[DocumentText]:
    """Return the current texts of the paper `uid` if it is among `papers`, with the paper; the pasted one first."""
    rows = DocumentText.objects.filter(is_current=True, document__uid=uid, document__in=papers)
    rows = rows.select_related("file", "document__issuer", "document__entered_in", "second_reading")
    return sorted(rows, key=lambda row: (row.file_id is not None, row.pk))


def read_part(row: DocumentText, number: int = 1) -> Part:
    """Return part `number` (from 1; the last one for more) of a text, read."""
    text = levelled(row.text)
    parts = parts_of(text)
    number = min(max(number, 1), len(parts))
    start, end = parts[number - 1]
    return _read(text[start:end], row.language, number, len(parts), start)


@lru_cache(maxsize=24)
def _read(text: str, language: str, number: int, parts: int, start: int) -> Part:
    """Read a part; the same text is read once per process while it is worked on."""
    reading = read(text)
    if not reading.pack and language in packs.codes() and script_of(text) == packs.load(language).script:
        reading = read(text, language=language)  # too few words to tell the language by
    lines = tuple(start + begin for begin in line_starts(text))
    sentences, count = [], 0
    for sentence in reading.sentences:
        if not sentence.span.text.strip():
            continue
        begin = lines[sentence.span.line - 1]
        count += not sentence.furniture
        sentences.append(
            Sentence(
                begin + sentence.span.start,
                begin + sentence.span.end,
                sentence.span.text,
                None if sentence.furniture else count,
                sentence.role,
                sentence.furniture,
            )
        )
    found = tuple(
        Found(lines[task.span.line - 1] + task.span.start, lines[task.span.line - 1] + task.span.end, task)
        for task in reading.tasks
    )
    return Part(number, parts, start, reading, tuple(sentences), found, lines)
