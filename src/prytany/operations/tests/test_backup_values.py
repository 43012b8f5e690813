import datetime
import math
import sqlite3
import uuid

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from prytany.operations.backup.values import KINDS, from_line, kind_of, to_line


def test_every_column_of_every_table_has_a_kind():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            assert kind_of(field) in KINDS


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
STORED = {
    "int": st.integers(-(2**63), 2**63 - 1),
    "text": TEXTS,
    "json": TEXTS,
    "bool": st.sampled_from([0, 1]),
    "date": st.dates().map(str),
    "time": st.times().map(str),
    "moment": st.datetimes().map(str),
    "uuid": st.uuids().map(lambda value: value.hex),
    "float": st.floats(allow_nan=False),
    "bytes": st.binary(),
}


@given(st.lists(st.one_of(*[st.tuples(st.just(k), st.none() | v) for k, v in STORED.items()]), min_size=1))
def test_rows_of_sqlite_come_back_as_they_were(columns):
    row = tuple(value for _, value in columns)
    line = to_line(row, [KINDS[kind][0] for kind, _ in columns])
    assert "\n" not in line
    assert from_line(line, [KINDS[kind][1] for kind, _ in columns]) == row


PROBE = "t text, n int8, m timestamptz, u uuid, r float8, b bytea, f bool"


@pytest.mark.django_db
@pytest.mark.postgresql
@given(
    text=TEXTS,
    number=st.integers(-(2**63), 2**63 - 1),
    moment=st.datetimes(datetime.datetime(1000, 1, 1)),  # noqa: DTZ001 - the time zone is added below
    key=st.uuids(),
    real=st.floats(allow_nan=False, allow_infinity=False),
    data=st.binary(),
    flag=st.booleans(),
)
def test_lines_are_what_postgresql_writes_and_reads(text, number, moment, key, real, data, flag):
    stored = (text, number, str(moment), key.hex, real, data, int(flag))
    kinds = ["text", "int", "moment", "uuid", "float", "bytes", "bool"]
    line = to_line(stored, [KINDS[kind][0] for kind in kinds])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS probe (t text, n int8, m timestamptz, u uuid, r float8, b bytea, f bool)"
        )
        cursor.execute("SET TIME ZONE 'UTC'; TRUNCATE probe")
        with cursor.copy("COPY probe FROM STDIN") as copy:
            copy.write(line.encode() + b"\n")
        with cursor.copy("COPY probe TO STDOUT") as copy:
            written = b"".join(bytes(block) for block in copy).decode()
        cursor.execute("SELECT * FROM probe")
        assert cursor.fetchone() == (text, number, moment.replace(tzinfo=datetime.UTC), key, real, data, flag)
    back = from_line(written.removesuffix("\n"), [KINDS[kind][1] for kind in kinds])
    assert back[:4] + back[5:] == stored[:4] + stored[5:]
    assert math.isclose(back[4], real, rel_tol=1e-15)


def test_moments_are_written_as_django_writes_them():
    reader = KINDS["moment"][1]
    assert reader("2026-01-02 03:04:05+00") == "2026-01-02 03:04:05"
    assert reader("2026-01-02 03:04:05.1+00") == "2026-01-02 03:04:05.100000"
    assert sqlite3.sqlite_version_info > (3, 31)
    assert KINDS["uuid"][0](uuid.UUID(int=1).hex) == "00000000-0000-0000-0000-000000000001"
