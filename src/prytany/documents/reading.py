"""Proposing a paper's facts from its text: number and symbol, date, kind, issuer, summary, urgency, signer.

Plain patterns over the head and the foot of official papers of both families, and numbers and dates of the other
languages. Every proposal carries the words it was read from and is confirmed by a person before it counts.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.fold import fold
from prytany.documents.kinds import DocumentKind, kinds_of

HEAD = 2_500
FOOT = 2_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact read from a text, with the words it was read from."""

    value: Any
    quote: str

    def plain(self) -> dict[str, Any]:
        """Return the proposal as JSON keeps it."""
        value = self.value.isoformat() if isinstance(self.value, datetime.date) else self.value
        return {"value": value, "quote": self.quote[:200]}


_UP = "A-ZÀ-ỸĐ"
_PARTY_SYMBOL = re.compile(
    rf"\b(?P<number>\d{{1,5}})\s*-\s*(?P<kind>[{_UP}][{_UP}a-zà-ỹđ]{{0,4}})\s*/\s*(?P<body>[{_UP}0-9][{_UP}0-9\-./]{{0,24}}[{_UP}0-9]|[{_UP}]{{2,}})"
)
_STATE_SYMBOL = re.compile(
    rf"\b(?P<number>\d{{1,5}})\s*/\s*(?:(?P<year>\d{{4}})\s*/\s*)?(?P<kind>[{_UP}][{_UP}a-zà-ỹđ]{{0,9}}(?:&[{_UP}]+)?)\s*-\s*"
    rf"(?P<body>[{_UP}0-9][{_UP}0-9a-zà-ỹđ&.\-]{{0,24}})"
)
_OTHER_SYMBOL = re.compile(
    r"(?:\bNo\.?|\bNumber|N°|Nº|\bRéf\.?|\bRef\.?|संख्या|क्रमांक|رقم|الرقم|نمبر)\s*[:.]?\s*(?P<all>[0-9०-९٠-٩۰-۹]{1,6}(?:\s*[-/]\s*[^\s,;:]{1,20}){1,4})",
    re.IGNORECASE,
)


def _symbol(head: str) -> tuple[Proposal, str, str, str] | None:
    """Return the number and symbol with family, abbreviation and body; the first that follows `Số` goes before."""
    marked = re.search(r"\bS[ốÔô]́?\s*:?\s*(?=\d)", head)
    for text in ([head[marked.end() : marked.end() + 60]] if marked else []) + [head]:
        found = [
            (match.start(), family, match)
            for family, pattern in (("party", _PARTY_SYMBOL), ("state", _STATE_SYMBOL))
            if (match := pattern.search(text))
        ]
        if found:
            _place, family, match = min(found, key=lambda item: item[0])
            symbol = re.sub(r"\s+", "", match[0])
            return Proposal(symbol, match[0]), family, match["kind"], match["body"]
    if other := _OTHER_SYMBOL.search(head):
        symbol = re.sub(r"\s+", "", unicodedata.normalize("NFKC", other["all"]))
        return Proposal(_ascii_digits(symbol), other[0]), "state", "", ""
    return None


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def kind_in_symbol(text: str) -> str:
    """Return `family.kind` where a typed number and symbol names a kind by its abbreviation; "" else."""
    found = _symbol(text.upper())
    if found is None or not found[2]:
        return ""
    wanted = fold(found[2])
    kind = next((kind for kind in kinds_of(found[1]).values() if fold(kind.abbreviation) == wanted), None)
    return f"{kind.family}.{kind.code}" if kind else ""


_VI_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_MONTHS: Mapping[str, int] = {
    fold(name): number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH_NAMES = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+|de\s+)?({_MONTH_NAMES})\s*,?\s+(\d{{4}})")
_MONTH_DAY = re.compile(rf"({_MONTH_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(\d{{4}})")


def _date(head: str) -> Proposal | None:
    found: list[tuple[int, datetime.date, str]] = []

    def keep(match: re.Match[str], day: str, month: int, year: str) -> None:
        try:
            found.append((match.start(), datetime.date(int(year), month, int(day)), match[0]))
        except ValueError:
            return

    if match := _VI_DATE.search(head):
        keep(match, match[1], int(match[2]), match[3])
    plain = _ascii_digits(head)
    if not found and (match := _NUMERIC.search(plain)):
        keep(match, match[1], int(match[2]), match[3])
    folded = fold(head)
    if not found and (match := _DAY_MONTH.search(folded)):
        keep(match, match[1], _MONTHS[match[2]], match[3])
    if not found and (match := _MONTH_DAY.search(folded)):
        keep(match, match[2], _MONTHS[match[1]], match[3])
    if not found:
        return None
    _place, day, quote = min(found)
    return Proposal(day, quote) if datetime.date(1945, 1, 1) <= day else None


_NATION = re.compile(
    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\s*_\-–—=.]+$")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\f", "\n").split("\n") if line.strip()]


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and not any(c.islower() for c in letters)


