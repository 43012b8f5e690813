"""Addresses of imports."""

from django.urls import path

from prytany.sheets import views

app_name = "sheets"
urlpatterns = [
    path("organisation/", views.start, {"kind": "organisation"}, name="organisation"),
    path("<slug:kind>/", views.start, name="start"),
    path("<slug:kind>/empty.xlsx", views.empty, name="empty"),
    path("<slug:kind>/export.xlsx", views.export, name="export"),
    path("<slug:kind>/<uuid:uid>/", views.session, name="session"),
    path("<slug:kind>/<uuid:uid>/faulty.xlsx", views.faulty, name="faulty"),
    path("<slug:kind>/<uuid:uid>/undo/", views.undo, name="undo"),
    path("<slug:kind>/<uuid:uid>/discard/", views.discard, name="discard"),
]
