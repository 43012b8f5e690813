"""Addresses of the frame."""

from django.urls import path

from prytany.core import views

app_name = "core"
urlpatterns = [
    path("language/", views.set_language, name="language"),
    path("dates/reading/", views.date_reading, name="date_reading"),
]
