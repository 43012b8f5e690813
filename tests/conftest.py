"""The fixtures of the package, for the tests of the whole project too."""

from prytany.conftest import client_of, run_jobs, world

__all__ = ["client_of", "run_jobs", "world"]
