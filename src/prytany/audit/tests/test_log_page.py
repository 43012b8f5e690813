"""Page 24: who reads the log, how it is narrowed, told and exported; erased names."""

import datetime
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from prytany.audit import sealing, sentences, services
from prytany.audit.models import AuditEvent, AuditName
from prytany.audit.presenting import lines
from prytany.audit.recording import record
from prytany.audit.targets import Target, target_kind
from prytany.audit.verifying import verify
from prytany.core import clock
from prytany.core.errors import DomainError

pytestmark = pytest.mark.django_db
LOG = "/log/"


@pytest.fixture
def told(world):
    """Events of three people, one of another root."""
    for name, action in (("chief", "account.open"), ("chief", "account.close"), ("deputy", "account.open")):
        record(world.scope(name), action=action, target=world.user("clerk"))
    record(world.scope("stranger"), action="account.open", target=world.user("stranger"))
    sealing.seal_events()
    return world


def shown(client, **query):
    return [(line.actor, line.event.action) for line in client.get(LOG, query).context["lines"]]


@pytest.mark.parametrize(
    ("name", "status"), [("auditor", 200), ("admin", 200), ("chief", 403), ("leader", 403), ("inspector", 403)]
)
def test_log_is_for_auditors_and_administrators(client_of, told, name, status):
    assert client_of(name).get(LOG).status_code == status


def test_log_shows_the_own_office_alone_newest_first(client_of, told):
    chief, deputy = told.person("chief").name, told.person("deputy").name
    assert shown(client_of("auditor")) == [
        (deputy, "account.open"),
        (chief, "account.close"),
        (chief, "account.open"),
    ]


def test_log_is_narrowed_by_person_post_act_record_and_date(client_of, told):
    client = client_of("auditor")
    today = clock.today()
    assert len(shown(client, person="chanh van phong")) == 3  # "Phó Chánh Văn phòng" too
    assert {actor for actor, _ in shown(client, person="pho chanh")} == {told.person("deputy").name}
    assert len(shown(client, post="pho chanh van phong")) == 1
    assert len(shown(client, action="account.close")) == 1
    assert len(shown(client, actor=str(told.person("chief").uid))) == 2
    assert len(shown(client, record=f"https://x/tasks/{told.user('clerk').uid}/")) == 3
    assert shown(client, record=str(uuid4())) == []
    assert len(shown(client, since=f"{today:%d/%m/%Y}", until=f"{today:%d/%m/%Y}")) == 3
    assert shown(client, until=f"{today - datetime.timedelta(days=1):%d/%m/%Y}") == []
    assert shown(client, since=f"{today + datetime.timedelta(days=1):%d/%m/%Y}") == []


def test_senseless_filters_are_dropped(client_of, told):
    client = client_of("auditor")
    assert len(shown(client, since="gestern", record="x", action="no.such", actor="y")) == 3


def test_events_above_the_clearance_are_not_shown(client_of, world):
    document = type("Row", (), {"_meta": AuditEvent._meta, "uid": uuid4(), "level": 10, "root_id": world.root.pk})()
    record(world.scope("chief"), action="document.read", target=document)
    assert AuditEvent.objects.filter(root_id=world.root.pk).count() == 1
    assert shown(client_of("auditor")) == []


def test_log_needs_a_fixed_number_of_queries(client_of, told, django_assert_max_num_queries):
    for _ in range(40):
        record(told.scope("chief"), action="account.open", target=told.user("clerk"))
    client = client_of("auditor")
    with django_assert_max_num_queries(12):
        client.get(LOG)


def test_entry_shows_its_place_in_the_seals(client_of, told):
    found = AuditEvent.objects.filter(root_id=told.root.pk).order_by("pk").first()
    page = client_of("auditor").get(reverse("audit:event", args=[found.uid]))
    assert page.context["seal"].seal.sequence == 1
    foreign = AuditEvent.objects.exclude(root_id=told.root.pk).first()
    assert client_of("auditor").get(reverse("audit:event", args=[foreign.uid])).status_code == 404


