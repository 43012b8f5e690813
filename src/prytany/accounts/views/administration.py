"""Page 23, Administration: checklist, accounts in bulk, clearances, letterhead, mail test, health."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts import checklist, health, listing, own, policies, printing, services
from prytany.accounts.checks import was_logged
from prytany.accounts.forms import ClearanceForm, LetterheadForm, NeedForm, UsernameForm
from prytany.accounts.models import Clearance, Letterhead, NeedToKnow, SignInSlip, User
from prytany.accounts.services import mail as mail_services
from prytany.accounts.services.letterheads import FIELDS, mark_of
from prytany.accounts.targets import ClassifiedTarget
from prytany.accounts.tokens import once
from prytany.accounts.views.entrance import add_errors
from prytany.audit.targets import targets_of, word_of
from prytany.core import clock, wording
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.lists import COUNT_CEILING, ListState, count_up_to, selected
from prytany.core.web import Request
from prytany.organisation.models import Unit

RAIL = "administration"
View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """Refuse who manages neither accounts nor settings."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_administer(request.scope):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@for_administrators
def home(request: Request) -> HttpResponse:
    """What is set up and what is open."""
    lines = checklist.lines(request.scope)
    context = {
        "rail": RAIL,
        "lines": lines,
        "next": next((line for line in lines if not line.done and line.url), None),
        "done": sum(line.done for line in lines),
    }
    return render(request, "accounts/administration/home.html", context)


# Accounts ----------------------------------------------------------------------------------------------------------


def _bulk_acts() -> list[dict[str, Any]]:
    return [
        {"code": "slips", "label": _("Accounts and slips"), "style": "btn-primary"},
        {"code": "reset", "label": _("Reset")},
        {"code": "close", "label": _("Close accounts")},
    ]


@require_GET
@for_administrators
def accounts(request: Request) -> HttpResponse:
    """People and the state of their accounts."""
    scope = request.scope
    state = ListState(request, filters=listing.filters(scope), order=listing.ORDER, size=50)
    people = state.apply(listing.people_list(scope))
    page = state.page(people)
    context = {
        "rail": RAIL,
        "rows": listing.complete(scope, page.rows),
        "page": page,
        "list": count_up_to(people),
        "state": state,
        "chips": [state.chip("state", code.value, look.word) for code, look in listing.LOOKS.items()]
        + [state.chip("factor")],
        "bulk_acts": _bulk_acts(),
        "q": state.active.get("q", ""),
        "slips": SignInSlip.objects.visible_to(scope).open(clock.now()).count(),
    }
    template = "accounts/administration/_accounts.html" if request.htmx else "accounts/administration/accounts.html"
    return render(request, template, context)


@require_POST
@for_administrators
def accounts_act(request: Request) -> HttpResponse:
    """Do one thing to the chosen people; what shuts somebody out is asked first, with count and exceptions."""
    scope = request.scope
    state = ListState(request, filters=listing.filters(scope), order=listing.ORDER)
    chosen = selected(request, state.apply(listing.people_list(scope))).values_list("pk", flat=True)
    # Held fast: the act itself may move people out of what the list is narrowed to.
    people = listing.people_list(scope).filter(pk__in=list(chosen[:COUNT_CEILING]))
    if not people.exists():
        messages.info(request, _("Choose people first."))
        return redirect("administration:accounts")
    act = request.POST.get("act", "")
    if act == "slips":
        return _make_slips(request, people)
    if act not in ("reset", "close"):
        raise Http404
    users = User.objects.visible_to(scope).filter(person__in=people.values("pk"), is_active=True)
    users = users.exclude(person_id=scope.person_id)
    if request.POST.get("confirmed") != "1":
        context = {"rail": RAIL, "act": act, "users": users, "chosen": people.count(), "count": users.count()}
        return render(request, "accounts/administration/confirm.html", context)
    if act == "reset":
        slips = services.issue_slips(
            scope=scope, users=users, reset=True, second_factor=request.POST.get("second_factor") == "1"
        )
        return _slips_made(request, len(slips))
    return _close(request, list(users))


def _make_slips(request: Request, people: Any) -> HttpResponse:
    created = services.create_accounts(scope=request.scope, people=people)
    users = User.objects.visible_to(request.scope).filter(person__in=people.values("pk"))
    slips = services.issue_slips(scope=request.scope, users=users)
    if created:
        text = ngettext("%(count)s account was made.", "%(count)s accounts were made.", len(created))
        messages.success(request, text % {"count": wording.count(len(created))})
    return _slips_made(request, len(slips))


def _slips_made(request: Request, count: int) -> HttpResponse:
    if not count:
        messages.info(request, _("No slip was needed: these accounts have passwords, are closed, or are your own."))
        return redirect("administration:accounts")
    text = ngettext("%(count)s slip is ready to print.", "%(count)s slips are ready to print.", count)
    messages.success(request, text % {"count": wording.count(count)})
    return redirect("administration:slips")


