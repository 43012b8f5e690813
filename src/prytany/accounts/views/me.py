"""Page 22, My account: settings; sign-in and devices; keys for programs."""

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts import own, preferences, services
from prytany.accounts.devices import needs_second_factor
from prytany.accounts.forms import AbsenceForm, PhrasesForm, ShortcutsForm, TokenForm
from prytany.accounts.middleware import ACTING_FROM, postless
from prytany.accounts.models import ApiToken, TrustedDevice
from prytany.accounts.tokens import once
from prytany.accounts.views.entrance import add_errors
from prytany.core import registry
from prytany.core.errors import DomainError
from prytany.core.fold import fold
from prytany.core.lists import chosen_columns, declared_columns
from prytany.core.views import safe_next
from prytany.core.web import Request
from prytany.organisation import services as organisation
from prytany.organisation.models import Substitution
from prytany.organisation.names import label_units

PANELS = "accounts.account"
# A list has at most five columns by default (interface.md 1.2).
USUAL_COLUMNS = 5


def _absence_form(request: Request, data: Any = None) -> AbsenceForm:
    return AbsenceForm(
        data,
        posts=own.posts_of(request.scope),
        people=own.substitutes_for(request.scope),
        search_url=reverse("accounts:people"),
    )


def _page(request: Request, status: int = 200, **forms: Any) -> HttpResponse:
    chosen = preferences.get_many(request.scope.person_id, ["shortcuts", "phrases"])
    posts = list(own.posts_of(request.scope))
    for one in posts:
        one.unit_id = one.post.unit_id  # type: ignore[attr-defined]
    label_units(posts, "unit")
    context = {
        "tab": "settings",
        "posts": posts,
        "absences": own.absences_of(request.scope),
        "absence_form": _absence_form(request) if posts else None,
        "phrases_form": PhrasesForm(initial={"phrases": "\n".join(chosen["phrases"])}),
        "shortcuts_form": ShortcutsForm(initial={"shortcuts": chosen["shortcuts"]}),
        "panels": registry.panels_of(PANELS, request, request.user) if posts else [],
        **forms,
    }
    return render(request, "accounts/account.html", context, status=status)


@postless
@require_GET
def account(request: Request) -> HttpResponse:
    """My settings."""
    return _page(request)


@require_GET
def people(request: Request) -> JsonResponse:
    """Who can stand in, by the beginning of a name: for completion."""
    words = fold(request.GET.get("q", "")[:100]).split()
    if not words:
        return JsonResponse({"results": []})
    found = own.substitutes_for(request.scope)
    for word in words:
        found = found.filter(folded__contains=word)
    people = list(found[:12])
    notes = own.notes_about(request.scope, people)
    results = [{"value": str(p.uid), "label": p.name, "note": notes.get(p.pk, "")} for p in people]
    return JsonResponse({"results": results})


@require_POST
def set_absence(request: Request) -> HttpResponse:
    """Set from when to when one is away and who acts."""
    form = _absence_form(request, request.POST)
    if not form.is_valid():
        return _page(request, 422, absence_form=form)
    data = form.cleaned_data
    until = data["last_day"] + datetime.timedelta(days=1)
    dates = {"on": data["first_day"], "until": until, "substitute": data["substitute"]}
    try:
        with once(request.scope, data["form_token"]) as earlier:
            if earlier is None:
                for warning in organisation.warnings_about_absence(appointments=data["appointments"], **dates):
                    messages.warning(request, warning)
                organisation.set_absence(
                    scope=request.scope,
                    appointments=data["appointments"],
                    extent=data["extent"],
                    reason=data["reason"],
                    **dates,
                )
    except DomainError as error:
        add_errors(form, DomainError(error.code, error.message, _renamed(error.fields)))
        return _page(request, 422, absence_form=form)
    messages.success(request, _("%(person)s acts for you on these days.") % {"person": data["substitute"].name})
    return redirect("accounts:account")


def _renamed(fields: Any) -> dict[str, Any]:
    """Return the errors under the names that the form's fields have."""
    names = {"on": "first_day", "until": "last_day"}
    return {names.get(name, name): text for name, text in fields.items()}


@require_POST
def withdraw_absence(request: Request, uid: UUID) -> HttpResponse:
    """Take an absence back."""
    rows = Substitution.objects.visible_to(request.scope).filter(absent__person_id=request.scope.person_id)
    organisation.withdraw_absence(scope=request.scope, substitution=get_object_or_404(rows, uid=uid))
    messages.success(request, _("Nobody acts for you any longer."))
    return redirect("accounts:account")


@postless
@require_POST
def set_phrases(request: Request) -> HttpResponse:
    """Keep one's phrases."""
    form = PhrasesForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, phrases_form=form)
    preferences.put(request.scope, "phrases", form.cleaned_data["phrases"])
    messages.success(request, _("Your phrases are kept."))
    return redirect(f"{reverse('accounts:account')}#phrases")


