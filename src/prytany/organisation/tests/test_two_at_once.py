"""Two people at one form of the organisation: the second sees what the first wrote, and loses nothing of their own."""

import datetime

import pytest
from django.urls import reverse

from prytany.organisation import services
from prytany.organisation.models import UnitVersion
from prytany.organisation.specs import VersionSpec, named

D = datetime.date
CHANGED = "Something changed here since you opened the form. Your text is kept; look again."


@pytest.fixture
def admin(client_of):
    return client_of("admin")


def sent(page):
    """Return what a form shown on a page sends if nothing is changed."""
    form = page.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name == "form_token" or value is None or value is False:
            continue
        shown = bound.field.widget.format_value(value)
        data[bound.name] = "on" if value is True else "" if shown is None else shown
        if isinstance(data[bound.name], list):
            data[bound.name] = data[bound.name][0]
    return data


def both_then_mine(client, address, mine, theirs, shown):
    """Send `mine` after `theirs` was saved: refused with both shown, then taken. Return the refused page."""
    before = sent(client.get(address))
    theirs()
    page = client.post(address, before | mine)
    text = page.content.decode()
    assert page.status_code in (200, 422)
    assert page.context["form"].non_field_errors(), page.context["form"].errors
    assert shown in [words for _label, words in page.context["theirs"]]
    assert "What was saved meanwhile" in text
    for typed in mine.values():
        assert typed in text
    following = page.context["ask"].action or address
    assert client.post(following, sent(page) | mine).status_code == 302
    return page


def test_post(admin, world):
    post, scope = world.posts["home_head"].post, world.scope("admin")
    page = both_then_mine(
        admin,
        reverse("people:edit_post", args=[post.uid]),
        {"fields_in_charge": "Công tác cán bộ"},
        lambda: services.edit_post(scope=scope, post=post, title="Giám đốc Sở", charge=[world.mau_son]),
        "Giám đốc Sở",
    )
    assert CHANGED in page.content.decode()
    assert [label for label, _words in page.context["theirs"]] == ["Title", "Fields in charge", "Units in charge"]
    post.refresh_from_db()
    assert post.fields == "Công tác cán bộ"


def test_person(admin, world):
    person = world.person("home_head")
    both_then_mine(
        admin,
        reverse("people:edit_person", args=[person.uid]),
        {"phone": "0205 1"},
        lambda: services.edit_person(scope=world.scope("admin"), person=person, phone="0205 2"),
        "0205 2",
    )
    person.refresh_from_db()
    assert person.phone == "0205 1"


def test_appointment(admin, world):
    row = world.posts["home_head"]
    both_then_mine(
        admin,
        reverse("people:correct_appointment", args=[row.uid]),
        {"decision": "214-QĐ/TU"},
        lambda: services.correct_appointment(
            scope=world.scope("admin"), appointment=row, on=row.valid_from, until=None, kind="acting", decision=""
        ),
        "acting",
    )
    row.refresh_from_db()
    assert (row.decision, row.kind) == ("214-QĐ/TU", "holder")


def test_way_of_working(admin, world):
    unit = world.home
    both_then_mine(
        admin,
        reverse("organisation:set_up", args=[unit.uid]),
        {"contact": "Số 1 đường Hùng Vương"},
        lambda: services.set_up_unit(scope=world.scope("admin"), unit=unit, contact="Số 2", head_checks=True),
        "Số 2",
    )
    unit.refresh_from_db()
    assert (unit.contact, unit.head_checks) == ("Số 1 đường Hùng Vương", False)


def version_of(unit):
    return UnitVersion.objects.get(unit=unit, valid_to=None)


def test_correction_of_a_version_that_somebody_corrected(admin, world):
    version = version_of(world.home)
    spec = VersionSpec(named("Sở Nội vụ và Thi đua"), version.code, version.kind, version.level)
    both_then_mine(
        admin,
        reverse("organisation:correct", args=[version.uid]),
        {"name": "Sở Nội vụ tỉnh"},
        lambda: services.correct_version(scope=world.scope("admin"), version=version, spec=spec),
        "Sở Nội vụ và Thi đua",
    )
    assert version_of(world.home).names.get(language="vi").name == "Sở Nội vụ tỉnh"
    assert admin.get(reverse("organisation:correct", args=[version.uid])).status_code == 404


def test_change_from_a_date_after_a_correction(admin, world):
    version = version_of(world.home)
    spec = VersionSpec(named("Sở Nội vụ và Thi đua"), version.code, version.kind, version.level)
    both_then_mine(
        admin,
        reverse("organisation:change", args=[world.home.uid]),
        {"name": "Sở Nội vụ tỉnh"},
        lambda: services.correct_version(scope=world.scope("admin"), version=version, spec=spec),
        "Sở Nội vụ và Thi đua",
    )


def test_dates_of_a_change_act(admin, world):
    scope = world.scope("admin")
    act = services.draft_change_act(scope=scope, root=world.root, title="Hợp nhất", in_force_on=D(2026, 1, 1))
    both_then_mine(
        admin,
        reverse("organisation:edit_act", args=[act.uid]),
        {"decision": "983-QĐ/TU"},
        lambda: services.edit_change_act(scope=scope, act=act, title="Hợp nhất hai sở", in_force_on=D(2026, 1, 1)),
        "Hợp nhất hai sở",
    )
    act.refresh_from_db()
    assert (act.title, act.decision) == ("Hợp nhất", "983-QĐ/TU")


def test_mandate(admin, world):
    scope = world.scope("admin")
    services.set_mandate(scope=scope, unit=world.home, on=D(2026, 1, 1), basis="12-QĐi/TU", mission="Cán bộ")
    page = both_then_mine(
        admin,
        reverse("organisation:mandate", args=[world.home.uid]),
        {"mission": "Cán bộ và thi đua", "basis": "14-QĐi/TU"},
        lambda: services.set_mandate(
            scope=scope, unit=world.home, on=D(2026, 1, 1), basis="12-QĐi/TU", mission="Cán bộ, hồ sơ"
        ),
        "Cán bộ, hồ sơ",
    )
    assert [words for _label, words in page.context["theirs"]] == ["Cán bộ, hồ sơ"]
