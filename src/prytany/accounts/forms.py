"""Forms of sign-in, My account and administration. Those of the sign-in library get the office's look and words."""

import datetime
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal import flows
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as codes_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.accounts import words
from prytany.accounts.fields import PersonField
from prytany.accounts.models import Letterhead, User
from prytany.core import levels
from prytany.core.forms import DateTextField, PrytanyForm, StyledFields
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person, Substitution

PASSWORD_HELP = _("At least 10 characters. Four words that do not belong together are strong and easy to keep in mind.")


class LibraryForm(StyledFields):
    """A form of the sign-in library, shown as all forms here are."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adapt()
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
        self.style_fields()

    def adapt(self) -> None:
        """Change labels and help before the fields are styled."""

    @property
    def error_count(self) -> int:
        """How many errors there are, for the summary's head."""
        return sum(len(found) for found in self.errors.values())  # type: ignore[attr-defined]


def _no_reset_link(field: forms.Field) -> None:
    field.help_text = ""


class SignInForm(LibraryForm, account_forms.LoginForm):
    """Sign-in name and password; whether the device shall be trusted."""

    trust = forms.BooleanField(
        label=_("Trust this device"),
        required=False,
        help_text=_("Only on a device of your own. You are then asked less often, for the days your post allows."),
    )
    field_order = ["login", "password", "trust"]

    def adapt(self) -> None:
        """Ask for the name as it stands on the slip."""
        self.fields.pop("remember", None)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Sign-in name"), _("Password")
        login.widget.attrs.update(autocapitalize="none", spellcheck="false", dir="ltr", autofocus=True)
        _no_reset_link(password)
        self.order_fields(self.field_order)

    def _login_with_password(self, request: HttpRequest, redirect_url: str | None, credentials: Any) -> HttpResponse:
        # The library would set the session's end here, after the device was trusted.
        self._login.redirect_url = redirect_url
        return flows.login.perform_password_login(request, credentials, self._login)


class ChangePasswordForm(LibraryForm, account_forms.ChangePasswordForm):
    """The old password and twice the new one."""

    def adapt(self) -> None:
        """Plain words."""
        _no_reset_link(self.fields["oldpassword"])
        self.fields["oldpassword"].label = _("Present password")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = _("New password again")

    def clean(self) -> dict[str, Any]:
        """Both have to be the same; said in our own words."""
        data: dict[str, Any] = forms.Form.clean(self) or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("This is not what you typed above."))
        return data


class ConfirmPasswordForm(LibraryForm, account_forms.ReauthenticateForm):
    """The password again, before something about the account is changed."""

    def adapt(self) -> None:
        """Plain words."""
        self.fields["password"].label = _("Password")
        _no_reset_link(self.fields["password"])
        self.fields["password"].widget.attrs["autofocus"] = True


class CodeMixin(LibraryForm):
    """A code of six digits, or a recovery code."""

    def adapt(self) -> None:
        """A numeric keyboard; left to right in every language."""
        self.fields["code"].label = _("Code")  # type: ignore[attr-defined]
        self.fields["code"].widget.attrs.update(inputmode="numeric", dir="ltr", autofocus=True, maxlength=20)  # type: ignore[attr-defined]


class SecondFactorForm(CodeMixin, mfa_forms.AuthenticateForm):
    """The second step of signing in."""


class ConfirmCodeForm(CodeMixin, mfa_forms.ReauthenticateForm):
    """The second factor again, before something about the account is changed."""


class ActivateAppForm(CodeMixin, totp_forms.ActivateTOTPForm):
    """The first code of an authenticator app."""


class RemoveAppForm(LibraryForm, totp_forms.DeactivateTOTPForm):
    """Says so where the second factor has to stay."""


class RenewCodesForm(LibraryForm, codes_forms.GenerateRecoveryCodesForm):
    """Says so where there is no second factor to recover."""


class AddPasskeyForm(LibraryForm, webauthn_forms.AddWebAuthnForm):
    """A passkey: always one that can sign in by itself."""

    def adapt(self) -> None:
        """Ask for the name alone."""
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("So that you know it again, such as the device it is on.")
        self.fields["name"].widget.attrs["maxlength"] = 100
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(LibraryForm, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def adapt(self) -> None:
        """Plain words."""
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].widget.attrs["maxlength"] = 100


class NewPasswordMixin(forms.Form):
    """Twice a new password, checked against the rules of this installation."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    user: User | None = None

    def clean_password1(self) -> str:
        """Refuse what is short, common or like the name."""
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both have to be the same."""
        data = super().clean() or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("This is not what you typed above."))
        return data


class SlipForm(PrytanyForm, NewPasswordMixin):
    """The code of a sign-in slip and a new password."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr", "spellcheck": "false"}
        ),
    )
    examples = {"code": "7KMQ-2X4T-PD93-W8CA"}
    field_order = ["code", "password1", "password2"]


class PhrasesForm(PrytanyForm):
    """Phrases used again and again, one a line."""

    phrases = forms.CharField(
        label=_("One phrase a line"),
        required=False,
        help_text=_("They are offered where you type an opinion or an answer."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def clean_phrases(self) -> list[str]:
        """Return the lines that say something, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["phrases"].splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > 100 or any(len(line) > 500 for line in kept):
            raise forms.ValidationError(_("At most 100 phrases of at most 500 characters."))
        return kept


