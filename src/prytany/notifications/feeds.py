"""The private calendar of an appointment: due dates as RFC 5545, for a calendar program that cannot sign in."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from prytany.accounts.scopes import scope_of
from prytany.core import clock, levels
from prytany.core.registry import Registry
from prytany.core.scope import Scope
from prytany.notifications.models import CalendarFeed
from prytany.notifications.services import digest_of

PAST = datetime.timedelta(days=31)
AHEAD = datetime.timedelta(days=400)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a date. `url` is a path of this site; above level open neither title nor note is told."""

    uid: UUID
    on: datetime.date
    title: str
    url: str = ""
    note: str = ""
    level: int = levels.OPEN
    changed_at: datetime.datetime | None = None


# Who knows due dates: (scope, from, to) -> those that the holder of the appointment has to answer for.
due_dates: Registry[Callable[[Scope, datetime.date, datetime.date], Iterable[Due]]] = Registry()


def feed_of(token: str) -> CalendarFeed | None:
    """Return the open feed that `token` belongs to."""
    feeds = CalendarFeed.objects.select_related("appointment__person", "appointment__post__unit")
    return feeds.filter(digest=digest_of(token), revoked_at=None).first()


def note_reading(feed: CalendarFeed) -> None:
    """Keep the day on which the address was last read, so that its owner sees whether anything still uses it."""
    if feed.last_read_on != clock.today():
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_on=clock.today())


def calendar_of(feed: CalendarFeed) -> bytes:
    """Return the due dates of the feed's appointment, from a month back; an ended appointment has none."""
    person = feed.appointment.person
    scope = scope_of(feed.appointment, person=person, channel="feed")
    language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    today = clock.today()
    with translation.override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//Prytany//Due dates//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _("Due dates"))
        calendar.add("refresh-interval", datetime.timedelta(hours=4), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
        dues = (due for _key, find in due_dates for due in find(scope, today - PAST, today + AHEAD))
        for due, _number in zip(dues, range(MOST), strict=False):
            calendar.add_component(_event(due))
        return bytes(calendar.to_ical())


def _event(due: Due) -> Event:
    is_open = due.level == levels.OPEN
    event = Event()
    event.add("uid", f"{due.uid}@{urlsplit(settings.BASE_URL).hostname or 'prytany'}")
    event.add("dtstamp", due.changed_at or clock.now())
    event.add("dtstart", due.on)
    event.add("dtend", due.on + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", due.title if is_open else _("A task is due"))
    if due.note and is_open:
        event.add("description", due.note)
    if due.url:
        event.add("url", settings.BASE_URL + due.url)
    return event
