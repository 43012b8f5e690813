"""Addresses of reports, letters and slips."""

from django.urls import path, register_converter

from prytany.reporting import views


class EndingConverter:
    """The kind of file in which a paper is sent."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        """Return the ending; ValueError, so no match, for another."""
        if value not in ("docx", "pdf"):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """Return the text."""
        return value


register_converter(EndingConverter, "ending")

app_name = "reporting"
urlpatterns = [
    path("reports/", views.report_list, name="list"),
    path("reports/reminder/", views.reminder_start, name="reminder"),
    path("reports/take-over/<uuid:uid>/", views.minutes_start, name="minutes"),
    path("reports/slips/<uuid:uid>/", views.task_slip, name="slip"),
    path("reports/<uuid:uid>/", views.report_detail, name="report"),
    path("reports/<uuid:uid>/state/", views.report_state, name="state"),
    path("reports/<uuid:uid>/<ending:ending>/", views.report_file, name="file"),
]