def _close(request: Request, users: list[User]) -> HttpResponse:
    for user in users:
        services.close_account(scope=request.scope, user=user)
    text = ngettext("%(count)s account is closed.", "%(count)s accounts are closed.", len(users))
    messages.success(request, text % {"count": wording.count(len(users))})
    return redirect("administration:accounts")


@require_GET
@for_administrators
def slips(request: Request) -> HttpResponse:
    """All slips that can still be used, for printing, one unit after the other."""
    rows = SignInSlip.objects.visible_to(request.scope).open(clock.now())
    if unit := request.GET.get("unit"):
        rows = listing.slips_of_unit(request.scope, rows, unit)
    rows = rows.select_related("user__person").order_by("user__person__sort_key", "pk")
    groups = printing.printed(rows)
    count = sum(len(group) for _name, group in groups)
    if count:
        services.note_printing(scope=request.scope, count=count)
    context = {"rail": RAIL, "groups": groups, "count": count, "lacking": listing.without_slip(request.scope).count()}
    response = render(request, "accounts/administration/slips.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@for_administrators
def make_slips(request: Request) -> HttpResponse:
    """Make a slip for everybody whose account waits for its first password and has none."""
    return _make_slips(request, listing.without_slip(request.scope))


def _person(request: Request, uid: UUID) -> Any:
    return get_object_or_404(listing.people_list(request.scope), uid=uid)


def _person_page(request: Request, row: Any, status: int = 200, **forms: Any) -> HttpResponse:
    scope = request.scope
    (row,) = listing.complete(scope, [row])
    needs = list(NeedToKnow.objects.visible_to(scope).filter(person=row).order_by("-valid_from"))
    known = _own_needs(request)
    context = {
        "rail": RAIL,
        "row": row,
        "account": User.objects.visible_to(scope).filter(person=row).first(),
        "is_self": row.pk == scope.person_id,
        "clearances": Clearance.objects.visible_to(scope).filter(person=row).order_by("-valid_from"),
        "needs": _with_labels(request, needs),
        "today": scope.today,
        "username_form": UsernameForm(initial={"username": row.username}),
        "clearance_form": ClearanceForm(scope=scope),
        "need_form": NeedForm(scope=scope, records=known) if known else None,
        **forms,
    }
    return render(request, "accounts/administration/person.html", context, status=status)


def _with_labels(request: Request, needs: list[NeedToKnow]) -> list[NeedToKnow]:
    """Set how each record is called for this reader: its title only for who may see it."""
    seen = targets_of(request.scope, [(need.target_kind, need.target_uid) for need in needs])
    for need in needs:
        target = seen.get(need.target_uid)
        need.label = target.label if target else f"{word_of(need.target_kind)} {str(need.target_uid)[:8]}"  # type: ignore[attr-defined]
        need.url = target.url if target else ""  # type: ignore[attr-defined]
    return needs


def _own_needs(request: Request) -> list[tuple[str, str]]:
    """Return the classified records that the administrator may let others see."""
    rows = NeedToKnow.objects.visible_to(request.scope).on(request.scope.today)
    mine = list(rows.filter(person_id=request.scope.person_id))
    return [(str(need.target_uid), need.label) for need in _with_labels(request, mine)]  # type: ignore[attr-defined]


@require_GET
@for_administrators
def person(request: Request, uid: UUID) -> HttpResponse:
    """One person's account, clearances and needs to know."""
    return _person_page(request, _person(request, uid))


@require_POST
@for_administrators
def rename(request: Request, uid: UUID) -> HttpResponse:
    """Change the sign-in name."""
    row = _person(request, uid)
    account = get_object_or_404(User.objects.visible_to(request.scope), person=row)
    form = UsernameForm(request.POST)
    if form.is_valid():
        try:
            services.rename_account(scope=request.scope, user=account, username=form.cleaned_data["username"])
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The sign-in name is changed."))
            return redirect("administration:person", uid)
    return _person_page(request, row, 422, username_form=form)


@require_POST
@for_administrators
def reopen(request: Request, uid: UUID) -> HttpResponse:
    """Open a closed account again."""
    account = get_object_or_404(User.objects.visible_to(request.scope), person=_person(request, uid))
    services.open_account(scope=request.scope, user=account)
    messages.success(request, _("The account is open again."))
    return redirect("administration:person", uid)


@require_POST
@for_administrators
def grant_clearance(request: Request, uid: UUID) -> HttpResponse:
    """Grant a clearance."""
    row = _person(request, uid)
    form = ClearanceForm(request.POST, scope=request.scope)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with once(request.scope, data["form_token"]) as earlier:
                if earlier is None:
                    services.grant_clearance(
                        scope=request.scope,
                        person=row,
                        level=data["level"],
                        basis=data["basis"],
                        first_day=data["first_day"],
                        last_day=data["last_day"],
                    )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The clearance is granted."))
            return redirect("administration:person", uid)
    return _person_page(request, row, 422, clearance_form=form)


@require_POST
@for_administrators
def end_clearance(request: Request, uid: UUID) -> HttpResponse:
    """End a clearance today."""
    clearance = get_object_or_404(Clearance.objects.visible_to(request.scope).select_related("person"), uid=uid)
    services.end_clearance(scope=request.scope, clearance=clearance)
    messages.success(request, _("The clearance ends today."))
    return redirect("administration:person", clearance.person.uid)


@require_POST
@for_administrators
def grant_need(request: Request, uid: UUID) -> HttpResponse:
    """Let a person see a classified record that one may see oneself."""
    row = _person(request, uid)
    form = NeedForm(request.POST, scope=request.scope, records=_own_needs(request))
    if form.is_valid():
        data = form.cleaned_data
        mine = NeedToKnow.objects.visible_to(request.scope).filter(person_id=request.scope.person_id)
        known = mine.on(request.scope.today).filter(target_uid=data["record"]).first()
        if known is None:
            raise Http404
        try:
            with once(request.scope, data["form_token"]) as earlier:
                if earlier is None:
                    services.grant_need(
                        scope=request.scope,
                        person=row,
                        target=ClassifiedTarget(known.target_kind, known.target_uid, known.level),
                        reason=data["reason"],
                        first_day=data["first_day"],
                        last_day=data["last_day"],
                    )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("This person may see the record on these days."))
            return redirect("administration:person", uid)
    return _person_page(request, row, 422, need_form=form)


