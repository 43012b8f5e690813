"""Refusals of the REST API as problem details (RFC 9457), and the limit on how often a key may ask."""

import threading
import time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.throttling import BaseThrottle

from prytany.core.errors import DomainError

MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """What went wrong: `code` is stable, `detail` a sentence in the language of the key's person."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, Any]] = []


def problem(status: int, code: str, title: str, detail: str = "", errors: Any = ()) -> HttpResponse:
    """Return a problem response."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail}
    return JsonResponse({**body, "errors": list(errors)}, status=status, content_type=MEDIA_TYPE)


def install(api: NinjaAPI) -> None:
    """Make `api` answer every refusal with a problem."""

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(404, "not_found", _("Not found"))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(403, "forbidden", _("Not allowed"))

    @api.exception_handler(AuthenticationError)
    def unauthorised(request: HttpRequest, error: Exception) -> HttpResponse:
        response = problem(401, "unauthorised", _("A valid key is needed"))
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(DomainError)
    def conflict(request: HttpRequest, error: DomainError) -> HttpResponse:
        errors = [{"loc": [name], "msg": str(message)} for name, message in error.fields.items()]
        return problem(409, error.code, _("Not possible as things stand"), str(error.message), errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"loc": list(item["loc"]), "msg": item["msg"]} for item in error.errors]
        return problem(422, "invalid", _("Not well formed"), errors=errors)

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        response = problem(429, "too_many_requests", _("Too many requests"))
        response["Retry-After"] = str(int(error.wait or 1) + 1)
        return response

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "bad_request", _("Not understood"), str(error))


class KeyThrottle(BaseThrottle):
    """At most `limit` requests a minute for one key, counted in this process; a refused one says when to come back."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, int]] = {}
        self._left = 1.0

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request; tell whether it is within the limit."""
        key = str(getattr(getattr(request, "auth", None), "uid", "") or request.META.get("REMOTE_ADDR", ""))
        now = time.time()
        minute = int(now // 60)
        with self._lock:
            if len(self._counts) > 10_000:
                self._counts = {k: v for k, v in self._counts.items() if v[0] == minute}
            started, number = self._counts.get(key, (minute, 0))
            number = number + 1 if started == minute else 1
            self._counts[key] = (minute, number)
        self._left = 60 - now % 60
        return number <= self.limit

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return self._left
