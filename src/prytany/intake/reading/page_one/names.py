"""Names of bodies and posts written in capitals, as running text writes them."""

import re
from collections.abc import Sequence

from prytany.intake.reading.pack import Pack, phrases
from prytany.intake.reading.shadow import fold_line


def starts_with(text: str, words: Sequence[str]) -> str:
    """Return the longest of `words` (folded) that `text` begins with, "" for none."""
    return max((w for w in words if text == w or text.startswith(w + " ")), key=len, default="")


def folded_phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a list, folded."""
    return tuple(fold_line(phrase) for phrase in phrases(text))


def in_sentence_case(name: str, pack: Pack) -> str:
    """Return a name in capitals as running text writes it: in "SỞ NỘI VỤ" the field, in "TỈNH HÀ MỸ" the place."""
    words = pack.page
    acronyms, small = words.acronyms.split(), words.small.split()
    if not words.place_heads:
        return _titled(name, small)
    fields, places = phrases(words.field_heads), phrases(words.place_heads)
    left = re.sub(r"\s+", " ", name).strip().lower()
    result: list[str] = []
    each = first = False
    while left:
        head = starts_with(left, (*fields, *places)) or starts_with(left, small)
        if head and not (head in fields and result and not each and result[-1] in ("và", "của")):
            result += [_kept(head, acronyms)]
            each, first = head not in fields, head not in ("và", "của") or not each
            first = True
            left = left[len(head) :].strip()
            continue
        word, _, left = left.partition(" ")
        known = word in acronyms
        result.append(word.upper() if known else word.capitalize() if each or first else word)
        first = False
    text = " ".join(result)
    return text[:1].upper() + text[1:]


def _kept(head: str, acronyms: list[str]) -> str:
    """A head as it is written within a name: the committees of a party have a capital wherever they stand."""
    if head in acronyms:
        return head.upper()
    return head.capitalize() if head.endswith((" ủy", " uỷ")) else head


def _titled(name: str, small: list[str]) -> str:
    def one(match: re.Match[str]) -> str:
        word = match.group()
        return word.lower() if word.lower() in small and match.start() else word.capitalize()

    return re.sub(r"[^\W\d_]+", one, re.sub(r"\s+", " ", name).strip())
