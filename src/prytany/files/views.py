"""Opening files, looking at their pages, sending them ahead of a form."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from prytany.core import levels
from prytany.core.web import Request
from prytany.files import blobs, pictures, services
from prytany.files.models import StoredFile
from prytany.files.serving import send
from prytany.files.uploads import take_uploads

# How often a page asks again whether a picture is drawn, before it says that there is none.
TRIES = 20


def _file(request: Request, uid: UUID) -> StoredFile:
    return get_object_or_404(StoredFile.objects.visible_to(request.scope).select_related("blob"), uid=uid)


@require_safe
def file(request: Request, uid: UUID) -> HttpResponseBase:
    """Send a file: to be kept, or with `?show=1` to be looked at where its kind allows."""
    found = _file(request, uid)
    services.note_reading(request.scope, found)
    try:
        return send(request, found, inline=request.GET.get("show") == "1")
    except FileNotFoundError:
        raise Http404 from None


@require_GET
def page(request: Request, uid: UUID, number: int) -> HttpResponseBase:
    """Send the picture of a page of a PDF; 404 until it is drawn."""
    found = _file(request, uid)
    path = blobs.picture_path(found.blob.sha256, number)
    if not path.exists():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def preview(request: Request, uid: UUID) -> HttpResponse:
    """Answer with the picture of a page, or with a line that asks again while the worker draws it."""
    found = _file(request, uid)
    number = _number(request.GET.get("page", "1"), 1, 9999)
    tried = _number(request.GET.get("tried", "0"), 0, TRIES)
    drawn = pictures.has_pictures(found) and pictures.is_drawn(found, number)
    if pictures.has_pictures(found) and not drawn and tried == 0:
        pictures.draw_page.enqueue(found.pk, number)
    context = {"file": found, "number": number, "drawn": drawn, "tried": tried + 1, "waits": tried < TRIES}
    return render(request, "files/_preview.html", context)


def _number(text: str, low: int, high: int) -> int:
    return min(max(int(text), low), high) if text.isascii() and text.isdigit() else low


@require_POST
def upload(request: Request) -> HttpResponse:
    """Take files ahead of their form; answer with a line for each, and why others were not taken."""
    level = request.POST.get("level", "")
    taken = take_uploads(request, request.scope, level=int(level) if level.isdigit() else levels.OPEN)
    ahead = set(request.POST.getlist("file"))
    context = {"files": [one for one in taken.files if str(one.uid) not in ahead], "problems": taken.messages}
    return render(request, "files/_uploaded.html", context)


@require_POST
def discard(request: Request, uid: UUID) -> HttpResponse:
    """Remove a file that was sent ahead and is not wanted."""
    services.discard(request.scope, _file(request, uid))
    return HttpResponse("")
