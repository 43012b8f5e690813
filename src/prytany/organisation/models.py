"""Who exists, where, since when: units with dated versions, hierarchies, successions, posts and appointments."""

import datetime
import secrets
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.constraints import NoOverlap
from prytany.core.fields import CharField, TextField
from prytany.core.fold import fold, sort_key
from prytany.core.models import Addressable, Dated, DatedQuerySet
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation import roles
from prytany.organisation.kinds import kind_label, level_label


class Hierarchy(models.TextChoices):
    """The kinds of relation between units; only `line` is a tree. The parent is always the one above.

    A unit stands under its parent, serves or advises it, is guided or supervised by it.
    """

    LINE = "line", pgettext_lazy("relation of units", "Line")
    SERVES = "serves", pgettext_lazy("relation of units", "Serves")
    GUIDES = "guides", pgettext_lazy("relation of units", "Guided by")
    ADVISES = "advises", pgettext_lazy("relation of units", "Advises")
    SUPERVISES = "supervises", pgettext_lazy("relation of units", "Supervised by")


class StandingManager(models.Manager):
    """The rows that stand: what was withdrawn by a correction is left out, also in reverse relations.

    Joins (`unit__versions__…`) do not pass through a manager and have to leave out withdrawn rows themselves.
    """

    def get_queryset(self) -> models.QuerySet:
        """Return all rows but withdrawn ones."""
        return super().get_queryset().filter(withdrawn_at=None)


class Withdrawable(models.Model):
    """A row that a correction marks instead of deleting; `objects` leaves marked rows out, `every_row` does not."""

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def _range_check(name: str) -> models.CheckConstraint:
    """Return the rule that a range of dates ends after it begins."""
    ends_later = models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from"))
    return models.CheckConstraint(name=name, condition=ends_later)


def draw_revision() -> int:
    """Return a number that no state of an organisation had before."""
    return secrets.randbits(62)


class UnitQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "UnitQuerySet":
        """Every unit of the same root: the organisation is known to all who work in it."""
        return self.filter(root_id=scope.root_id)

    def by_uid(self, text: str) -> "Unit | None":
        """Return the unit with the uid that `text` is; None for another text or no such unit."""
        try:
            return self.filter(uid=UUID(text)).first()
        except ValueError:
            return None

    def existing_on(self, day: datetime.date) -> "UnitQuerySet":
        """Units with a version in force on `day`."""
        return self.filter(pk__in=UnitVersion.objects.on(day).values("unit"))

    def within(self, unit_id: int, day: datetime.date, hierarchy: str = Hierarchy.LINE) -> "UnitQuerySet":
        """The unit and all below it on `day`."""
        links = UnitLink.objects.on(day).filter(hierarchy=hierarchy, ancestor_id=unit_id)
        return self.filter(pk__in=links.values("descendant"))


