"""Made-up units, posts and people; people are named by post."""

import datetime

import factory
from factory.django import DjangoModelFactory

from prytany.organisation.models import Appointment, Hierarchy, Person, Post, Unit, UnitName, UnitRelation, UnitVersion

SINCE = datetime.date(2020, 1, 1)


def make_unit(name, *, under=None, serves=None, kind="office", level="province", since=SINCE, code="", symbol=""):
    """Return a unit named `name`; the closure has to be rebuilt afterwards."""
    unit = Unit.objects.create(root=under.root or under if under else None)
    if not under:
        unit.root = unit
        unit.save(update_fields=["root"])
    version = UnitVersion.objects.create(unit=unit, code=code, kind=kind, level=level, valid_from=since)
    UnitName.objects.create(version=version, language="vi", name=name, symbol=symbol)
    if under:
        UnitRelation.objects.create(hierarchy=Hierarchy.LINE, unit=unit, parent=under, valid_from=since)
    if serves:
        UnitRelation.objects.create(hierarchy=Hierarchy.SERVES, unit=unit, parent=serves, valid_from=since)
    return unit


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Chuyên viên {n}")
    language = "vi"


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    role = "specialist"
    title = "Chuyên viên"
    valid_from = SINCE


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(PostFactory)
    valid_from = SINCE
