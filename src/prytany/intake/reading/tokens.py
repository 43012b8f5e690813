"""Words of a folded line, and the word lists of a pack found in them in one pass."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prytany.intake.reading.shadow import fold_line

# Letters and digits; vowel signs of Devanagari are no letters to `\w` and are named.
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0970-\u097f\u0300-\u036f])+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the folded line."""

    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """Return the words of a folded text with their offsets."""
    return [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a pack found in a text: what it is a sign of, which tokens and which characters it covers."""

    tag: str
    first: int
    last: int
    start: int
    end: int


Forms = Callable[[str], tuple[str, ...]]


def as_written(word: str) -> tuple[str, ...]:
    """The only form of a word where a script attaches nothing to words."""
    return (word,)


class Lexicon:
    """Phrases by tag, found in one pass over the tokens.

    A phrase is words parted by spaces; a word may end in `*` (any ending) or begin with it (any beginning). At one
    place the longest phrase wins; a phrase tagged `none` hides shorter readings of the words it covers.
    """

    def __init__(
        self, entries: Mapping[str, Iterable[str]], forms: Forms = as_written, interposed: frozenset[str] = frozenset()
    ) -> None:
        self._forms = forms
        self._interposed = interposed
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._prefix: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._suffix: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for tag, phrases in entries.items():
            for phrase in phrases:
                self._add(tuple(fold_line(word) for word in re.sub(r"['’-]", " ", phrase).split()), tag)
        for table in (self._exact, self._prefix, self._suffix):
            for found in table.values():
                found.sort(key=lambda item: -len(item[0]))
        self._prefix_lengths = sorted({len(key) for key in self._prefix})
        self._suffix_lengths = sorted({len(key) for key in self._suffix})
        self._memo: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def _add(self, words: tuple[str, ...], tag: str) -> None:
        if not words:
            return
        head = words[0]
        if head.endswith("*"):
            self._prefix.setdefault(head[:-1], []).append((words, tag))
        elif head.startswith("*"):
            self._suffix.setdefault(head[1:], []).append((words, tag))
        else:
            for form in self._forms(head)[-1:]:
                self._exact.setdefault(form, []).append((words, tag))
            self._exact.setdefault(head, []).append((words, tag))

    def _candidates(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        found = self._memo.get(word)
        if found is not None:
            return found
        found = []
        for form in self._forms(word):
            found += self._exact.get(form, [])
            for length in self._prefix_lengths:
                if length > len(form):
                    break
                found += self._prefix.get(form[:length], [])
            for length in self._suffix_lengths:
                if length > len(form):
                    break
                found += self._suffix.get(form[-length:], [])
        found = sorted(set(found), key=lambda item: (-len(item[0]), item[1]))
        if len(self._memo) < 20000:
            self._memo[word] = found
        return found

    def _same(self, pattern: str, word: str) -> bool:
        if pattern == word:
            return True
        for form in self._forms(word):
            if pattern == form:
                return True
            if pattern.endswith("*") and form.startswith(pattern[:-1]):
                return True
            if pattern.startswith("*") and form.endswith(pattern[1:]):
                return True
        return False

    def _reach(self, words: tuple[str, ...], tokens: list[Token], index: int) -> int | None:
        """The last token of the phrase `words` that begins at `index`, past words that may stand inside it."""
        last, count = index, len(tokens)
        for word in words[1:]:
            last += 1
            if last >= count:
                return None
            text = tokens[last].text
            if text == word:
                continue
            if text in self._interposed and last + 1 < count:
                last += 1
                text = tokens[last].text
            if not self._same(word, text):
                return None
        return last

    def find(self, tokens: list[Token]) -> list[Hit]:
        """Return the phrases found, in order of their place."""
        hits: list[Hit] = []
        hidden = -1
        for index, token in enumerate(tokens):
            if index <= hidden:
                continue
            longest = 0
            here: list[Hit] = []
            for words, tag in self._candidates(token.text):
                size = len(words)
                if (size < longest and tag not in ("act", "upto")) or index + size > len(tokens):
                    continue
                last = index if size == 1 else self._reach(words, tokens, index)
                if last is not None:
                    longest = max(longest, last - index + 1)
                    here.append(Hit(tag, index, last, token.start, tokens[last].end))
            whole = {hit.tag for hit in here if hit.last - hit.first + 1 == longest}
            here = [
                hit
                for hit in here
                if hit.last - hit.first + 1 == longest
                or hit.tag == "upto"
                or (hit.tag == "act" and not whole & _HIDING)
            ]
            if any(hit.tag == "none" for hit in here):
                hidden = index + longest - 1
                continue
            hits += {(hit.tag, hit.first, hit.last): hit for hit in here}.values()
        return _without_parts(hits)


# Longer phrases of these hide a verb they begin with; "coordinate with" does not hide "coordinate".
_HIDING = {
    "none",
    "unit",
    "group",
    "post",
    "event",
    "award",
    "keytask",
    "forward",
    "result",
    "direct",
    "assign",
    "must",
    "say",
    "approve",
}
# A name or set phrase of several words is not also read word by word: "working session" is no work.
_WHOLE = {"unit", "group", "post", "event", "award", "keytask", "forward", "result", "conclude", "attend", "limit"}
_PARTS = {
    "act",
    "unit",
    "group",
    "post",
    "direct",
    "assign",
    "say",
    "stress",
    "must",
    "approve",
    "decide",
    "event",
    "confer",
    "award",
    "propose_award",
    "host",
    "propose",
}


def _without_parts(hits: list[Hit]) -> list[Hit]:
    wholes = [(hit.first, hit.last) for hit in hits if hit.tag in _WHOLE and hit.last > hit.first]
    if not wholes:
        return hits
    wholes.sort(key=lambda whole: whole[1] - whole[0])
    covered = {index: (first, last) for first, last in wholes for index in range(first, last + 1)}
    return [
        hit
        for hit in hits
        if hit.tag not in _PARTS
        or hit.first not in covered
        or (hit.first, hit.last) == covered[hit.first]
        or hit.last > covered[hit.first][1]
        or hit.first < covered[hit.first][0]
    ]