@require_POST
@for_administrators
def end_need(request: Request, uid: UUID) -> HttpResponse:
    """End a need to know today."""
    need = get_object_or_404(NeedToKnow.objects.visible_to(request.scope).select_related("person"), uid=uid)
    services.end_need(scope=request.scope, need=need)
    messages.success(request, _("This ends today."))
    return redirect("administration:person", need.person.uid)


@require_GET
@for_administrators
def clearances(request: Request) -> HttpResponse:
    """Who may see what above internal: clearances and needs to know, running and past."""
    scope = request.scope
    running = Clearance.objects.visible_to(scope).select_related("person", "granted_by").order_by("-valid_from", "-pk")
    needs = NeedToKnow.objects.visible_to(scope).select_related("person").order_by("-valid_from", "-pk")
    context = {
        "rail": RAIL,
        "clearances": running[:500],
        "needs": _with_labels(request, list(needs[:500])),
        "today": scope.today,
    }
    return render(request, "accounts/administration/clearances.html", context)


# Settings ----------------------------------------------------------------------------------------------------------


def _settings_unit(request: Request) -> Unit:
    """Return the unit whose letterhead is edited: that of the post acted from."""
    return get_object_or_404(Unit.objects.visible_to(request.scope), pk=request.scope.unit_id)


@require_http_methods(["GET", "POST"])
@for_administrators
def letterhead(request: Request) -> HttpResponse:
    """How the office's papers are headed and signed."""
    unit = _settings_unit(request)
    if not policies.can_edit_settings(request.scope, unit.pk):
        raise PermissionDenied
    rows = Letterhead.objects.visible_to(request.scope).on(request.scope.today).filter(unit=unit)
    current = rows.first()
    initial = {name: getattr(current, name) for name in FIELDS} if current else None
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=initial, version=mark_of(current))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.set_letterhead(scope=request.scope, unit=unit, values=data, version=data.get("version"))
        except StaleRecord as error:  # what the other person saved stands beside the form, as on paper
            current = rows.first()
            form.carry(mark_of(current))
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The letterhead holds from today on."))
            return redirect("administration:letterhead")
    context = {"rail": RAIL, "form": form, "current": current}
    return render(request, "accounts/administration/letterhead.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def mail(request: Request) -> HttpResponse:
    """Send oneself a test mail, and confirm that it arrived."""
    person = own.person_of(request)
    if request.method == "POST":
        if request.POST.get("act") == "arrived":
            mail_services.confirm_mail(scope=request.scope)
            messages.success(request, _("Mail works."))
            return redirect("administration:home")
        try:
            mail_services.send_test_mail(scope=request.scope, person=person)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Sent to %(address)s.") % {"address": person.email})
        return redirect("administration:mail")
    context = {
        "rail": RAIL,
        "person": person,
        "address": person.email,
        "sent": was_logged(request.scope, "mail.test"),
        "confirmed": was_logged(request.scope, "mail.confirm"),
    }
    return render(request, "accounts/administration/mail.html", context)


@require_GET
@for_administrators
def health_page(request: Request) -> HttpResponse:
    """Signs of health."""
    return render(request, "accounts/administration/health.html", {"rail": RAIL, "signs": health.readings()})
