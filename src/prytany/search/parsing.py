"""What a person typed into the search field, taken apart: words, "phrases", beginnings*."""

import re
from dataclasses import dataclass

from prytany.search.words import exact_word, fold_word, split

MOST_WORDS = 16
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(\S+)")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that have to stand one after the other; with `prefix` the last may go on.

    `exact` holds those with accents as they were typed.
    """

    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All terms have to be found."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def accented(self) -> tuple[str, ...]:
        """The words that were typed with accents, each once; the last word of a beginning is left out."""
        return tuple(dict.fromkeys(word for term in self.terms for word in term.exact))

    def as_prefix(self) -> "Query":
        """Return the query with its last word as a beginning: while somebody still types."""
        if not self.terms:
            return self
        *before, last = self.terms
        exact = last.exact[:-1] if last.exact and fold_word(last.exact[-1]) == last.words[-1] else last.exact
        return Query((*before, Term(last.words, exact, True)))

    def widened(self) -> "Query":
        """Return the query with every word of three letters or more as a beginning: when the words found nothing."""
        return Query(tuple(Term(t.words, (), len(t.words[-1]) > 2) for t in self.terms))


def parse(text: str) -> Query:
    """Return the query in `text`: quotes of any language make a phrase, a star after a word a beginning.

    Marks inside a word, as in `118-TB/VPTU` or `l'eau`, cut it into words that have to follow each other.
    """
    terms: list[Term] = []
    room = MOST_WORDS
    for quoted, plain in _QUOTED.findall(text):
        found = split(quoted or plain)[:room]
        if not found:
            continue
        room -= len(found)
        words = tuple(map(fold_word, found))
        prefix = not quoted and plain.endswith("*")
        typed = found[:-1] if prefix else found
        exact = tuple(exact_word(word) for word in typed if exact_word(word) != fold_word(word))
        terms.append(Term(words, exact, prefix))
        if room <= 0:
            break
    return Query(tuple(terms))
