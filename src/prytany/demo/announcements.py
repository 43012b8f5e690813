"""What the demo tells the apps below: a sentence of the log, and that real work needs an installation of its own."""

from django.utils.translation import gettext_lazy

from prytany.accounts import checklist
from prytany.audit.sentences import sentence
from prytany.demo.finishing import LOADED, is_demo


def register() -> None:
    """Called once when all apps are loaded."""
    sentence(LOADED, gettext_lazy("Demo loaded"), gettext_lazy("The made-up office of the demo was loaded."))
    checklist.register(
        checklist.Item(
            "demo",
            gettext_lazy("Demo data removed"),
            # A log is never emptied from within, so that there is nothing here to press.
            gettext_lazy(
                "Real work begins in an installation of its own: name an empty folder in PRYTANY_VAR (or an empty "
                "database in PRYTANY_DATABASE) and start it with “prytany serve”."
            ),
            ("administration:health",),
            lambda scope: not is_demo(scope.root_id),
            weight=70,
            concerns=lambda scope: is_demo(scope.root_id),
        )
    )
