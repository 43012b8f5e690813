"""A form sent twice does its act once: for apps below the one that keeps the tokens."""

from collections.abc import Callable

from prytany.core import registry
from prytany.core.scope import Scope


def led_to(scope: Scope, token: str, act: Callable[[], str]) -> str:
    """Do `act` once for a form token and return the address it gives; a later submit gets the address of the first.

    Where no app keeps tokens every submit counts.
    """
    kept = registry.frame.get("led_to")
    return str(kept(scope, token, act)) if kept else act()
