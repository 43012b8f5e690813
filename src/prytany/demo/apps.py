from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "prytany.demo"

    def ready(self) -> None:
        """Announce how the demo stands in the log and on the administrator's checklist."""
        from prytany.demo import announcements  # noqa: PLC0415 - models are loaded now

        announcements.register()
