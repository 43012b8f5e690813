"""The command line: `prytany serve`, `prytany check`, … each is a Django management command."""

import argparse
import os
import sys


def _name_address(arguments: list[str]) -> None:
    """Tell the settings, before they are read, where `serve` and `demo` will be found."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
    known, _ = parser.parse_known_args(arguments)
    local = known.host in {"127.0.0.1", "::1", "0.0.0.0", "::", "localhost"}  # noqa: S104 - compared, not bound
    name = "localhost" if local else f"[{known.host}]" if ":" in known.host else known.host
    os.environ.setdefault("PRYTANY_BASE_URL", f"http://{name}:{known.port}")
    if not local:
        os.environ.setdefault("PRYTANY_HOSTS", f"localhost,127.0.0.1,[::1],{name}")


def main() -> None:
    """Run the management command named by the first argument."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in {"serve", "demo"}:
        _name_address(sys.argv[2:])
    if command == "demo":
        os.environ.setdefault("PRYTANY_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prytany.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
