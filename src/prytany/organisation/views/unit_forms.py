"""The forms by which administrators change a unit; each opens in place on its page, or as a page of its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prytany.core.errors import DomainError
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.organisation import policies, services
from prytany.organisation.forms import units as forms
from prytany.organisation.marks import mark_of
from prytany.organisation.models import (
    Succession,
    Unit,
    UnitAlias,
    UnitMandate,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.views.common import Ask, answer, day_after, posted


def _edited(request: Request, uid: UUID) -> tuple[Unit, str, str]:
    """Return a unit that the person may edit, its address and name; PermissionDenied, 404."""
    unit = get_object_or_404(Unit.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_edit_unit, request.scope, unit)
    return unit, reverse("organisation:unit", args=[uid]), unit_labels([unit.pk]).get(unit.pk, NAMELESS).name


def _record_url(url: str) -> str:
    return f"{url}?tab=record"


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Create a unit; `?under=` names the unit it stands under."""
    scope = request.scope
    authorise(policies.can_edit_organisation, scope)
    initial: dict[str, Any] = {"on": scope.today}
    under = request.GET.get("under", "")
    parent = Unit.objects.visible_to(scope).by_uid(under)
    if parent is not None:
        initial["parent"] = parent
    form = forms.NewUnitForm(posted(request), scope=scope, initial=initial)
    back = reverse("organisation:unit", args=[parent.uid]) if parent else reverse("organisation:tree")
    ask = Ask(_("New unit"), _("Create the unit"), back)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        root = get_object_or_404(Unit.objects.visible_to(scope), pk=scope.root_id)
        unit = services.create_unit(scope=scope, root=root, spec=form.spec(), on=data["on"], decision=data["decision"])
        return reverse("organisation:unit", args=[unit.uid]), _("The unit is created.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def change(request: Request, uid: UUID) -> HttpResponse:
    """Rename, recode or rank a unit otherwise from a date on."""
    unit, url, name = _edited(request, uid)
    scope = request.scope
    version = _current(request, unit)
    initial = {"on": scope.today, **forms.ChangeForm.initial_of(version)}
    form = forms.ChangeForm(posted(request), scope=scope, initial=initial)
    ask = Ask(_("Change from a date"), _("Save the change"), url, name, _("What was before stays as it was."))

    def act(data: dict[str, Any]) -> tuple[str, object]:
        # The hidden version is compared only where the change begins under it: a later date has another.
        same = data["on"] >= version.valid_from and (version.valid_to is None or data["on"] < version.valid_to)
        services.change_unit(
            scope=scope,
            unit=unit,
            on=data["on"],
            spec=form.spec(),
            decision=data["decision"],
            expected=data["expected"] if same else None,
        )
        return _record_url(url), _("The change is saved.")

    def fresh() -> forms.ChangeForm:
        stored = forms.ChangeForm.initial_of(_current(request, unit))
        return forms.ChangeForm(scope=scope, initial=stored)

    return answer(request, form, ask, act, fresh=fresh)


def _current(request: Request, unit: Unit) -> UnitVersion:
    """Return the version in force today, else the last or first one."""
    versions = list(UnitVersion.objects.visible_to(request.scope).filter(unit=unit).order_by("valid_from"))
    if not versions:
        raise DomainError("unit_withdrawn", _("This unit was withdrawn."))
    begun = [version for version in versions if version.valid_from <= request.scope.today]
    return begun[-1] if begun else versions[0]


@require_http_methods(["GET", "POST"])
def correct(request: Request, uid: UUID) -> HttpResponse:
    """Put a version right that was entered wrongly."""
    scope = request.scope
    version = get_object_or_404(UnitVersion.every_row.visible_to(scope).select_related("unit"), uid=uid)
    standing = _standing(request, version)
    _unit, url, name = _edited(request, version.unit.uid)

    def begun(data: QueryDict | None = None) -> forms.CorrectForm:
        initial = forms.ChangeForm.initial_of(standing) | {"start": standing.valid_from}
        return forms.CorrectForm(data, scope=scope, initial=initial)

    intro = _("A correction alters what stands for the past. For something that changed on a date, use a change.")
    address = reverse("organisation:correct", args=[standing.uid])
    ask = Ask(_("Correct a version"), _("Save the correction"), _record_url(url), name, intro, action=address)

    form = begun(posted(request))

    def act(data: dict[str, Any]) -> tuple[str, object]:
        start = data["start"] if data["start"] != version.valid_from else None
        services.correct_version(scope=scope, version=version, spec=form.spec(), start=start)
        return _record_url(url), _("The correction is saved.")

    return answer(request, form, ask, act, fresh=begun)


def _standing(request: Request, version: UnitVersion) -> UnitVersion:
    """Return the version itself, or the one in its place where somebody corrected it while its form was open; 404."""
    if version.withdrawn_at is None:
        return version
    if request.method != "POST":
        raise Http404
    rows = UnitVersion.objects.visible_to(request.scope).select_related("unit").filter(unit=version.unit)
    standing = rows.on(version.valid_from).first()
    if standing is None:
        raise Http404
    return standing


@require_http_methods(["GET", "POST"])
def withdraw_version(request: Request, uid: UUID) -> HttpResponse:
    """Take a change back as if it had not been."""
    scope = request.scope
    version = get_object_or_404(UnitVersion.objects.visible_to(scope).select_related("unit"), uid=uid)
    _unit, url, name = _edited(request, version.unit.uid)
    intro = _("The version before holds on. What was withdrawn stays in the log.")
    ask = Ask(_("Withdraw a version"), _("Withdraw"), _record_url(url), name, intro, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_version(scope=scope, version=version)
        return _record_url(url), _("The version is withdrawn.")

    return answer(request, forms.ConfirmForm(posted(request), scope=scope), ask, act)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back a unit that was created by mistake."""
    unit, url, name = _edited(request, uid)
    intro = _("For a unit that was entered by mistake. One that has existed is abolished on a date instead.")
    ask = Ask(_("Withdraw the unit"), _("Withdraw"), url, name, intro, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_unit(scope=request.scope, unit=unit)
        return reverse("organisation:tree"), _("The unit is withdrawn.")

    return answer(request, forms.ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def move(request: Request, uid: UUID) -> HttpResponse:
    """Put a unit under another from a date on."""
    unit, url, name = _edited(request, uid)
    form = forms.MoveForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    ask = Ask(_("Move the unit"), _("Move"), url, name, _("All units below it move along."))

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.move_unit(scope=request.scope, unit=unit, parent=data["parent"], on=data["on"])
        return url, _("The unit is moved.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def relate(request: Request, uid: UUID) -> HttpResponse:
    """Note that a unit serves or advises another, or is guided or supervised by it."""
    unit, url, name = _edited(request, uid)
    form = forms.RelateForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    ask = Ask(_("Add a relation"), _("Add"), _record_url(url), name)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.relate_units(
            scope=request.scope, hierarchy=data["hierarchy"], unit=unit, parent=data["parent"], on=data["on"]
        )
        return _record_url(url), _("The relation is entered.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def end_relation(request: Request, uid: UUID) -> HttpResponse:
    """Let a relation end."""
    relation = get_object_or_404(UnitRelation.objects.visible_to(request.scope).select_related("unit"), uid=uid)
    _unit, url, name = _edited(request, relation.unit.uid)
    form = forms.LastDayForm(posted(request), scope=request.scope, initial={"last_day": request.scope.today})
    del form.fields["reason"]
    ask = Ask(_("End the relation"), _("End"), _record_url(url), name)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.end_relation(scope=request.scope, relation=relation, on=day_after(data["last_day"]))
        return _record_url(url), _("The relation ends.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def alias(request: Request, uid: UUID) -> HttpResponse:
    """Add another name under which texts speak of a unit."""
    unit, url, name = _edited(request, uid)
    form = forms.AliasForm(posted(request), scope=request.scope)
    intro = _("Texts and imports find the unit under this name too.")
    ask = Ask(_("Add another name"), _("Add"), _record_url(url), name, intro)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.add_alias(scope=request.scope, unit=unit, alias=data["alias"], language=data["language"])
        return _record_url(url), _("The name is added.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def remove_alias(request: Request, uid: UUID) -> HttpResponse:
    """Forget another name."""
    row = get_object_or_404(UnitAlias.objects.visible_to(request.scope).select_related("unit"), uid=uid)
    _unit, url, name = _edited(request, row.unit.uid)
    ask = Ask(_("Remove the name “%(name)s”") % {"name": row.alias}, _("Remove"), _record_url(url), name)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.remove_alias(scope=request.scope, alias=row)
        return _record_url(url), _("The name is removed.")

    return answer(request, forms.ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def mandate(request: Request, uid: UUID) -> HttpResponse:
    """Write what a unit is for from a date on."""
    unit, url, name = _edited(request, uid)
    scope = request.scope

    def begun(data: QueryDict | None = None, **more: Any) -> forms.MandateForm:
        current = UnitMandate.objects.visible_to(scope).on(scope.today).filter(unit=unit).first()
        initial = {**more, **forms.MandateForm.initial_of(current)}
        return forms.MandateForm(data, scope=scope, initial=initial, version=mark_of(current))

    form = begun(posted(request), on=scope.today)
    ask = Ask(_("Mission, functions, powers"), _("Save"), _record_url(url), name)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        texts = {key: data[key] for key in ("mission", "functions", "powers")}
        services.set_mandate(
            scope=scope, unit=unit, on=data["on"], basis=data["basis"], version=data.get("version"), **texts
        )
        return _record_url(url), _("The mandate is saved.")

    return answer(request, form, ask, act, fresh=begun)


@require_http_methods(["GET", "POST"])
def withdraw_mandate(request: Request, uid: UUID) -> HttpResponse:
    """Take back a mandate that was entered wrongly."""
    row = get_object_or_404(UnitMandate.objects.visible_to(request.scope).select_related("unit"), uid=uid)
    _unit, url, name = _edited(request, row.unit.uid)
    ask = Ask(_("Withdraw the mandate"), _("Withdraw"), _record_url(url), name, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_mandate(scope=request.scope, mandate=row)
        return _record_url(url), _("The mandate is withdrawn.")

    return answer(request, forms.ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def succession(request: Request, uid: UUID) -> HttpResponse:
    """Note what a unit came from or became, without a change act."""
    unit, url, name = _edited(request, uid)
    form = forms.SuccessionForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    intro = _("For what happened before this register was kept. Use a change act for everything else.")
    ask = Ask(_("Add where the unit came from or went"), _("Add"), _record_url(url), name, intro)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        came = data["direction"] == "from"
        services.note_succession(
            scope=request.scope,
            predecessor=data["other"] if came else unit,
            successor=unit if came else data["other"],
            kind=data["kind"],
            on=data["on"],
            share=data["share"],
        )
        return _record_url(url), _("The succession is entered.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def withdraw_succession(request: Request, uid: UUID) -> HttpResponse:
    """Take back a succession that was entered wrongly."""
    row = get_object_or_404(Succession.objects.visible_to(request.scope).select_related("predecessor"), uid=uid)
    _unit, url, name = _edited(request, row.predecessor.uid)
    ask = Ask(_("Withdraw the succession"), _("Withdraw"), _record_url(url), name, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_succession(scope=request.scope, succession=row)
        return _record_url(url), _("The succession is withdrawn.")

    return answer(request, forms.ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def set_up(request: Request, uid: UUID) -> HttpResponse:
    """Say how to reach a unit and whether its head approves answers: an administrator or whoever heads it."""
    unit = get_object_or_404(Unit.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_set_up_unit, request.scope, unit)
    url = reverse("organisation:unit", args=[uid])

    def begun(data: QueryDict | None = None) -> forms.SetUpForm:
        initial = {"contact": unit.contact, "head_checks": unit.head_checks}
        return forms.SetUpForm(data, scope=request.scope, initial=initial, version=mark_of(unit))

    def fresh() -> forms.SetUpForm:
        unit.refresh_from_db()
        return begun()

    name = unit_labels([unit.pk]).get(unit.pk, NAMELESS).name
    ask = Ask(_("Contact and way of working"), _("Save"), url, name)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.set_up_unit(
            scope=request.scope,
            unit=unit,
            contact=data["contact"],
            head_checks=data["head_checks"],
            version=data.get("version"),
        )
        return url, _("Saved.")

    return answer(request, begun(posted(request)), ask, act, fresh=fresh)


@require_http_methods(["GET", "POST"])
def abolish(request: Request, uid: UUID) -> HttpResponse:
    """Let a unit end without a successor."""
    unit, url, name = _edited(request, uid)
    form = forms.AbolishForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    intro = _("Where its work passes to another unit, use a change act: it notes the successor and shows what is open.")
    ask = Ask(_("Abolish the unit"), _("Abolish"), url, name, intro, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.abolish_unit(scope=request.scope, unit=unit, on=data["on"], decision=data["decision"])
        return url, _("The unit is abolished.")

    return answer(request, form, ask, act)
