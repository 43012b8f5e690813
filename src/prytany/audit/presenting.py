"""From rows of the log to lines for a reader: names, sentence, record, seal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prytany.audit import names, sentences, targets
from prytany.audit.models import AuditEvent
from prytany.audit.names import Name
from prytany.audit.targets import Target
from prytany.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Line:
    """One event as one reader sees it."""

    event: AuditEvent
    actor: str
    post: str
    principal: str
    sentence: SafeString
    text: str
    kind: str
    target: str
    url: str


def lines(scope: Scope, events: Iterable[AuditEvent]) -> list[Line]:
    """Return a line per event, with a fixed number of queries for all of them."""
    events = list(events)
    known = names.names_of(_wanted(events))
    seen = targets.targets_of(scope, [(event.target_kind, event.target_uid) for event in events])
    return [_line(event, known, seen) for event in events]


def _wanted(events: Iterable[AuditEvent]) -> set[tuple[str, UUID | None]]:
    wanted: set[tuple[str, UUID | None]] = set()
    for event in events:
        wanted.add(("person", event.actor_uid))
        wanted.add(("post", event.post_uid))
        wanted.add(("appointment", event.acting_for))
        wanted.add((event.target_kind, event.target_uid))
    return wanted


def _line(event: AuditEvent, known: Mapping[UUID, Name], seen: Mapping[UUID, Target]) -> Line:
    places = {
        "actor": _actor(event, known),
        "post": _name(event.post_uid, known),
        "principal": _name(event.acting_for, known),
        "target": _target(event, known, seen),
    }
    target = seen.get(event.target_uid) if event.target_uid else None
    url = target.url if target else ""
    safe: dict[str, Any] = {key: format_html("<bdi>{}</bdi>", value) for key, value in places.items()}
    if event.actor_uid is not None and event.actor_uid.int:
        address = f"{reverse('audit:log')}?actor={event.actor_uid}"
        safe["actor"] = format_html('<a class="subj" href="{}"><bdi>{}</bdi></a>', address, places["actor"])
    if url:
        safe["target"] = format_html('<a href="{}"><bdi>{}</bdi></a>', url, places["target"])
    return Line(
        event=event,
        actor=places["actor"],
        post=places["post"],
        principal=places["principal"],
        sentence=sentences.as_html(event.action, event.data, safe),
        text=sentences.as_text(event.action, event.data, places),
        kind=targets.word_of(event.target_kind) if event.target_kind else "",
        target=places["target"],
        url=url,
    )


def _name(uid: UUID | None, known: Mapping[UUID, Name]) -> str:
    if uid is None or not uid.int:
        return ""
    name = known.get(uid)
    if name is None:
        return str(uid)[:8]
    return _("(name erased)") if name.erased else name.label


def _actor(event: AuditEvent, known: Mapping[UUID, Name]) -> str:
    return _name(event.actor_uid, known) or sentences.system_name()


def _target(event: AuditEvent, known: Mapping[UUID, Name], seen: Mapping[UUID, Target]) -> str:
    """Return how the record is called: by its app if the reader sees it, else by name, kind and start of its uid."""
    if event.target_uid is None:
        return ""
    if event.target_uid in seen:
        return seen[event.target_uid].label
    if event.target_uid in known:
        return _name(event.target_uid, known)
    return f"{targets.word_of(event.target_kind)} {str(event.target_uid)[:8]}"
