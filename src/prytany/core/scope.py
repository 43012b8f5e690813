"""Who asks, for which post, and how far that reaches. Built in `accounts`; asked by every `visible_to` and policy."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied

from prytany.core.permissions import Permission


class Reach(NamedTuple):
    """A right holds at `unit_id`, and with `subtree` at every unit below it in the line hierarchy."""

    unit_id: int
    subtree: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """One person acting from one appointment over one channel.

    `grants` maps a permission to the reaches where it holds. `clearance` is the highest level this person may see;
    above `open` (0) a row also has to be within `need_to_know` where its model demands it. `acting_for` is the
    appointment of the absent principal when the person stands in.
    """

    person_id: int
    person_uid: UUID
    appointment_id: int | None
    post_id: int | None
    post_uid: UUID | None
    unit_id: int | None
    root_id: int | None
    role: str = ""
    grants: Mapping[Permission, tuple[Reach, ...]] = field(default_factory=lambda: MappingProxyType({}))
    clearance: int = 0
    need_to_know: frozenset[UUID] = frozenset()
    charge_unit_ids: frozenset[int] = frozenset()
    acting_for: UUID | None = None
    channel: str = "web"
    request_id: str = ""
    language: str = "en"
    today: datetime.date = field(default_factory=datetime.date.today)
    # What lower apps looked up for this scope, so that a page asks once.
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def reaches(self, permission: Permission) -> tuple[Reach, ...]:
        """Return where `permission` holds; empty when it is not held at all."""
        return self.grants.get(permission, ())

    def holds_anywhere(self, permission: Permission) -> bool:
        """Tell whether `permission` is held in any unit; use for menus, never for a row."""
        return bool(self.grants.get(permission))


def authorise(policy: Callable[..., bool], scope: Scope, *subjects: Any) -> None:
    """Raise PermissionDenied unless `policy(scope, *subjects)` is true."""
    if not policy(scope, *subjects):
        raise PermissionDenied(policy.__name__)
