"""Which tables and columns a database holds, taken from its applied migrations and not from the present models.

So a backup can be made before an upgrade, and one made by an older version can be taken in: its tables are made as
they were then, filled, and brought up to date by the migrations that came later.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from prytany.operations.backup.values import kind_of

Migration = tuple[str, str]
# Signs of life of processes are no records.
LEFT_OUT = {"jobs_workerbeat"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with the kind of each, and the column its rows are ordered by."""

    name: str
    key: str
    columns: tuple[tuple[str, str], ...]


def applied_migrations() -> list[Migration]:
    """Return the last applied migration of every app; enough to say which tables there are."""
    loader = MigrationExecutor(connection).loader
    applied = set(loader.applied_migrations) & set(loader.graph.nodes)
    return sorted(key for key in applied if not any(child in applied for child in _children(loader, key)))


def _children(loader: object, key: Migration) -> list[Migration]:
    """Return the migrations of the same app that follow `key` directly."""
    graph = loader.graph  # type: ignore[attr-defined]
    return [child.key for child in graph.node_map[key].children if child.key[0] == key[0]]


def tables_at(migrations: list[Migration]) -> list[Table]:
    """Return every table that stands after `migrations`, in the order of names."""
    loader = MigrationExecutor(connection).loader
    models = loader.project_state(list(migrations)).apps.get_models(include_auto_created=True)
    tables = []
    for model in models:
        options = model._meta
        if not options.managed or options.proxy or options.db_table in LEFT_OUT:
            continue
        fields = [field for field in options.concrete_fields if not getattr(field, "generated", False)]
        columns = tuple((str(field.column), kind_of(field)) for field in fields)
        tables.append(Table(options.db_table, str(options.pk.column), columns))
    return sorted(tables, key=lambda table: table.name)
