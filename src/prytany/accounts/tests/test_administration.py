"""Page 23: checklist, accounts in bulk, slips, clearances, letterhead, mail, health."""

import pytest
from django.core import mail
from django.urls import reverse

from prytany.accounts import health, services
from prytany.accounts.models import Clearance, Letterhead, NeedToKnow, SignInSlip, User
from prytany.accounts.services.slips import code_of
from prytany.accounts.targets import ClassifiedTarget
from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.organisation.models import Person
from prytany.organisation.tests.factories import SINCE, AppointmentFactory

pytestmark = pytest.mark.django_db
ACT = "/administration/accounts/act/"


@pytest.fixture
def admin(client_of):
    return client_of("admin")


def newcomers(world, count=3):
    return [
        AppointmentFactory(post__unit=world.units["mau_son"], person__name=f"Công chức mới {n}").person
        for n in range(count)
    ]


def open_items(client):
    return {line.code for line in client.get(reverse("administration:home")).context["lines"] if not line.done}


def test_checklist_shows_what_is_open_and_leads_to_the_next(admin, world):
    response = admin.get(reverse("administration:home"))
    assert open_items(admin) == {"letterhead", "calendar", "mail", "backup"}
    assert response.context["next"].code == "letterhead"


def test_pages_of_administration_are_for_administrators(client_of, world):
    for name in ("home", "accounts", "slips", "clearances", "letterhead", "mail", "health"):
        assert client_of("chief").get(reverse(f"administration:{name}")).status_code == 403
        assert client_of("admin").get(reverse(f"administration:{name}")).status_code == 200


def test_list_of_accounts_is_found_by_name_unit_and_state(admin, world):
    newcomers(world, 2)

    def found(**query):
        return {row.name for row in admin.get(reverse("administration:accounts"), query).context["rows"]}

    assert found(state="none") == {"Công chức mới 0", "Công chức mới 1"}
    assert found(q="cong chuc moi 1") == {"Công chức mới 1"}
    assert found(q="noi vu") == {world.person("home_head").name}
    assert found(unit=str(world.units["home"].uid)) == {world.person("home_head").name}
    assert world.person("stranger").name not in found()
    assert len(found(unit="damaged")) == len(found())


def test_list_of_accounts_needs_a_fixed_number_of_queries(admin, world, django_assert_max_num_queries):
    newcomers(world, 20)
    with django_assert_max_num_queries(12):
        admin.get(reverse("administration:accounts"))


def test_accounts_and_slips_in_one_act_lead_to_the_slips(admin, world):
    people = newcomers(world)
    response = admin.post(ACT, {"act": "slips", "row": [str(p.uid) for p in people]})
    assert response.url == reverse("administration:slips")
    page = admin.get(response.url).content.decode()
    for slip in SignInSlip.objects.all():
        assert code_of(slip) in page
    assert page.count('class="qr"') == 3
    assert AuditEvent.objects.filter(action="slip.print").get().data == {"count": 3}


def test_slips_of_one_unit_are_printed_alone(admin, world):
    outside = AppointmentFactory(post__unit=world.units["home"], person__name="Người sở").person
    admin.post(ACT, {"act": "slips", "row": [str(p.uid) for p in [*newcomers(world), outside]]})
    page = admin.get(reverse("administration:slips"), {"unit": str(world.units["home"].uid)})
    assert [(name, len(slips)) for name, slips in page.context["groups"]] == [("Sở Nội vụ", 1)]
    assert admin.get(reverse("administration:slips"), {"unit": "x"}).context["groups"] == []


def test_all_of_a_narrowed_list_are_chosen_at_once(admin, world):
    newcomers(world)
    admin.post(f"{ACT}?state=none", {"act": "slips", "all": "1"})
    assert SignInSlip.objects.count() == 3


