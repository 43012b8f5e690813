"""A whole installation of its own, driven through the command line, on the kind of database the tests run on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

SOURCE = Path(settings.PACKAGE_DIR).parent


@dataclass
class Installation:
    """Its own `var`, its own database, the same program. Nothing of it is shared with the test's process."""

    var: Path
    database: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PRYTANY_", "DJANGO_", "PYTEST_"))}
        return {
            **inherited,
            "PYTHONPATH": str(SOURCE),
            "PYTHONUNBUFFERED": "1",
            "PRYTANY_VAR": str(self.var),
            "PRYTANY_BUILD": str(settings.BUILD_DIR),
            "PRYTANY_DATABASE": self.database,
            **self.extra,
        }

    def start(self, *arguments: str, **kwargs) -> subprocess.Popen:
        """Start `prytany ARGUMENTS` and return the process."""
        command = [sys.executable, "-m", "prytany", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, env=self.environment, **{**pipes, **kwargs})

    def run(self, *arguments: str, status: int = 0, timeout: float = 120) -> str:
        """Run `prytany ARGUMENTS` to its end and return what it printed; fails unless it ends with `status`."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=timeout)
        assert process.returncode == status, output
        return output

    def python(self, code: str, *, status: int = 0) -> str:
        """Run Python code with Django set up and return what it printed."""
        return self.run("shell", "--no-imports", "-v0", "-c", code, status=status)


def copy_of(template: Installation, var: Path, server: "PostgresServer | None") -> Installation:
    """Return an installation at `var` with the records and files of `template`, of which no process may run."""
    shutil.copytree(template.var, var)
    if server is None:
        return Installation(var, f"sqlite:///{var}/prytany.sqlite3")
    return Installation(var, server.create(template.database.rsplit("/", 1)[1]))


class PostgresServer:
    """The server that the tests run on; makes databases and drops them at the end."""

    def __init__(self) -> None:
        import psycopg

        database = settings.DATABASES["default"]
        parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        known = {name: database[key] for name, key in parts.items() if database.get(key)}
        self.connection = psycopg.connect(dbname="postgres", autocommit=True, **known)
        self.made: list[str] = []
        self.prefix = "postgresql://{user}:{password}@{host}:{port}/".format(
            **{"user": "", "password": "", "host": "", "port": "5432", **known}
        )

    def create(self, template: str = "template1") -> str:
        """Make a database and return its address."""
        name = f"prytany_test_{os.getpid()}_{uuid4().hex[:8]}"
        self.connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.append(name)
        return self.prefix + name

    def drop_all(self) -> None:
        """Drop what was made."""
        for name in self.made:
            self.connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.connection.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer | None]:
    """The PostgreSQL server of this run; None on SQLite."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        yield None
        return
    server = PostgresServer()
    yield server
    server.drop_all()


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory, postgres_server) -> Installation:
    """An empty migrated installation that others are copied from."""
    var = tmp_path_factory.mktemp("template")
    database = postgres_server.create() if postgres_server else f"sqlite:///{var}/prytany.sqlite3"
    installation = Installation(var, database)
    installation.run("migrate", "-v0")
    installation.run("createcachetable")
    return installation


@pytest.fixture
def empty_installation(tmp_path, postgres_server) -> Installation:
    """An installation without any table."""
    var = tmp_path / "empty"
    var.mkdir()
    database = postgres_server.create() if postgres_server else f"sqlite:///{var}/prytany.sqlite3"
    return Installation(var, database)


@pytest.fixture
def installation(tmp_path, migrated_template, postgres_server) -> Installation:
    """An empty migrated installation of its own."""
    return copy_of(migrated_template, tmp_path / "var", postgres_server)
