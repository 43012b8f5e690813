"""What a task has to bring: the first thing in its words that is made or handed in. A guess, never more."""

import re
from functools import cache

from prytany.intake.reading import packs
from prytany.intake.reading.pack import phrases
from prytany.intake.reading.shadow import shadow_of

BETWEEN = 3  # words between making and what is made ("draw up a detailed list")


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    pack = packs.load(language)
    things, makers = phrases(pack.products), phrases(pack.makers)
    if not things or not makers:
        return None
    thing, maker = f"(?P<thing>{_any_of(things)})", _any_of(makers)
    gap = rf"(?:\s+[^\s,.;:،؛]+){{0,{BETWEEN}}}?\s+"
    ordered = f"{maker}{gap}{thing}" if pack.verb == "first" else f"{thing}{gap}{maker}"
    return re.compile(rf"(?<!\w){ordered}(?!\w)")


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted((shadow_of(word).text for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def product_in(content: str, language: str | None) -> str:
    """Return what is to be brought, as it is written in `content`; "" where nothing is named."""
    if language not in packs.codes() or not language:
        return ""
    pattern = _pattern(language)
    shadow = shadow_of(content)
    found = pattern.search(shadow.text) if pattern else None
    if found is None:
        return ""
    words = shadow.original(*found.span("thing"))
    return words[:1].upper() + words[1:]
