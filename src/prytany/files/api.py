"""Files on the REST API: sent ahead of what they belong to, and read by whoever sees the record that holds them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status, UploadedFile
from ninja.responses import codes_4xx

from prytany.core.problems import Problem
from prytany.files import services
from prytany.files.models import StoredFile
from prytany.files.serving import send

router = Router(tags=["files"])

BYTES = {
    "responses": {
        200: {
            "description": "The bytes, as an attachment; a `Range` is answered with 206.",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class FileOut(Schema):
    """A stored file; `kind` is what its content is, whatever its name said."""

    uid: UUID
    name: str
    kind: str
    size: int


def file_out(file: StoredFile) -> dict[str, Any]:
    """Return what the API tells of a file whose `blob` is loaded."""
    return {"uid": file.uid, "name": file.name, "kind": file.kind.code, "size": file.blob.size}


def waiting_files(scope: Any, uids: list[UUID]) -> list[StoredFile]:
    """Return the files this person sent ahead, in the order named; 404 for one that is not there or is held already."""
    wanted = list(dict.fromkeys(uids))
    rows = StoredFile.objects.visible_to(scope).filter(holder_uid=None, uid__in=wanted) if wanted else []
    found = {file.uid: file for file in rows}
    if len(found) != len(wanted):
        raise Http404
    return [found[uid] for uid in wanted]


@router.post("/files", response={201: FileOut, codes_4xx: Problem})
def upload_file(request: HttpRequest, file: File[UploadedFile]) -> Status:
    """Send a file ahead: it waits a day to be named in an answer or a remark, seen by this person alone.

    409 with the reason where it is not taken: too large, of a kind that is not stored, broken, locked or disguised.
    """
    stored = services.store(request.scope, file)  # type: ignore[attr-defined]
    return Status(201, file_out(stored))


@router.get("/files/{uuid:uid}", response={codes_4xx: Problem}, openapi_extra=BYTES)
def download_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Send the bytes of a file whose record is in sight; the reading of one above open is logged."""
    scope = request.scope  # type: ignore[attr-defined]
    found = get_object_or_404(StoredFile.objects.visible_to(scope).select_related("blob"), uid=uid)
    services.note_reading(scope, found)
    try:
        return send(request, found, inline=False)
    except FileNotFoundError:
        raise Http404 from None


@router.delete("/files/{uuid:uid}", response={204: None, codes_4xx: Problem})
def discard_file(request: HttpRequest, uid: UUID) -> Status:
    """Take back a file that was sent ahead and that no record holds; 403 for one that a record holds."""
    scope = request.scope  # type: ignore[attr-defined]
    services.discard(scope, get_object_or_404(StoredFile.objects.visible_to(scope), uid=uid))
    return Status(204, None)
