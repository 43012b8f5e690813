"""Addresses of the calendar."""

import datetime

from django.urls import path, register_converter

from prytany.workdays import views


class DateConverter:
    """A date as 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the date; ValueError, so no match, for one there is not."""
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        """Return the text."""
        return value.isoformat()


register_converter(DateConverter, "date")

app_name = "workdays"
urlpatterns = [
    path("", views.calendar_page, name="calendar"),
    path("days/<date:on>/confirm/", views.day_confirm, name="confirm"),
    path("days/<uuid:uid>/unmark/", views.day_unmark, name="unmark"),
]
