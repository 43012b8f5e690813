from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "prytany.intake"

    def ready(self) -> None:
        """Announce to lower apps how texts are cut and where a paper is read for tasks."""
        from prytany.intake import announcements  # noqa: PLC0415 - models are loaded by then

        announcements.register()