def test_unknown_action_is_told_by_code_and_data(world):
    event = record(world.scope("chief"), action="thing.do", data={"n": "<b>", "a": 1})
    (line,) = lines(world.scope("auditor"), [event])
    assert line.text == 'thing.do {"a": 1, "n": "<b>"}'
    assert "<b>" not in line.sentence


def test_sentence_escapes_values_and_survives_missing_ones(world):
    sentences.sentence("test.do", "Test", "%(actor)s did %(what)s with %(missing)s.")
    try:
        event = record(world.scope("chief"), action="test.do", data={"what": "<i>100%</i>"})
        (line,) = lines(world.scope("auditor"), [event])
    finally:
        sentences._sentences.pop("test.do")
    assert line.text == f"{world.person('chief').name} did <i>100%</i> with —."
    assert "&lt;i&gt;100%&lt;/i&gt;" in line.sentence


def test_title_of_a_record_is_shown_to_who_may_see_it_alone(world):
    uid = world.units["home"].uid
    target_kind(
        "secretthing", "thing", lambda scope, uids: {uid: Target("Nội dung", "/x/")} if scope.role == "auditor" else {}
    )
    event = record(world.scope("chief"), action="name.erase", data={"basis": "x"})
    AuditEvent._base_manager.filter(pk=event.pk).update(target_kind="secretthing", target_uid=uid)
    event = AuditEvent.objects.get(pk=event.pk)
    assert lines(world.scope("auditor"), [event])[0].target == "Nội dung"
    assert lines(world.scope("admin"), [event])[0].target == f"thing {str(uid)[:8]}"


def test_name_is_kept_as_it_was_when_it_first_stood_in_the_log(told):
    person = told.person("chief")
    before, person.name = person.name, "Tên mới"
    person.save()
    (line,) = lines(told.scope("auditor"), [AuditEvent.objects.filter(actor_uid=person.uid).first()])
    assert line.actor == before


def test_export_is_a_workbook_of_the_narrowed_log_and_is_logged(client_of, told):
    response = client_of("auditor").post(f"{reverse('audit:export')}?action=account.close")
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.values)
    assert len(rows) == 2
    assert isinstance(rows[1][0], datetime.datetime)
    assert rows[1][1] == told.person("chief").name
    assert rows[1][10] == "1"
    assert AuditEvent.objects.get(action="log.export").data == {"count": 1}


def test_export_writes_no_formula(client_of, world):
    person = world.person("chief")
    person.name = '=HYPERLINK("http://evil")'
    person.save()
    record(world.scope("chief"), action="account.open", target=world.user("clerk"))
    content = client_of("auditor").post(reverse("audit:export")).content
    cells = [cell for row in openpyxl.load_workbook(BytesIO(content)).active for cell in row]
    assert any(cell.value == person.name and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_erased_name_is_gone_for_ever_and_the_rest_stays_provable(client_of, told):
    person = told.person("deputy")
    address = reverse("audit:erase_name", args=[person.uid])
    assert client_of("auditor").get(address).status_code == 403
    admin = client_of("admin")
    assert admin.post(address, {"basis": ""}).status_code == 422
    assert admin.post(address, {"basis": "12-QĐ/TU"}).status_code == 302
    assert AuditName.objects.get(pk=person.uid).label == ""
    assert person.name not in {actor for actor, _ in shown(client_of("auditor"))}
    sealing.seal_events()
    assert AuditName.objects.get(pk=person.uid).label == ""
    assert verify().findings == []
    with pytest.raises(DomainError, match="name_erased"):
        services.erase_name(scope=told.scope("admin"), uid=person.uid, basis="x")


def test_name_of_another_office_cannot_be_erased(client_of, told):
    uid = told.person("stranger").uid
    assert client_of("admin").get(reverse("audit:erase_name", args=[uid])).status_code == 404
    with pytest.raises(DomainError, match="name_unknown"):
        services.erase_name(scope=told.scope("admin"), uid=uid, basis="x")
