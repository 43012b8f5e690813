"""Notices, how they come, and the private calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts.middleware import public
from prytany.accounts.scopes import scope_of
from prytany.core import wording
from prytany.core.lists import selected
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.notifications import feeds, listing, services
from prytany.notifications.choices import choices_for
from prytany.notifications.forms import ChoicesForm
from prytany.notifications.models import CalendarFeed, Notice
from prytany.notifications.showing import show
from prytany.rules.lookup import rule

FEED_TOKEN = "calendar_feed_token"  # noqa: S105 - the name of a session key


def _scopes(request: Request) -> list[Scope]:
    """Return the scopes of all posts the person may act from: notices come to the person, not to one post."""
    others = [row for row in request.appointments if row.pk != request.scope.appointment_id]
    person = request.user.person
    return [request.scope, *(scope_of(row, person=person, request_id=request.request_id) for row in others)]


@require_GET
def notice_list(request: Request) -> HttpResponse:
    """What happened, one line per record, unread first."""
    page = listing.page_of(request.scope, after=request.GET.get("after"), before=request.GET.get("before"))
    groups = listing.groups_of(page, _scopes(request))
    context = {
        "page": page,
        "unread_groups": [group for group in groups if group.is_unread],
        "read_groups": [group for group in groups if not group.is_unread],
        "unread": listing.unread_count(request.scope),
        "ceiling": listing.COUNT_CEILING,
    }
    return render(request, "notifications/list.html", context)


@require_GET
def notice_open(request: Request, uid: UUID) -> HttpResponse:
    """Mark the notices of the record read and go to the record."""
    notice = get_object_or_404(Notice.objects.visible_to(request.scope), uid=uid)
    mine = Notice.objects.visible_to(request.scope)
    services.mark_read(scope=request.scope, notices=_with_record(mine, notice))
    for scope in _scopes(request):
        (shown,) = show([notice], [scope])
        if shown.target is None or not shown.target.url:
            continue
        if scope is request.scope:
            return redirect(shown.target.url)
        messages.info(request, _("This belongs to another of your posts. Choose that post in the header to open it."))
        return redirect("notifications:list")
    if notice.target_uid:
        messages.info(request, _("You can no longer see this record."))
    return redirect("notifications:list")


def _with_record(notices, notice: Notice):  # type: ignore[no-untyped-def]
    return notices.filter(target_uid=notice.target_uid) if notice.target_uid else notices.filter(pk=notice.pk)


@require_POST
def notice_read(request: Request) -> HttpResponse:
    """Mark the chosen notices, with `all` every notice, read."""
    mine = Notice.objects.visible_to(request.scope)
    chosen = selected(request, mine)
    uids = (
        list(chosen.exclude(target_uid=None).values_list("target_uid", flat=True)) if "all" not in request.POST else []
    )
    number = services.mark_read(scope=request.scope, notices=mine.filter(target_uid__in=uids) if uids else chosen)
    messages.success(
        request,
        ngettext("%(count)s notice was marked read.", "%(count)s notices were marked read.", number)
        % {"count": wording.count(number)},
    )
    return redirect("notifications:list")


@require_http_methods(["GET", "POST"])
@never_cache
def notice_choices(request: Request) -> HttpResponse:
    """How notices come, and the private calendar."""
    scope = request.scope
    office_time = rule("notices.digest_at", on=scope.today, unit=scope.unit_id)
    form = ChoicesForm(request.POST or None, chosen=choices_for(scope.person_id), office_time=office_time.value)
    if request.method == "POST" and form.is_valid():
        services.set_choices(scope=scope, choices=form.choices)
        messages.success(request, _("Saved."))
        return redirect("notifications:choices")
    token = request.session.pop(FEED_TOKEN, "")
    context = {
        "form": form,
        "feed": CalendarFeed.objects.visible_to(scope).filter(revoked_at=None).first(),
        "feed_url": request.build_absolute_uri(feed_path(token)) if token else "",
        "own_post": not scope.acting_for and scope.appointment_id,
    }
    return render(request, "notifications/choices.html", context, status=422 if form.errors else 200)


def feed_path(token: str) -> str:
    """Return the path of a calendar feed."""
    from django.urls import reverse  # noqa: PLC0415

    return reverse("notifications:feed", args=[token])


@require_POST
def feed_renew(request: Request) -> HttpResponse:
    """Give the post a new calendar address; the one before stops working."""
    request.session[FEED_TOKEN] = services.open_feed(scope=request.scope)
    return redirect("notifications:choices")


@require_POST
def feed_revoke(request: Request) -> HttpResponse:
    """Close the calendar address."""
    services.revoke_feed(scope=request.scope)
    messages.success(request, _("The calendar address no longer works."))
    return redirect("notifications:choices")


@public
@require_GET
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a private address; 404 for one that is not, or no longer, in use."""
    found = feeds.feed_of(token)
    if found is None:
        raise Http404
    feeds.note_reading(found)
    return HttpResponse(
        feeds.calendar_of(found),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="prytany.ics"', "Cache-Control": "private, max-age=900"},
    )
