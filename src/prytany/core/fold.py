"""One folding of text for search, name matching and sorting: the same function for what is stored and what is asked."""

import re
import unicodedata

_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ې": "ي",
        "ؤ": "و",
        "ك": "ک",
        "ة": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ۂ": "ه",
        "ۃ": "ه",
        "ە": "ه",
        "ـ": "",
        "ء": "",
    }
)
_LATIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_DROPPED = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_SPACE = re.compile(r"\s+")


def _strip_marks(text: str) -> str:
    """Drop combining marks of Latin letters; marks of Devanagari are letters and stay."""
    decomposed = unicodedata.normalize("NFD", text)
    kept = [c for c in decomposed if not ("\u0300" <= c <= "\u036f")]
    return unicodedata.normalize("NFC", "".join(kept))


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def fold(text: str) -> str:
    """Return `text` without case, accents, vowel marks and letter variants, digits in ASCII, spaces single."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _DROPPED.sub("", text).translate(_ARABIC).translate(_LATIN)
    return _SPACE.sub(" ", _ascii_digits(_strip_marks(text))).strip()


# Vietnamese dictionary order: letters with a hook or bar follow the plain one; tones come last.
_VIETNAMESE = {
    c: f"{base}{rank}"
    for base, row in {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}.items()
    for rank, c in enumerate(row)
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(text: str) -> str:
    """Return a text whose binary order is the dictionary order of `text`, alike on every database."""
    letters, tones = [], []
    for syllable in unicodedata.normalize("NFD", text.casefold()).split():
        plain = unicodedata.normalize("NFC", "".join(c for c in syllable if c not in _TONES))
        tones.append(next((_TONES[c] for c in syllable if c in _TONES), "0"))
        letters.append("".join(_VIETNAMESE.get(c, c) for c in plain))
    return f"{' '.join(letters)}\x01{''.join(tones)}"[:255]
