"""The test of the mail server, by which an administrator knows that reminders leave the house."""

import logging
import smtplib

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import policies
from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Person

logger = logging.getLogger(__name__)


def send_test_mail(*, scope: Scope, person: Person) -> None:
    """Send the administrator a mail at once; DomainError says in a sentence why it did not leave."""
    authorise(policies.can_administer, scope)
    if not person.email:
        raise DomainError("no_address", _("You have no e-mail address. Enter one with your person first."))
    message = EmailMessage(
        subject=_("Prytany: test mail"),
        body=_("If you read this, mail works. Go back to Administration and confirm that it arrived."),
        to=[person.email],
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("test mail failed: %s", type(error).__name__)
        raise DomainError("mail_failed", _("The mail server did not take it: %(error)s") % {"error": error}) from None
    record(scope, action="mail.test")


@transaction.atomic
def confirm_mail(*, scope: Scope) -> None:
    """Note that the test mail arrived."""
    authorise(policies.can_administer, scope)
    record(scope, action="mail.confirm")
