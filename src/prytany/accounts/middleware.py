"""Who asks (a Scope on each request), in which language, and the rule that every page is closed unless opened."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from prytany.accounts.devices import needs_second_factor
from prytany.accounts.models import User
from prytany.accounts.scopes import acting_appointments, empty_scope, scope_of
from prytany.organisation.models import Person

GetResponse = Callable[[HttpRequest], HttpResponse]
ACTING_FROM = "acting_from"
HAS_SECOND_FACTOR = "has_second_factor"


def public(view: Callable) -> Callable:
    """Open a view to visitors who are not signed in."""
    view.login_required = False  # type: ignore[attr-defined]
    return view


def postless(view: Callable) -> Callable:
    """Open a view to people who are signed in and hold no post: their own account, and nothing of any office."""
    view.post_required = False  # type: ignore[attr-defined]
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
        if not user.is_authenticated or user.person_id is None:
            return
        appointments = acting_appointments(user.person_id)
        # The person comes with their own appointments: one query for both.
        if own := next((a for a in appointments if a.person_id == user.person_id), None):
            user.person = own.person
        chosen = request.session.get(ACTING_FROM)
        appointment = next((a for a in appointments if str(a.uid) == chosen), appointments[0] if appointments else None)
        request.appointments, request.appointment = appointments, appointment  # type: ignore[attr-defined]
        request_id: str = request.request_id  # type: ignore[attr-defined]
        person: Person = user.person  # type: ignore[assignment]
        if appointment is None:
            scope = empty_scope(person, request_id=request_id)
        else:
            scope = scope_of(appointment, person=person, request_id=request_id)
        request.scope = scope  # type: ignore[attr-defined]


class LanguageMiddleware:
    """Speak the person's language; before sign-in the one chosen by cookie, else the office's."""

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
    """Let nobody in who is not signed in, and nobody further than their account allows.

    Visitors go to sign-in and back to the address they asked for; htmx and scripts get 401 and keep their form open.
    While no account exists at all, visitors go to the first-run page.
    """

    # What a person may reach while something about the account itself is to be done first.
    ALWAYS = ("account_", "mfa_", "core:language", "accounts:security", "accounts:slip")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, *_args: object) -> HttpResponse | None:
        """Answer in place of the view where it may not be reached."""
        if request.path.startswith("/api/"):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated:
            if not getattr(view, "login_required", True):
                return None
            return self._visitor(request)
        if name.startswith(self.ALWAYS) or not getattr(view, "login_required", True):
            return None
        return self._member(request, view)

    @staticmethod
    def _is_fragment(request: HttpRequest) -> bool:
        return bool(getattr(request, "htmx", False) or request.headers.get("X-Requested-With"))

    def _visitor(self, request: HttpRequest) -> HttpResponse:
        if self._is_fragment(request):
            return HttpResponse(status=401, headers={"X-Sign-In": reverse(settings.LOGIN_URL)})
        if not User.objects.exists():
            return HttpResponseRedirect(reverse("setup"))
        return redirect_to_login(request.get_full_path())

    def _member(self, request: HttpRequest, view: Callable) -> HttpResponse | None:
        """Send the person first where the account demands it."""
        address = self._demanded(request)
        if address is None:
            if request.scope.appointment_id is not None or not getattr(view, "post_required", True):  # type: ignore[attr-defined]
                return None
            messages.info(request, _("You hold no post today, so there is nothing but your account to see."))
            return HttpResponseRedirect(reverse("accounts:account"))
        if self._is_fragment(request):
            return HttpResponse(status=401, headers={"X-Sign-In": address})
        return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")

    @staticmethod
    def _demanded(request: HttpRequest) -> str | None:
        """Return where a new password or a second factor is set, if one is due before anything else."""
        user: User = request.user  # type: ignore[assignment]
        if user.must_change_password:
            return reverse("account_change_password")
        if request.session.get(HAS_SECOND_FACTOR) or not needs_second_factor(request.appointments):  # type: ignore[attr-defined]
            return None
        if is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            request.session[HAS_SECOND_FACTOR] = True
            return None
        return reverse("accounts:security")
