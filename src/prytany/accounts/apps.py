from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "prytany.accounts"

    def ready(self) -> None:
        """Register signals, and what this app tells the frame, the log and the explanations."""
        for module in ("signals", "frame", "log_names", "log_sentences", "explained", "checks"):
            import_module(f"prytany.accounts.{module}")
