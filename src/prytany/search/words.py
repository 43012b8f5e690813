"""Words of a text, as the index keeps them and as a query asks for them: alike for all scripts and both databases."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from prytany.core.fold import fold

LONGEST_WORD = 60
# Words kept with their places; of a longer text, what else it says is kept once, without a place for phrases.
PLACED_WORDS = 40_000
OTHER_WORDS = 20_000
# Inside a word: joiners and hidden marks that spelling or layout put there. `fold` drops them.
_HIDDEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_NOT_LETTERS = re.compile(f"[{_HIDDEN}]")


@cache
def _word() -> re.Pattern[str]:
    """Letters, digits and combining marks: Devanagari vowel signs and Arabic vowel marks do not split a word."""
    marks, start = [], None
    for code in range(0x300, 0x10000):
        is_mark = unicodedata.category(chr(code))[0] == "M"
        if is_mark and start is None:
            start = code
        elif not is_mark and start is not None:
            marks.append(f"{chr(start)}-{chr(code - 1)}")
            start = None
    return re.compile(rf"(?:[^\W_]|[{''.join(marks)}{_HIDDEN}])+")


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return one word as the index keeps it; never empty, never with a blank. `05` and `5` are one number."""
    folded = "".join(c for c in fold(word) if c.isalnum() or unicodedata.category(c)[0] == "M")
    return _number(folded or exact_word(word))[:LONGEST_WORD]


def _number(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isascii() and word.isdigit() else word


@lru_cache(maxsize=65_536)
def exact_word(word: str) -> str:
    """Return one word with its accents, without case and hidden marks."""
    return _number(_NOT_LETTERS.sub("", unicodedata.normalize("NFKC", word).casefold()))[:LONGEST_WORD]


def spans(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of `text` with their places."""
    return (found for found in _word().finditer(text) if _NOT_LETTERS.sub("", found[0]))


def split(text: str) -> list[str]:
    """Return the words of `text` as they stand there."""
    return [found[0] for found in spans(text)]


def folded(text: str) -> str:
    """Return the folded words of `text` apart by blanks: what the index holds."""
    words = list(map(fold_word, split(text)))
    if len(words) <= PLACED_WORDS:
        return " ".join(words)
    seen = set(words[:PLACED_WORDS])
    rest = dict.fromkeys(word for word in words[PLACED_WORDS:] if word not in seen)
    return " ".join([*words[:PLACED_WORDS], *list(rest)[:OTHER_WORDS]])


def accented(texts: Iterable[str]) -> list[str]:
    """Return, once each, those words of `texts` that folding changes, with their accents: what exact ranking asks."""
    found: dict[str, None] = {}
    for text in texts:
        for word in split(text):
            exact = exact_word(word)
            if exact != fold_word(word):
                found[exact] = None
    return list(found)[: PLACED_WORDS + OTHER_WORDS]


_LEADING_WORD = re.compile(r"^(so|no|n|numero|number|رقم|نمبر|संख्या)\s*[.:°]*\s*(?=\d)")


def number_key(symbol: str) -> str:
    """Return a number and symbol in one spelling: `Số: 05/QĐ-UBND`, `5/qd-ubnd` give `5-qd-ubnd`; "" for no number."""
    plain = _LEADING_WORD.sub("", fold(symbol))
    parts = [word for word in _word().findall(plain) if _NOT_LETTERS.sub("", word)]
    if not parts or not parts[0][0].isdigit():
        return ""
    parts[0] = parts[0].lstrip("0") or "0"
    return "-".join(parts)[:80]


def looks_like_number(text: str) -> bool:
    """Tell whether `text` reads as a document's number: digits, then a hyphen or slash, then letters."""
    plain = _LEADING_WORD.sub("", fold(text))
    return len(plain) <= 60 and bool(re.match(r"^\d{1,6}[a-z]?\s*[-/]\s*\S", plain)) and " " not in plain.strip()
