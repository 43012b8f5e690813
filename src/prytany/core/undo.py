"""Small acts are undone from a bar for ten seconds (interface.md 1.6).

A view says `undo.success(request, sentence, url, fields)`; the bar posts `fields` and a signed token to `url`, whose
view calls `undo.allowed(request)` before its service takes the act back.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest

SHOWN_SECONDS = 10
GRACE_SECONDS = 30  # a slow line or a reader with assistive technology
_SALT = "prytany.undo"
_PREFIX = "undo:"


def success(request: HttpRequest, sentence: object, url: str, fields: Mapping[str, str] | None = None) -> None:
    """Say `sentence` on the next page with an undo button that posts `fields` to `url`."""
    payload = signing.dumps({"url": url, "fields": dict(fields or {}), "person": _who(request)}, salt=_SALT)
    messages.success(request, str(sentence), extra_tags=_PREFIX + payload)


def read(tags: str) -> dict[str, object] | None:
    """Return url, fields and token of a message's `extra_tags`; None without an undo or when it is too old."""
    if not tags.startswith(_PREFIX):
        return None
    token = tags.removeprefix(_PREFIX)
    try:
        payload = signing.loads(token, salt=_SALT, max_age=SHOWN_SECONDS)
    except signing.BadSignature:
        return None
    return {"url": payload["url"], "fields": payload["fields"], "token": token}


def allowed(request: HttpRequest) -> bool:
    """Tell whether this post comes from an undo bar that this person was shown for this address, in time."""
    try:
        payload = signing.loads(request.POST.get("undo", ""), salt=_SALT, max_age=SHOWN_SECONDS + GRACE_SECONDS)
    except signing.BadSignature:
        return False
    sent = {key: request.POST.get(key, "") for key in payload["fields"]}
    return bool(payload["url"] == request.path and payload["person"] == _who(request) and sent == payload["fields"])


def _who(request: HttpRequest) -> str:
    return str(request.user.pk)
