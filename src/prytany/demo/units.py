"""Which units a task of the demo goes to, who answers for them, and how reliable each is."""

import zlib

from prytany.demo.organisation import Office
from prytany.demo.staff import SEATS
from prytany.organisation.models import Unit

DEPARTMENTS = (
    "home", "finance", "construction", "agriculture", "science", "ethnic", "education", "health", "justice",
    "industry", "culture", "foreign", "inspectorate", "organisation", "inspection", "internal", "information",
)  # fmt: skip
# Who answers for the office itself is not who checks its answers.
ANSWERS_FOR = {"office": "deputy", "general": "section", "people_office": "people.office", "council": "council.chair"}
# Communes of the tour: what a visitor finds there is set by hand.
TOUR = "mau.son"


def addressees(office: Office, word: str) -> list[Unit]:
    """Return the units that a word of a paper means."""
    if word == "communes":
        return list(office.communes)
    if word == "departments":
        return [office.units[key] for key in DEPARTMENTS]
    return []


def account_of(office: Office, unit: Unit) -> str:
    """Return the sign-in name of who answers for a unit."""
    if unit.pk in office.commune_keys:
        return office.focal(unit)
    key = next(key for key, known in office.units.items() if known.pk == unit.pk)
    if key in ANSWERS_FOR:
        return ANSWERS_FOR[key]
    return next(seat.account for seat in SEATS if seat.body == key and seat.role in {"unit_head", "focal_point"})


def reliability(office: Office, unit: Unit) -> float:
    """Return how reliable a unit is: most are, a few are late again and again."""
    key = office.commune_keys.get(unit.pk, str(unit.pk))
    share = zlib.crc32(key.encode()) % 100 / 100
    return -0.35 if share < 0.1 else -0.12 if share < 0.25 else 0.06
