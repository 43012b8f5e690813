"""Posts, people, appointments and absences; rights follow the appointment."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from prytany.accounts.scopes import appointments_of, scope_of, system_scope
from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError
from prytany.core.permissions import Permission
from prytany.organisation import policies, services
from prytany.organisation.models import Appointment, Hierarchy, Person, Post, Substitution
from prytany.organisation.names import label_posts
from prytany.organisation.reach import covers
from prytany.organisation.reading.heads import Head, heads_of
from prytany.organisation.signals import appointment_changed, substitution_changed
from prytany.organisation.specs import UnitSpec, named
from prytany.organisation.tests.factories import AppointmentFactory, PostFactory

D = datetime.date
TODAY = D.today()
pytestmark = pytest.mark.django_db


def days(number):
    return TODAY + datetime.timedelta(days=number)


def local_admin(world, unit="home"):
    return scope_of(AppointmentFactory(post=PostFactory(unit=world.units[unit], role="administrator")))


@pytest.fixture
def heard():
    """Collect what the signals tell."""
    news = []

    def appointment(sender, appointment, act, **kwargs):
        news.append((act, appointment.pk))

    def absence(sender, substitution, **kwargs):
        news.append(("absence", substitution.pk))

    appointment_changed.connect(appointment)
    substitution_changed.connect(absence)
    yield news
    appointment_changed.disconnect(appointment)
    substitution_changed.disconnect(absence)


# Posts


def test_create_post_with_titles_fields_and_units_in_charge(world):
    post = services.create_post(
        scope=world.scope("admin"),
        unit=world.office,
        role="deputy_chief",
        title="  Phó  Chánh Văn phòng ",
        on=D(2026, 1, 1),
        titles={"en": "Deputy chief", "ur": "نائب سربراہ", "fr": " "},
        fields="Văn hóa, giáo dục",
        charge=[world.mau_son, world.home],
    )
    assert (post.title, post.fields, post.role) == ("Phó Chánh Văn phòng", "Văn hóa, giáo dục", "deputy_chief")
    assert set(post.titles.values_list("language", "title")) == {("en", "Deputy chief"), ("ur", "نائب سربراہ")}
    assert set(post.charge.all()) == {world.mau_son, world.home}
    label_posts([post], language="ur")
    assert post.label == "نائب سربراہ"
    label_posts([post], language="ar")
    assert post.label == "Phó Chánh Văn phòng"


def test_edit_post_changes_what_is_given_and_the_rights_of_a_new_role_at_once(world):
    appointment = world.posts["specialist"]
    assert not world.scope("specialist").holds_anywhere(Permission.TASK_ASSIGN)
    services.edit_post(
        scope=world.scope("admin"), post=appointment.post, role="chief", titles={"en": "Head"}, charge=[world.home]
    )
    post = Post.objects.get(pk=appointment.post_id)
    assert (post.title, post.role, list(post.charge.all())) == ("Chuyên viên Phòng Tổng hợp", "chief", [world.home])
    assert world.scope("specialist").holds_anywhere(Permission.TASK_ASSIGN)
    event = AuditEvent.objects.get()
    assert (event.action, event.data) == ("post.edit", {"fields": ["charge", "role", "titles"], "role": "chief"})


def test_end_post_ends_what_is_held(world, heard):
    post = world.posts["home_head"].post
    services.end_post(scope=world.scope("admin"), post=post, on=TODAY)
    assert not world.scope("home_head").grants
    appointment = Appointment.objects.get(post=post)
    assert (appointment.valid_to, appointment.end_reason != "") == (TODAY, True)
    assert heard == [("ended", appointment.pk)]
    with pytest.raises(DomainError, match="post_ended"):
        services.end_post(scope=world.scope("admin"), post=post, on=TODAY)


def test_remove_post_only_without_history(world):
    admin = world.scope("admin")
    post = services.create_post(scope=admin, unit=world.home, role="specialist", title="Chuyên viên", on=TODAY)
    services.remove_post(scope=admin, post=post)
    assert not Post.objects.filter(pk=post.pk).exists()
    with pytest.raises(DomainError, match="post_in_use"):
        services.remove_post(scope=admin, post=world.posts["home_head"].post)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("unknown_role", {"role": "king"}),
        ("unit_not_there", {"on": D(2010, 1, 1)}),
        ("not_well_formed", {"title": " "}),
        ("unknown_language", {"titles": {"xx": "Titre"}}),
    ],
)
def test_impossible_posts_are_refused(world, code, values):
    given = {"unit": world.home, "role": "specialist", "title": "Chuyên viên", "on": D(2026, 1, 1)} | values
    with pytest.raises(DomainError) as caught:
        services.create_post(scope=world.scope("admin"), **given)
    assert caught.value.code == code


def test_an_administrator_of_a_part_grants_no_right_that_reaches_further(world):
    admin, part = world.scope("admin"), local_admin(world, "home")
    spec = UnitSpec(named("Tổ giúp việc"), "section", "province", parent=world.home.uid, serves=world.root.uid)
    group = services.create_unit(scope=admin, root=world.root, spec=spec, on=D(2021, 1, 1))
    # A specialist of the group reads all that the group serves: the whole province.
    with pytest.raises(PermissionDenied):
        services.create_post(scope=part, unit=group, role="specialist", title="Chuyên viên", on=TODAY)
    services.create_post(scope=admin, unit=group, role="specialist", title="Chuyên viên", on=TODAY)
    services.create_post(scope=part, unit=group, role="unit_head", title="Tổ trưởng", on=TODAY)
    services.create_post(scope=part, unit=world.home, role="specialist", title="Chuyên viên", on=TODAY)
    with pytest.raises(PermissionDenied):
        services.create_post(scope=part, unit=world.works, role="specialist", title="Chuyên viên", on=TODAY)


def test_nobody_edits_the_post_they_hold(world):
    with pytest.raises(PermissionDenied):
        services.edit_post(scope=world.scope("admin"), post=world.posts["admin"].post, role="leader")


# People and appointments


def test_create_person_comes_with_an_appointment(world, heard):
    post = services.create_post(
        scope=world.scope("admin"), unit=world.home, role="specialist", title="Chuyên viên", on=D(2026, 1, 1)
    )
    person, appointment = services.create_person(
        scope=world.scope("admin"),
        name="  Chuyên viên   mới ",
        post=post,
        on=TODAY,
        email="cv@example.org",
        language="vi",
    )
    assert (person.name, person.email, person.folded) == ("Chuyên viên mới", "cv@example.org", "chuyen vien moi")
    assert (appointment.person, appointment.valid_from, appointment.valid_to) == (person, TODAY, None)
    assert scope_of(appointment).holds_anywhere(Permission.TASK_ANSWER)
    assert heard == [("appointed", appointment.pk)]
    assert Person.objects.visible_to(world.scope("chief")).filter(pk=person.pk).exists()
    assert not Person.objects.visible_to(world.scope("stranger")).filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "person_nameless"),
        ({"language": "xx"}, "unknown_language"),
        ({"email": "no"}, "not_well_formed"),
    ],
)
def test_impossible_people_are_refused_whole(world, values, code):
    post = world.posts["home_head"].post
    count = Person.objects.count()
    with pytest.raises(DomainError) as caught:
        services.create_person(scope=world.scope("admin"), post=post, on=TODAY, **({"name": "Người thử"} | values))
    assert caught.value.code == code
    assert Person.objects.count() == count


def test_a_person_holds_several_posts_and_none_twice_at_a_time(world):
    admin = world.scope("admin")
    person = world.person("deputy")
    services.appoint(scope=admin, person=person, post=world.posts["council"].post, on=TODAY, kind="acting")
    assert {a.post.role for a in appointments_of(person)} == {"deputy_chief", "council_member"}
    with pytest.raises(DomainError, match="already_appointed"):
        services.appoint(scope=admin, person=person, post=world.posts["council"].post, on=days(30))


def test_an_appointment_ends_with_its_post_at_the_latest(world):
    admin = world.scope("admin")
    post = services.create_post(scope=admin, unit=world.home, role="specialist", title="Chuyên viên", on=days(-10))
    services.end_post(scope=admin, post=post, on=days(10))
    appointment = services.appoint(scope=admin, person=world.person("works_head"), post=post, on=TODAY)
    assert appointment.valid_to == days(10)
    for on, code in ((days(-20), "post_not_there"), (days(10), "post_not_there")):
        with pytest.raises(DomainError, match=code):
            services.appoint(scope=admin, person=world.person("clerk"), post=post, on=on)


def test_an_ended_appointment_gives_no_right_from_that_day_on(world, heard):
    admin = world.scope("admin")
    appointment = world.posts["home_head"]
    services.end_appointment(scope=admin, appointment=appointment, on=days(1), reason="Nghỉ hưu")
    assert world.scope("home_head", today=TODAY).grants
    assert not world.scope("home_head", today=days(1)).grants
    services.withdraw_appointment(scope=admin, appointment=world.posts["works_head"])
    scope = scope_of(Appointment.every_row.get(pk=world.posts["works_head"].pk))
    assert (scope.grants, scope.unit_id) == ({}, None)
    assert heard == [("ended", appointment.pk), ("withdrawn", world.posts["works_head"].pk)]


def test_an_appointment_that_has_ended_today_empties_the_scope_at_once(world):
    assert covers(world.scope("home_head"), Permission.TASK_READ, world.home.pk)
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["home_head"], on=TODAY)
    scope = world.scope("home_head")
    assert not scope.grants
    assert not covers(scope, Permission.TASK_READ, world.home.pk)


def test_nobody_appoints_or_dismisses_themselves(world):
    admin = world.scope("admin")
    with pytest.raises(PermissionDenied):
        services.appoint(scope=admin, person=world.person("admin"), post=world.posts["leader"].post, on=TODAY)
    with pytest.raises(PermissionDenied):
        services.end_appointment(scope=admin, appointment=world.posts["admin"], on=TODAY)
    services.appoint(
        scope=system_scope(world.root.pk), person=world.person("admin"), post=world.posts["leader"].post, on=TODAY
    )


def test_people_are_managed_only_where_all_their_appointments_lie_within_reach(world):
    scope = local_admin(world, "home")
    head = world.person("home_head")
    services.edit_person(scope=scope, person=head, phone="0205 000 0101")
    extra = AppointmentFactory(person=head, post=world.posts["council"].post)
    assert not policies.can_manage_person(scope, head)
    with pytest.raises(PermissionDenied):
        services.edit_person(scope=scope, person=head, email="other@example.org")
    assert policies.can_manage_person(world.scope("admin"), head)
    services.end_appointment(scope=world.scope("admin"), appointment=extra, on=TODAY)
    assert policies.can_manage_person(scope, head)
    assert not policies.can_manage_person(scope, world.person("works_head"))
    assert not policies.can_manage_person(world.scope("chief"), head)


def test_a_person_of_the_past_is_managed_where_they_were(world):
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["home_head"], on=TODAY)
    assert policies.can_manage_person(local_admin(world, "home"), world.person("home_head"))
    assert not policies.can_manage_person(local_admin(world, "works"), world.person("home_head"))


def test_correct_appointment_puts_dates_right(world):
    appointment = services.correct_appointment(
        scope=world.scope("admin"),
        appointment=world.posts["home_head"],
        on=D(2021, 5, 1),
        until=None,
        kind="acting",
        decision="12-QĐ/TU",
    )
    assert (appointment.valid_from, appointment.kind, appointment.decision) == (D(2021, 5, 1), "acting", "12-QĐ/TU")
    with pytest.raises(DomainError, match="range_empty"):
        services.correct_appointment(
            scope=world.scope("admin"), appointment=appointment, on=TODAY, until=TODAY, kind="holder", decision=""
        )


@pytest.mark.parametrize("post", ["chief", "home_head", "stranger", "auditor"])
def test_posts_and_people_are_refused_to_all_but_administrators(world, post):
    scope = world.scope(post)
    head = world.posts["works_head"].post
    acts = [
        lambda: services.create_post(scope=scope, unit=world.home, role="specialist", title="CV", on=TODAY),
        lambda: services.end_post(scope=scope, post=world.posts["works_head"].post, on=TODAY),
        lambda: services.appoint(
            scope=scope, person=world.person("clerk"), post=world.posts["works_head"].post, on=TODAY
        ),
        lambda: services.end_appointment(scope=scope, appointment=world.posts["works_head"], on=TODAY),
        lambda: services.edit_person(scope=scope, person=world.person("works_head"), name="Khác"),
        lambda: services.create_person(scope=scope, name="Mới", post=head, on=TODAY),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


# Absences


def absence(world, who="chief", substitute="deputy", scope=None, **values):
    given = {"on": TODAY, "until": days(5)} | values
    return services.set_absence(
        scope=scope or world.scope(who),
        appointments=[world.posts[who]],
        substitute=world.person(substitute),
        **given,
    )[0]


def test_each_person_sets_their_own_absence_and_the_substitute_acts_at_once(world, heard):
    row = absence(world, reason="Công tác")
    found = list(appointments_of(world.person("deputy")))
    assert [(a.post.role, a.substitution_extent) for a in found] == [("deputy_chief", None), ("chief", "all")]
    scope = scope_of(found[1], person=world.person("deputy"))
    assert scope.grants == world.scope("chief").grants
    # Rules that ask for a second person compare persons: standing in makes nobody somebody else.
    assert (scope.person_id, scope.acting_for) == (world.person("deputy").pk, world.posts["chief"].uid)
    assert heard == [("absence", row.pk)]


def test_reading_only_gives_reading_only(world):
    absence(world, extent="read")
    scope = scope_of(appointments_of(world.person("deputy"))[1], person=world.person("deputy"))
    assert set(scope.grants) == {Permission.TASK_READ, Permission.DOCUMENT_READ}


def test_an_absence_ends_on_its_day_and_can_be_ended_early(world):
    row = absence(world)
    assert len(appointments_of(world.person("deputy"), days(4))) == 2
    assert len(appointments_of(world.person("deputy"), days(5))) == 1
    services.withdraw_absence(scope=world.scope("chief"), substitution=row)
    assert len(appointments_of(world.person("deputy"))) == 1
    services.withdraw_absence(scope=world.scope("chief"), substitution=row)
    assert AuditEvent.objects.filter(action="absence.withdraw").count() == 1


def test_absence_of_several_posts_at_once(world):
    second = AppointmentFactory(person=world.person("chief"), post=world.posts["council"].post)
    rows = services.set_absence(
        scope=world.scope("chief"),
        appointments=[world.posts["chief"], second],
        substitute=world.person("deputy"),
        on=TODAY,
        until=days(2),
    )
    assert {row.absent_id for row in rows} == {world.posts["chief"].pk, second.pk}


def test_absence_is_set_by_oneself_or_an_administrator(world):
    for post in ("deputy", "leader", "stranger"):
        with pytest.raises(PermissionDenied):
            absence(world, scope=world.scope(post))
    row = absence(world, scope=world.scope("admin"))
    with pytest.raises(PermissionDenied):
        services.withdraw_absence(scope=world.scope("deputy"), substitution=row)


def test_a_substitute_passes_nothing_on(world):
    absence(world)
    deputy = world.person("deputy")
    acting = scope_of(appointments_of(deputy)[1], person=deputy)
    with pytest.raises(PermissionDenied):
        services.set_absence(
            scope=acting,
            appointments=[world.posts["chief"]],
            substitute=world.person("clerk"),
            on=TODAY,
            until=days(2),
        )
    with pytest.raises(PermissionDenied):
        services.set_absence(
            scope=acting,
            appointments=[world.posts["deputy"]],
            substitute=world.person("clerk"),
            on=TODAY,
            until=days(2),
        )


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"until": TODAY}, "range_empty", "until"),
        ({"substitute": "chief"}, "own_substitute", "substitute"),
        ({"substitute": "stranger"}, "substitute_without_post", "substitute"),
        ({"on": D(2019, 1, 1), "until": D(2019, 2, 1)}, "post_not_held", "until"),
    ],
)
def test_impossible_absences_are_refused(world, values, code, field):
    with pytest.raises(DomainError) as caught:
        absence(world, **values)
    assert (caught.value.code, set(caught.value.fields)) == (code, {field})
    assert not Substitution.objects.exists()


def test_a_substitute_has_to_hold_a_post_on_all_of_the_dates(world):
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["deputy"], on=days(3))
    with pytest.raises(DomainError, match="substitute_without_post"):
        absence(world)
    absence(world, until=days(3))


def test_the_same_substitute_twice_is_refused_and_another_is_a_warning(world):
    absence(world)
    with pytest.raises(DomainError, match="absence_exists"):
        absence(world, on=days(2), until=days(8))
    warned = services.warnings_about_absence(
        appointments=[world.posts["chief"]], substitute=world.person("clerk"), on=TODAY, until=days(2)
    )
    assert len(warned) == 1
    absence(world, substitute="clerk")


def test_a_substitute_who_is_away_too_is_a_warning(world):
    absence(world, who="deputy", substitute="clerk")
    ask = lambda on, until: services.warnings_about_absence(  # noqa: E731
        appointments=[world.posts["chief"]], substitute=world.person("deputy"), on=on, until=until
    )
    assert len(ask(TODAY, days(2))) == 1
    assert ask(days(5), days(8)) == []
    absence(world)


def test_substitutions_of_a_post_in_a_served_unit_reach_no_further_than_the_post(world):
    absence(world, who="mau_son_focal", substitute="mau_son_head")
    head = world.person("mau_son_head")
    scope = scope_of(appointments_of(head)[1], person=head)
    assert covers(scope, Permission.TASK_ANSWER, world.mau_son.pk)
    assert not covers(scope, Permission.TASK_ANSWER, world.khanh_khe.pk)


def test_served_body_is_that_of_the_nearest_unit_above(world):
    assert policies.served_by(world.section.pk, TODAY) == world.root.pk
    services.relate_units(
        scope=world.scope("admin"), hierarchy=Hierarchy.SERVES, unit=world.section, parent=world.home, on=TODAY
    )
    assert policies.served_by(world.section.pk, TODAY) == world.home.pk


# Heads


def test_heads_are_the_units_own_or_marked_as_from_above(world):
    heads = heads_of([world.home.pk, world.section.pk, world.mau_son.pk, world.ky_lua.pk], TODAY)
    assert heads == {
        world.home.pk: Head(world.posts["home_head"]),
        world.section.pk: Head(world.posts["chief"], world.office.pk),
        world.mau_son.pk: Head(world.posts["mau_son_head"]),
    }


def test_the_holder_heads_before_who_acts(world):
    post = world.posts["home_head"].post
    AppointmentFactory(post=post, kind="acting", valid_from=D(2019, 1, 1))
    assert heads_of([world.home.pk], TODAY)[world.home.pk].appointment == world.posts["home_head"]
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["home_head"], on=TODAY)
    assert heads_of([world.home.pk], TODAY)[world.home.pk].appointment.kind == "acting"
