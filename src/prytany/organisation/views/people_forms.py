"""The forms by which administrators open posts, appoint people and note absences."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.organisation import policies, services
from prytany.organisation.forms import people as forms
from prytany.organisation.forms.units import ConfirmForm, LastDayForm
from prytany.organisation.marks import mark_of
from prytany.organisation.models import Appointment, Person, Post, Substitution, Unit
from prytany.organisation.reading.record import last_day
from prytany.organisation.views.common import Ask, answer, day_after, open_end, posted


def _post_of(request: Request, uid: UUID) -> tuple[Post, str]:
    post = get_object_or_404(Post.objects.visible_to(request.scope).select_related("unit"), uid=uid)
    return post, reverse("people:post", args=[uid])


@require_http_methods(["GET", "POST"])
def new_post(request: Request) -> HttpResponse:
    """Open a post; `?unit=` names its unit."""
    scope = request.scope
    authorise(policies.can_edit_organisation, scope)
    unit = Unit.objects.visible_to(scope).by_uid(request.GET.get("unit", ""))
    form = forms.PostForm(posted(request), scope=scope, initial={"on": scope.today, "unit": unit})
    back = reverse("organisation:unit", args=[unit.uid]) if unit else reverse("people:posts")
    ask = Ask(_("New post"), _("Open the post"), back)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        post = services.create_post(
            scope=scope,
            unit=data["unit"],
            role=data["role"],
            title=data["title"],
            on=data["on"],
            titles=form.titles(),
            fields=data["fields_in_charge"],
            charge=data["charge"],
            position=data["position"] or 0,
        )
        return reverse("people:post", args=[post.uid]), _("The post is open. Appoint somebody to it.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def edit_post(request: Request, uid: UUID) -> HttpResponse:
    """Change title, role, fields or units in charge of a post."""
    post, url = _post_of(request, uid)
    authorise(policies.can_edit_post, request.scope, post)

    def begun(data: QueryDict | None = None) -> forms.PostForm:
        initial, version = forms.PostForm.initial_of(post), mark_of(post)
        return forms.PostForm(data, scope=request.scope, initial=initial, post=post, version=version)

    def fresh() -> forms.PostForm:
        post.refresh_from_db()
        return begun()

    form = begun(posted(request))
    intro = _("A new role changes the rights of whoever holds the post, at once.")

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.edit_post(
            scope=request.scope,
            post=post,
            title=data["title"],
            role=data["role"],
            titles=form.titles(),
            fields=data["fields_in_charge"],
            charge=data["charge"],
            position=data["position"],
            version=data.get("version"),
        )
        return url, _("The post is saved.")

    return answer(request, form, Ask(_("Edit the post"), _("Save"), url, post.title, intro), act, fresh=fresh)


@require_http_methods(["GET", "POST"])
def end_post(request: Request, uid: UUID) -> HttpResponse:
    """Close a post on a date."""
    post, url = _post_of(request, uid)
    authorise(policies.can_edit_post, request.scope, post)
    form = LastDayForm(posted(request), scope=request.scope, initial={"last_day": request.scope.today})
    intro = _("Appointments to it end on the same day.")

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.end_post(scope=request.scope, post=post, on=day_after(data["last_day"]), reason=data["reason"])
        return url, _("The post closes.")

    return answer(request, form, Ask(_("Close the post"), _("Close"), url, post.title, intro, is_final=True), act)


@require_http_methods(["GET", "POST"])
def remove_post(request: Request, uid: UUID) -> HttpResponse:
    """Delete a post that was entered by mistake."""
    post, url = _post_of(request, uid)
    authorise(policies.can_edit_post, request.scope, post)
    intro = _("For a post that was entered by mistake and that nobody held.")
    ask = Ask(_("Remove the post"), _("Remove"), url, post.title, intro, is_final=True)
    back = reverse("organisation:unit", args=[post.unit.uid])

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.remove_post(scope=request.scope, post=post)
        return back, _("The post is removed.")

    return answer(request, ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def appoint(request: Request, uid: UUID) -> HttpResponse:
    """Appoint somebody who is known to a post."""
    post, url = _post_of(request, uid)
    authorise(policies.can_appoint, request.scope, post, None)
    form = forms.AppointForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    ask = Ask(_("Appoint"), _("Appoint"), url, post.title, _("Rights begin and end with the appointment."))

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.appoint(
            scope=request.scope,
            person=data["person"],
            post=post,
            on=data["on"],
            until=open_end(data["last_day"]),
            kind=data["kind"],
            decision=data["decision"],
        )
        return url, _("The appointment is entered.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def new_person(request: Request, uid: UUID) -> HttpResponse:
    """Enter somebody new together with an appointment to a post."""
    post, url = _post_of(request, uid)
    authorise(policies.can_appoint, request.scope, post, None)
    form = forms.NewPersonForm(posted(request), scope=request.scope, initial={"on": request.scope.today})
    ask = Ask(_("New person"), _("Enter and appoint"), url, post.title)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        kept = ("name", "email", "phone", "language", "kind", "decision")
        person, _appointment = services.create_person(
            scope=request.scope, post=post, on=data["on"], **{key: data[key] for key in kept}
        )
        return reverse("people:person", args=[person.uid]), _("The person is entered.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def edit_person(request: Request, uid: UUID) -> HttpResponse:
    """Change name, address or language of a person."""
    person = get_object_or_404(Person.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_manage_person, request.scope, person)
    url = reverse("people:person", args=[uid])

    def begun(data: QueryDict | None = None) -> forms.PersonForm:
        initial = forms.PersonForm.initial_of(person)
        return forms.PersonForm(data, scope=request.scope, initial=initial, version=mark_of(person))

    def fresh() -> forms.PersonForm:
        person.refresh_from_db()
        return begun()

    def act(data: dict[str, Any]) -> tuple[str, object]:
        kept = ("name", "email", "phone", "language")
        values = {key: data[key] for key in kept}
        services.edit_person(scope=request.scope, person=person, version=data.get("version"), **values)
        return url, _("Saved.")

    ask = Ask(_("Name and address"), _("Save"), url, person.name)
    return answer(request, begun(posted(request)), ask, act, fresh=fresh)


def _appointment(request: Request, uid: UUID) -> tuple[Appointment, str, str]:
    rows = Appointment.objects.visible_to(request.scope).select_related("person", "post__unit")
    appointment = get_object_or_404(rows, uid=uid)
    authorise(policies.can_end_appointment, request.scope, appointment)
    url = reverse("people:person", args=[appointment.person.uid])
    return appointment, url, f"{appointment.person.name}, {appointment.post.title}"


@require_http_methods(["GET", "POST"])
def end_appointment(request: Request, uid: UUID) -> HttpResponse:
    """End an appointment."""
    appointment, url, name = _appointment(request, uid)
    form = LastDayForm(posted(request), scope=request.scope, initial={"last_day": request.scope.today})
    intro = _("From the day after it gives no right any more. What is open waits for whoever takes over.")

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.end_appointment(
            scope=request.scope, appointment=appointment, on=day_after(data["last_day"]), reason=data["reason"]
        )
        return url, _("The appointment ends.")

    return answer(request, form, Ask(_("End the appointment"), _("End"), url, name, intro), act)


@require_http_methods(["GET", "POST"])
def correct_appointment(request: Request, uid: UUID) -> HttpResponse:
    """Put dates, kind or decision of an appointment right."""
    appointment, url, name = _appointment(request, uid)

    def begun(data: QueryDict | None = None) -> forms.CorrectAppointmentForm:
        initial = {
            "on": appointment.valid_from,
            "last_day": last_day(appointment.valid_to),
            "kind": appointment.kind,
            "decision": appointment.decision,
        }
        version = mark_of(appointment)
        return forms.CorrectAppointmentForm(data, scope=request.scope, initial=initial, version=version)

    def fresh() -> forms.CorrectAppointmentForm:
        appointment.refresh_from_db()
        return begun()

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.correct_appointment(
            scope=request.scope,
            appointment=appointment,
            on=data["on"],
            until=open_end(data["last_day"]),
            kind=data["kind"],
            decision=data["decision"],
            version=data.get("version"),
        )
        return url, _("The correction is saved.")

    ask = Ask(_("Correct the appointment"), _("Save the correction"), url, name)
    return answer(request, begun(posted(request)), ask, act, fresh=fresh)


@require_http_methods(["GET", "POST"])
def withdraw_appointment(request: Request, uid: UUID) -> HttpResponse:
    """Take back an appointment that was entered by mistake."""
    appointment, url, name = _appointment(request, uid)
    intro = _("For an appointment that was entered by mistake. One that was held is ended on a date instead.")
    ask = Ask(_("Withdraw the appointment"), _("Withdraw"), url, name, intro, is_final=True)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_appointment(scope=request.scope, appointment=appointment)
        return reverse("people:post", args=[appointment.post.uid]), _("The appointment is withdrawn.")

    return answer(request, ConfirmForm(posted(request), scope=request.scope), ask, act)


@require_http_methods(["GET", "POST"])
def absence(request: Request, uid: UUID) -> HttpResponse:
    """Say who acts from a post while its holder is away: the holder or an administrator."""
    rows = Appointment.objects.visible_to(request.scope).select_related("person", "post__unit")
    appointment = get_object_or_404(rows, uid=uid)
    authorise(policies.can_set_absence, request.scope, appointment)
    url = reverse("people:person", args=[appointment.person.uid])
    form = forms.AbsenceForm(posted(request), scope=request.scope, initial={"extent": Substitution.Extent.ALL})
    warnings: tuple[object, ...] = ()
    if form.is_bound and form.is_valid() and request.POST.get("warned") != "1":
        data = form.cleaned_data
        until = day_after(data["last_day"])
        warnings = tuple(
            services.warnings_about_absence(
                appointments=[appointment], substitute=data["substitute"], on=data["on"], until=until
            )
        )
    name = f"{appointment.person.name}, {appointment.post.title}"
    intro = _("The substitute acts under their own name and confirms nothing of their own work.")
    ask = Ask(_("Set an absence"), _("Set"), url, name, intro, warnings=warnings)

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.set_absence(
            scope=request.scope,
            appointments=[appointment],
            substitute=data["substitute"],
            on=data["on"],
            until=day_after(data["last_day"]),
            extent=data["extent"],
            reason=data["reason"],
        )
        return url, _("The absence is set.")

    return answer(request, form, ask, act)


@require_http_methods(["GET", "POST"])
def withdraw_absence(request: Request, uid: UUID) -> HttpResponse:
    """End an absence early or take it back."""
    rows = Substitution.objects.visible_to(request.scope)
    row = get_object_or_404(rows.select_related("absent__person", "absent__post__unit", "substitute"), uid=uid)
    authorise(policies.can_withdraw_absence, request.scope, row)
    url = reverse("people:person", args=[row.absent.person.uid])
    ask = Ask(
        _("End the absence"), _("End it"), url, row.absent.person.name, _("The substitute acts no longer, at once.")
    )

    def act(data: dict[str, Any]) -> tuple[str, object]:
        services.withdraw_absence(scope=request.scope, substitution=row)
        return url, _("The absence has ended.")

    return answer(request, ConfirmForm(posted(request), scope=request.scope), ask, act)
