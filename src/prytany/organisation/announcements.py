"""What this app shows on pages of the apps above: the record of a unit on the unit's page."""

from django.http import HttpRequest

from prytany.core import registry
from prytany.core.registry import Panel
from prytany.organisation.models import Unit


def record_of_unit(request: HttpRequest, unit: Unit) -> Panel:
    """Return the place into which the record loads: a request of its own, so that the page stays light."""
    return Panel("organisation/_record_panel.html", {"unit": unit})


def register() -> None:
    """Register the panels."""
    registry.panels("work.unit").register("organisation.record", weight=10)(record_of_unit)
