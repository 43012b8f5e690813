"""`make bench`: what the pages cost, against SQL written by hand, on a database the size of a country.

    python tests/bench/run.py [--scale 0.1] [--database sqlite|postgresql|both] [--only WORD] [--reseed]

The databases are kept (`var/bench/` for SQLite, databases named prytany_bench_… for PostgreSQL), so a second run starts
at once; they are made anew when a model or the seed has changed. PRYTANY_TEST_POSTGRES names the server. This is a
measurement, not a test: it prints, and ends with status 1 only where a comparison means nothing.
"""

import argparse
import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
POSTGRES = os.environ.get("PRYTANY_TEST_POSTGRES", "postgresql://prytany:prytany@127.0.0.1/prytany")
FOLDER = Path(os.environ.get("BENCH_FOLDER") or ROOT / "var" / "bench")


def fingerprint() -> str:
    """Return what a seeded database depends on beside its scale: migrations and seed."""
    digest = hashlib.sha256()
    for path in sorted([*(ROOT / "src").rglob("migrations/0*.py"), HERE / "seed.py", HERE / "bulk.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def database_for(vendor: str, scale: float) -> str:
    """Return the address of the database for this vendor and scale."""
    name = f"prytany_bench_{scale:g}_{fingerprint()}".replace(".", "p")
    if vendor == "sqlite":
        FOLDER.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{FOLDER}/{name}.sqlite3"
    return f"{POSTGRES.rpartition('/')[0]}/{name}"


def run_inside(arguments: argparse.Namespace) -> int:
    """In the process that has the database as its own: seed where needed, measure, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prytany.config.settings")
    import django

    django.setup()
    from tests.bench import inside

    return inside.run(arguments)


def run_outside(arguments: argparse.Namespace) -> int:
    """Start one process per database and return the worst status."""
    vendors = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    worst = 0
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}", flush=True)
    for vendor in vendors:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PRYTANY_")}
        environment |= {
            "PRYTANY_DATABASE": database_for(vendor, arguments.scale),
            "PRYTANY_VAR": str(FOLDER / "var"),
            "PRYTANY_SECRET_KEY": "bench",
            "PRYTANY_HOSTS": "*",
            "PRYTANY_MFA_REQUIRED": "no",
        }
        command = [sys.executable, __file__, "--inside", *sys.argv[1:]]
        worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--only", default="", help="measure pages whose name holds this")
    parser.add_argument("--reseed", action="store_true")
    parser.add_argument("--times", type=int, default=11, help="requests of which the cheapest counts")
    parser.add_argument("--pages", action="store_true", help="measure pages alone")
    parser.add_argument("--verbose", action="store_true", help="print what differs from the floor")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    return run_inside(arguments) if arguments.inside else run_outside(arguments)


if __name__ == "__main__":
    sys.exit(main())
