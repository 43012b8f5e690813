"""The words of names: abbreviations of the Vietnamese administration, words for kinds, bodies and offices of people."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from anyascii import anyascii

from prytany.core.fold import fold
from prytany.organisation.kinds import KINDS

# A letter, digit or Devanagari vowel sign; words of them, joined by "&".
_LETTER = r"(?:[^\W_]|[\u0900-\u0963\u0966-\u097f])"
WORD = re.compile(rf"{_LETTER}+(?:&{_LETTER}+)*")

# Folded abbreviation -> what it may stand for, folded.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "bch": ("ban chap hanh", "ban chi huy"),
    "bchqs": ("ban chi huy quan su", "bo chi huy quan su"),
    "bcd": ("ban chi dao",),
    "bdv": ("ban dan van",),
    "bnc": ("ban noi chinh",),
    "btc": ("ban to chuc",),
    "btg": ("ban tuyen giao",),
    "btgdv": ("ban tuyen giao va dan van",),
    "btv": ("ban thuong vu",),
    "ca": ("cong an",),
    "ccb": ("cuu chien binh",),
    "dk": ("dac khu",),
    "du": ("dang uy",),
    "f": ("phuong",),
    "h": ("huyen",),
    "hdnd": ("hoi dong nhan dan",),
    "hu": ("huyen uy",),
    "lhpn": ("lien hiep phu nu",),
    "ldld": ("lien doan lao dong",),
    "mttq": ("mat tran to quoc",),
    "nd": ("nong dan", "nhan dan"),
    "p": ("phuong", "phong"),
    "q": ("quan",),
    "t": ("tinh",),
    "tand": ("toa an nhan dan",),
    "tncs": ("thanh nien cong san",),
    "tp": ("thanh pho",),
    "tt": ("thi tran", "trung tam"),
    "tu": ("tinh uy", "thanh uy"),
    "tw": ("trung uong",),
    "tx": ("thi xa",),
    "ub": ("uy ban",),
    "ubkt": ("uy ban kiem tra",),
    "ubmttq": ("uy ban mat tran to quoc",),
    "ubnd": ("uy ban nhan dan",),
    "vksnd": ("vien kiem sat nhan dan",),
    "vp": ("van phong",),
    "vptu": ("van phong tinh uy", "van phong thanh uy"),
    "x": ("xa",),
}

# Words before a name that speak of its leading body or of who heads it: "UBND xã Mẫu Sơn", "Giám đốc Sở Nội vụ".
BODIES: tuple[str, ...] = (
    "ban chap hanh dang bo",
    "ban thuong vu dang uy",
    "ban thuong vu",
    "bi thu",
    "can bo",
    "cap uy",
    "cac",
    "cac dong chi",
    "chanh",
    "chinh quyen",
    "chu tich",
    "co quan",
    "dang bo",
    "dang uy",
    "don vi",
    "dong chi",
    "giam doc",
    "hoi dong nhan dan",
    "lanh dao",
    "nhan dan",
    "pho bi thu",
    "pho chanh",
    "pho chu tich",
    "pho giam doc",
    "pho truong",
    "thu truong",
    "thuong truc",
    "toan the",
    "truong",
    "uy ban nhan dan",
    "va",
    "the",
    "people's committee of",
    "people s committee of",
    "the people's committee of",
    "head of",
    "le",
    "la",
    "les",
    "comite populaire de",
    "comite populaire du",
)

# Words that say the kind of a unit in the singular, before or after its proper name.
_SINGULAR: dict[str, tuple[str, ...]] = {
    "commune": ("commune", "communes", "कम्यून", "بلدية", "كوميون", "کمیون"),
    "ward": ("ward", "wards", "quartier", "वार्ड", "حي", "وارڈ"),
    "district": ("district", "जिला", "ज़िला", "مقاطعة", "مديرية", "ضلع"),
    "province": ("province", "प्रांत", "محافظة", "إقليم", "صوبہ", "صوبے"),
    "city": ("city", "ville", "शहर", "नगर", "مدينة", "شہر"),
    "town": ("town", "कस्बा", "بلدة", "قصبہ"),
    "township": ("township", "bourg"),
    "special_zone": ("special zone", "zone speciale"),
    "department": ("department", "departement", "direction", "विभाग", "إدارة", "دائرة", "محکمہ", "شعبہ"),
    "office": ("office", "bureau", "कार्यालय", "مكتب", "دفتر"),
    "section": ("section", "अनुभाग", "قسم", "سیکشن"),
    "board": ("board", "commission", "बोर्ड", "आयोग", "هيئة", "لجنة", "بورڈ", "کمیشن"),
}
_CONNECTORS = frozenset(
    fold(word) for word in ("of", "de", "du", "des", "the", "la", "le", "का", "की", "के", "کا", "کی", "کے")
)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text; "GD&ĐT" is one word."""
    return [word for word, _start, _end in placed_words(text)]


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with its place in the text."""
    for match in WORD.finditer(text):
        word = fold(match.group()).replace("&", "").replace(" ", "")
        if word:
            yield word, match.start(), match.end()


def key_of(text: str) -> str:
    """Return the folded words of a text as one key."""
    return " ".join(words_of(text))


@cache
def heads() -> tuple[tuple[str, str], ...]:
    """Return (folded words, kind) of all words that open a name, the longest first."""
    found = {(key_of(head), kind) for kind, term in KINDS.items() for head in term.heads}
    found |= {(key_of(word), kind) for kind, words in _SINGULAR.items() for word in words}
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


def split_head(key: str) -> tuple[str, str, str]:
    """Return (head, kind, proper name) of a key: "xa mau son" -> ("xa", "commune", "mau son"); no head: ("", "", key).

    The word for the kind may follow the name ("mau son commune") and be joined to it ("commune de mau son").
    """
    for head, kind in heads():
        if key.startswith(f"{head} "):
            rest = key[len(head) + 1 :].split()
        elif key.endswith(f" {head}") and head.split()[0] in _after():
            rest = key[: -len(head) - 1].split()
        else:
            continue
        while len(rest) > 1 and rest[0] in _CONNECTORS:
            rest = rest[1:]
        while len(rest) > 1 and rest[-1] in _CONNECTORS:
            rest = rest[:-1]
        return head, kind, " ".join(rest)
    return "", "", key


@cache
def _after() -> frozenset[str]:
    """The words for kinds that may stand after a name: not the Vietnamese ones."""
    return frozenset(key_of(word).split()[0] for words in _SINGULAR.values() for word in words)


def without_bodies(key: str) -> str:
    """Return a key without the words for bodies and offices that open it: at least two words are left."""
    again = True
    while again:
        again = False
        for body in _bodies():
            if key.startswith(f"{body} ") and len(key) - len(body) > 3:
                key, again = key[len(body) + 1 :], True
                break
    return key


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(sorted({key_of(body) for body in BODIES}, key=lambda body: (-len(body), body)))


def expansions(words: list[str], *, limit: int = 6) -> list[list[str]]:
    """Return the readings of words with abbreviations written out, "p1" as "phuong 1"; not the words as they are."""
    readings: list[list[str]] = [[]]
    for word in words:
        options = [word.split(), *(reading.split() for reading in readings_of(word))]
        readings = [[*reading, *option] for reading in readings for option in options][: limit * 2]
    return [reading for reading in readings if reading != words][:limit]


def readings_of(word: str) -> tuple[str, ...]:
    """Return what one word may stand for."""
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word]
    if match := re.fullmatch(r"([pqxf])(\d{1,2})", word):
        return tuple(f"{full} {match[2]}" for full in ABBREVIATIONS[match[1]])
    return ()


def without_and(words: list[str]) -> list[str]:
    """Return words without "và": "Sở Giáo dục Đào tạo" is often written."""
    return [word for word in words if word != "va"]


def acronyms_of(key: str) -> Iterator[tuple[str, int]]:
    """Yield (acronym, number of words it stands for): with the head written out, whole, and the proper name alone.

    "so giao duc va dao tao" gives "so gddt", "sgddt", "gddt". The word for "and" has no letter of its own.
    """
    head, _kind, rest = split_head(key)
    letters = [word[0] for word in rest.split() if word not in {"va", "and", "et"} and not word.isdigit()]
    if len(letters) < 2 or not key.isascii():
        return
    short = "".join(letters)
    count = len(key.split())
    if head:
        yield f"{head} {short}", count
        yield "".join(word[0] for word in head.split()) + short, count
    if len(short) > 2:
        yield short, count


# How a consonant may be written when a name passes through another script and back.
_SOUNDS = (
    ("ph", "f"), ("kh", "k"), ("gh", "g"), ("ngh", "n"), ("ng", "n"), ("nh", "n"), ("th", "t"), ("tr", "c"),
    ("ch", "c"), ("gi", "z"), ("qu", "kv"), ("sh", "s"), ("zh", "z"), ("dh", "d"), ("bh", "b"), ("q", "k"), ("x", "s"),
    ("v", "v"), ("j", "z"), ("r", "z"), ("y", "i"), ("w", "u"),
)  # fmt: skip


def sound(text: str) -> str:
    """Return how a name sounds in plain Latin letters, whatever script it stands in."""
    plain = re.sub("m(?=[bdgkpt])", "n", fold(anyascii(text)))
    for written, heard in _SOUNDS:
        plain = plain.replace(written, heard)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def skeleton(sounded: str) -> str:
    """Return the consonants of a sounded name: vowels are what scripts write most differently."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", sounded))


def is_capital(word: str) -> bool:
    """Tell whether a word stands in capitals, as symbols do."""
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def trigrams(key: str) -> set[str]:
    """Return the runs of three letters of a key, with its edges marked."""
    padded = f"  {key} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def any_of(keys: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches one of several folded phrases as whole words at the start of a text."""
    ordered = sorted(set(keys), key=lambda key: (-len(key), key))
    return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
