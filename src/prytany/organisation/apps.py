from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "prytany.organisation"

    def ready(self) -> None:
        """Tell the pages of upper apps what this app shows there."""
        from prytany.organisation import announcements  # noqa: PLC0415 - models are ready only now

        announcements.register()
