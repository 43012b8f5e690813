from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class OperationsConfig(AppConfig):
    name = "prytany.operations"


class StaticConfig(StaticFilesConfig):
    """Static files without the parts of libraries that no page uses, one of which refers to a file it lacks."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        "htmax-*",
        "htmx-4*",
        "htmx-2.js",
    ]
