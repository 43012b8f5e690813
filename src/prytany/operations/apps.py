from importlib import import_module

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class OperationsConfig(AppConfig):
    name = "prytany.operations"

    def ready(self) -> None:
        """Register system checks, and what this app tells the log and the page of health."""
        for module in ("checks", "log_sentences", "signs"):
            import_module(f"prytany.operations.{module}")


class StaticConfig(StaticFilesConfig):
    """Static files without the parts of libraries that no page uses, one of which refers to a file it lacks."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "htmax-*",
        "htmx-4*",
        "htmx-2.js",
    ]
