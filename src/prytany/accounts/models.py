"""Accounts of people, what they may see, and what belongs to a person alone: drafts, form tokens, preferences."""

import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from prytany.accounts.people import manageable_people
from prytany.core.constraints import NoOverlap
from prytany.core.fields import CharField
from prytany.core.models import Addressable, Dated, DatedQuerySet
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person, Unit


def _own_or_managed(scope: Scope) -> models.Q:
    return models.Q(person_id=scope.person_id) | models.Q(person__in=manageable_people(scope))


class UserQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "UserQuerySet":
        """One's own account, and those that one manages."""
        return self.filter(_own_or_managed(scope))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds accounts."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account named `username`, whatever the case."""
        found: User = self.get(username__iexact=username)
        return found


class User(AbstractBaseUser, Addressable):
    """An account. Signing in gives no right; appointments of the person do."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="user_name_once_whatever_the_case")]

    def __str__(self) -> str:
        return self.username

    @property
    def email(self) -> str:
        """The person's address, for the libraries that ask the account for it."""
        return self.person.email if self.person else ""


class ClearanceQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "ClearanceQuerySet":
        """One's own, and those of people whose accounts one manages."""
        return self.filter(_own_or_managed(scope))


class Clearance(Addressable, Dated):
    """The highest level a person may see, with its basis; always combined with need-to-know."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="clearances")
    level = models.PositiveSmallIntegerField()
    basis = CharField(max_length=200)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clearance_range",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]


class NeedToKnowQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "NeedToKnowQuerySet":
        """One's own, and those of people whose accounts one manages."""
        return self.filter(_own_or_managed(scope))


class NeedToKnow(Addressable, Dated):
    """A person may see one record above `internal`, within the clearance."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="needs")
    target_kind = models.CharField(max_length=40)
    target_uid = models.UUIDField(db_index=True)
    level = models.PositiveSmallIntegerField()
    reason = CharField(max_length=200)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = NeedToKnowQuerySet.as_manager()


class SignInSlipQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "SignInSlipQuerySet":
        """Slips of people whose accounts one manages."""
        return self.filter(user__person__in=manageable_people(scope))

    def open(self, now: datetime.datetime) -> "SignInSlipQuerySet":
        """Slips that can still be used."""
        return self.filter(used_at=None, expires_at__gt=now, user__is_active=True)


class SignInSlip(Addressable):
    """A one-time code on paper with which a person sets a password. The code is derived from `uid`, never stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInSlipQuerySet.as_manager()


class TrustedDeviceQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "TrustedDeviceQuerySet":
        """A person's own devices."""
        return self.filter(user__person_id=scope.person_id)


class TrustedDevice(Addressable):
    """A browser that needs no second factor until a date."""

    user = models.ForeignKey(User, models.CASCADE, related_name="trusted_devices")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()

    objects = TrustedDeviceQuerySet.as_manager()


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ApiTokenQuerySet":
        """A person's own tokens."""
        return self.filter(appointment__person_id=scope.person_id)


class ApiToken(Addressable):
    """A key for programs, bound to one appointment and to some of its permissions."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="api_tokens")
    name = CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    permissions = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()


class Preference(models.Model):
    """A person's choices: columns of a list, phrases, notice settings, shortcuts, language."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="preferences")
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="preference_once")]


class Draft(models.Model):
    """What a person typed into a form and has not sent; never for classified records."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=160)
    data = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="draft_once")]


class FormToken(models.Model):
    """One rendering of a form; written in the service's transaction, so that a double submit gets the first result."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="form_tokens")
    token = models.CharField(max_length=40)
    result = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "token"], name="form_token_once")]


class LetterheadQuerySet(DatedQuerySet):
    def visible_to(self, scope: Scope) -> "LetterheadQuerySet":
        """Letterheads of every unit of the same root: they stand on its papers."""
        return self.filter(unit__root_id=scope.root_id)


class Letterhead(Addressable, Dated):
    """How an office's papers are headed: superior body, issuing body, symbol, place, signer, family."""

    class Family(models.TextChoices):
        PARTY = "party", _("Party")
        STATE = "state", _("State")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letterheads")
    family = models.CharField(max_length=10, choices=Family, default=Family.PARTY)
    superior = CharField(max_length=200, blank=True)
    issuer = CharField(max_length=200)
    symbol = CharField(max_length=40, blank=True)
    place = CharField(max_length=100)
    authority = CharField(max_length=60, blank=True)
    signer_title = CharField(max_length=100)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letterhead_range",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
            NoOverlap(key=["unit"], name="letterhead_no_overlap"),
        ]
