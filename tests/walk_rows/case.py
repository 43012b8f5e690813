"""Who asks, where the row shall lie, and the makers of rows by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prytany.accounts.scopes import scope_of
from prytany.accounts.tests.world import World
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Unit
from prytany.organisation.tests.factories import AppointmentFactory


@dataclass(frozen=True)
class Case:
    """Who asks, and to whom the row shall belong."""

    world: World
    actor: Appointment
    place: str

    @property
    def unit(self) -> Unit:
        """The unit of the row."""
        if self.place == "foreign":
            return self.world.units["elsewhere"]
        if self.place == "own":
            return self.actor.post.unit
        return self.world.units["works"]

    @property
    def holder(self) -> Appointment:
        """Whose a personal row is."""
        if self.place == "own":
            return self.actor
        return self.world.posts["stranger"] if self.place == "foreign" else self.world.posts["works_head"]


Maker = Callable[[Case], dict[str, Any]]
MAKERS: dict[str, Maker] = {}
# Rows that are a person's own: each asker needs one, where others of the same unit do for all its people.
PERSONAL: set[str] = set()


def row(name: str, *, personal: bool = False) -> Callable[[Maker], Maker]:
    """Register the maker of a kind of row."""

    def register(maker: Maker) -> Maker:
        MAKERS[name] = maker
        if personal:
            PERSONAL.add(name)
        return maker

    return register


def scope_in(case: Case, role: str) -> Scope:
    """Return the scope of somebody with `role` in the row's unit: who makes a row there as the office does."""
    return scope_of(AppointmentFactory(post__unit=case.unit, post__role=role))