def test_people_outside_the_subtree_are_not_touched(client, world):
    appointment = AppointmentFactory(post__unit=world.units["home"], post__role="administrator")
    user = User(username="home_admin", person=appointment.person)
    user.set_password("x")
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    outsiders = [str(p.uid) for p in [*newcomers(world), world.person("chief")]]
    for act in ("slips", "reset", "close"):
        client.post(ACT, {"act": act, "row": outsiders, "confirmed": "1"})
    assert not SignInSlip.objects.exists()
    assert not User.objects.filter(is_active=False).exists()
    assert client.get(reverse("administration:person", args=[world.person("chief").uid])).status_code == 404


def test_reset_asks_first_and_leaves_out_oneself(admin, world):
    rows = [str(world.person(name).uid) for name in ("chief", "admin")]
    asked = admin.post(ACT, {"act": "reset", "row": rows})
    assert asked.status_code == 200
    assert asked.context["count"] == 1
    assert world.user("chief").has_usable_password()
    admin.post(ACT, {"act": "reset", "row": rows, "confirmed": "1"})
    assert not User.objects.get(username="chief").has_usable_password()
    assert User.objects.get(username="admin").has_usable_password()


def test_closing_asks_first(admin, world):
    row = str(world.person("chief").uid)
    assert admin.post(ACT, {"act": "close", "row": row}).status_code == 200
    assert User.objects.get(username="chief").is_active
    admin.post(ACT, {"act": "close", "row": row, "confirmed": "1"})
    assert not User.objects.get(username="chief").is_active
    admin.post(reverse("administration:reopen", args=[row]))
    assert User.objects.get(username="chief").is_active


@pytest.mark.parametrize("act", ["", "delete"])
def test_unknown_act_is_not_there(admin, world, act):
    row = str(world.person("chief").uid)
    assert admin.post(ACT, {"act": act, "row": row}).status_code == 404


def test_page_of_a_person_changes_the_sign_in_name(admin, world):
    address = reverse("administration:rename", args=[world.person("chief").uid])
    assert admin.post(address, {"username": "chanh vp"}).status_code == 422
    assert admin.post(address, {"username": "deputy"}).status_code == 422
    assert admin.post(address, {"username": "chanh.vp"}).status_code == 302
    assert User.objects.filter(username="chanh.vp").exists()


def test_clearance_is_granted_and_ended_on_the_page_of_the_person(admin, world):
    uid = world.person("chief").uid
    grant = reverse("administration:grant_clearance", args=[uid])
    data = {"level": "10", "basis": "12-QĐ/TU", "first_day": "1/1/2026", "form_token": "a"}
    assert admin.post(grant, data).status_code == 422
    Clearance.objects.create(person=world.person("admin"), level=levels.SECRET, basis="QĐ", valid_from=SINCE)
    for _ in range(2):
        assert admin.post(grant, data).status_code == 302
    clearance = Clearance.objects.get(person=world.person("chief"))
    assert admin.post(grant, {**data, "level": "20", "form_token": "b"}).status_code == 422
    assert "12-QĐ/TU" in admin.get(reverse("administration:clearances")).content.decode()
    assert admin.post(reverse("administration:end_clearance", args=[clearance.uid])).status_code == 302
    assert world.scope("chief").clearance == levels.INTERNAL


def test_need_to_know_is_granted_for_records_one_may_see_oneself_alone(admin, world):
    for name in ("admin", "chief"):
        Clearance.objects.create(person=world.person(name), level=levels.SECRET, basis="QĐ", valid_from=SINCE)
    target = ClassifiedTarget("document", world.root.uid, levels.SECRET)
    address = reverse("administration:grant_need", args=[world.person("chief").uid])
    data = {"record": str(target.uid), "reason": "Thụ lý", "first_day": "1/1/2026", "form_token": "a"}
    assert admin.post(address, data).status_code == 422
    services.open_need(scope=world.scope("admin"), target=target, reason="Quản lý")
    assert admin.post(address, data).status_code == 302
    need = NeedToKnow.objects.get(person=world.person("chief"))
    assert world.scope("chief").need_to_know == {target.uid}
    assert admin.post(reverse("administration:end_need", args=[need.uid])).status_code == 302
    assert world.scope("chief").need_to_know == frozenset()


