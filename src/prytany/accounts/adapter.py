"""How the sign-in library is bent to this product: no sign-up, accounts come from the administrator."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prytany.accounts import devices
from prytany.accounts.models import User
from prytany.accounts.scopes import appointments_of
from prytany.accounts.services.accounts import change_password
from prytany.accounts.services.devices import trust_device
from prytany.accounts.services.slips import person_scope
from prytany.accounts.signals import log
from prytany.accounts.throttling import address_of

WANTS_TRUST = "trust_device"
# A sign-in counts as a confirmation of identity for this long.
FRESH_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    """Closed to sign-up; sends no mail of its own; trusts devices where the person asked for it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The sign-in name or the password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "account_inactive": _("This account is closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave guessing of passwords to axes; the library's own limiter serves the second factor alone."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """There is nothing to take back."""

    def get_login_stages(self) -> list[str]:
        """Let a trusted device pass without the second factor."""
        ours = "prytany.accounts.stages.SecondFactorStage"
        return [ours if stage.endswith(".AuthenticateStage") else stage for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:  # type: ignore[override]
        """Refuse accounts without a person; note whether the device shall be trusted."""
        if user.person is None:
            return self.respond_user_inactive(request, user)
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused is None and request.POST.get("trust"):
            request.session[WANTS_TRUST] = True
        return refused

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Log the sign-in; trust the device if that was asked for."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        log(user, "session.start", request)
        if request.session.pop(WANTS_TRUST, False):
            trust(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Log that the person signed out."""
        if isinstance(request.user, User):
            log(request.user, "session.end", request)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:  # type: ignore[override]
        """Change one's own password through the service, so that it is logged and other sessions end."""
        request = context.request
        change_password(
            scope=getattr(request, "scope", None) or person_scope(user),
            user=user,
            password=password,
            keep_session=request.session.session_key or "",
        )
        user.refresh_from_db()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the page of sign-in and devices."""
        return reverse("accounts:security")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address behind our own proxies."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 - an unknown address, not one to listen on

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody again who signed in a moment ago."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > FRESH_SECONDS


def trust(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Trust the device for the days of the person's roles.

    Where a role demands a second factor, the device spares that; the session still ends with the day. For others,
    such as the focal point of a commune on their own telephone, the session lasts as long as the trust.
    """
    if user.person is None:
        return
    appointments = list(appointments_of(user.person))
    days = devices.trusted_days(appointments)
    if not days:
        return
    _device, token = trust_device(
        scope=person_scope(user, getattr(request, "request_id", "")),
        user=user,
        days=days,
        label=devices.label_of(request),
    )
    devices.remember(response, token, days)
    if not any(appointment.post.role_class.second_factor for appointment in appointments):
        request.session.set_expiry(days * 86400)


def _fernet() -> MultiFernet:
    """Return the cipher for secrets of second factors, made from the secret key and its former values."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"prytany.second-factor" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class MFAAdapter(DefaultMFAAdapter):
    """Keeps secrets of second factors encrypted, and a second factor where the role demands one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong, or its time is over."),
        "cannot_generate_recovery_codes": _("Recovery codes need a second factor first."),
        "cannot_delete_authenticator": _("Your post demands a second factor. Add another one before you remove this."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with a key outside the database."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor of a person whose role demands one."""
        user: User = authenticator.user
        if user.person is None or not devices.needs_second_factor(appointments_of(user.person)):
            return True
        others = Authenticator.objects.filter(
            user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002 - the library's name
        """Propose a name for a passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Name the entry in the app by the sign-in name."""
        return user.get_username()
