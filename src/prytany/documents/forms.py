"""What people type about papers, checked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core import clock, levels
from prytany.core.forms import CleanCharField, DateTextField, PrytanyForm
from prytany.core.scope import Scope
from prytany.documents import kinds
from prytany.documents.models import Document, DocumentRelation, RegisterEntry
from prytany.documents.numbering import congress_of
from prytany.documents.services.facts import Facts
from prytany.documents.services.registration import Line
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels

Direction = RegisterEntry.Direction
LANGUAGES = (
    ("vi", _("Vietnamese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("hi", _("Hindi")),
    ("ar", _("Arabic")),
    ("ur", _("Urdu")),
)


def kind_choices(unit: Unit | int | None = None) -> list[tuple[Any, Any]]:
    """Return the kinds of both families as groups of choices; a value is `family.kind`."""
    return [
        (label, [(f"{family}.{kind.code}", kind.name) for kind in kinds.kinds_of(family, unit=unit).values()])
        for family, label in kinds.FAMILIES
    ]


def level_choices(scope: Scope) -> list[tuple[int, str]]:
    """Return the levels up to the clearance."""
    return [(value, rule.name) for value, rule in kinds.level_rules().items() if value <= scope.clearance]


class PaperForm(PrytanyForm):
    """A paper and its line in a register: eight fields, the rest under "More" (`MORE`)."""

    number = forms.IntegerField(label=_("Register number"), min_value=1, max_value=999_999)
    entered_on = DateTextField(label=_("Arrived on"), day_only=True, prefer="past")
    issuer_name = CleanCharField(label=_("Issuing body"), max_length=200, required=False)
    issuer = forms.UUIDField(required=False, widget=forms.HiddenInput)
    symbol = CleanCharField(label=_("Number and symbol"), max_length=60, required=False)
    issued_on = DateTextField(label=_("Date of the paper"), prefer="past", required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    summary = CleanCharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    receiver = CleanCharField(label=pgettext_lazy("register", "For"), max_length=300, required=False)

    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    level = forms.TypedChoiceField(label=_("Classification"), coerce=int, empty_value=None, required=False)
    circulation = forms.ChoiceField(label=_("Circulation"), required=False)
    pages = forms.IntegerField(label=_("Pages"), min_value=1, max_value=99_999, required=False)
    copies = forms.IntegerField(label=_("Copies"), min_value=0, max_value=99_999, required=False)
    signer_title = CleanCharField(label=_("Signer's post"), max_length=200, required=False)
    signer_name = CleanCharField(label=_("Signer"), max_length=100, required=False)
    reply_due_on = DateTextField(label=_("Reply due"), day_only=True, required=False)
    handler = CleanCharField(label=_("Kept by"), max_length=200, required=False)
    forwarded_on = DateTextField(label=_("Passed on"), day_only=True, prefer="past", required=False)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES, initial="vi", required=False)
    note = CleanCharField(label=_("Note"), max_length=300, required=False)
    knowing_duplicates = forms.BooleanField(label=_("This is another paper"), required=False)
    reservation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    congress = forms.BooleanField(label=_("Paper of the congress"), required=False)
    without_file = forms.BooleanField(label=_("Remove the file and keep only the register line"), required=False)

    examples = {"symbol": "118-TB/VPTU", "issued_on": "16/11"}
    MAIN: tuple[str, ...] = (
        "number",
        "entered_on",
        "symbol",
        "issued_on",
        "issuer_name",
        "kind",
        "summary",
        "receiver",
    )
    MORE: tuple[str, ...] = (
        "urgency",
        "level",
        "circulation",
        "pages",
        "copies",
        "signer_title",
        "signer_name",
        "reply_due_on",
        "handler",
        "forwarded_on",
        "language",
        "note",
    )

    def __init__(
        self, *args: Any, scope: Scope, unit: Unit, direction: str = Direction.IN, guesses: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.unit, self.direction = scope, unit, direction
        self.guesses: Mapping[str, str] = guesses or {}
        # Django's stubs know only the base class of these fields.
        choices: dict[str, Any] = {
            "kind": [("", _("Choose a kind")), *kind_choices(unit)],
            "urgency": [("", pgettext_lazy("urgency", "none")), *_named(kinds.urgencies())],
            "circulation": [("", pgettext_lazy("circulation", "no mark")), *_named(kinds.circulations())],
            "level": level_choices(scope),
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        if direction == Direction.OUT and congress_of(clock.today(), unit):
            self.MORE = (*self.MORE, "congress")
        else:
            self.fields.pop("congress", None)
        if direction == Direction.OUT:
            self.fields["entered_on"].label = _("Entered on")
            self.fields["receiver"].label = pgettext_lazy("register", "Receivers")
        elif direction == Direction.INTERNAL:
            self.fields["entered_on"].label = _("Entered on")
        for name, address in (("issuer_name", "documents:issuers"), ("receiver", "documents:receivers")):
            if name in self.fields:
                self.fields[name].widget.attrs["data-combobox"] = reverse_lazy(address)
        for name in self.guesses:
            if name in self.fields:
                self.fields[name].widget.attrs.update({"data-guess": "1", "data-quote": self.guesses[name]})

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The eight fields on the first view."""
        return [self[name] for name in self.MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self) -> bool:
        """Whether something under "More" was refused, or a mark that changes how the paper is treated stands there."""
        weighty = ("urgency", "level", "circulation")
        touched = any(name in self.guesses for name in weighty) or any(name in self.errors for name in self.MORE)
        return touched or (self.is_bound and any(self.data.get(name) for name in ("urgency", "circulation", "note")))

    def facts(self) -> Facts:
        """Return the paper's facts; the chosen unit counts only while its name still stands in the field."""
        data = self.cleaned_data
        family, _dot, kind = data["kind"].partition(".")
        issued = data["issued_on"]
        issuer = self._issuer(data.get("issuer"), data["issuer_name"])
        return Facts(
            family=family,
            kind=kind,
            symbol=data["symbol"],
            issuer=issuer,
            issuer_name=data["issuer_name"],
            issued_on=issued.date if issued else None,
            issued_precision=_precision(issued.precision if issued else ""),
            issued_basis=Document.Basis.STATED if issued else Document.Basis.NONE,
            summary=" ".join(data["summary"].split()),
            language=data["language"] or "vi",
            signer_title=data["signer_title"],
            signer_name=data["signer_name"],
            urgency=data["urgency"],
            level=data["level"] or levels.OPEN,
            circulation=data["circulation"],
            pages=data["pages"],
            copies=data["copies"],
            reply_due_on=data["reply_due_on"],
        )

    def _issuer(self, uid: Any, name: str) -> Unit | None:
        if not uid or not name:
            return None
        unit = Unit.objects.visible_to(self.scope).filter(uid=uid).first()
        if unit is None:
            return None
        label = unit_labels([unit.pk]).get(unit.pk)
        return unit if label and name in {label.name, label.short} else None

    def line(self) -> Line:
        """Return the line of the register."""
        data = self.cleaned_data
        return Line(
            direction=self.direction,
            entered_on=data["entered_on"],
            number=data["number"],
            reservation=data.get("reservation"),
            congress=bool(data.get("congress")),
            receiver=data["receiver"],
            handler=data["handler"],
            copies=data["copies"],
            forwarded_on=data["forwarded_on"],
            note=data["note"],
        )


