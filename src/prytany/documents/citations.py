"""What cites a paper's passages: upper apps say so here, and the page of the paper shows it beside each sentence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prytany.core.scope import Scope
from prytany.documents.models import Document


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A link beside a sentence: a short label (a number in its set), and what it leads to."""

    label: str
    title: str
    url: str


Citing = Callable[[Scope, Document], Iterable[tuple[int, CitedBy]]]
_CITING: dict[str, Citing] = {}


def register(code: str, citing: Citing) -> None:
    """Let an app show what it draws from passages: `citing(scope, document)` yields (key of the passage, link)."""
    _CITING[code] = citing


def links_of(scope: Scope, document: Document) -> Mapping[int, list[CitedBy]]:
    """Return the links of a paper's passages by the passage's key."""
    found: dict[int, list[CitedBy]] = defaultdict(list)
    for citing in _CITING.values():
        for clause_id, link in citing(scope, document):
            found[clause_id].append(link)
    return found
