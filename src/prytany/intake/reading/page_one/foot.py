"""The foot of the last page: by whose authority it is signed, by which post, who receives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prytany.intake.reading.model import Fact
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.page_one.cells import Cell
from prytany.intake.reading.page_one.names import folded_phrases, in_sentence_case, starts_with
from prytany.intake.reading.tokens import tokenise

_ITEM = re.compile(r"(?:[-*•+–·]|\(?\d{1,2}\s*[.)۔-])\s*")
_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*(?: [^\W\d_]+(?:['’.-][^\W\d_]+)*){1,5}")
_SIGNED = re.compile(r"\(?(?:đã ký|signed|signé|sd/?-?|s/d|हस्ता\S*|توقيع|دستخط)\)?[-/.]*")
LONGEST_POST = 80
_SENTENCE = (".", "।", "۔", "؟", "?", "!", ";")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and for whom."""

    authority: Fact | None = None
    title: Fact | None = None
    name: Fact | None = None


def signer_of(below: list[Cell], readers: list[Pack]) -> Signer:
    """Return who signed, read from the cells below the head."""
    pack = readers[0]
    capitals = bool(pack.page.posts)
    cells = list(_parted(below, pack)) if capitals else below
    own = [cell for cell in cells if not _is_item(cell) and not cell.is_rule and not _SIGNED.fullmatch(cell.text)]
    return _in_capitals(own, pack) if capitals else _by_posts(own, readers)


def _is_item(cell: Cell) -> bool:
    return bool(_ITEM.match(cell.text))


def _parted(cells: list[Cell], pack: Pack) -> Iterator[Cell]:
    """Part a signature from the list of recipients it stands beside: by its authority, its capitals, its name."""
    posts = folded_phrases(pack.page.posts)
    for cell in cells:
        cut = next(_cuts(cell, pack, posts), None)
        if cut is None:
            yield cell
        else:
            yield cell.part(0, cut)
            yield from _parted([cell.part(cut)], pack)


def _cuts(cell: Cell, pack: Pack, posts: tuple[str, ...]) -> Iterator[int]:
    beside = _is_item(cell) or _opens(cell, pack, "recipients")
    for pattern in pack.page_each("authority"):
        for match in pattern.finditer(cell.text):
            rest = cell.part(match.start())
            if match.start() > 2 and rest.is_capitals and " " in rest.text and starts_with_post(rest, pack, posts):
                yield match.start()
    if not beside:
        return
    for match in re.finditer(r"[,.;:)]\s+", cell.text):
        rest = cell.part(match.end())
        if rest.is_capitals and starts_with(rest.text, posts):
            yield match.end()
        if match.group()[0] == "." and not rest.is_capitals and _is_name(rest):
            yield match.end()


def starts_with_post(cell: Cell, pack: Pack, posts: tuple[str, ...]) -> bool:
    """Whether a post, or a body, follows the letters of an authority."""
    for pattern in pack.page_each("authority"):
        match = pattern.match(cell.text)
        if match:
            rest = cell.text[match.end() :].strip()
            heads = folded_phrases(f"{pack.page.field_heads}, {pack.page.place_heads}")
            return bool(starts_with(rest, (*posts, *heads)))
    return False


def _opens(cell: Cell, pack: Pack, name: str) -> re.Match[str] | None:
    return next((match for pattern in pack.page_each(name) if (match := pattern.match(cell.text))), None)


def _is_name(cell: Cell) -> bool:
    raw = cell.raw
    return bool(_NAME.fullmatch(raw)) and all(word[:1].isupper() for word in raw.split()) and not cell.is_capitals


def _in_capitals(cells: list[Cell], pack: Pack) -> Signer:
    """Read lines in capitals: authority, post; then the name in small letters."""
    posts = folded_phrases(pack.page.posts)
    places = [place for place, cell in enumerate(cells) if _opens(cell, pack, "authority") and cell.is_capitals]
    start = places[-1] if places else None
    if start is None:
        start = next((p for p, cell in enumerate(cells) if cell.is_capitals and starts_with(cell.text, posts)), None)
        if start is None:
            return Signer()
        title_from, leading = start, []
    else:
        while start > 0 and start - 1 in places:
            start -= 1
        leading = [cells[place] for place in places if place >= start]
        title_from = places[-1] + 1
    title: list[Cell] = []
    name = None
    for cell in cells[title_from : title_from + 7]:
        if cell.is_capitals and name is None and (title or starts_with(cell.text, posts) or leading):
            title.append(cell)
        elif title and _is_name(cell):
            name = Fact(cell.raw, "stated", (cell.span,))
            break
    return Signer(_authority(leading, pack), _title(title), name)


