"""What cites a paper's passages: upper apps say so here, and the page of the paper shows it beside each sentence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from prytany.core.scope import Scope
from prytany.documents.models import Clause, Document


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A link beside a sentence: a short label (a number in its set), and what it leads to."""

    label: str
    title: str
    url: str


Citing = Callable[[Scope, Document], Iterable[tuple[Clause, CitedBy]]]
_CITING: dict[str, Citing] = {}


def register(code: str, citing: Citing) -> None:
    """Let an app show what it draws from passages: `citing(scope, document)` yields (passage, link), in sight only."""
    _CITING[code] = citing


def links_of(scope: Scope, document: Document) -> Iterator[tuple[Clause, CitedBy]]:
    """Yield the links of a paper's passages."""
    for citing in _CITING.values():
        yield from citing(scope, document)
