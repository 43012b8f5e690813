"""`{% basis "tasks.due_soon_days" %}`: a § that shows where a figure comes from."""

import datetime
from typing import Any
from uuid import uuid4

from django import template

from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels
from prytany.rules.lookup import NoRule, Rule, rule

register = template.Library()


@register.inclusion_tag("rules/_basis.html", takes_context=True)
def basis(
    context: template.Context,
    key: str | Rule,
    *,
    on: datetime.date | None = None,
    unit: Unit | int | None = None,
) -> dict[str, Any]:
    """Show the § of a rule (its key, or a Rule that is at hand): value, basis, dates, and whether it is confirmed.

    `on` defaults to the page's `as_of` date, else today; `unit` to the unit the person acts for. Shows nothing where no
    rule holds.
    """
    if isinstance(key, Rule):
        found: Rule | None = key
    else:
        scope = getattr(context.get("request"), "scope", None)
        try:
            found = rule(key, on=on or context.get("as_of"), unit=unit or getattr(scope, "unit_id", None))
        except NoRule:
            found = None
    label = unit_labels([found.set_in]).get(found.set_in) if found and found.set_in else None
    return {"rule": found, "number": uuid4().hex[:8], "set_in": label}
