"""What the page frame asks of accounts."""

from django.http import HttpRequest

from prytany.accounts.services.profile import set_language
from prytany.accounts.tokens import keep_result, once
from prytany.core import registry


@registry.frame.register("save_language")
def save_language(request: HttpRequest, language: str) -> None:
    """Keep the language with the person who is signed in."""
    scope = getattr(request, "scope", None)
    if scope is not None:
        set_language(scope=scope, language=language)


# Apps below accounts ask the frame for form tokens.
registry.frame.register("once")(once)
registry.frame.register("keep_result")(keep_result)
