"""Writing many new rows at once.

`bulk_create` puts a statement together from every value of every row, which for a task that goes to every commune costs
more than the rest of the act.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models, transaction

# Values of these kinds are stored as they are; others pass through their field.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Insert new rows of one model, without signals; their keys are not read back.

    With `ignore_conflicts` rows that a unique constraint refuses are left out. IntegrityError as `bulk_create`.
    """
    if not rows:
        return
    model = type(rows[0])
    if ignore_conflicts and connection.vendor != "sqlite":
        model._base_manager.bulk_create(rows, ignore_conflicts=True, batch_size=1000)  # COPY leaves nothing out
        return
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    table, columns = connection.ops.quote_name(model._meta.db_table), [f.column for f in fields]
    names = ", ".join(map(connection.ops.quote_name, columns))
    values = _values(fields, rows)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            verb = "INSERT OR IGNORE" if ignore_conflicts else "INSERT"
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{verb} INTO {table} ({names}) VALUES ({marks})", values)
        else:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)


def _values(fields: Sequence[models.Field], rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    """Return what is stored, a tuple for each row."""
    columns = []
    for field in fields:
        store = _storing(field)
        # What a field sets itself as it is saved (`auto_now`) it sets here too.
        if type(field).pre_save is not models.Field.pre_save:
            found = [field.pre_save(row, add=True) for row in rows]
        else:
            name = field.attname
            found = [getattr(row, name) for row in rows]
        columns.append(found if store is None else [store(value) for value in found])
    return list(zip(*columns, strict=True))


def _storing(field: models.Field) -> Callable[[Any], Any] | None:
    """Return what makes of a value the one that is stored; None where it is the same."""
    if isinstance(field, _PLAIN):
        return None
    if isinstance(field, models.UUIDField):
        return None if connection.features.has_native_uuid_field else lambda value: value and value.hex
    last: Any = None
    stored: Any = None

    def store(value: Any) -> Any:
        # Rows of one act share their instant and their data: what is one object is made ready once.
        nonlocal last, stored
        if value is not last:
            last, stored = value, field.get_db_prep_save(value, connection)
        return stored

    return store