LETTERHEAD = {
    "family": "party",
    "superior": "TỈNH ỦY",
    "issuer": "VĂN PHÒNG",
    "symbol": "VPTU",
    "place": "Lạng Sơn",
    "authority": "T/L",
    "signer_title": "CHÁNH VĂN PHÒNG",
}


def test_letterhead_holds_from_today_and_keeps_the_former_one(admin, world):
    Letterhead.objects.create(
        unit=world.root, family="party", issuer="CŨ", place="X", signer_title="Y", valid_from=SINCE
    )
    assert admin.post(reverse("administration:letterhead"), {**LETTERHEAD, "issuer": ""}).status_code == 422
    for place in ("Lạng Sơn", "Hà Nội"):
        response = admin.post(reverse("administration:letterhead"), {**LETTERHEAD, "place": place})
        assert response.status_code == 302
    today = world.scope("admin").today
    rows = Letterhead.objects.order_by("valid_from").values_list("issuer", "place", "valid_from", "valid_to")
    assert list(rows) == [("CŨ", "X", SINCE, today), ("VĂN PHÒNG", "Hà Nội", today, None)]
    assert "letterhead" not in open_items(admin)


def test_test_mail_is_sent_and_confirmed(admin, world):
    address = reverse("administration:mail")
    admin.post(address, {"act": "send"})
    assert mail.outbox == []
    Person.objects.filter(pk=world.person("admin").pk).update(email="quan.tri@example.vn")
    admin.post(address, {"act": "send"})
    assert [message.to for message in mail.outbox] == [["quan.tri@example.vn"]]
    assert "mail" in open_items(admin)
    admin.post(address, {"act": "arrived"})
    assert "mail" not in open_items(admin)


def test_mail_server_that_refuses_is_told_in_a_sentence(admin, world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Person.objects.filter(pk=world.person("admin").pk).update(email="quan.tri@example.vn")
    response = admin.post(reverse("administration:mail"), {"act": "send"}, follow=True)
    assert any("127.0.0.1" in str(m) or "refused" in str(m).lower() for m in response.context["messages"])
    assert not AuditEvent.objects.filter(action="mail.test").exists()


def test_sign_of_health_that_cannot_be_read_is_bad_and_hides_no_other(admin, world, caplog):
    def broken():
        raise RuntimeError

    health.register(health.Sign("broken", "Broken", broken))
    try:
        signs = admin.get(reverse("administration:health")).context["signs"]
    finally:
        health._signs.pop("broken")
    states = {sign.code: sign.state for sign in signs}
    assert states["broken"] == "bad"
    assert states["database"] == "good"


def test_clearance_command_grants_the_first_one(world, capsys):
    from django.core.management import CommandError, call_command

    call_command("clearance", "admin", "10", "--basis", "1-QĐ/TU")
    assert world.scope("admin").clearance == levels.SECRET
    event = AuditEvent.objects.get(action="clearance.grant")
    assert (event.channel, event.root_id) == ("console", world.root.pk)
    with pytest.raises(CommandError):
        call_command("clearance", "nobody", "10", "--basis", "x")


def test_letterhead_of_another_administrator_is_not_written_over_unseen(admin, world):
    address = reverse("administration:letterhead")
    assert admin.post(address, LETTERHEAD).status_code == 302
    seen = str(admin.get(address).context["form"]["version"].value())
    assert admin.post(address, {**LETTERHEAD, "place": "Kỳ Lừa", "version": seen}).status_code == 302
    mine = {**LETTERHEAD, "place": "Mẫu Sơn", "version": seen}
    stale = admin.post(address, mine)
    assert stale.status_code == 422
    page = stale.content.decode()
    assert "Something changed here since you opened the form." in page
    assert "Kỳ Lừa" in page
    assert "Mẫu Sơn" in page
    assert Letterhead.objects.get().place == "Kỳ Lừa"
    assert admin.post(address, mine | {"version": str(stale.context["form"]["version"].value())}).status_code == 302
    assert Letterhead.objects.get().place == "Mẫu Sơn"
