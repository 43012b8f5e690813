"""How the acts of this app are told in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.accounts import words
from prytany.audit.sentences import MISSING, sentence, sentences
from prytany.audit.targets import target_kind
from prytany.core import wording

FACTORS = {
    "totp": pgettext_lazy("second factor", "an authenticator app"),
    "webauthn": pgettext_lazy("second factor", "a passkey"),
    "recovery_codes": pgettext_lazy("second factor", "recovery codes"),
}

CLEARED = _("%(actor)s cleared %(target)s up to %(level)s from %(from)s on. Basis: %(basis)s.")
CLEARED_UNTIL = _("%(actor)s cleared %(target)s up to %(level)s from %(from)s to %(to)s. Basis: %(basis)s.")


def _factor(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"kind": FACTORS.get(str(data.get("kind")), data.get("kind", ""))}


def _rights(data: Mapping[str, Any]) -> Mapping[str, Any]:
    rights = [words.right(code) for code in data.get("permissions", [])]
    return {"rights": "; ".join(rights), "until": wording.day(data.get("until"))}


def _level(data: Mapping[str, Any]) -> Mapping[str, Any]:
    found = {"level": words.level(int(data.get("level", 0))), "from": wording.day(data.get("from"))}
    return {**found, "to": wording.day(data["to"])} if data.get("to") else found


sentences(
    {
        "account.create": (_("Account created"), _("%(actor)s created an account for %(target)s.")),
        "account.rename": (_("Sign-in name changed"), _("%(actor)s changed the sign-in name of %(target)s.")),
        "account.close": (_("Account closed"), _("%(actor)s closed the account of %(target)s.")),
        "account.open": (_("Account opened again"), _("%(actor)s opened the account of %(target)s again.")),
        "account.remove": (_("Account removed"), _("%(actor)s removed the account of %(target)s, made by mistake.")),
        "account.reset": (_("Account reset"), _("%(actor)s made the password of %(target)s void.")),
        "slip.issue": (_("Sign-in slip made"), _("%(actor)s made a sign-in slip for %(target)s.")),
        "slip.print": (_("Sign-in slips shown"), _("%(actor)s opened %(count)s sign-in slips for printing.")),
        "slip.use": (_("Sign-in slip used"), _("%(actor)s set a password with a sign-in slip.")),
        "password.change": (_("Password changed"), _("%(actor)s changed their password.")),
        "session.start": (_("Signed in"), _("%(actor)s signed in.")),
        "session.end": (_("Signed out"), _("%(actor)s signed out.")),
        "session.lock": (_("Sign-in locked"), _("Too many wrong passwords for %(actor)s from one address.")),
        "session.end_others": (
            _("Signed out elsewhere"),
            _("%(actor)s signed out everywhere else (%(count)s sessions)."),
        ),
        "device.trust": (_("Device trusted"), _("%(actor)s trusts a device for %(days)s days.")),
        "device.forget": (_("Device trusted no longer"), _("%(actor)s trusts a device no longer.")),
        "token.revoke": (_("Key for a program revoked"), _("%(actor)s revoked a key for a program.")),
        "clearance.end": (_("Clearance ended"), _("%(actor)s ended the clearance of %(target)s.")),
        "need.grant": (
            _("Need to know granted"),
            _("%(actor)s let %(target)s see the classified record %(record)s."),
        ),
        "need.end": (
            _("Need to know ended"),
            _("%(actor)s ended the need of %(target)s to know the classified record %(record)s."),
        ),
        "letterhead.set": (_("Letterhead set"), _("%(actor)s set a letterhead.")),
        "setup.finish": (_("Installation set up"), _("%(actor)s set up this installation.")),
        "mail.test": (_("Test mail sent"), _("%(actor)s sent a test mail to themselves.")),
        "mail.confirm": (_("Test mail arrived"), _("%(actor)s confirmed that the test mail arrived.")),
    }
)
sentence("factor.add", _("Second factor added"), _("%(actor)s added a second factor: %(kind)s."), _factor)
sentence("factor.remove", _("Second factor removed"), _("%(actor)s removed a second factor: %(kind)s."), _factor)
sentence("factor.renew", _("Recovery codes renewed"), _("%(actor)s made new recovery codes."), _factor)
sentence(
    "token.create",
    _("Key for a program made"),
    _("%(actor)s made a key for a program until %(until)s. Rights: %(rights)s."),
    _rights,
)
sentence(
    "clearance.grant",
    _("Clearance granted"),
    lambda values: CLEARED_UNTIL if values.get("to") not in (None, "", MISSING) else CLEARED,
    _level,
)

target_kind("user", pgettext_lazy("log", "account"))
target_kind("apitoken", pgettext_lazy("log", "key for a program"))
target_kind("letterhead", pgettext_lazy("log", "letterhead"))