def _issuer(head: str) -> Proposal | None:
    """Return the issuing body: the last lines in capitals above the number, without the titles of state and Party."""
    names: list[str] = []
    for line in _lines(head):
        plain = _NATION.sub("", line).strip(" *_-–")
        if re.match(r"^S[ốÔô]\s*:?\s*\d", plain) or _VI_DATE.search(plain):
            break
        if plain and not _RULE.match(plain) and _in_capitals(plain) and fold(plain) not in _STAMPS:
            names.append(plain)
    if not names:
        return None
    last, above = names[-1], names[-2] if len(names) > 1 else ""
    if above and fold(last).startswith(_PLACES):  # a name broken over two lines
        return Proposal(f"{_sentence_case(above)} {_lower_first(_sentence_case(last))}", f"{above} {last}")
    if above and fold(last) in {"van phong", "thuong truc", "ban thuong vu"}:  # a body named by the one above it
        return Proposal(f"{_sentence_case(last)} {_sentence_case(above)}", f"{above} {last}")
    return Proposal(_sentence_case(last), last)


_PLACES = ("tinh ", "thanh pho ", "huyen ", "xa ", "phuong ", "dac khu ")
_PLACE_WORDS = frozenset(("tỉnh", "phố", "huyện", "xã", "phường", "khu", "ủy", "uỷ"))
_HEADS = frozenset(
    (
        "ủy",
        "uỷ",
        "ban",
        "văn",
        "phòng",
        "sở",
        "hội",
        "đồng",
        "nhân",
        "dân",
        "tỉnh",
        "đảng",
        "tổ",
        "chức",
        "thành",
        "phố",
        "xã",
    )
)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence_case(name: str) -> str:
    """Return a name in capitals as running text writes it: every word of a place, the first word of a field of work."""
    result: list[str] = []
    state = "head"
    for word in name.lower().split():
        if state == "head" and word in _HEADS:
            result.append(word)
            continue
        if state == "head":
            state = "place" if result and result[-1] in _PLACE_WORDS else "field"
            result.append(word.capitalize())
        else:
            result.append(word.capitalize() if state == "place" else word)
    return result[0].capitalize() + "".join(f" {word}" for word in result[1:]) if result else ""


def _kind(head: str, family: str, abbreviation: str) -> tuple[DocumentKind, str] | None:
    known = kinds_of(family)
    lines = _lines(head)
    for number, line in enumerate(lines):
        for kind in known.values():
            names = {fold(name) for name in kind.names.values()}
            if _in_capitals(line) and fold(line) in names:
                following = fold(" ".join(lines[number + 1 : number + 2]))
                if kind.code == "notice" and following.startswith("ket luan") and "conclusion_notice" in known:
                    return known["conclusion_notice"], f"{line} {lines[number + 1]}"
                return kind, line
    by_abbreviation = [
        kind for kind in known.values() if abbreviation and fold(kind.abbreviation) == fold(abbreviation)
    ]
    if by_abbreviation:
        return by_abbreviation[0], abbreviation
    if re.search(r"^\s*V/v\b", head, re.MULTILINE | re.IGNORECASE) and "official_letter" in known:
        return known["official_letter"], "V/v"
    return None


_BODY_STARTS = re.compile(
    r"^(Kính gửi|Căn cứ|Thực hiện|Ngày \d|Sáng |Chiều |Hôm nay|[IVX]+[.\-/]|\d+[.)]|-{3,}|Điều \d|Nơi nhận|-\s)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^\s*V/v:?\s*(.+)$", re.IGNORECASE | re.MULTILINE)


def _summary(head: str, kind: tuple[DocumentKind, str] | None) -> Proposal | None:
    lines = _lines(head)
    if found := _ABOUT.search(head):
        start = next(n for n, line in enumerate(lines) if _ABOUT.match(line))
        return _joined([found[1].strip(), *_until_body(lines[start + 1 :])])
    if kind is None:
        return None
    heading = kind[1].split(" Kết luận")[0] if kind[0].code == "conclusion_notice" else kind[1]
    for number, line in enumerate(lines):
        if fold(line) == fold(heading) or line == heading:
            return _joined(_until_body(lines[number + 1 :]))
    return None


