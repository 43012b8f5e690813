"""What several pages of work do alike."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from prytany.core import dates
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.organisation.names import UnitLabel, label_units
from prytany.work.models import Obligation
from prytany.work.timeliness import classify


@dataclass(frozen=True, slots=True)
class Then:
    """The past that a page is about: `day` of the facts, and `known_on` for what was on record by the end of that day.

    None is today. `wrong` is the sentence about what was typed and is no date.
    """

    day: datetime.date | None = None
    known_on: datetime.date | None = None
    wrong: str = ""

    @property
    def known_at(self) -> datetime.datetime | None:
        """The instant up to which entries count."""
        if self.known_on is None:
            return None
        end = datetime.datetime.combine(self.known_on + datetime.timedelta(days=1), datetime.time())
        return timezone.make_aware(end) - datetime.timedelta(microseconds=1)


def then(request: Request) -> Then:
    """Return the past that `?as_of=` and `?known_on=` ask for, typed in any of the usual ways; today for the rest."""
    found: dict[str, datetime.date | None] = {}
    wrong = ""
    for name in ("as_of", "known_on"):
        text, day = request.GET.get(name, "").strip(), None
        if text:
            try:
                day = dates.read(text, today=request.scope.today, prefer="past").date
            except ValidationError as error:
                wrong = wrong or str(error.messages[0])
        found[name] = day if day is not None and day < request.scope.today else None
    return Then(found["as_of"], found["known_on"], wrong)


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
