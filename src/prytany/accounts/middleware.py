"""Who asks (a Scope on each request), in which language, and the rule that every page is closed unless opened."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from prytany.accounts.scopes import appointments_of, scope_of

GetResponse = Callable[[HttpRequest], HttpResponse]


def public(view: Callable) -> Callable:
    """Open a view to visitors who are not signed in."""
    view.login_required = False  # type: ignore[attr-defined]
    return view


class ScopeMiddleware:
    """Set `request.scope` (None for visitors), `request.appointments` and `request.appointment` for the pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = None  # type: ignore[attr-defined]
        request.appointments = []  # type: ignore[attr-defined]
        request.appointment = None  # type: ignore[attr-defined]
        if not request.path.startswith(("/api/", f"/{settings.STATIC_URL.strip('/')}/", "/health")):
            self._attach(request)
        return self.get_response(request)

    def _attach(self, request: HttpRequest) -> None:
        user = request.user
        if not user.is_authenticated or user.person is None:
            return
        appointments = list(appointments_of(user.person))
        chosen = request.session.get("acting_from")
        appointment = next((a for a in appointments if str(a.uid) == chosen), appointments[0] if appointments else None)
        request.appointments, request.appointment = appointments, appointment  # type: ignore[attr-defined]
        if appointment is not None:
            request.scope = scope_of(  # type: ignore[attr-defined]
                appointment,
                person=user.person,
                request_id=request.request_id,  # type: ignore[attr-defined]
                language=user.person.language,
            )


class LanguageMiddleware:
    """Speak the person's language; before sign-in the one chosen by cookie, else the browser's, else the office's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        user = request.user
        own = user.person.language if user.is_authenticated and user.person_id else ""
        language = own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in known:
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignInRequired:
    """Send visitors to sign-in (401 to htmx and to scripts, which keep the form open) unless the view is public."""

    OPEN_PREFIXES = ("account_login", "account_logout", "mfa_", "account_reauthenticate")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, *_args: object) -> HttpResponse | None:
        """Refuse a visitor; let a signed-in person without any appointment see only their account."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if request.path.startswith("/api/") or not getattr(view, "login_required", True):
            return None
        if name.startswith(self.OPEN_PREFIXES):
            return None
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False) or request.headers.get("X-Requested-With"):
                return HttpResponse(status=401, headers={"X-Sign-In": reverse(settings.LOGIN_URL)})
            return redirect_to_login(request.get_full_path())
        return None
