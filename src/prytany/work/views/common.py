"""What several pages of work do alike."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.organisation.names import UnitLabel, label_units
from prytany.work.models import Obligation
from prytany.work.timeliness import classify


def as_of(request: Request) -> datetime.date | None:
    """Return the past date that `?as_of=` asks for; None for today; 404 for what is not a date."""
    text = request.GET.get("as_of", "")
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    return day if day < request.scope.today else None


UNITS = ("owner", "holder", "creditor")


def units_of(parts: Iterable[Obligation]) -> set[int]:
    """Return the units that `parts` name, for a page that labels all its units with one query."""
    return {getattr(part, f"{field}_id") for part in parts for field in UNITS}


def prepared(
    rows: QuerySet[Obligation] | Iterable[Obligation],
    today: datetime.date,
    *,
    labels: Mapping[int, UnitLabel] | None = None,
) -> list[Obligation]:
    """Return parts with their units' labels (from `labels` where the page has them) and class of timeliness."""
    found = list(rows)
    label_units(found, *UNITS, labels=labels)
    for part in found:
        part.timeliness = classify(
            state=part.state, due=part.due_on, soon=part.soon_on, submitted=part.submitted_on, today=today
        )
    return found


def back(request: HttpRequest, fallback: str, *args: Any) -> HttpResponseRedirect:
    """Return to where the form says it came from, if that is a page of this site, else to `fallback`."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(target)
    return redirect(fallback, *args)


def to_form(form: Any, error: DomainError) -> None:
    """Put the refusal of a service where the person looks: at its field, else on top. What was typed stays."""
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
    if not error.fields:
        form.add_error(None, str(error.message))
