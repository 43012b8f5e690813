"""What stands around every page: office, menu, person, notices. Computed when a template first asks."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from prytany.core import clock, registry
from prytany.core.addresses import address

RAIL_COOKIE = "prytany_rail"
# 409 and 422 carry the answer to show; 401 leaves the form alone (session.js opens the sign-in dialog).
HTMX_CONFIG = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "409", "swap": True, "error": False},
            {"code": "422", "swap": True, "error": False},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    },
    separators=(",", ":"),
)


SCRIPT_URLS = {
    "date_reading": ("core:date_reading",),
    "draft": ("drafts:save", "accounts:draft"),
    "sign_in": ("account_login",),
    "units": ("organisation:complete", "organisation:unit_names"),
}


def script_words() -> dict[str, str]:
    """Return the sentences that scripts say, in the active language; {places} are filled by the script."""
    return {
        "selected": _("Selected: {n} of {total}"),
        "copied_rows": _("The selected rows are copied. They paste into a workbook as columns."),
        "copied_link": _("The link is copied, with number, content and due date."),
        "due": _("Due: {day}"),
        "draft_kept": _("Draft kept, {time}"),
        "draft_found": _("A draft of {time} is kept from this form."),
        "take_off": _("Remove {name}"),
        "found": _("Found: {n}"),
        "found_none": _("Nothing found"),
        "photo_reduced": _("photo {size}, reduced from {from}"),
        "photo_size": _("photo {size}"),
        "file_size": _("file {size}"),
        "kB": _("{size} kB"),
        "MB": _("{size} MB"),
        "waiting": _("Waiting to be sent: {n}"),
        "waiting_sent": _("The answer that waited on this device is sent."),
        "waiting_refused": _("An answer that waited on this device was refused. Open the task to see how it stands."),
        "kept_here": _("No connection. The answer waits on this device and is sent when the line is back."),
    }


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail: word, icon, and the names its address may have, best first."""

    label: object
    icon: str
    urls: tuple[str, ...]


RAIL = {
    "desk": Place(pgettext_lazy("menu", "Desk"), icon="inbox", urls=("work:desk",)),
    "tray": Place(pgettext_lazy("menu", "Tray"), icon="inboxes", urls=("documents:tray",)),
    "unit": Place(pgettext_lazy("menu", "Our unit"), icon="house", urls=("work:our_unit",)),
    "registers": Place(pgettext_lazy("menu", "Registers"), icon="journal-text", urls=("documents:registers",)),
    "documents": Place(pgettext_lazy("menu", "Documents"), icon="file-earmark-text", urls=("documents:list",)),
    "tasks": Place(pgettext_lazy("menu", "Tasks"), icon="list-check", urls=("work:tasks", "work:list")),
    "overview": Place(pgettext_lazy("menu", "Overview"), icon="binoculars", urls=("work:overview",)),
    "organisation": Place(
        pgettext_lazy("menu", "Organisation"),
        icon="diagram-3",
        urls=("organisation:tree", "organisation:home", "organisation:list", "organisation:index"),
    ),
    "administration": Place(pgettext_lazy("menu", "Administration"), icon="sliders", urls=("administration:home",)),
    "log": Place(pgettext_lazy("menu", "Log"), icon="clock-history", urls=("audit:log", "audit:list")),
}


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One line of the rail; `count` is what waits for this person's decision there."""

    key: str
    label: object
    icon: str
    url: str
    count: int = 0


def first_url(*names: str) -> str:
    """Return the address of the first of `names` that exists, else ""."""
    for name in names:
        try:
            return address(name)
        except NoReverseMatch:
            continue
    return ""


