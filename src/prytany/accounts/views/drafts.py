"""The endpoint at which forms keep what is typed (drafts.js)."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from prytany.accounts import drafts
from prytany.core import wording
from prytany.core.errors import DomainError
from prytany.core.web import Request


@require_http_methods(["GET", "POST"])
def save(request: Request) -> HttpResponse:
    """POST `form`, `data` (JSON) keeps; an empty form forgets. GET `form` answers `{data, saved}`, or 204 for none."""
    if request.method == "GET":
        draft = drafts.load(request.scope, request.GET.get("form", ""))
        if draft is None:
            return HttpResponse(status=204)
        return JsonResponse({"data": draft.data, "saved": wording.moment(draft.saved_at)})
    try:
        data = json.loads(request.POST.get("data", ""))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        return JsonResponse({"code": "not_well_formed"}, status=422)
    try:
        draft = drafts.save(request.scope, request.POST.get("form", ""), data)
    except DomainError as error:
        return JsonResponse({"code": error.code, "message": str(error.message)}, status=409)
    if draft is None:
        return HttpResponse(status=204)
    return JsonResponse({"saved": wording.moment(draft.saved_at)})
