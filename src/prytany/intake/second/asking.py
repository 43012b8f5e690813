"""The one place from which a text leaves the house: a chat request over HTTP, with limits on time and size."""

import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from prytany.core import levels
from prytany.documents.models import Document
from prytany.documents.reading import secret_stamp_in
from prytany.intake.second.prompt import PROMPT

MOST_BYTES = 1_000_000
# So much of a text is sent; a longer one is asked about by its beginning.
LETTERS = 60_000


class NotAnswered(Exception):
    """The argument is a problem code, a key of `answers.MESSAGES`; nothing of request or answer stands in it."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The text goes to the address that was set up and to no other."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Refuse: the answer counts as one that is no answer."""
        return


def is_set_up() -> bool:
    """Whether this office has a second reader."""
    return bool(settings.SECOND_READER_URL and settings.SECOND_READER_MODEL)


def may_be_asked(document: Document, text: str = "") -> bool:
    """Whether a second reader may be given the text of a document: never a classified one or one for some eyes only."""
    return document.level == levels.OPEN and not document.circulation and not secret_stamp_in(text)


def ask(document: Document, text: str) -> str:
    """Return what the model answers about `text`; NotAnswered says why there is no answer.

    Raises NotAnswered `classified` for a document that may not leave the house, whoever asks.
    """
    if not may_be_asked(document, text):
        raise NotAnswered("classified")
    if not is_set_up():
        raise NotAnswered("off")
    body = {
        "model": settings.SECOND_READER_MODEL,
        "temperature": 0,
        "stream": False,
        "messages": [{"role": "system", "content": PROMPT}, {"role": "user", "content": text[:LETTERS]}],
    }
    data = _post(json.dumps(body).encode(), time.monotonic() + settings.SECOND_READER_SECONDS)
    try:
        answer = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NotAnswered("malformed") from None
    if not isinstance(answer, str):
        raise NotAnswered("malformed")
    return answer


def _post(body: bytes, until: float) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "prytany"}
    if settings.SECOND_READER_KEY:
        headers["Authorization"] = f"Bearer {settings.SECOND_READER_KEY}"
    address = f"{settings.SECOND_READER_URL.rstrip('/')}/chat/completions"
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - checked at start
    # No proxy of the environment stands between, and no other handler than that for HTTP is asked.
    opener = urllib.request.OpenerDirector()
    for handler in (urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(), _NoRedirect(), _Status()):
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=settings.SECOND_READER_SECONDS) as response:
            return _read(response, until)
    except TimeoutError:
        raise NotAnswered("timeout") from None
    except urllib.error.URLError as error:
        raise NotAnswered("timeout" if isinstance(error.reason, TimeoutError) else "unreachable") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotAnswered("unreachable") from None


class _Status(urllib.request.BaseHandler):
    """Anything but 200 is no answer; its body is not read."""

    def http_response(self, _request: Any, response: Any) -> Any:
        """Let a whole answer pass."""
        if response.status != http.HTTPStatus.OK:
            response.close()
            raise NotAnswered("status")
        return response

    https_response = http_response


def _read(response: Any, until: float) -> bytes:
    """Return the whole body; one that comes too slowly or never ends is given up."""
    pieces, size = [], 0
    while piece := response.read1(65_536):
        size += len(piece)
        if size > MOST_BYTES:
            raise NotAnswered("too_large")
        if time.monotonic() > until:
            raise NotAnswered("timeout")
        pieces.append(piece)
    return b"".join(pieces)
