"""The page as a whole: its head down to where the text begins, its foot with signature and recipients."""

from collections.abc import Mapping

from prytany.intake.reading import packs
from prytany.intake.reading.detect import language_of
from prytany.intake.reading.model import EventDate, Fact, PageOne
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.page_one.cells import Cell, cells_of
from prytany.intake.reading.page_one.foot import recipients_of, signer_of
from prytany.intake.reading.page_one.head import Head, head_of
from prytany.intake.reading.segments import Line, split_lines
from prytany.intake.reading.shadow import fold_line

# Lines that may belong to the head, and to the foot of the last page.
HEAD, FOOT = 45, 45


def read_page(text: str, kinds: Mapping[str, str] | None = None) -> PageOne:
    """Return what can be read of the first page of a text; everything is None where there is none.

    `kinds` are names of kinds beside those of the packs, with their codes.
    """
    code = language_of(text)
    return page_of(split_lines(text), packs.load(code) if code in packs.codes() and code else None, kinds)


def page_of(lines: list[Line], pack: Pack | None, kinds: Mapping[str, str] | None = None) -> PageOne:
    """Return the same of lines; the words of the other packs help where the page is in several languages."""
    others = [packs.load(code) for code in packs.codes() if pack is None or code != pack.code]
    readers = [pack, *others] if pack else others
    filled = [line for line in lines if line.shadow.text.strip()]
    head = head_of(
        cells_of(filled[:HEAD], readers), readers, {fold_line(name): code for name, code in (kinds or {}).items()}
    )
    if not (head.number or head.kind or head.is_titled or head.is_labelled):
        return PageOne(
            urgency=head.urgency, level=head.level, circulation=head.circulation, date=head.date or EventDate()
        )
    last = filled[-FOOT:]
    below = [cell for cell in cells_of(last, readers) if _after(cell, head)]
    date = head.date or head.done_at(below) or EventDate()
    signer = signer_of(below, readers)
    return PageOne(
        family=_family(head),
        superior=head.superior,
        issuer=head.issuer,
        symbol=head.number.symbol if head.number else None,
        number=head.number.digits if head.number else None,
        abbreviation=head.number.abbreviation if head.number else "",
        letters=head.number.letters if head.number else "",
        date=date,
        kind=head.kind,
        summary=head.summary,
        authority=signer.authority,
        signer_title=signer.title,
        signer_name=signer.name,
        urgency=head.urgency,
        level=head.level,
        circulation=head.circulation,
        recipients=tuple(recipients_of(below, readers)),
    )


def _after(cell: Cell, head: Head) -> bool:
    return (cell.line.number, cell.start) >= head.end


def _family(head: Head) -> Fact | None:
    """A party's title, else the shape of the number, else a state's title in a language whose pack parts the two."""
    for family, sort in (("party", "party"), ("state", "title")):
        spans = tuple(cell.span for cell in head.cells if cell.sort == sort)
        shaped = head.number and head.number.family
        parted = bool(head.readers[0].page.party_titles)
        if spans and (family == "party" or shaped == "state" or (parted and not shaped)):
            return Fact(family, "stated", spans[:1])
    if head.number and head.number.family and head.number.symbol:
        return Fact(head.number.family, "inferred", head.number.symbol.because)
    return None
