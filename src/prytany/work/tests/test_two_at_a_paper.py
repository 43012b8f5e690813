"""One person raises a paper while another draws a task from it, on two connections: no word slips through."""

import threading
from dataclasses import replace

import pytest
from django.db import connection, connections, transaction

from prytany.accounts.tests.world import make_world
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents.models import Document
from prytany.documents.services.correcting import correct_document
from prytany.documents.services.facts import facts_of
from prytany.documents.tests.papers import paper
from prytany.work.models import Task
from prytany.work.services import drafting
from prytany.work.services.drafting import Row


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_no_task_is_drawn_from_a_paper_that_is_being_raised():
    world = make_world()
    document = paper(world.scope("clerk"), world.office)
    seen = Document.objects.get(pk=document.pk)  # as the drafter loaded it: open
    clerk = replace(world.scope("clerk"), clearance=levels.SECRET)
    raised, codes = threading.Event(), []

    def draft():
        try:
            raised.wait()
            row = Row(content="Nội dung mật", source_document=seen)
            drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=row)
        except DomainError as error:
            codes.append(error.code)
        finally:
            connections.close_all()

    other = threading.Thread(target=draft)
    other.start()
    with transaction.atomic():
        secret = replace(facts_of(document), level=levels.SECRET)
        correct_document(scope=clerk, document=document, version=1, facts=secret, remove_content=True)
        raised.set()
        other.join(timeout=1)
        assert other.is_alive()  # waits for the paper
    other.join()
    assert (codes, Task.objects.count()) == (["secret_content"], 0)
