"""Every address of the application."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
]
