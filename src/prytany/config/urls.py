"""Every address of the application."""

from django.urls import include, path

from prytany.config.api import api
from prytany.core.views import home

urlpatterns = [
    path("api/v1/", api.urls),
    path("", home, name="home"),
    path("", include("prytany.core.urls")),
    path("", include("prytany.notifications.urls")),
    path("", include("prytany.reporting.urls")),
    path("administration/rules/", include("prytany.rules.urls")),
    path("administration/calendar/", include("prytany.workdays.urls")),
    path("", include("prytany.work.urls")),
    path("organisation/", include("prytany.organisation.urls")),
    path("people/", include("prytany.organisation.people_urls")),
    path("import/", include("prytany.sheets.urls")),
    path("", include("prytany.accounts.urls")),
    path("log/", include("prytany.audit.urls")),
    path("documents/", include("prytany.documents.urls")),
    path("read/", include("prytany.intake.urls")),
    path("search/", include("prytany.search.urls")),
    path("files/", include("prytany.files.urls")),
]

handler400 = "prytany.core.views.bad_request"
handler500 = "prytany.core.views.server_error"