def _until_body(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if _RULE.match(line) or _BODY_STARTS.match(line) or _VI_DATE.fullmatch(line) or len(kept) == 6:
            break
        if _VI_DATE.search(line) and "," in line[:40] and len(line) < 70:  # the place and date beside it
            continue
        kept.append(line)
        if line.endswith((".", ";")):
            break
    return kept


def _joined(lines: list[str]) -> Proposal | None:
    text = " ".join(lines).strip(" .;")
    return Proposal(text[:500], text) if len(text) > 3 else None


_STAMPS: Mapping[str, tuple[str, Any]] = {
    "hoa toc hen gio": ("urgency", "express_by_hour"),
    "hoa toc": ("urgency", "express"),
    "thuong khan": ("urgency", "very_urgent"),
    "khan": ("urgency", "urgent"),
    "tuyet mat": ("level", 30),
    "toi mat": ("level", 20),
    "mat": ("level", 10),
    "xem xong tra lai": ("circulation", "return_after_reading"),
    "luu hanh noi bo": ("circulation", "internal_circulation"),
}


def _stamps(head: str) -> dict[str, Proposal]:
    found: dict[str, Proposal] = {}
    for line in _lines(head):
        stamp = _STAMPS.get(fold(line).strip(" .:!*"))
        if stamp and not any(c.islower() for c in line):
            found.setdefault(stamp[0], Proposal(stamp[1], line))
    return found


_AUTHORITY = re.compile(r"^(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*(.*)$")


def _signer(text: str) -> dict[str, Proposal]:
    """Return post and name under the last `TM.`, `K/T` …: lines in capitals, then the name as people write it."""
    lines = _lines(text[-FOOT:])
    places = [number for number, line in enumerate(lines) if _AUTHORITY.match(line)]
    if not places:
        return {}
    found: dict[str, Proposal] = {}
    for line in lines[places[-1] + 1 : places[-1] + 7]:
        if _in_capitals(line):
            found["signer_title"] = Proposal(line.capitalize(), line)
        elif re.fullmatch(rf"[{_UP}][\wà-ỹđ]*(?: [{_UP}][\wà-ỹđ]*){{1,5}}", line) and "signer_title" in found:
            found["signer_name"] = Proposal(line, line)
            break
    return found


_URDU = frozenset("ٹڈڑےںھہگچپکی")
_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_FRENCH_WORDS = frozenset(
    (
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "une",
        "est",
        "dans",
        "pour",
        "que",
        "qui",
        "sur",
        "au",
        "aux",
        "par",
        "avec",
    )
)


def language_of(text: str) -> str:
    """Return which of the six languages a text is in, by its script and letters; Latin text by its small words.

    Enough to choose a proposal; the packs of `intake` know better where sentences are read.
    """
    sample = text[:4000].lower()
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return "vi"
    if sum("\u0900" <= c <= "\u097f" for c in letters) > len(letters) / 3:
        return "hi"
    arabic = [c for c in letters if "\u0600" <= c <= "\u06ff"]
    if len(arabic) > len(letters) / 3:
        return "ur" if sum(c in _URDU for c in arabic) > len(arabic) / 12 else "ar"
    if sum(c in _VIETNAMESE for c in unicodedata.normalize("NFC", sample)) > len(letters) / 25:
        return "vi"
    words = re.findall(r"[^\W\d_]+", sample)
    return "fr" if sum(word in _FRENCH_WORDS for word in words) > len(words) / 12 else "en"


def propose(text: str) -> dict[str, dict[str, Any]]:
    """Return proposals by field of `services.facts.Facts`, plus `body` (the issuer's letters in the symbol)."""
    head = text[:HEAD]
    found: dict[str, Proposal] = _stamps(head) | _signer(text)
    family, abbreviation = ("party" if "ĐẢNG CỘNG SẢN" in head.upper() else "state"), ""
    if symbol := _symbol(head):
        found["symbol"], family, abbreviation, body = symbol
        found["body"] = Proposal(body, body)
    found["family"] = Proposal(family, "")
    found["language"] = Proposal(language_of(text), "")
    if date := _date(head):
        found["issued_on"] = date
    kind = _kind(head, family, abbreviation)
    if kind:
        found["kind"] = Proposal(kind[0].code, kind[1])
    maybe = {"issuer_name": _issuer(head), "summary": _summary(head, kind)}
    found |= {name: proposal for name, proposal in maybe.items() if proposal}
    return {name: proposal.plain() for name, proposal in found.items()}


def secret_stamp_in(text: str) -> str:
    """Return the words of the stamp of a state-secret level that the head of a text bears, "" for none."""
    stamp = _stamps(text[:HEAD]).get("level")
    return stamp.quote if stamp and levels.is_secret(stamp.value) else ""


# What a line in a register may say of a paper whose content is not kept; its summary is written by a person.
LINE_FACTS = ("family", "kind", "symbol", "issued_on", "issuer", "issuer_name", "level", "urgency")


def line_facts(fields: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return of the proposed facts those that a register line may keep at a state-secret level, without other words."""
    return {name: {"value": fields[name]["value"], "quote": ""} for name in LINE_FACTS if name in fields}


def refuse_stamped(text: str) -> None:
    """DomainError `secret_stamp` where the head of a text bears the stamp of a state-secret level."""
    if stamp := secret_stamp_in(text):
        message = _(
            "This text bears the stamp “%(stamp)s”. Its content is not stored here; enter the register line only."
        )
        message %= {"stamp": stamp}
        raise DomainError("secret_stamp", message, {"text": message})
