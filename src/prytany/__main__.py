"""The command line: `prytany serve`, `prytany check`, … each is a Django management command."""

import os
import sys


def main() -> None:
    """Run the management command named by the first argument."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prytany.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
