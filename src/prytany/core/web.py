"""Types of the web layer."""

from django.http import HttpRequest

from prytany.core.scope import Scope


class Request(HttpRequest):
    """A request of a signed-in person, as views see it."""

    scope: Scope
    request_id: str
    htmx: bool
