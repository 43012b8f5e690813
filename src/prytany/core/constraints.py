"""Database rules that Django has no class for, alike on SQLite and PostgreSQL."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoOverlap(models.BaseConstraint):
    """No two rows that share `key` may have date ranges [start, end) that overlap; `condition` narrows the rows.

    `condition` is a dict of column to text value, or to None for "is empty" (equality only). On PostgreSQL an exclusion
    constraint, on SQLite two triggers that are emitted through `deferred_sql` as statements with table parts, so that
    they survive the table remakes of later migrations.
    """

    violation_error_message = _("These dates overlap another version.")

    def __init__(
        self,
        *,
        key: list[str],
        start: str = "valid_from",
        end: str = "valid_to",
        condition: dict[str, str | None] | None = None,
        name: str,
    ) -> None:
        super().__init__(name=name)
        self.key, self.start, self.end, self.condition = key, start, end, condition or {}

    def deconstruct(self) -> Any:
        """Return path and arguments for migrations."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(key=self.key, start=self.start, end=self.end, condition=self.condition)
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def _columns(self, model: Any) -> dict[str, str]:
        names = [*self.key, self.start, self.end, *self.condition]
        return {name: model._meta.get_field(name).column for name in names}

    def _where(self, columns: dict[str, str], prefix: str = "") -> str:
        parts = []
        for name, value in self.condition.items():
            test = "IS NULL" if value is None else f"= '{value}'".replace("%", "%%")
            parts.append(f'{prefix}"{columns[name]}" {test}')
        return " AND ".join(parts)

    def _postgres(self, model: Any) -> str:
        columns = self._columns(model)
        parts = []
        for name in self.key:
            field = model._meta.get_field(name)
            cast = "int8" if field.get_internal_type() != "CharField" else None
            column = f'"{columns[name]}"'
            # Ranges of one value stand in for equality, which GiST lacks without an extension.
            parts.append(
                f"int8range({column}::{cast}, {column}::{cast}, '[]') WITH &&" if cast else _text_range(column)
            )
        parts.append(f'daterange("{columns[self.start]}", "{columns[self.end]}", \'[)\') WITH &&')
        where = f" WHERE ({self._where(columns)})" if self.condition else ""
        return f'CONSTRAINT "{self.name}" EXCLUDE USING gist ({", ".join(parts)}){where}'

    def _sqlite(self, model: Any, table: str, event: str) -> str:
        columns = self._columns(model)
        same = " AND ".join(f'other."{columns[k]}" = NEW."{columns[k]}"' for k in self.key)
        start, end = columns[self.start], columns[self.end]
        narrowed = f" AND {self._where(columns, 'NEW.')} AND {self._where(columns, 'other.')}" if self.condition else ""
        pk = model._meta.pk.column
        return (
            f'CREATE TRIGGER "{self.name}_{event.lower()}" AFTER {event} ON {table} BEGIN '  # noqa: S608 - names of our own
            f"SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS (SELECT 1 FROM {table} other WHERE {same} "
            f'AND other."{pk}" <> NEW."{pk}"{narrowed} '
            f'AND (other."{end}" IS NULL OR other."{end}" > NEW."{start}") '
            f'AND (NEW."{end}" IS NULL OR NEW."{end}" > other."{start}")); END'
        )

    def _defer_sqlite(self, model: Any, schema_editor: Any) -> None:
        for event in ("INSERT", "UPDATE"):
            sql = self._sqlite(model, "%(table)s", event)
            table = Table(model._meta.db_table, schema_editor.quote_name)
            schema_editor.deferred_sql.append(Statement(sql, table=table))

    def constraint_sql(self, model: Any, schema_editor: Any) -> str | None:
        """Return the clause for CREATE TABLE; on SQLite queue the triggers instead."""
        if schema_editor.connection.vendor == "postgresql":
            return self._postgres(model)
        self._defer_sqlite(model, schema_editor)
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> str | None:
        """Return ALTER TABLE … ADD; on SQLite queue the triggers."""
        if schema_editor.connection.vendor == "postgresql":
            return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {self._postgres(model)}"
        self._defer_sqlite(model, schema_editor)
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> str | None:
        """Return the statement that drops the rule."""
        if schema_editor.connection.vendor == "postgresql":
            return f'ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} DROP CONSTRAINT "{self.name}"'
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_insert"')
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_update"')
        return None

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Raise ValidationError where `instance` overlaps a stored row."""
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        if start is None or any(getattr(instance, name) != value for name, value in self.condition.items()):
            return
        attnames = {name: model._meta.get_field(name).attname for name in self.key}
        same = {attname: getattr(instance, attname) for attname in attnames.values()}
        others = model._default_manager.using(using).filter(**same, **self.condition)
        others = others.filter(Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gt": start}))
        if end is not None:
            others = others.filter(**{f"{self.start}__lt": end})
        if instance.pk:
            others = others.exclude(pk=instance.pk)
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code="overlap")


def _text_range(column: str) -> str:
    """Return an exclusion part that makes two texts clash when equal, through a hash of the text as a bigint."""
    number = f"hashtextextended({column}, 0)"
    return f"int8range({number}, {number}, '[]') WITH &&"
