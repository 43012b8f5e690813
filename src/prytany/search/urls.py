"""Addresses of the search."""

from django.urls import path

from prytany.search import views

app_name = "search"
urlpatterns = [
    path("", views.find, name="find"),
    path("suggest/", views.suggest, name="suggest"),
    path("save/", views.save, name="save"),
    path("drop/", views.drop, name="drop"),
]
