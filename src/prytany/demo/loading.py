"""Loading the demo: a province with its history, its staff, and a year of work."""

import sys
import time
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from prytany.core import clock
from prytany.demo.around import Around
from prytany.demo.finishing import finish
from prytany.demo.leaving import leave_notes
from prytany.demo.organisation import load_staff, load_surroundings, load_units
from prytany.demo.simulation import Simulation
from prytany.demo.staff import PASSWORD, SHOWN
from prytany.demo.work import Year
from prytany.organisation.models import Unit

Say = Callable[[str], object]


def is_empty() -> bool:
    """Tell whether nothing was set up yet: only an empty installation takes the demo."""
    return not Unit.objects.exists()


def load(say: Say | None = None) -> None:
    """Load the demo into an empty installation; nothing happens where anything stands already.

    All or nothing, so that a start that was interrupted begins again. Dates count back from the day of loading. The
    packages of the demo group have to be installed (`DemoDataMissing`).
    """
    say = say or _write
    if not is_empty():
        return
    now = timezone.localtime(clock.now())
    started = time.monotonic()
    with transaction.atomic():
        office = load_units(now)
        say("  a province: 65 communes and wards, and what was before 1 July 2025")
        load_staff(office, now)
        say("  posts, people named by post, accounts")
        load_surroundings(office, now)
        simulation = Simulation(office, now)
        year = Year(simulation)
        year.plan()
        Around(year).plan()
        simulation.run()
        say(f"  a year of work: {simulation.done} acts")
        leave_notes(office)
        finish(office, now)
    say(f"  loaded in {time.monotonic() - started:.0f} s")


def accounts_text() -> str:
    """Return the accounts of a tour as lines of text: sign-in name, password, post."""
    width = max(len(account) for account, _title in SHOWN)
    lines = [f"  {account:<{width}}  {PASSWORD}  {title}" for account, title in SHOWN]
    return "\n".join(["Accounts (all with the same password):", *lines])


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
