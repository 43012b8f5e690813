"""Narrowing the log: by person, post, record, action, date. The same for the page and the export."""

import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.models import AuditEvent, AuditName
from prytany.audit.sentences import known_actions
from prytany.core import dates
from prytany.core.fold import fold
from prytany.core.lists import Filter

ORDER = {"": (pgettext_lazy("order of a list", "Newest first"), ("-at", "-pk"))}


def _named(kinds: tuple[str, ...], text: str) -> QuerySet[AuditName, Any]:
    return AuditName.objects.filter(kind__in=kinds, folded__contains=fold(text)).values("pk")


def _by_person(_events: QuerySet[AuditEvent], text: str) -> Q:
    people = _named(("person", "user"), text)
    return Q(actor_uid__in=people) | Q(target_kind__in=("person", "user"), target_uid__in=people)


def _by_post(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(post_uid__in=_named(("post",), text))


def _by_record(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(target_uid=_uid_in(text))


def _by_actor(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(actor_uid=UUID(text))


def _uid_in(text: str) -> UUID:
    """Return the uid in a pasted address or uid; ValueError if there is none."""
    for part in reversed(text.replace("?", "/").split("/")):
        try:
            return UUID(part)
        except ValueError:
            continue
    raise ValueError(text)


def _midnight(text: str, days: int = 0) -> datetime.datetime:
    """Return the beginning of a typed day, or of one some days later, on the office's clock."""
    day = dates.read(text, prefer="past").date
    if day is None:
        raise ValueError(text)
    later = datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time.min)
    return timezone.make_aware(later)


def _since(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(at__gte=_midnight(text))


def _until(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(at__lt=_midnight(text, days=1))


def _by_action(_events: QuerySet[AuditEvent], text: str) -> Q:
    return Q(action=text)


def filters() -> list[Filter]:
    """Return the filters of the log."""
    actions: list[tuple[str, Any]] = [(entry.action, entry.title) for entry in known_actions()]
    return [
        Filter("person", pgettext_lazy("log", "Person"), _by_person),
        Filter("post", pgettext_lazy("log", "Post"), _by_post),
        Filter("action", pgettext_lazy("log", "Act"), _by_action, choices=actions),
        Filter("record", pgettext_lazy("log", "Record"), _by_record),
        Filter("since", _("From the day"), _since),
        Filter("until", _("To the end of"), _until),
        Filter("actor", pgettext_lazy("log", "Person"), _by_actor),
    ]
