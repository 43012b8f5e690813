"""The index itself, which no model describes: FTS5 tables in SQLite, tsvector columns with GIN in PostgreSQL."""

from django.db import migrations

from prytany.search.backends import postgresql, sqlite


def _statements(schema_editor, name):
    own = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    return getattr(own, name)


def create(apps, schema_editor):
    """Make the index, empty: entries are written by the services of the apps that own them."""
    for statement in _statements(schema_editor, "CREATE"):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Remove the index; `search.index.rebuild` fills a new one from the entries."""
    for statement in _statements(schema_editor, "DROP"):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
