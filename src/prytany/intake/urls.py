"""Addresses of reading."""

from django.urls import path

from prytany.intake.views import facts, figures, page, rows, second, start, versions

app_name = "intake"
urlpatterns = [
    path("", start.new, name="new"),
    path("figures/", figures.show, name="figures"),
    path("figures/list/", figures.behind, name="figures_behind"),
    path("figures/figures.xlsx", figures.export, name="figures_export"),
    path("<uuid:uid>/", page.read_page, name="read"),
    path("<uuid:uid>/facts/", facts.settle, name="settle"),
    path("<uuid:uid>/rows/", rows.save_rows, name="rows"),
    path("<uuid:uid>/row/", rows.one_row, name="row"),
    path("<uuid:uid>/version/", versions.version, name="version"),
    path("<uuid:uid>/second/", second.second, name="second"),
    path("<uuid:uid>/submit/", rows.submit, name="submit"),
]