class ShortcutsForm(PrytanyForm):
    """Single keys in lists."""

    shortcuts = forms.BooleanField(
        label=_("Single keys work in lists"),
        required=False,
        help_text=_("Such as j and k for the next and the previous row. The key ? shows them all."),
    )


class TokenForm(PrytanyForm):
    """A key for a program: name, rights among one's own, last day."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Which program uses it."))
    permissions = forms.MultipleChoiceField(
        label=_("Rights"), widget=forms.CheckboxSelectMultiple, help_text=_("As few as the program needs.")
    )
    expires_on = DateTextField(label=_("Works until"), day_only=True, required=True, help_text=_("At most one year."))
    examples = {"expires_on": "31/12/2026"}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = sorted(permission.value for permission in scope.grants)
        self.fields["permissions"].choices = [(code, words.right(code)) for code in held]  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = scope.today + datetime.timedelta(days=90)


class RangeForm(PrytanyForm):
    """From a day to a day, both included; the last may be left open."""

    first_day = DateTextField(label=_("From"), day_only=True, required=True, prefer="past")
    last_day = DateTextField(label=_("Until and including"), day_only=True, required=False)


class ClearanceForm(RangeForm):
    """The highest level a person may see, with basis and dates."""

    level = forms.TypedChoiceField(label=_("Up to"), coerce=int)
    basis = forms.CharField(label=_("Basis"), max_length=200, help_text=_("The decision, with its date."))
    examples = {"basis": "12-QĐ/TU, 3/2/2026"}
    field_order = ["level", "basis", "first_day", "last_day"]

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grantable = [level for level in levels.SECRET_LEVELS if level <= scope.clearance]
        self.fields["level"].choices = [(level, words.level(level)) for level in grantable]  # type: ignore[attr-defined]
        self.fields["first_day"].initial = scope.today


class NeedForm(RangeForm):
    """Which classified record a person may see, why, and how long."""

    record = forms.ChoiceField(label=_("Record"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = ["record", "reason", "first_day", "last_day"]

    def __init__(self, *args: Any, scope: Scope, records: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = records  # type: ignore[attr-defined]
        self.fields["first_day"].initial = scope.today


class UsernameForm(PrytanyForm):
    """Another sign-in name."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"}))


class LetterheadForm(PrytanyForm):
    """How the office's papers are headed and signed."""

    family = forms.ChoiceField(
        label=_("Kind of paper"),
        choices=Letterhead.Family.choices,
        help_text=_("Party papers and state papers are headed differently."),
    )
    superior = forms.CharField(label=_("Superior body"), max_length=200, required=False)
    issuer = forms.CharField(label=_("Issuing body"), max_length=200)
    symbol = forms.CharField(label=_("Symbol of the issuer"), max_length=40, required=False)
    place = forms.CharField(label=_("Place"), max_length=100, help_text=_("Stands before the date."))
    authority = forms.CharField(
        label=_("On behalf of"), max_length=60, required=False, help_text=_("Stands above the signer's title.")
    )
    signer_title = forms.CharField(label=_("Title of the signer"), max_length=100)
    examples = {"symbol": "VPTU", "authority": "T/L"}


class SetUpForm(PrytanyForm, NewPasswordMixin):
    """The first page of an empty installation: the office and its administrator."""

    unit = forms.CharField(label=_("Name of your office or committee"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=200)
    title = forms.CharField(label=_("Your post"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "autocomplete": "username"}),
    )
    examples = {"username": "quan.tri"}
    field_order = ["unit", "name", "title", "language", "username", "password1", "password2"]


class WhyNotForm(PrytanyForm):
    """About whom one asks."""

    person = PersonField(label=pgettext_lazy("why not", "Person"))

    def __init__(self, *args: Any, people: QuerySet[Person], search_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form_token"]
        self.fields["person"].offer(people, search_url)  # type: ignore[attr-defined]


class AbsenceForm(PrytanyForm):
    """From when to when one is away, and who acts meanwhile."""

    appointments = forms.ModelMultipleChoiceField(
        label=_("Posts"), queryset=Appointment.objects.none(), to_field_name="uid", widget=forms.CheckboxSelectMultiple
    )
    first_day = DateTextField(label=_("Away from"), day_only=True, required=True)
    last_day = DateTextField(label=_("Until and including"), day_only=True, required=True)
    substitute = PersonField(label=_("Who acts for you"), help_text=_("Two letters of the name are enough."))
    extent = forms.ChoiceField(label=_("With"), choices=Substitution.Extent.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    examples = {"first_day": "5/12", "last_day": "+7"}

    def __init__(
        self, *args: Any, posts: QuerySet[Appointment], people: QuerySet[Person], search_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["appointments"]
        choice.queryset = posts
        choice.label_from_instance = lambda appointment: appointment.post.title
        choice.initial = [appointment.uid for appointment in posts]
        if len(choice.initial) < 2:
            choice.widget = forms.MultipleHiddenInput()
        self.fields["extent"].initial = Substitution.Extent.ALL
        self.fields["substitute"].offer(people, search_url)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        data = super().clean() or {}
        if data.get("first_day") and data.get("last_day") and data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("The last day lies before the first."))
        return data
