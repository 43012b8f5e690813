"""A person's choices, each declared once with its default and a check.

COLUMNS = declare("tasks.columns", default=[], check=is_list_of_texts)
preferences.get(scope, "tasks.columns")
preferences.put(scope, "tasks.columns", ["unit", "due"])
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from prytany.accounts.models import Preference
from prytany.core.scope import Scope

LONGEST_TEXT = 500
MOST_TEXTS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A declared preference: its default, and what a value must be like."""

    key: str
    default: Any
    check: Callable[[Any], bool]


_choices: dict[str, Choice] = {}


def is_flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def is_texts(value: Any) -> bool:
    """A list of texts, not too many and none too long."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_TEXTS
        and all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in value)
    )


def is_columns(value: Any) -> bool:
    """Lists of column keys by the name of their list."""
    return (
        isinstance(value, dict)
        and len(value) <= MOST_TEXTS
        and all(isinstance(name, str) and len(name) <= LONGEST_TEXT and is_texts(keys) for name, keys in value.items())
    )


def declare(key: str, *, default: Any, check: Callable[[Any], bool]) -> Choice:
    """Declare a preference; call when the app is ready."""
    _choices[key] = Choice(key, default, check)
    return _choices[key]


def get(scope: Scope, key: str) -> Any:
    """Return the person's choice, or the default. KeyError for a key that nobody declared."""
    return get_many(scope.person_id, [key])[key]


def get_many(person_id: int, keys: Iterable[str]) -> dict[str, Any]:
    """Return several choices with one query; a stored value that no longer passes its check counts as not chosen."""
    wanted = [_choices[key] for key in keys]
    rows = Preference.objects.filter(person_id=person_id, key__in=[choice.key for choice in wanted])
    stored = dict(rows.values_list("key", "value"))
    return {
        choice.key: stored[choice.key]
        if choice.key in stored and choice.check(stored[choice.key])
        else deepcopy(choice.default)
        for choice in wanted
    }


def put(scope: Scope, key: str, value: Any) -> None:
    """Keep the person's choice; ValueError if the value does not pass its check."""
    choice = _choices[key]
    if not choice.check(value):
        raise ValueError(f"not a value for {key}")
    Preference.objects.update_or_create(person_id=scope.person_id, key=key, defaults={"value": value})


# Single-key shortcuts can be switched off; phrases a person uses again and again complete where text is typed.
declare("shortcuts", default=True, check=is_flag)
declare("columns", default={}, check=is_columns)
declare("phrases", default=[], check=is_texts)
