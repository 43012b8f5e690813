"""Which version of the program this is."""

from importlib.metadata import version


def program_version() -> str:
    """Return the version, as in pyproject.toml."""
    return version("prytany")