def _authority(leading: list[Cell], pack: Pack) -> Fact | None:
    letters, spans = [], []
    for cell in leading:
        match = _opens(cell, pack, "authority")
        if match:
            piece = cell.part(*match.span("a"))
            letters.append(piece.raw)
            spans.append(piece.span)
    return Fact(" ".join(letters), "stated", tuple(spans)) if letters else None


def _title(cells: list[Cell]) -> Fact | None:
    if not cells:
        return None
    words = " ".join(cell.raw for cell in cells)
    return Fact(words.capitalize(), "stated", tuple(cell.span for cell in cells))


def _by_posts(cells: list[Cell], readers: list[Pack]) -> Signer:
    """Read the lines below the last sentence: an authority, a post, perhaps a name in brackets above it."""
    pack = readers[0]
    region = _below_text(cells, readers)
    authority: Fact | None = None
    for place, cell in enumerate(region):
        match = _opens(cell, pack, "authority")
        if match and len(cell.text) <= LONGEST_POST and not cell.text.endswith(_SENTENCE):
            piece = cell.part(*match.span("a"))
            authority = Fact(piece.raw, "stated", (piece.span,))
            alone = cell.part(match.end())
            follow = region[place + 1 :]
            if follow and _fits_post(follow[0]):
                return Signer(authority, _post(follow[0], pack), _bracketed(follow))
            return Signer(authority, _post(alone, pack) if _fits_post(alone) else None, None)
    for place, cell in enumerate(region):
        hits = pack.lexicon.find(tokenise(cell.text))
        if _fits_post(cell) and any(hit.tag in ("post", "role") for hit in hits):
            return Signer(None, _post(cell, pack), _bracketed(region[:place][::-1] or region[place + 1 :]))
    if region and _fits_post(region[0]) and cells[0].line.number != region[0].line.number:
        return Signer(None, _post(region[0], pack), None)
    return Signer()


def _below_text(cells: list[Cell], readers: list[Pack]) -> list[Cell]:
    """The cells behind the last sentence of the text and before the recipients."""
    stop = next((p for p, c in enumerate(cells) if any(_opens(c, pack, "recipients") for pack in readers)), len(cells))
    last = -1
    for place, cell in enumerate(cells[:stop]):
        sentence = cell.text.rstrip("\"' ").endswith(_SENTENCE) or len(cell.text) > LONGEST_POST + 20
        done = any(_opens(cell, pack, "done_at") for pack in readers)
        if sentence or done:
            last = place
    region = cells[last + 1 : stop]
    return [cell for cell in region if not _is_greeting(cell)] if last >= 0 else []


def _is_greeting(cell: Cell) -> bool:
    return bool(
        re.match(
            r"yours |sincerely|faithfully|respectfully|भवदीय|विश्वास|والسلام|وتفضلوا|مخلص|آپ کا|veuillez", cell.text
        )
    )


def _fits_post(cell: Cell) -> bool:
    text = cell.text
    return (
        3 <= len(text) <= LONGEST_POST and not any(c.isdigit() for c in text) and not text.endswith((*_SENTENCE, ":"))
    )


def _post(cell: Cell, pack: Pack) -> Fact:
    raw = cell.raw.strip(" ,")
    return Fact(in_sentence_case(raw, pack) if cell.is_capitals else raw, "stated", (cell.span,))


def _bracketed(cells: list[Cell]) -> Fact | None:
    """A name in brackets beside the post."""
    for cell in cells[:2]:
        match = re.fullmatch(r"\((.{3,60})\)", cell.text)
        if match:
            piece = cell.part(*match.span(1))
            return Fact(piece.raw, "stated", (piece.span,))
    return None


def recipients_of(below: list[Cell], readers: list[Pack]) -> list[Fact]:
    """Return who receives a copy: the items under the heading, or what stands behind it."""
    pack = readers[0]
    cells = list(_parted(below, pack)) if pack.page.posts else below
    for place, cell in enumerate(cells):
        match = next((m for one in readers if (m := _opens(cell, one, "recipients"))), None)
        if match is None:
            continue
        behind = cell.part(match.end())
        items = [one for one in cells[place + 1 :] if _is_item(one)]
        if items:
            first = [behind] if behind.text and not behind.is_capitals else []
            return [_receiver(one) for one in (*first, *items)]
        return [_receiver(behind)] if behind.text else [_receiver(one) for one in cells[place + 1 : place + 8]]
    return []


def _receiver(cell: Cell) -> Fact:
    match = _ITEM.match(cell.text)
    piece = cell.part(match.end() if match else 0)
    return Fact(piece.raw.rstrip(" ,.;।۔"), "stated", (piece.span,))
