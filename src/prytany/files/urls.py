"""Addresses of files."""

from django.urls import path

from prytany.files import views

app_name = "files"
urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("<uuid:uid>/", views.file, name="file"),
    path("<uuid:uid>/page/<int:number>/", views.page, name="page"),
    path("<uuid:uid>/preview/", views.preview, name="preview"),
    path("<uuid:uid>/discard/", views.discard, name="discard"),
]