def _precision(precision: str) -> str:
    """Return how exactly the date of a paper is known; a quarter is known as its last month."""
    return {"day": "day", "month": "month", "quarter": "month", "year": "year"}.get(precision, Document.Precision.NONE)


def _named(rules: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code, rule.name) for code, rule in rules.items()]


class CorrectForm(PaperForm):
    """The paper's facts alone, to be corrected; `remove_content` agrees to what raising to a secret level removes."""

    remove_content = forms.BooleanField(label=_("Remove all of this for good"), required=False)

    OF_THE_LINE = (
        "number",
        "entered_on",
        "receiver",
        "handler",
        "forwarded_on",
        "knowing_duplicates",
        "reservation",
        "congress",
        "without_file",
    )
    MAIN: tuple[str, ...] = ("symbol", "issued_on", "issuer_name", "kind", "summary")
    MORE: tuple[str, ...] = (
        "urgency",
        "level",
        "circulation",
        "pages",
        "copies",
        "signer_title",
        "signer_name",
        "reply_due_on",
        "language",
        "note",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.OF_THE_LINE:
            self.fields.pop(name, None)
        self.MORE = tuple(name for name in self.MORE if name in self.fields)

    def facts(self) -> Facts:
        """Return the facts, the note among them: here it belongs to the paper."""
        return replace(super().facts(), note=self.cleaned_data["note"])

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        """Return the fields as they stand."""
        return {
            "symbol": document.symbol,
            "issued_on": _typed_date(document),
            "issuer_name": document.issuer_name,
            "issuer": document.issuer.uid if document.issuer else None,
            "kind": f"{document.family}.{document.kind}",
            "summary": document.summary,
            "urgency": document.urgency,
            "level": document.level,
            "circulation": document.circulation,
            "pages": document.pages,
            "copies": document.copies,
            "signer_title": document.signer_title,
            "signer_name": document.signer_name,
            "reply_due_on": document.reply_due_on,
            "language": document.language,
            "note": document.note,
        }


def _typed_date(document: Document) -> str:
    if document.issued_on is None:
        return ""
    pattern = {"month": "%m/%Y", "year": "%Y"}.get(document.issued_precision, "%d/%m/%Y")
    return document.issued_on.strftime(pattern)


class LineForm(PrytanyForm):
    """A register line beside its number."""

    entered_on = DateTextField(label=_("Entered on"), day_only=True, prefer="past")
    receiver = CleanCharField(label=pgettext_lazy("register", "For"), max_length=300, required=False)
    handler = CleanCharField(label=_("Kept by"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("Copies"), min_value=0, max_value=99_999, required=False)
    forwarded_on = DateTextField(label=_("Passed on"), day_only=True, prefer="past", required=False)
    note = CleanCharField(label=_("Note"), max_length=300, required=False)


class ReasonForm(PrytanyForm):
    """Why a line is void, or a paper put aside."""

    reason = CleanCharField(label=_("Reason"), max_length=300)


class ReserveForm(PrytanyForm):
    """A number to be kept for somebody."""

    kind = forms.ChoiceField(label=_("Kind"))
    level = forms.TypedChoiceField(label=_("Classification"), coerce=int, empty_value=None, required=False)
    owner = forms.ChoiceField(label=_("For whom"))
    until = DateTextField(
        label=_("Until"),
        day_only=True,
        required=False,
        help_text=_("Left empty: the time that the rules give. After it the number is void."),
    )
    purpose = CleanCharField(label=_("What for"), max_length=200, required=False)

    examples = {"until": "+5"}

    def __init__(
        self, *args: Any, scope: Scope, unit: Unit, people: list[tuple[str, str]], direction: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # Django's stubs know only the base class of these fields.
        self.fields["kind"].choices = [("", _("Choose a kind")), *kind_choices(unit)]  # type: ignore[attr-defined]
        self.fields["level"].choices = level_choices(scope)  # type: ignore[attr-defined]
        self.fields["owner"].choices = people  # type: ignore[attr-defined]
        if direction != Direction.OUT:
            del self.fields["kind"]


class ExplainForm(PrytanyForm):
    """Why numbers are missing."""

    first = forms.IntegerField(label=_("From number"), min_value=1, max_value=999_999)
    last = forms.IntegerField(label=_("To number"), min_value=1, max_value=999_999)
    reason = CleanCharField(label=_("Reason"), max_length=300)


class BeginForm(PrytanyForm):
    """Where a series begins, the numbers below standing in a book on paper."""

    number = forms.IntegerField(label=_("First number kept here"), min_value=1, max_value=999_999)
    basis = CleanCharField(label=_("Book on paper or decision"), max_length=300)


class TextForm(PrytanyForm):
    """A pasted text."""

    text = CleanCharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 16}), max_length=2_000_000, strip=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class RelationForm(PrytanyForm):
    """How this paper stands to another, named by its number and symbol."""

    kind = forms.ChoiceField(label=_("Relation"), choices=DocumentRelation.Kind.choices)
    symbol = CleanCharField(label=_("Number and symbol of the other paper"), max_length=80)
    examples = {"symbol": "96-TB/VPTU"}


class PapersForm(PrytanyForm):
    """How many papers arrived on paper."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=100, initial=1)
    note = CleanCharField(label=_("Where they lie"), max_length=200, required=False)


def today_typed() -> str:
    """Return today as it is typed."""
    return clock.today().strftime("%d/%m/%Y")
