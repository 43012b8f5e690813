"""Addresses of the rules."""

from django.urls import path

from prytany.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("own/<uuid:uid>/end/", views.rule_end, name="end"),
    path("<str:key>/", views.rule_detail, name="detail"),
]
