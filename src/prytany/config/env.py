"""Typed readers of the environment: a bad value stops the start with a sentence that names the variable."""

import datetime
import ipaddress
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class ConfigurationError(SystemExit):
    """Raised for a setting that cannot be used; ends the program with its message."""


# Every variable that was asked for, with its default: what docs/configuration.md is held against.
ASKED: dict[str, str] = {}


def text(name: str, default: str = "") -> str:
    """Return variable `name`, or the content of the file that `name`_FILE points to, or `default`."""
    ASKED.setdefault(name, default)
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable; ConfigurationError unless it is one of 1, 0, true, false, yes, no, on, off."""
    value = text(name, "yes" if default else "no").lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ConfigurationError(f"{name} is {value!r}; write yes or no.")


def number(name: str, default: int) -> int:
    """Return a whole-number variable; ConfigurationError if it is not one."""
    value = text(name, str(default))
    try:
        return int(value or default)
    except ValueError:
        raise ConfigurationError(f"{name} is {value!r}; write a whole number.") from None


def choice(name: str, default: str, allowed: Iterable[str]) -> str:
    """Return a variable that has to be one of `allowed`; ConfigurationError if it is not."""
    value = text(name, default) or default
    if value not in allowed:
        raise ConfigurationError(f"{name} is {value!r}; write one of {', '.join(sorted(allowed))}.")
    return value


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone; ConfigurationError if there is none of that name."""
    value = text(name, default) or default
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigurationError(f"{name} is {value!r}; write a time zone such as Asia/Ho_Chi_Minh.") from None
    return value


def clock(name: str, default: str) -> str:
    """Return a time of day as HH:MM, or "" where it is switched off; ConfigurationError for anything else."""
    value = text(name, default)
    if value:
        try:
            datetime.time.fromisoformat(value)
        except ValueError:
            raise ConfigurationError(f"{name} is {value!r}; write a time such as 01:30, or nothing.") from None
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def address(name: str) -> str:
    """Return an http(s) address, or "" where none is set; ConfigurationError for another one.

    Plain http is for this machine and the house's own network only; a key does not stand in the address.
    """
    value = text(name).strip()
    if not value:
        return ""
    parts = urlsplit(value)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password or parts.query:
        raise ConfigurationError(f"{name} is no address such as http://127.0.0.1:11434/v1, without name and key.")
    if parts.scheme == "http" and not _is_near(host):
        raise ConfigurationError(f"{name} leads out of the house without encryption; write an https address.")
    return value


def _is_near(host: str) -> bool:
    """Whether a host is this machine or one of the house, as far as its name or number tells."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".home.arpa"))


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous={sync}; PRAGMA cache_size=-8000; PRAGMA mmap_size=0; "
    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    safe = flag("PRYTANY_POWER_LOSS_SAFE")
    if parts.scheme == "sqlite":
        path = Path(unquote(parts.path[1:])).absolute() if parts.path != "/:memory:" else ":memory:"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS.format(sync="FULL" if safe else "NORMAL"),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
            "PORT": str(parts.port or ""),
            # Compiling a statement takes up to a second, and what it saves on a page is never that much. A statement
            # asked for the third time on a connection is kept parsed and, where values do not matter, planned.
            "OPTIONS": {"options": "-c jit=off", "server_side_binding": True, "prepare_threshold": 2},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ConfigurationError(f"PRYTANY_DATABASE is {url!r}; write sqlite:///path or postgresql://user@host/name.")
