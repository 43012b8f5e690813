from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "prytany.organisation"

    def ready(self) -> None:
        """Give the page frame the names it shows."""
        from prytany.organisation import frame  # noqa: F401, PLC0415 - models have to be loaded; registers itself
