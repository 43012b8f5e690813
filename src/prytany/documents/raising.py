"""What goes when a paper is raised: apps above that keep words drawn from it follow, each for its own records.

At a state-secret level nothing but the register line is kept (domain-rules 1.5), so the words are removed for good; who
raises a paper is told before how much that is. An app registers from its `ready()`:

    raising.followers.register("tasks")(Follower(losses, follow))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from prytany.core.registry import Registry
from prytany.core.scope import Scope
from prytany.documents.models import Document

# Stands where words were removed, the same in every language.
REMOVED = "[…]"


@dataclass(frozen=True, slots=True)
class Loss:
    """How many things of one kind lose their words, or go altogether; `label` says which."""

    label: str | Promise
    number: int


@dataclass(frozen=True, slots=True)
class Follower:
    """`losses` counts what would go at a secret level; `follow` acts after the paper got its new, higher level."""

    losses: Callable[[Document], Iterable[Loss]]
    follow: Callable[[Scope, Document], None]


class _Followers(Registry[Callable[[], Follower]]):
    """Functions that give a follower: the registry keeps functions."""


followers = _Followers()


def losses_above(document: Document) -> list[Loss]:
    """Return what apps above would lose, without those that lose nothing."""
    found = [loss for _key, follower in followers for loss in follower().losses(document)]
    return [loss for loss in found if loss.number]


def follow_all(scope: Scope, document: Document) -> None:
    """Let every app above follow the new level, in the order of their weights; part of the act that raises."""
    for _key, follower in followers:
        follower().follow(scope, document)