class Unit(Addressable):
    """A body in the organisation. An identity only: never deleted, never merged; all else is dated."""

    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # On the root alone: another number after each change of its organisation, so that what was computed from it can be
    # kept while the number stays. Drawn, not counted: a change that is rolled back leaves no number to be used again.
    revision = models.PositiveBigIntegerField(default=draw_revision, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # The unit's head approves an answer before it leaves the unit.
    head_checks = models.BooleanField(default=False)
    contact = TextField(blank=True)
    time_zone = models.CharField(max_length=40, blank=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.uid)


class UnitVersionQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "UnitVersionQuerySet":
        """Versions of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class UnitVersion(Addressable, Withdrawable, Dated):
    """What a unit was called and which kind and level it had, from a date to a date. Withdrawn versions stay."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=30)
    level = models.CharField(max_length=30)
    position = models.PositiveIntegerField(default=0)
    decision = CharField(max_length=200, blank=True)
    change_act = models.ForeignKey("ChangeAct", models.PROTECT, null=True, blank=True, related_name="versions")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StandingManager.from_queryset(UnitVersionQuerySet)()
    every_row = UnitVersionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "valid_from"], name="unit_version_of_unit")]
        constraints = [
            _range_check("unit_version_range"),
            NoOverlap(key=["unit"], condition={"withdrawn_at": None}, name="unit_version_no_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"

    @property
    def kind_label(self) -> object:
        """The kind in words."""
        return kind_label(self.kind)

    @property
    def level_label(self) -> object:
        """The level in words."""
        return level_label(self.level)


class UnitName(models.Model):
    """The name of a version in one language; `symbol` is what stands in document symbols (VPTU)."""

    version = models.ForeignKey(UnitVersion, models.CASCADE, related_name="names")
    language = models.CharField(max_length=5)
    name = CharField(max_length=200)
    short = CharField(max_length=100, blank=True)
    symbol = CharField(max_length=40, blank=True)
    folded = models.CharField(max_length=400, editable=False)
    sort_key = models.CharField(max_length=255, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="unit_name_once_a_language")]
        indexes = [models.Index(fields=["folded"], name="unit_name_folded")]

    def save(self, *args: object, **kwargs: object) -> None:
        self.prepare()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def prepare(self) -> None:
        """Fill the derived columns; call before bulk_create."""
        self.folded = fold(f"{self.name} {self.short} {self.symbol}")[:400]
        self.sort_key = sort_key(self.name)


class UnitAliasQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "UnitAliasQuerySet":
        """Other names of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class UnitAlias(Addressable):
    """Another name under which texts speak of a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    language = models.CharField(max_length=5, blank=True)
    alias = CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    objects = UnitAliasQuerySet.as_manager()

    def save(self, *args: object, **kwargs: object) -> None:
        self.prepare()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def prepare(self) -> None:
        """Fill the derived column; call before bulk_create."""
        self.folded = fold(self.alias)[:200]


class UnitMandateQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "UnitMandateQuerySet":
        """Mandates of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class UnitMandate(Addressable, Withdrawable, Dated):
    """What a unit is for: mission, functions and powers, with the regulation that gives them, from a date to a date."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mandates")
    mission = TextField(_("mission"), blank=True)
    functions = TextField(_("functions"), blank=True)
    powers = TextField(_("powers"), blank=True)
    basis = CharField(_("legal basis"), max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StandingManager.from_queryset(UnitMandateQuerySet)()
    every_row = UnitMandateQuerySet.as_manager()

    class Meta:
        constraints = [
            _range_check("unit_mandate_range"),
            NoOverlap(key=["unit"], condition={"withdrawn_at": None}, name="unit_mandate_no_overlap"),
        ]


class UnitRelationQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "UnitRelationQuerySet":
        """Relations of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class UnitRelation(Addressable, Withdrawable, Dated):
    """`unit` stands under `parent` (line), or is bound to it in another hierarchy, from a date to a date."""

    hierarchy = models.CharField(max_length=12, choices=Hierarchy)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relations_up")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="relations_down")
    change_act = models.ForeignKey("ChangeAct", models.PROTECT, null=True, blank=True, related_name="relations")

    objects = StandingManager.from_queryset(UnitRelationQuerySet)()
    every_row = UnitRelationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hierarchy", "parent"], name="unit_relation_down")]
        constraints = [
            _range_check("unit_relation_range"),
            models.CheckConstraint(name="unit_relation_not_self", condition=~models.Q(unit=models.F("parent"))),
            NoOverlap(
                key=["unit"],
                condition={"hierarchy": "line", "withdrawn_at": None},
                name="unit_relation_one_line_parent",
            ),
            NoOverlap(key=["hierarchy", "unit", "parent"], condition={"withdrawn_at": None}, name="unit_relation_once"),
        ]


class UnitLinkQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "UnitLinkQuerySet":
        """Links between units of the same root."""
        return self.filter(descendant__root_id=scope.root_id)

    def above(self, unit: Unit, day: datetime.date) -> list[tuple[int, UUID]]:
        """Return key and uid of every unit above another in the line on `day`, the uppermost first."""
        links = self.on(day).filter(hierarchy=Hierarchy.LINE, descendant=unit, depth__gt=0).order_by("-depth")
        return list(links.values_list("ancestor_id", "ancestor__uid"))


class UnitLink(Dated):
    """The closure of the relations: `descendant` is `depth` steps below `ancestor` (0: itself). Only ever rebuilt."""

    hierarchy = models.CharField(max_length=12)
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="links_down")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="links_up")
    depth = models.PositiveSmallIntegerField()

    objects = UnitLinkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hierarchy", "ancestor", "descendant"], name="unit_link_down"),
            models.Index(fields=["hierarchy", "descendant", "depth"], name="unit_link_up"),
        ]


class SuccessionQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "SuccessionQuerySet":
        """Successions of every unit of the same root."""
        return self.filter(predecessor__root_id=scope.root_id)


class Succession(Addressable, Withdrawable):
    """What became of a unit: many-to-many, with date, kind and decision."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renamed")
        TRANSFER = "transfer", _("transfer of function")
        DISSOLVE = "dissolve", _("dissolved")

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="successions_in")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    share = TextField(blank=True)
    change_act = models.ForeignKey("ChangeAct", models.PROTECT, null=True, blank=True, related_name="successions")

    objects = StandingManager.from_queryset(SuccessionQuerySet)()
    every_row = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"],
                condition=models.Q(withdrawn_at=None),
                name="succession_once",
            ),
            models.CheckConstraint(
                name="succession_dissolves_without_successor",
                condition=models.Q(kind="dissolve", successor=None) | models.Q(successor__isnull=False),
            ),
        ]


class ChangeActQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ChangeActQuerySet":
        """Acts of the same root; drafts only for who may edit the organisation there."""
        acts = self.filter(root_id=scope.root_id)
        if scope.holds_anywhere(Permission.ORGANISATION_EDIT):
            return acts
        return acts.exclude(state=ChangeAct.State.DRAFT)


class ChangeAct(Addressable):
    """The decision that creates, renames, merges, splits, moves or abolishes units on a date.

    `plan` holds its steps as they were entered (see `organisation.acts.plan`), `journal` the rows that applying it
    wrote or closed, by which it is undone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("change act", "Draft")
        APPLIED = "applied", pgettext_lazy("change act", "Applied")
        UNDONE = "undone", pgettext_lazy("change act", "Undone")

    root = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    title = CharField(_("title"), max_length=300)
    decision = CharField(_("decision"), max_length=200, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"))
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    plan = models.JSONField(default=list, blank=True)
    journal = models.JSONField(default=dict, blank=True, editable=False)
    created_by = models.ForeignKey("Person", models.PROTECT, null=True, blank=True, related_name="+")
    applied_by = models.ForeignKey("Person", models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ChangeActQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class PersonQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "PersonQuerySet":
        """People with an appointment, past or present, in a unit of the same root."""
        held = Appointment.objects.filter(post__unit__root_id=scope.root_id)
        return self.filter(pk__in=held.values("person"))


class Person(Addressable):
    """A human being; exists with or without an account."""

    name = CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=255, editable=False, db_index=True)
    folded = models.CharField(max_length=200, editable=False)
    email = models.EmailField(blank=True)
    phone = CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)

    objects = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.prepare()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def prepare(self) -> None:
        """Fill the derived columns; call before bulk_create."""
        self.sort_key, self.folded = sort_key(self.name), fold(self.name)[:200]


class PostQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "PostQuerySet":
        """Posts of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class Post(Addressable, Withdrawable, Dated):
    """A named post in a unit. Rights follow from its role and reach whoever is appointed to it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=roles.CHOICES)
    title = CharField(_("title"), max_length=200)
    position = models.PositiveIntegerField(default=0)
    fields = TextField(_("fields in charge"), blank=True)
    charge: models.ManyToManyField = models.ManyToManyField(Unit, through="PostCharge", related_name="posts_in_charge")

    objects = StandingManager.from_queryset(PostQuerySet)()
    every_row = PostQuerySet.as_manager()

    class Meta:
        constraints = [_range_check("post_range")]

    def __str__(self) -> str:
        return self.title

    @property
    def role_class(self) -> type[roles.Role]:
        """The role of this post."""
        return roles.ROLES[self.role]


class PostTitle(models.Model):
    """The title of a post in a further language."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="titles")
    language = models.CharField(max_length=5)
    title = CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "language"], name="post_title_once_a_language")]

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))


class PostCharge(models.Model):
    """A unit that the holder of a post looks after."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="charges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "unit"], name="post_charge_once")]


class AppointmentQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "AppointmentQuerySet":
        """Appointments to posts of the same root."""
        return self.filter(post__unit__root_id=scope.root_id)


class Appointment(Addressable, Withdrawable, Dated):
    """A person holds a post from a date to a date."""

    class Kind(models.TextChoices):
        HOLDER = "holder", _("holder")
        ACTING = "acting", _("acting")
        DEPUTY = "deputy", _("deputy")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HOLDER)
    decision = CharField(_("decision"), max_length=200, blank=True)
    end_reason = CharField(_("reason of the end"), max_length=200, blank=True)
    # The holder has seen what the post brings: open tasks, decisions awaited, drafts, recurring duties.
    taken_over_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager.from_queryset(AppointmentQuerySet)()
    every_row = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "valid_from"], name="appointment_of_person"),
            models.Index(fields=["post", "valid_from"], name="appointment_to_post"),
        ]
        constraints = [
            _range_check("appointment_range"),
            NoOverlap(key=["person", "post"], condition={"withdrawn_at": None}, name="appointment_no_overlap"),
        ]


class SubstitutionQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "SubstitutionQuerySet":
        """Substitutions for posts of the same root."""
        return self.filter(absent__post__unit__root_id=scope.root_id)


class Substitution(Addressable, Dated):
    """While a holder is away another person acts from that post."""

    class Extent(models.TextChoices):
        ALL = "all", _("everything")
        READ = "read", _("reading only")

    absent = models.ForeignKey(Appointment, models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="substitutions")
    extent = models.CharField(max_length=6, choices=Extent, default=Extent.ALL)
    reason = CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["substitute", "valid_from"], name="substitution_of_person")]
        constraints = [_range_check("substitution_range")]
