"""Page 1, sign-in, and what belongs to it: slips, second factor, the first-run page, the way home."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from prytany.accounts import services
from prytany.accounts.forms import SetUpForm, SlipForm
from prytany.accounts.middleware import public
from prytany.accounts.services.setup import Founder, is_set_up
from prytany.accounts.services.slips import find_slip
from prytany.accounts.sign_in import reset_contacts
from prytany.accounts.throttling import too_many
from prytany.core.errors import DomainError
from prytany.core.web import Request


class SignInView(LoginView):
    """Sign in with name and password, or a passkey."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """An installation without any account begins with the first-run page."""
        if not request.user.is_authenticated and not is_set_up():
            return redirect("setup")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whom to call."""
        return {**super().get_context_data(**kwargs), "contacts": reset_contacts()}


sign_in = public(SignInView.as_view())


@require_GET
def no_password(request: Request) -> HttpResponse:
    """Tell somebody who signed in with a passkey alone how to get a password."""
    messages.info(request, _("Your account has no password. To set one, ask for a sign-in slip."))
    return redirect("accounts:security")


@public
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "POST"])
def slip(request: Request) -> HttpResponse:
    """Set a password with the code of a sign-in slip, and be signed in."""
    if request.method == "GET":
        return render(request, "accounts/slip.html", {"form": SlipForm()})
    form = SlipForm(request.POST)
    found = find_slip(request.POST.get("code", ""))
    if found is None and too_many(request, "slip"):
        return render(request, "account/locked.html", {"contacts": reset_contacts()}, status=429)
    form.user = found.user if found else None
    if form.is_valid():
        try:
            user = services.use_slip(
                code=form.cleaned_data["code"], password=form.cleaned_data["password1"], request_id=request.request_id
            )
        except DomainError as error:
            form.add_error("code", str(error.message))
        else:
            messages.success(request, _("Your password is set. Welcome."))
            return perform_login(request, user)
    return render(request, "accounts/slip.html", {"form": form}, status=422)


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def setup(request: Request) -> HttpResponse:
    """The first-run page; gone for ever once an account exists."""
    if is_set_up():
        raise Http404
    if request.method == "GET":
        form = SetUpForm(initial={"language": translation.get_language(), "title": _("Administrator")})
        return render(request, "accounts/setup.html", {"form": form})
    form = SetUpForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        founder = Founder(
            unit=data["unit"],
            name=data["name"],
            title=data["title"],
            language=data["language"],
            username=data["username"],
            password=data["password1"],
        )
        try:
            user = services.set_up(founder=founder)
        except DomainError as error:
            add_errors(form, error)
        else:
            return perform_login(request, user, redirect_url=reverse("administration:home"))
    return render(request, "accounts/setup.html", {"form": form}, status=422)


def add_errors(form: Any, error: DomainError) -> None:
    """Show a DomainError in a form, at its fields where it names some."""
    named = {field: str(text) for field, text in error.fields.items() if field in form.fields}
    if not named:
        form.add_error(None, str(error.message))
    for field, text in named.items():
        form.add_error(field, text)
