"""What papers tell other apps about themselves."""

import pytest

from prytany.accounts import explain
from prytany.audit.models import AuditEvent
from prytany.audit.sentences import known_actions
from prytany.audit.targets import targets_of
from prytany.documents.models import Document
from prytany.documents.services.registration import take_in
from prytany.documents.tests.papers import enter, facts, uploaded
from prytany.files.models import StoredFile


def test_ways_are_what_visible_to_says(world):
    """Without the level, which is told apart."""
    clerk = world.scope("clerk")
    for number, unit in enumerate(("office", "mau_son", "khanh_khe"), start=1):
        enter(clerk, world.units[unit], symbol=f"{number}-TB/X")
    take_in(scope=world.scope("specialist"), unit=world.office, facts=facts(symbol="9-TB/X"))
    enter(world.scope("stranger"), world.elsewhere)
    seen = set()
    for name in world.posts:
        scope = world.scope(name)
        covered = Document.objects.filter(explain.covered_by(scope, "document"), root_id=scope.root_id)
        assert set(covered) == set(Document.objects.visible_to(scope)), name
        seen.add(covered.count())
    assert seen >= {0, 1, 4}


def test_every_act_of_these_apps_has_a_sentence(world, run_jobs):
    clerk = world.scope("clerk")
    enter(clerk, world.office, files=[uploaded(clerk)])
    run_jobs()
    known = {sentence.action for sentence in known_actions()}
    assert set(AuditEvent.objects.values_list("action", flat=True)) <= known


@pytest.mark.parametrize(("name", "sees"), [("chief", True), ("mau_son_focal", False), ("admin", False)])
def test_log_names_papers_and_files_only_to_those_who_see_them(world, name, sees):
    clerk = world.scope("clerk")
    document = enter(clerk, world.office, files=[uploaded(clerk)]).document
    file = StoredFile.objects.get()
    found = targets_of(world.scope(name), [("document", document.uid), ("storedfile", file.uid)])
    assert set(found) == ({document.uid, file.uid} if sees else set())
