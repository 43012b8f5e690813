"""What operations do by themselves."""

import pytest
from django.db import connection

from prytany.operations.schedules import learn_tables

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL learns its tables by itself")
def test_sqlite_learns_how_many_rows_share_a_value(world):
    learn_tables()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert "organisation_unitlink" in {row[0] for row in cursor.fetchall()}
