from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "prytany.reporting"

    def ready(self) -> None:
        """Register who may open the files of reports, and how reports are called in the log and in notices."""
        from prytany.reporting import announcements, checks  # noqa: F401, PLC0415 - models have to be loaded

        announcements.register()
