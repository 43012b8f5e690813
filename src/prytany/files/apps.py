from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "prytany.files"

    def ready(self) -> None:
        """Say how the acts of this app are told in the log."""
        from prytany.files import log_sentences  # noqa: PLC0415 - models are loaded by then

        log_sentences.register()
