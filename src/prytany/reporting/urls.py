"""Addresses of reports, letters and slips."""

from django.urls import path

from prytany.reporting import views

app_name = "reporting"
urlpatterns = [
    path("reports/", views.report_list, name="list"),
    path("reports/reminder/", views.reminder_start, name="reminder"),
    path("reports/take-over/<uuid:uid>/", views.minutes_start, name="minutes"),
    path("reports/slips/<uuid:uid>/", views.task_slip, name="slip"),
    path("reports/<uuid:uid>/", views.report_detail, name="report"),
    path("reports/<uuid:uid>/state/", views.report_state, name="state"),
    path("reports/<uuid:uid>/docx/", views.report_file, {"ending": "docx"}, name="file"),
    path("reports/<uuid:uid>/pdf/", views.report_file, {"ending": "pdf"}, name="file"),
]
