from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "prytany.work"

    def ready(self) -> None:
        """Announce to lower apps what work shows on their pages and which rows it opens."""
        from prytany.work import announcements  # noqa: PLC0415 - models are loaded by then

        announcements.register()
