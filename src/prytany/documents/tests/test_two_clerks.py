"""Two clerks at once, on two connections."""

import threading

import pytest
from django.db import connection, connections

from prytany.accounts.tests.world import make_world
from prytany.documents.models import RegisterEntry
from prytany.documents.tests.papers import enter


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_clerks_never_get_one_number():
    world = make_world()
    scope, unit = world.scope("clerk"), world.office
    start = threading.Barrier(4)
    problems = []

    def register(name):
        try:
            start.wait()
            for count in range(3):
                enter(scope, unit, symbol=f"{name}{count}-TB/X")
        except Exception as error:
            problems.append(error)
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=register, args=(number + 1,)) for number in range(4)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert problems == []
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == list(range(1, 13))
