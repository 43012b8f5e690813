"""Addresses of notices."""

from django.urls import path

from prytany.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/read/", views.notice_read, name="read"),
    path("notices/choices/", views.notice_choices, name="choices"),
    path("notices/calendar/renew/", views.feed_renew, name="feed_renew"),
    path("notices/calendar/revoke/", views.feed_revoke, name="feed_revoke"),
    path("notices/<uuid:uid>/", views.notice_open, name="open"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
