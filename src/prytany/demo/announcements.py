"""What the demo tells the apps below: a sentence of the log, and that real work needs an installation of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prytany.accounts import checklist
from prytany.audit.sentences import sentence
from prytany.core.scope import Scope
from prytany.demo.finishing import LOADED, is_demo


def register() -> None:
    """Called once when all apps are loaded."""
    sentence(LOADED, gettext_lazy("Demo loaded"), gettext_lazy("The made-up office of the demo was loaded."))
    checklist.register(
        checklist.Item(
            "demo",
            gettext_lazy("Demo data removed"),
            gettext_lazy("Real work begins in an installation of its own, without the made-up office."),
            ("administration:health",),
            lambda scope: not is_demo(scope.root_id),
            how_to_remove,
            weight=70,
        )
    )


def how_to_remove(scope: Scope) -> str:
    """Return how to get an installation without the demo: nothing of a log is ever deleted from within."""
    if not is_demo(scope.root_id):
        return ""
    return _("Stop it, name an empty folder or database (PRYTANY_VAR, PRYTANY_DATABASE), and start with: prytany serve")
