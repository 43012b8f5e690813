from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "prytany.rules"

    def ready(self) -> None:
        """Read the rule sets, so that a file that cannot be used stops the start with its name."""
        from prytany.rules import log_sentences  # noqa: F401, PLC0415 - registers its sentences
        from prytany.rules.catalogue import catalogue  # noqa: PLC0415 - settings have to be ready

        catalogue()
