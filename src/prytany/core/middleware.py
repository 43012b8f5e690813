"""What every request passes through, whoever asks."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from prytany.core import logs
from prytany.core.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Give each request an id, in the log, in the audit log and in the answer's `X-Request-ID`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex[:16]  # type: ignore[attr-defined]
        token = logs.request_id.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class FetchRedirects:
    """Tell a script that sent a form where to go (`X-Go`) instead of sending it there.

    `fetch` follows a redirect by itself and so would load the next page twice, once unseen, and with it use up the
    message that the page was to show.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and request.headers.get("X-Follow") == "page":
            told = HttpResponse(status=204, headers={"X-Go": response.url})
            told.cookies = response.cookies
            return told
        return response


class PackPages(GZipMiddleware):
    """Pack pages and answers to scripts, which matters on a commune's line; files are sent as they are.

    Django adds random bytes to what it packs, so that lengths tell nothing about secrets on the page (BREACH).
    """

    KINDS = ("text/html", "application/json")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack `response` where it is a whole page."""
        if response.streaming or not response.get("Content-Type", "").startswith(self.KINDS):
            return response
        return super().process_response(request, response)


class DomainErrors:
    """Turn a DomainError that no view caught into a message: 409 for htmx, else back to the page it came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for `exception` when it is a DomainError; leave all others to Django."""
        if not isinstance(exception, DomainError) or request.path.startswith("/api/"):
            return None
        if getattr(request, "htmx", False):
            return render(request, "core/_refused.html", {"error": exception}, status=409)
        messages.error(request, str(exception.message))
        referrer = request.headers.get("Referer", "")
        here = f"{request.scheme}://{request.get_host()}/"
        return HttpResponseRedirect(referrer if referrer.startswith(here) else "/")
