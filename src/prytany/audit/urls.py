"""Addresses of the log."""

from django.urls import path

from prytany.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("export/", views.export, name="export"),
    path("names/<uuid:uid>/erase/", views.erase_name, name="erase_name"),
    path("<uuid:uid>/", views.event, name="event"),
]
