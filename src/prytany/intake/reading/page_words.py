"""What a language pack says of the first page of an official document: its frame, its labels, the names of its kinds.

Patterns are regular expressions in lower case over folded text, words are written as people write them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """One language. Everything may be left out: what is not named is not found."""

    # Titles of state and mottoes, which name no office; those of a party, by which its family is known.
    titles: tuple[str, ...] = ()
    party_titles: tuple[str, ...] = ()
    # First words of the name of a body, behind which a field of work or a place follows; where they are given, a line
    # of a name that begins with none of them continues the line above it.
    field_heads: str = ""
    place_heads: str = ""
    # Bodies that are named together with the one above them ("the office").
    dependent: str = ""
    # Words that stay as they are in a name written in capitals ("UBND"); words written small in a name.
    acronyms: str = ""
    small: str = ""
    # Before a number ("No.", "Ref:").
    numbers: tuple[str, ...] = ()
    # A place and a date that stand by themselves ("…, ngày 5 tháng 12 năm 2026"), groups d, mon, y; the day or the month
    # may be left blank.
    dated: tuple[str, ...] = ()
    # Before the date of the paper at its head, and at its foot ("Done at …").
    date_labels: tuple[str, ...] = ()
    done_at: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    # Kinds by the abbreviation in a number; kinds told by the first words of the summary.
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    told_by_summary: tuple[tuple[str, str, str], ...] = ()
    # What comes before a subject or a summary, before those it is sent to, before the text itself.
    subjects: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()
    text_begins: tuple[str, ...] = ()
    urgency: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    circulation: Mapping[str, str] = field(default_factory=dict)
    # By whose authority it is signed (group `a`), posts that sign, the heading over those who receive a copy.
    authority: tuple[str, ...] = ()
    posts: str = ""
    recipients: tuple[str, ...] = ()
