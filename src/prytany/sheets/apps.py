from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "prytany.sheets"

    def ready(self) -> None:
        """Announce the sentences of the log and the importer of units, posts and people."""
        from prytany.sheets import log_sentences  # noqa: F401, PLC0415 - models are loaded now
        from prytany.sheets.organisation.importer import OrganisationImporter  # noqa: PLC0415 - as above
        from prytany.sheets.registry import register  # noqa: PLC0415 - as above

        register(OrganisationImporter())
