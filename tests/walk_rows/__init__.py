"""Rows for the walk over every address: one of each kind, belonging to a unit that the walk names.

A maker gets a Case and returns the arguments of the address, and under "data" what a POST has to carry. `place` is
"own" (the unit of the one who asks, or that very person for personal rows), "other" (another unit of the same office)
or "foreign" (another office).
"""

from tests.walk_rows import papers, people, units, work
from tests.walk_rows.case import MAKERS, PERSONAL, Case

__all__ = ["MAKERS", "PERSONAL", "Case", "papers", "people", "units", "work"]
