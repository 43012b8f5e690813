"""The document itself, its lines in registers, its texts and addressable passages."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from prytany.core import clock, levels
from prytany.core.fields import CharField, TextField
from prytany.core.models import Addressable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import ledger
from prytany.documents.sight import classification
from prytany.files.models import StoredFile
from prytany.organisation.models import Person, Unit
from prytany.organisation.reach import within
from prytany.rules.models import RuleVersion
from prytany.search.words import number_key

# Upper apps add the documents that a scope may see because it holds a passage: (scope) -> Q on Document.
EXTRA_SIGHT: list = []


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "DocumentQuerySet":
        """Papers in a register the scope may read, taken in where it reads papers for tasks, or cited by work it holds.

        Above the clearance nothing; at a secret level only what the person needs to know.
        """
        entries = RegisterEntry.objects.filter(within(scope, Permission.DOCUMENT_READ, "unit", "root"), voided_at=None)
        # Asked for each row: lists show the newest few, and few of a search's hits are not visible.
        sight = Q(Exists(entries.filter(document=OuterRef("pk"))))
        sight |= Q(entered_in__isnull=False) & within(scope, Permission.INTAKE_USE, "entered_in", "root")
        for extra in EXTRA_SIGHT:
            sight |= extra(scope)
        return self.filter(sight, classification(scope), root_id=scope.root_id)


class Document(Addressable):
    """The paper, told apart from its lines in registers: one notice sent to 65 communes is one document."""

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        NONE = "none", _("not stated")

    class Basis(models.TextChoices):
        STATED = "stated", _("stated")
        INFERRED = "inferred", _("inferred")
        NONE = "none", _("not stated")

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    family = models.CharField(max_length=10, default="party")
    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = CharField(_("number and symbol"), max_length=60, blank=True)
    # The symbol in one spelling (`search.words.number_key`), by which a paper registered twice is found.
    symbol_key = models.CharField(max_length=80, blank=True, editable=False)
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="issued_documents")
    issuer_name = CharField(_("issuing body"), max_length=200, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issued_precision = models.CharField(max_length=6, choices=Precision, default=Precision.DAY)
    issued_basis = models.CharField(max_length=8, choices=Basis, default=Basis.STATED)
    summary = TextField(_("summary"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    signer_title = CharField(_("signer's post"), max_length=200, blank=True)
    signer_name = CharField(_("signer"), max_length=100, blank=True)
    urgency = models.CharField(_("urgency"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("classification"), default=levels.OPEN)
    circulation = models.CharField(_("circulation"), max_length=30, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("copies"), null=True, blank=True)
    reply_due_on = models.DateField(_("reply due"), null=True, blank=True)
    note = TextField(_("note"), blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    is_directive = models.BooleanField(default=False)
    recalled_at = models.DateTimeField(null=True, blank=True)
    # The unit for which a paper was taken in to be read before it stood in any register.
    entered_in = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # The other bodies that issue a joint paper; it bears the number of its first issuer.
    joint_issuers: models.ManyToManyField = models.ManyToManyField(Unit, blank=True, related_name="joint_documents")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["root", "-created_at", "-id"], name="document_newest"),
            models.Index(fields=["root", "symbol_key"], name="document_symbol"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.summary[:60]

    def clean(self) -> None:
        """Fill the derived column; `full_clean` is called before every save."""
        super().clean()
        self.symbol_key = number_key(self.symbol)

    @property
    def is_secret(self) -> bool:
        """Whether nothing but the register line may be kept."""
        return levels.is_secret(self.level)


class RegisterEntryQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "RegisterEntryQuerySet":
        """The lines of registers the scope may read; a secret paper's line only up to the clearance."""
        return self.filter(
            within(scope, Permission.DOCUMENT_READ, "unit", "root"), document__level__lte=scope.clearance
        )


