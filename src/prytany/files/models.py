"""Stored files: bytes once by hash, and the names under which records hold them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import CharField
from prytany.core.models import Addressable
from prytany.core.scope import Scope
from prytany.files.holders import holding_condition
from prytany.files.kinds import Kind, kind_of
from prytany.organisation.models import Person, Unit


class Blob(models.Model):
    """Bytes on disk, once per content. That two records share one is never visible to users."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "StoredFileQuerySet":
        """Files whose holding record is visible (each upper app says how, see `files.holders`), up to the clearance."""
        return self.filter(holding_condition(scope), root_id=scope.root_id, level__lte=scope.clearance)


class StoredFile(Addressable):
    """A file as somebody gave it: a name, its bytes, and the record that holds it (`holder_kind`, `holder_uid`)."""

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    name = CharField(max_length=200)
    holder_kind = models.CharField(max_length=30, blank=True)
    holder_uid = models.UUIDField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    caption = CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["holder_kind", "holder_uid"], name="stored_file_of_holder"),
            models.Index(fields=["created_at"], condition=models.Q(holder_uid=None), name="stored_file_waiting"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Kind:
        """What kind of file this is: its ending was held against its content when it was stored."""
        return kind_of(self.name)


class TextVersion(models.Model):
    """The text of a blob as one version of one extractor read it, a page per form feed."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("being read")
        READ = "read", _("read")
        EMPTY = "empty", _("no text")
        FAILED = "failed", _("could not be read")

    blob = models.ForeignKey(Blob, models.CASCADE, related_name="texts")
    extractor = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "extractor", "version"], name="text_version_once")]
