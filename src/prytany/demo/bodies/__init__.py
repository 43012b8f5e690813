"""The bodies of the demo's province beside its communes: names in the six languages, kind, symbol, place, dates."""

from prytany.demo.bodies.body import BOARDS_MERGED, DEPARTMENTS_MERGED, OLD, Body
from prytany.demo.bodies.partners import PARTNERS
from prytany.demo.bodies.party import PARTY, ROOT
from prytany.demo.bodies.past import BEFORE
from prytany.demo.bodies.places import LANGUAGES, place_names
from prytany.demo.bodies.state import STATE

__all__ = [
    "BEFORE",
    "BOARDS_MERGED",
    "DEPARTMENTS_MERGED",
    "LANGUAGES",
    "OLD",
    "PARTNERS",
    "PARTY",
    "ROOT",
    "STATE",
    "Body",
    "place_names",
]
