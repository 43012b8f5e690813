"""Who exists, where, since when: units with dated versions, hierarchies, successions, posts and appointments."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.constraints import NoOverlap
from prytany.core.fields import CharField, TextField
from prytany.core.fold import fold, sort_key
from prytany.core.models import Addressable, Dated, DatedQuerySet
from prytany.core.scope import Scope
from prytany.organisation import roles


class Hierarchy(models.TextChoices):
    """The kinds of relation between units; only `line` is a tree."""

    LINE = "line", _("line")
    SERVES = "serves", _("serves")
    GUIDES = "guides", _("guides")
    ADVISES = "advises", _("advises")
    SUPERVISES = "supervises", _("supervises")


class UnitQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "UnitQuerySet":
        """Every unit of the same root: the organisation is known to all who work in it."""
        return self.filter(root_id=scope.root_id)

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
    created_at = models.DateTimeField(auto_now_add=True)
    # The unit's head approves an answer before it leaves the unit.
    head_checks = models.BooleanField(default=False)
    contact = TextField(blank=True)
    time_zone = models.CharField(max_length=40, blank=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.uid)


class UnitVersion(Dated):
    """What a unit was called and which kind and level it had, from a date to a date. Withdrawn versions stay."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=30)
    level = models.CharField(max_length=30)
    position = models.PositiveIntegerField(default=0)
    decision = CharField(max_length=200, blank=True)
    change_act = models.ForeignKey("ChangeAct", models.PROTECT, null=True, blank=True, related_name="versions")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "valid_from"], name="unit_version_of_unit")]
        constraints = [
            models.CheckConstraint(
                name="unit_version_range",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
            NoOverlap(key=["unit"], name="unit_version_no_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"


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


class UnitAlias(models.Model):
    """Another name under which texts speak of a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    language = models.CharField(max_length=5, blank=True)
    alias = CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.alias)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class UnitRelation(Dated):
    """`unit` stands under (line) or serves, guides, advises, supervises `parent`, from a date to a date."""

    hierarchy = models.CharField(max_length=12, choices=Hierarchy)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relations_up")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="relations_down")
    change_act = models.ForeignKey("ChangeAct", models.PROTECT, null=True, blank=True, related_name="relations")

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hierarchy", "parent"], name="unit_relation_down")]
        constraints = [
            models.CheckConstraint(name="unit_relation_not_self", condition=~models.Q(unit=models.F("parent"))),
            NoOverlap(key=["unit"], condition={"hierarchy": "line"}, name="unit_relation_one_line_parent"),
        ]


class UnitLink(Dated):
    """The closure of the relations: `descendant` is `depth` steps below `ancestor` (0: itself). Only ever rebuilt."""

    hierarchy = models.CharField(max_length=12)
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="links_down")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="links_up")
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hierarchy", "ancestor", "descendant"], name="unit_link_down"),
            models.Index(fields=["hierarchy", "descendant", "depth"], name="unit_link_up"),
        ]


class Succession(Addressable):
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),
        ]


class ChangeAct(Addressable):
    """The decision that creates, renames, merges, splits, moves or abolishes units on a date."""

    root = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    title = CharField(max_length=300)
    decision = CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

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


class PostQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "PostQuerySet":
        """Posts of every unit of the same root."""
        return self.filter(unit__root_id=scope.root_id)


class Post(Addressable, Dated):
    """A named post in a unit. Rights follow from its role and reach whoever is appointed to it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=roles.CHOICES)
    title = CharField(_("title"), max_length=200)
    position = models.PositiveIntegerField(default=0)
    fields = TextField(_("fields in charge"), blank=True)
    charge: models.ManyToManyField = models.ManyToManyField(Unit, through="PostCharge", related_name="posts_in_charge")

    objects = PostQuerySet.as_manager()

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


class Appointment(Addressable, Dated):
    """A person holds a post from a date to a date."""

    class Kind(models.TextChoices):
        HOLDER = "holder", _("holder")
        ACTING = "acting", _("acting")
        DEPUTY = "deputy", _("deputy")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HOLDER)
    decision = CharField(max_length=200, blank=True)
    # The holder has seen what the post brings: open tasks, decisions awaited, drafts, recurring duties.
    taken_over_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "valid_from"], name="appointment_of_person")]
        constraints = [NoOverlap(key=["person", "post"], name="appointment_no_overlap")]


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
