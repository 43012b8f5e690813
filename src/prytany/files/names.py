"""File names as people give them, made safe to store, show and download."""

import re
import unicodedata

LONGEST = 200
_MARKS = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_RESERVED = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs", "Cn", "Co"}


def split_ending(name: str) -> tuple[str, str]:
    """Return stem and ending (with its dot, lower case); a leading dot or a number (`v1.2`) makes no ending."""
    stem, _dot, ending = name.rpartition(".")
    if not stem or not ending or " " in ending or ending.isdigit() or len(ending) > 10:
        return name, ""
    return stem, f".{ending.lower()}"


def clean_name(raw: str, *, fallback: str = "file") -> str:
    """Return the last part of `raw` without control, direction and reserved characters, at most 200 characters long.

    The joiners that Urdu and Hindi spelling needs stay. The ending stays whole when the name is cut.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    name = _MARKS.sub("", name)
    name = _SPACE.sub(" ", "".join(" " if c in "\t\n\r\v\f" else "" if _invisible(c) else c for c in name))
    name = _RESERVED.sub("_", name).strip(" .")
    if not name:
        return fallback
    if _DEVICES.match(name):
        name = f"_{name}"
    stem, ending = split_ending(name)
    return f"{stem[: LONGEST - len(ending)].rstrip()}{ending}" if ending else name[:LONGEST].rstrip()
