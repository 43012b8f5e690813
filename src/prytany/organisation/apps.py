from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "prytany.organisation"

    def ready(self) -> None:
        """Give the page frame the names it shows, and pages of upper apps what this app shows on them."""
        from prytany.organisation import announcements, frame, log_sentences  # noqa: F401, PLC0415 - models are loaded by then

        announcements.register()
        log_sentences.register()
