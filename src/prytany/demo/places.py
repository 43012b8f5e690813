"""The real places of Lạng Sơn: its communes since 1 July 2025, those and the districts of before, what became of each.

Read from the data files of two packages of the demo group, which are not imported: importing one of them would load
far more than its data.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from prytany.core.fold import fold

PROVINCE = 20  # the code of Lạng Sơn
PROVINCE_KEY = "tinhlangson"
# The converter takes Hồng Phong of Bình Gia for the commune of the same name in Cao Lộc, 35 km away, which became part
# of Đồng Đăng; Resolution 1672/NQ-UBTVQH15 does not divide it.
MISTAKEN = {("huyenbinhgia_xahongphong", "xadongdang")}
KINDS = {"Xã": "commune", "Phường": "ward", "Thị trấn": "township", "Huyện": "district", "Thành phố": "city"}


class DemoDataMissing(Exception):
    """The packages of the demo group are not installed."""


@dataclass(frozen=True)
class Place:
    """A commune, ward, township or district: its name with the word for its kind, and its code."""

    key: str
    name: str
    code: str
    district: str = ""

    @property
    def kind(self) -> str:
        """The kind of unit."""
        return next(kind for word, kind in KINDS.items() if self.name.startswith(f"{word} "))

    @property
    def own_name(self) -> str:
        """The name without the word for the kind."""
        word = next(word for word in KINDS if self.name.startswith(f"{word} "))
        return self.name.removeprefix(f"{word} ")


@dataclass
class Places:
    """All places, and for each commune of before those it became part of (the main one first)."""

    communes: list[Place] = field(default_factory=list)
    districts: list[Place] = field(default_factory=list)
    old_communes: list[Place] = field(default_factory=list)
    became: dict[str, list[str]] = field(default_factory=dict)


def load_places() -> Places:
    """Return the places of the province; DemoDataMissing where the packages are not installed."""
    places = Places(communes=_communes())
    for place, district in _old_communes():
        places.old_communes.append(place)
        if district.key not in {known.key for known in places.districts}:
            places.districts.append(district)
    places.became = _became()
    return places


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise DemoDataMissing(name)
    return Path(spec.origin).parent


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def _communes() -> list[Place]:
    text = (_package("vietnam_provinces") / "data" / "nested-divisions.json").read_text(encoding="utf-8")
    province: dict[str, Any] = next(row for row in json.loads(text) if row["code"] == PROVINCE)
    return [Place(_key(row["name"]), row["name"], f"{row['code']:05d}") for row in province["wards"]]


def _old_communes() -> Iterator[tuple[Place, Place]]:
    path = _package("vietnamadminunits") / "data" / "dataset.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute(
            "SELECT districtKey, district, districtCode, wardKey, ward, wardCode FROM admin_units_legacy"
            " WHERE provinceKey = ? ORDER BY districtCode, wardCode",
            (PROVINCE_KEY,),
        ).fetchall()
    finally:
        connection.close()
    for district_key, district, district_code, key, name, code in rows:
        place = Place(f"{district_key}_{key}", name.title() if name.endswith(" ý") else name, code, district_key)
        yield place, Place(district_key, district, district_code)


def _became() -> dict[str, list[str]]:
    text = (_package("vietnamadminunits") / "data" / "converter_2025.json").read_text(encoding="utf-8")
    converter = json.loads(text)
    found: dict[str, list[str]] = {}
    for new, olds in converter["DICT_PROVINCE_WARD_NO_DIVIDED"][PROVINCE_KEY].items():
        for old in olds:
            found.setdefault(old.removeprefix(f"{PROVINCE_KEY}_"), []).append(new)
    for old, parts in converter["DICT_PROVINCE_WARD_DIVIDED"][PROVINCE_KEY].items():
        key = old.removeprefix(f"{PROVINCE_KEY}_")
        main_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
        found[key] = [part["newWardKey"] for part in main_first if (key, part["newWardKey"]) not in MISTAKEN]
    return found