class RegisterEntry(Addressable):
    """The line of a document in one unit's register. A number once taken is never reused; a void line keeps it."""

    Direction = ledger.Direction

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="register_entries")
    document = models.ForeignKey(Document, models.PROTECT, related_name="entries")
    direction = models.CharField(max_length=10, choices=Direction)
    series = models.ForeignKey(ledger.NumberSeries, models.PROTECT, related_name="entries")
    # Several bodies may show one number of a joint paper, each in its own register.
    taken = models.ForeignKey(ledger.LedgerNumber, models.PROTECT, related_name="entries")
    # As in `taken`, for the order of a register.
    number = models.PositiveIntegerField()
    entered_on = models.DateField()
    receiver = CharField(max_length=300, blank=True)
    handler = CharField(max_length=200, blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)
    forwarded_on = models.DateField(null=True, blank=True)
    note = CharField(max_length=300, blank=True)
    # When a leader's opinion sent it on its way (a task, or "for the file").
    routed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = CharField(max_length=300, blank=True)
    # The rules under which the line was made: the kind of paper, the columns of the book.
    kind_rule = models.ForeignKey(RuleVersion, models.PROTECT, null=True, blank=True, related_name="+")
    book_rule = models.ForeignKey(RuleVersion, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "direction", "series", "number"], name="register_number_once"),
            models.CheckConstraint(name="register_void_has_reason", condition=Q(voided_at=None) | ~Q(void_reason="")),
        ]
        indexes = [
            models.Index(fields=["unit", "direction", "-entered_on", "-id"], name="register_newest"),
            models.Index(fields=["document"], name="register_of_document"),
        ]


class DocumentText(models.Model):
    """One text of a document: pasted, or read from a file by one version of an extractor.

    `segments` holds [start, end, kind] triples over `text` in code points; kind is `s` sentence, `h` heading,
    `f` page furniture. A later extraction is a new row; passages cited from the old one are re-anchored by digest.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="texts")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5)
    extractor = models.CharField(max_length=60)
    text = models.TextField()
    segments = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["document", "is_current"], name="document_text_current")]


class ClauseQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ClauseQuerySet":
        """The passages of documents the scope may see, and those that work it may see is drawn from."""
        return self.filter(document__in=Document.objects.visible_to(scope))


class Clause(Addressable):
    """An addressable passage: what tasks, decisions and report lines cite. Made when first cited."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="clauses")
    text_version = models.ForeignKey(DocumentText, models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    label = CharField(max_length=60, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "digest", "position"], name="clause_once"),
            models.CheckConstraint(name="clause_range", condition=Q(end__gt=models.F("start"))),
        ]


class DocumentRelation(models.Model):
    """How a document stands to another."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("implements")
        REPLIES = "replies", _("replies to")
        AMENDS = "amends", _("amends")
        SUPERSEDES = "supersedes", _("supersedes")
        CORRECTS = "corrects", _("corrects")
        ATTACHED = "attached", _("attached to")

    document = models.ForeignKey(Document, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Document, models.PROTECT, related_name="relations_in")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "other", "kind"], name="document_relation_once")]


class TrayItemQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "TrayItemQuerySet":
        """What waits in the trays where the scope may register."""
        return self.filter(within(scope, Permission.DOCUMENT_REGISTER, "unit", "root"))

    def waiting(self) -> "TrayItemQuerySet":
        """What is neither registered nor put aside."""
        return self.filter(document=None, discarded_at=None)


class TrayItem(Addressable):
    """A file or a paper that arrived and is not registered yet; `reading` proposes fields, never silently accepted."""

    root = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tray")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    reading = models.JSONField(default=dict)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    discard_reason = CharField(max_length=200, blank=True)
    arrived_at = models.DateTimeField(default=clock.now)
    arrived_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # What is written on a paper that arrived without a file, so that it can be told from the others.
    note = CharField(max_length=200, blank=True)

    objects = TrayItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "arrived_at", "id"],
                condition=Q(document=None, discarded_at=None),
                name="tray_waiting",
            )
        ]
