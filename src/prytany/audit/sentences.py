"""From an event to a sentence in the reader's language.

Each app registers its actions in `AppConfig.ready` (a module `log_sentences.py` by custom):

    sentence("task.cancel", _("Task cancelled"), _("%(actor)s cancelled %(target)s: %(reason)s."))

`text` may name `actor`, `post`, `principal` (whom the actor stood in for), `target`, and any key of the event's data;
`words(data)` returns further values, such as the word for a code. Where the sentence depends on a count, pass a
function (values) -> text. An action nobody registered is shown by its code and its data.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prytany.core.fields import strip_controls

Text = Any  # a lazy text or a function (values) -> text
MISSING = "—"


@dataclass(frozen=True, slots=True)
class Sentence:
    """How an action is called in a list, how it is told, and what words its data stand for."""

    action: str
    title: Any
    text: Text
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None


_sentences: dict[str, Sentence] = {}


def sentence(
    action: str, title: Any, text: Text, words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
) -> None:
    """Register how `action` is told."""
    _sentences[action] = Sentence(action, title, text, words)


def sentences(entries: Mapping[str, tuple[Any, Text]]) -> None:
    """Register many actions: action -> (title, text)."""
    for action, (title, text) in entries.items():
        sentence(action, title, text)


def known_actions() -> list[Sentence]:
    """Return every registered action, in the order of their titles in the reader's language."""
    return sorted(_sentences.values(), key=lambda entry: str(entry.title).casefold())


def title_of(action: str) -> str:
    """Return how `action` is called, or its code."""
    entry = _sentences.get(action)
    return str(entry.title) if entry else action


class _Values(dict[str, Any]):
    """Values for a text with places; a place without a value gets a dash instead of an error."""

    def __missing__(self, key: str) -> str:
        return MISSING


def _text(entry: Sentence, values: Mapping[str, Any]) -> str:
    return str(entry.text(values) if callable(entry.text) else entry.text)


def _values(entry: Sentence | None, data: Mapping[str, Any], places: Mapping[str, Any]) -> _Values:
    values = _Values({key: MISSING if value is None or value == "" else value for key, value in data.items()})
    if entry and entry.words:
        values.update(entry.words(data))
    values.update(places)
    return values


def as_text(action: str, data: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """Return the sentence as plain text, for exports."""
    entry = _sentences.get(action)
    values = _values(entry, data, places)
    told = _text(entry, values) % values if entry else _fallback(action, data)
    return strip_controls(told)


def as_html(action: str, data: Mapping[str, Any], places: Mapping[str, SafeString]) -> SafeString:
    """Return the sentence as HTML: every value isolated, `places` as they come (names with their links)."""
    entry = _sentences.get(action)
    if entry is None:
        return format_html('<code dir="ltr">{}</code>', _fallback(action, data))
    plain = _values(entry, data, {})
    told = conditional_escape(_text(entry, plain))
    isolated = _Values({key: format_html("<bdi>{}</bdi>", value) for key, value in plain.items()})
    isolated.update(places)
    return mark_safe(told % isolated)  # noqa: S308 - the text is escaped, each value is escaped or safe


def _fallback(action: str, data: Mapping[str, Any]) -> str:
    return f"{action} {json.dumps(data, ensure_ascii=False, sort_keys=True)}" if data else action


# Told by the log itself.
sentences(
    {
        "log.export": (
            gettext_lazy("Log exported"),
            gettext_lazy("%(actor)s exported %(count)s entries of the log."),
        ),
        "name.erase": (
            gettext_lazy("Name erased"),
            gettext_lazy("%(actor)s erased a name from the log. Basis: %(basis)s."),
        ),
    }
)


def system_name() -> str:
    """Return how the log calls what no person did."""
    return _("The system")
