"""Sign-in slips as they are printed: grouped by unit, each in the language of its person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from prytany.accounts.models import SignInSlip
from prytany.accounts.services.slips import code_of
from prytany.core import clock
from prytany.organisation.models import Appointment
from prytany.organisation.names import unit_labels


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip on paper."""

    person: str
    post: str
    unit: str
    username: str
    code: str
    address: str
    picture: SafeString
    until: Any
    language: str
    direction: str


def slip_address(code: str = "") -> str:
    """Return the address at which a slip is used; the code stands in the fragment, which no server ever sees."""
    address = f"{settings.BASE_URL}{reverse('accounts:slip')}"
    return f"{address}#{code}" if code else address


def picture_of(text: str) -> SafeString:
    """Return `text` as a QR code: an SVG without inline style, coloured by the style sheet."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, svgclass="qr", lineclass="qr-dots", border=2)
    return mark_safe(svg)  # noqa: S308 - made by the QR library from an address of ours


def printed(slips: Iterable[SignInSlip]) -> list[tuple[str, list[PrintedSlip]]]:
    """Return (name of the unit, its slips) in the order of the units' names; with three queries."""
    slips = list(slips)
    held = Appointment.objects.on(clock.today()).filter(person__in=[slip.user.person_id for slip in slips])
    first: dict[int, Appointment] = {}
    for one in held.select_related("post").order_by("valid_from", "pk"):
        first.setdefault(one.person_id, one)
    labels = unit_labels([one.post.unit_id for one in first.values()])
    groups: dict[tuple[str, str], list[PrintedSlip]] = {}
    for slip in slips:
        appointment = first.get(slip.user.person_id or 0)
        label = labels.get(appointment.post.unit_id) if appointment else None
        name = label.name if label else ""
        key = (label.sort_key if label else "", name)
        groups.setdefault(key, []).append(_one(slip, appointment, name))
    return [(name, rows) for (_key, name), rows in sorted(groups.items(), key=lambda item: item[0])]


def _one(slip: SignInSlip, appointment: Appointment | None, unit: str) -> PrintedSlip:
    person = slip.user.person
    if person is None:
        raise ValueError("a slip belongs to an account with a person")
    code = code_of(slip)
    language = person.language or settings.LANGUAGE_CODE
    return PrintedSlip(
        person=person.name,
        post=appointment.post.title if appointment else "",
        unit=unit,
        username=slip.user.username,
        code=code,
        address=slip_address(),
        picture=picture_of(slip_address(code)),
        until=slip.expires_at,
        language=language,
        direction="rtl" if language in ("ar", "ur") else "ltr",
    )
