"""What the demo says of a body: names in the six languages, kind, symbol, place, dates."""

from dataclasses import dataclass

OLD = "2020-01-01"
BOARDS_MERGED = "2025-02-03"
DEPARTMENTS_MERGED = "2025-03-01"


@dataclass(frozen=True)
class Body:
    """A body: `names` in the order vi, en, fr, hi, ar, ur; `under` and `serves` name other bodies by key.

    `since` and `until` are the dates of acts; `of` names the bodies it was made from. Without `under` it is a partner.
    """

    key: str
    kind: str
    symbol: str
    names: tuple[str, str, str, str, str, str]
    under: str = ""
    serves: str = ""
    since: str = OLD
    of: tuple[str, ...] = ()
    short: str = ""
    aliases: tuple[str, ...] = ()
