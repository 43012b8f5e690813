"""What the page frame asks of accounts."""

from django.http import HttpRequest

from prytany.accounts import preferences
from prytany.accounts.services.profile import set_language
from prytany.accounts.tokens import led_to
from prytany.core import registry
from prytany.core.scope import Scope


@registry.frame.register("save_language")
def save_language(request: HttpRequest, language: str) -> None:
    """Keep the language with the person who is signed in."""
    scope = getattr(request, "scope", None)
    if scope is not None:
        set_language(scope=scope, language=language)


@registry.frame.register("keys_off")
def keys_off(scope: Scope) -> bool:
    """Tell whether this person has switched single-letter keys off."""
    if "keys_off" not in scope.memo:  # a page's scope comes with it
        scope.memo["keys_off"] = not preferences.get(scope, "shortcuts")
    return bool(scope.memo["keys_off"])


@registry.frame.register("columns")
def columns(scope: Scope, name: str) -> list[str] | None:
    """Return the columns this person chose for the list `name`; None where they chose none."""
    chosen: dict[str, list[str]] = preferences.get(scope, "columns")
    return chosen.get(name)


# Apps below accounts ask the frame for form tokens.
registry.frame.register("led_to")(led_to)
