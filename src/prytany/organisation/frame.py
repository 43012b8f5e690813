"""What the page frame asks of the organisation: the office named in the header, the title of a post."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import translation

from prytany.core import clock, registry
from prytany.core.remembered import RememberedBy
from prytany.organisation.models import Hierarchy, PostTitle, UnitLink, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels

# Parts of a body: their people see the name of the body in the header.
_PARTS = frozenset({"section"})


def _office(key: tuple[int, str]) -> str:
    """Return the name of the nearest unit, from a unit upwards, that is more than a part of a body."""
    unit_id, language = key
    today = clock.today()
    kind = UnitVersion.objects.on(today).filter(unit=OuterRef("ancestor")).values("kind")[:1]
    links = UnitLink.objects.on(today).filter(hierarchy=Hierarchy.LINE, descendant=unit_id).order_by("depth")
    above = list(links.annotate(kind=Subquery(kind)).values_list("ancestor_id", "kind"))
    body = next((ancestor for ancestor, kind in above if kind not in _PARTS), unit_id)
    return unit_labels([body], language=language).get(body, NAMELESS).name


def _title(key: tuple[int, str]) -> str:
    """Return the title of a post in a language, "" where it has none of its own."""
    post_id, language = key
    return PostTitle.objects.filter(post=post_id, language=language).values_list("title", flat=True).first() or ""


office_of = RememberedBy(_office)
title_of = RememberedBy(_title)


@registry.frame.register("office_name")
def office_name(request: HttpRequest) -> str:
    """Return the name of the body of the post acted from."""
    appointment: Any = request.appointment  # type: ignore[attr-defined]
    return office_of((appointment.post.unit_id, translation.get_language() or ""))


@registry.frame.register("post_title")
def post_title(appointment: Any) -> str:
    """Return the title of the post in the active language, else as it was entered."""
    return title_of((appointment.post_id, translation.get_language() or "")) or str(appointment.post.title)