@postless
@require_POST
def set_shortcuts(request: Request) -> HttpResponse:
    """Switch single keys on or off."""
    form = ShortcutsForm(request.POST)
    form.full_clean()
    preferences.put(request.scope, "shortcuts", bool(form.cleaned_data.get("shortcuts")))
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('accounts:account')}#keys")


@require_http_methods(["GET", "POST"])
def columns(request: Request, name: str) -> HttpResponse:
    """Choose which columns a list shows, and in which order; kept for this person."""
    found = declared_columns(name)
    if found is None:
        raise Http404
    label, page, offered = found
    back = safe_next(request, reverse(page))
    if request.method == "POST":
        if request.POST.get("act") == "usual":
            chosen: list[str] = []
        else:
            known = {column.key for column in offered}
            chosen = [key for key in dict.fromkeys(request.POST.getlist("column")) if key in known]
        kept = {**preferences.get(request.scope, "columns"), name: chosen}
        preferences.put(request.scope, "columns", {key: keys for key, keys in kept.items() if keys})
        messages.success(request, _("The columns of this list are kept for you."))
        return redirect(back)
    shown = chosen_columns(request, name, offered)
    rest = [column for column in offered if column not in shown]
    choices = [(column, column in shown) for column in (*shown, *rest)]
    context = {"label": label, "choices": choices, "name": name, "next": back, "usual_number": USUAL_COLUMNS}
    return render(request, "accounts/columns.html", context)


@postless
@require_POST
def act_from(request: Request) -> HttpResponse:
    """Act from another of the posts one holds or stands in for."""
    wanted = request.POST.get("appointment", "")
    chosen = next((one for one in request.appointments if str(one.uid) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[ACTING_FROM] = str(chosen.uid)
    return redirect(safe_next(request, reverse("home")))


@postless
@require_GET
def security(request: Request) -> HttpResponse:
    """Password, second factor, passkeys, trusted devices, where one is signed in."""
    user = own.account_of(request)
    devices = TrustedDevice.objects.visible_to(request.scope).order_by("-created_at")
    context = {
        "tab": "security",
        "factors": own.factors_of(user),
        "demanded": needs_second_factor(request.appointments),
        "devices": devices,
        "this_device": own.trusted_here(request, user),
        "sessions": own.sessions_of(request, user),
        "secure_address": settings.HTTPS or _is_local(request),
        "next": safe_next(request, ""),
    }
    return render(request, "accounts/security.html", context)


def _is_local(request: HttpRequest) -> bool:
    """Tell whether browsers allow passkeys at this address without encryption."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return host == "localhost" or host.endswith(".localhost")


@postless
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """Sign out everywhere else."""
    ended = services.sign_out_elsewhere(
        scope=request.scope, user=own.account_of(request), keep=request.session.session_key or ""
    )
    text = ngettext("Signed out of %(count)s other session.", "Signed out of %(count)s other sessions.", ended)
    messages.success(request, text % {"count": ended})
    return redirect("accounts:security")


@postless
@require_POST
def forget_device(request: Request, uid: UUID) -> HttpResponse:
    """Trust a device no longer."""
    device = get_object_or_404(TrustedDevice.objects.visible_to(request.scope), uid=uid)
    services.forget_device(scope=request.scope, device=device)
    messages.success(request, _("This device is trusted no longer."))
    return redirect("accounts:security")


def _tokens_page(request: Request, form: TokenForm, status: int = 200, **more: Any) -> HttpResponse:
    tokens = ApiToken.objects.visible_to(request.scope).select_related("appointment__post").order_by("-created_at")
    for one in tokens:
        one.unit_id = one.appointment.post.unit_id  # type: ignore[attr-defined]
        one.may_revoke = one.revoked_at is None  # type: ignore[attr-defined]
    label_units(tokens, "unit")
    context = {"tab": "tokens", "tokens": tokens, "form": form, "today": request.scope.today, **more}
    return render(request, "accounts/tokens.html", context, status=status)


@require_GET
def tokens(request: Request) -> HttpResponse:
    """Keys for programs."""
    return _tokens_page(request, TokenForm(scope=request.scope))


@require_POST
def create_token(request: Request) -> HttpResponse:
    """Make a key and show it, once."""
    form = TokenForm(request.POST, scope=request.scope)
    if not form.is_valid():
        return _tokens_page(request, form, 422)
    data = form.cleaned_data
    key = ""
    try:
        with once(request.scope, data["form_token"]) as earlier:
            if earlier is None:
                _token, key = services.create_token(
                    scope=request.scope,
                    appointment=request.appointment,
                    name=data["name"],
                    permissions=data["permissions"],
                    expires_on=data["expires_on"],
                )
    except DomainError as error:
        add_errors(form, error)
        return _tokens_page(request, form, 422)
    if not key:
        messages.info(request, _("This key was made and shown already. If you did not copy it, revoke it."))
        return redirect("accounts:tokens")
    response = _tokens_page(request, TokenForm(scope=request.scope), key=key)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_token(request: Request, uid: UUID) -> HttpResponse:
    """Make a key void."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.scope), uid=uid)
    services.revoke_token(scope=request.scope, token=token)
    messages.success(request, _("The key is void."))
    return redirect("accounts:tokens")
