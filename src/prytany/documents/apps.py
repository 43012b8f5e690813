from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "prytany.documents"

    def ready(self) -> None:
        """Announce to lower apps which papers can be found and whose files may be opened."""
        from prytany.documents import announcements, importing  # noqa: PLC0415 - models are loaded by then

        announcements.register()
        importing.register()
