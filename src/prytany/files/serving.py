"""Sending stored bytes to a browser so that nothing in them can run, and a broken download can be taken up again."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from prytany.files import blobs
from prytany.files.models import StoredFile

# Whatever a browser makes of the bytes, it may load nothing and run nothing.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'"
# A browser's own PDF viewer does not start inside a sandbox; script of a page has nothing to run in there either way.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'"
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
_PIECE = 64 * 1024


def send(request: HttpRequest, file: StoredFile, *, inline: bool) -> HttpResponse | StreamingHttpResponse:
    """Answer with the bytes of `file`: as an attachment unless `inline` is asked for and its kind may be shown.

    A request for one range of bytes is answered with that range. FileNotFoundError where the bytes are gone.
    """
    kind = file.kind
    shown = inline and kind.inline
    tag = f'"{file.uid.hex}"'  # not the hash: that two records share their bytes is nobody's business
    if request.headers.get("If-None-Match") == tag:
        return _guard(HttpResponse(status=304), tag, kind.code)
    stream = blobs.open_blob(file.blob.sha256)
    response: HttpResponse | StreamingHttpResponse
    span = _span(request, file.blob.size, tag)
    if span is None:
        response = FileResponse(stream, as_attachment=not shown, filename=file.name, content_type=kind.served_as)
        response["Content-Length"] = str(file.blob.size)
    elif span[0] > span[1]:
        stream.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.blob.size}"})
    else:
        whole = FileResponse(stream, as_attachment=not shown, filename=file.name, content_type=kind.served_as)
        response = StreamingHttpResponse(_pieces(stream, *span), status=206, content_type=kind.served_as)
        response["Content-Disposition"] = whole["Content-Disposition"]
        response["Content-Length"] = str(span[1] - span[0] + 1)
        response["Content-Range"] = f"bytes {span[0]}-{span[1]}/{file.blob.size}"
    return _guard(response, tag, kind.code)


def _guard(response: HttpResponse | StreamingHttpResponse, tag: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if kind == "pdf" else SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    return response


def _span(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """Return first and last byte asked for, None for the whole file; first above last where it cannot be met."""
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", tag) != tag or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(stream: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with stream:
        stream.seek(first)
        left = last - first + 1
        while left and (piece := stream.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
