"""System checks: what is wrong with the configuration, said before anything starts."""

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks

# Read by the tests alone.
_OF_TESTS = ("PRYTANY_TEST_", "PRYTANY_CHROMIUM", "PRYTANY_SHOTS", "PRYTANY_INTAKE_GOLD")


@checks.register
def unknown_variables(**_: Any) -> Iterable[checks.CheckMessage]:
    """Warn of a variable that nothing reads: most likely its name is misspelt."""
    known = set(settings.KNOWN_VARIABLES)
    for name in sorted(os.environ):
        if name.startswith("PRYTANY_") and not name.startswith(_OF_TESTS) and name.removesuffix("_FILE") not in known:
            yield checks.Warning(
                f"{name} is set, but nothing reads it.", hint="docs/configuration.md lists the variables."
            )
