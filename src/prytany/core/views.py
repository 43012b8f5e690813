"""Pages of the frame itself: language choice, reading of typed dates, what is shown when something went wrong."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from prytany.core import dates, registry
from prytany.core.frame import Frame, first_url


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Return the address in `next` if it is one of ours, else `default`."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else default


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page that the role opens on; a person without a post to their account."""
    frame = Frame(request)
    return redirect(frame.role_home or first_url("accounts:account"))


home.post_required = False  # type: ignore[attr-defined]


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language: in a cookie for visitors, with the person where an app keeps it."""
    response = redirect(safe_next(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if save := registry.frame.get("save_language"):
            save(request, language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


set_language.login_required = False  # type: ignore[attr-defined]


@require_GET
def date_reading(request: HttpRequest) -> JsonResponse:
    """Return how a typed date is understood: `{"reading": …}` or `{"error": …}`."""
    return JsonResponse(dates.explain(request.GET.get("text", ""), prefer=request.GET.get("prefer", "future")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 for a body that is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose token no longer fits, with the way out."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database: the fault may lie there."""
    context = {
        "request_id": getattr(request, "request_id", ""),
        "PRODUCT_NAME": settings.PRODUCT_NAME,
        "frame": {
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        },
    }
    return HttpResponse(loader.get_template("500.html").render(context), status=500)
