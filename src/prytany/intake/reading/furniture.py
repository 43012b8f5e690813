"""What came with the page and is no part of the text: share links, counters, bylines, sources, captions, repeats."""

import re
from collections.abc import Iterable

from prytany.intake.reading import packs
from prytany.intake.reading.pack import Pack, folded
from prytany.intake.reading.segments import Line
from prytany.intake.reading.shadow import fold_line
from prytany.intake.reading.tokens import tokenise

SHORT = 200  # a line longer than this is never taken whole for furniture, save a caption with its credit
HEAD = 2
TAIL = 8  # bylines and sources stand among the last lines that are not empty
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+\)?")
_SIGNS = re.compile(r"[\W\d_]{1,40}")
_COUNTER = re.compile(r"\S{2,20}\s*\(\s*\d{1,6}\s*\)")
# Words for "photo" by which a caption ends: its credit.
_PHOTO = r"photos?|image|picture|anh|ảnh|फोटो|تصویر|صورة|الصورة|تصوير|फ़ोटो|छायाचित्र|تصاویر|crédit photo|photographie"


_SOURCE_WORDS = tuple(fold_line(word) for word in ("source", "स्रोत", "مصدر", "المصدر", "ماخذ", "nguồn"))


def set_apart(lines: list[Line], pack: Pack | None) -> None:
    """Mark the lines that are furniture with the reason. Packs of the same script help: pages mix languages."""
    readers = _readers(pack)
    filled = [line for line in lines if line.shadow.text.strip()]
    seen: dict[str, int] = {}
    for place, line in enumerate(filled):
        text = line.shadow.text.strip(" |·•\t")
        line.furniture = _reason(text, readers)
        # The first lines are headlines, however short the text.
        if not line.furniture and place >= HEAD and len(filled) - place <= TAIL:
            line.furniture = _byline(text, pack)
        if not line.furniture and place >= HEAD and len(filled) - place <= TAIL and _is_signature(line.shadow.raw):
            line.furniture = "signature"
        key = re.sub(r"\W+", " ", text).strip()
        if not line.furniture and len(key) > 15 and key in seen:
            line.furniture = "repeated"
        seen.setdefault(key, line.number)


def _is_signature(raw: str) -> bool:
    """Posts side by side at the foot of minutes: "Secretary          Chair"."""
    parts = [part for part in re.split(r"\s{4,}|\t+", raw.strip()) if part]
    return len(parts) == 2 and all(
        len(p.split()) <= 5 and not any(c.isdigit() or c in ".:;|" for c in p) for p in parts
    )


def _readers(pack: Pack | None) -> list[Pack]:
    others = [packs.load(code) for code in packs.codes()]
    first = [pack] if pack else []
    return first + [other for other in others if other is not pack]


def _reason(text: str, readers: Iterable[Pack]) -> str:
    if _ADDRESS.fullmatch(text):
        return "source"
    if _SIGNS.fullmatch(text) and not re.fullmatch(r"[\d\W]*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[\d\W]*", text):
        return "page"
    if len(text) <= 700 and _is_credited(text):
        return "caption"
    if len(text) > SHORT + 60:
        return ""
    for pack in readers:
        for reason, pattern in pack.keyed("furniture").items():
            if pattern.fullmatch(text):
                return reason
    if len(text) < 80 and _is_menu(text):
        return "page"
    if _COUNTER.fullmatch(text) and len(text.split()) <= 3:
        return "comments"
    return ""


def _is_menu(text: str) -> bool:
    """Two or three links side by side: "Contact us | Accessibility"."""
    text = re.sub(r"\(\s?\d{1,4}\s?\)\s*$", "", text)  # "Share | Comments (3)"
    parts = [part.strip() for part in re.split(r"\s[|·»]\s", text)]
    return 2 <= len(parts) <= 4 and all(1 <= len(p.split()) <= 3 for p in parts) and not any(c.isdigit() for c in text)


_CREDITED = re.compile(r"[-(.,;/|]\s*(?:" + folded(_PHOTO) + r")\s*[:/.]?\s*[^.:;]{0,45}[.)]?\s*$")


def _is_credited(text: str) -> bool:
    return bool(_CREDITED.search(text, max(0, len(text) - 80)))


def _byline(text: str, pack: Pack | None) -> str:
    """A name alone, or one glued to the word for "source"."""
    if len(text) > 45 or len(text.split()) > 6 or re.search(r"[.!?।۔؟:;]\s*$", text) or any(c.isdigit() for c in text):
        return ""
    if any(text.endswith(word) and len(text) > len(word) for word in _SOURCE_WORDS):
        return "byline"
    if pack is None:
        return ""
    hits = pack.lexicon.find(tokenise(text))
    telling = {"act", "act_end", "must", "will", "direct", "award", "done", "event", "task_noun", "approve", "confer"}
    return "" if any(hit.tag in telling for hit in hits) else "byline"
