"""What operations do when time passes."""

from django.conf import settings
from django.db import connection

from prytany.jobs.schedules import at, every
from prytany.operations.backup.daily import back_up


def learn_tables() -> None:
    """Let SQLite look at tables that have grown, for its choice of indexes; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


every("learn the tables", at("03:50"), learn_tables)
if settings.BACKUP_AT and not settings.DEMO:
    every("back up", at(settings.BACKUP_AT), back_up)