class Frame:
    """The frame of one request; every part is computed at most once, and only if a template shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._appointment: Any = getattr(request, "appointment", None)
        self._scope: Any = getattr(request, "scope", None)
        # What `drawn_once` has rendered of this page.
        self.drawn: dict[str, Any] = {}

    htmx_config = HTMX_CONFIG
    languages = settings.LANGUAGES

    @property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def direction(self) -> str:
        return "rtl" if translation.get_language_bidi() else "ltr"

    @property
    def now(self) -> datetime.datetime:
        """The instant that a printed page names."""
        return clock.now()

    @cached_property
    def rail(self) -> list[RailEntry]:
        """The entries of the role's rail whose pages exist."""
        if self._appointment is None:
            return []
        return [entry for key in self._appointment.post.role_class.rail if (entry := self._entry(key))]

    def _entry(self, key: str) -> RailEntry | None:
        if key in registry.rail_entries:
            label, icon, name = registry.rail_entries[key]
            place = Place(label, icon, (name,))
        elif key in RAIL:
            place = RAIL[key]
        else:
            return None
        url = first_url(*place.urls)
        if not url:
            return None
        counter = registry.rail_counts.get(key)
        return RailEntry(key, place.label, place.icon, url, counter(self._scope) if counter else 0)

    @property
    def rail_folded(self) -> bool:
        """Whether this browser keeps the rail folded."""
        return self._request.COOKIES.get(RAIL_COOKIE) == "folded"

    @cached_property
    def role_home(self) -> str:
        """The page this role opens on, "" for a person without a post."""
        return first_url(self._appointment.post.role_class.home) if self._appointment else ""

    @cached_property
    def home(self) -> str:
        """The page this role opens on."""
        return self.role_home or first_url("home") or "/"

    @cached_property
    def office(self) -> str:
        """The name at the start of the header: the office or unit of the post acted from."""
        name = registry.frame.get("office_name")
        return (name(self._request) if name and self._appointment else "") or str(settings.PRODUCT_NAME)

    @cached_property
    def person(self) -> str:
        """The name of the person signed in, "" for visitors."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        return str(user.person) if user.person_id else str(user)

    def _title(self, appointment: Any) -> str:
        title = registry.frame.get("post_title")
        return str(title(appointment) if title else appointment.post.title)

    @cached_property
    def post(self) -> str:
        """The title of the post acted from."""
        return self._title(self._appointment) if self._appointment else ""

    @cached_property
    def acting_for(self) -> str:
        """The absent principal's name when the person stands in for somebody."""
        if self._scope is None or self._scope.acting_for is None:
            return ""
        return str(self._appointment.person)

    @property
    def reading_only(self) -> bool:
        """Whether the substitution is for reading only."""
        return getattr(self._appointment, "substitution_extent", None) == "read"

    @cached_property
    def appointments(self) -> list[dict[str, Any]]:
        """The posts this person may act from, when there is a choice."""
        found = getattr(self._request, "appointments", [])
        if len(found) < 2:
            return []
        own = self._request.user.person_id
        return [
            {
                "uid": str(appointment.uid),
                "title": self._title(appointment),
                "absent": str(appointment.person) if appointment.person_id != own else "",
                "current": appointment.pk == self._appointment.pk,
            }
            for appointment in found
        ]

    @cached_property
    def unread(self) -> int:
        """Unread notices."""
        counter = registry.frame.get("unread")
        return counter(self._scope) if counter and self._scope else 0

    @cached_property
    def person_uid(self) -> str:
        """Names whose answers wait on this device."""
        return str(self._scope.person_uid) if self._scope else ""

    @cached_property
    def keys_off(self) -> bool:
        """Whether this person has switched single-letter keys off."""
        asked = registry.frame.get("keys_off")
        return bool(asked(self._scope)) if asked and self._scope else False

    @cached_property
    def script(self) -> dict[str, dict[str, str]]:
        """The sentences and addresses that the scripts need."""
        return {"words": script_words(), "urls": {key: first_url(*names) for key, names in SCRIPT_URLS.items()}}

    @cached_property
    def search_url(self) -> str:
        return first_url("search:find", "search:search", "search:home") if self._scope else ""

    @cached_property
    def suggest_url(self) -> str:
        return first_url("search:suggest") if self._scope else ""

    @cached_property
    def notices_url(self) -> str:
        return first_url("notifications:list", "notifications:notices") if self._scope else ""

    @cached_property
    def act_from_url(self) -> str:
        return first_url("accounts:act_from")

    @cached_property
    def account_url(self) -> str:
        return first_url("accounts:account", "accounts:home", "accounts:mine")
