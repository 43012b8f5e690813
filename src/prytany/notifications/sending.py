"""Writing the messages and handing them to the mail server, each in its receiver's language and direction."""

import datetime
import logging
import smtplib
from collections.abc import Iterable, Sequence
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.accounts.scopes import appointments_of, scope_of
from prytany.core import clock, wording
from prytany.notifications.models import Delivery, Notice
from prytany.notifications.outbox import DIGEST
from prytany.notifications.showing import Shown, show
from prytany.organisation.models import Person

# A message in hand for so long was interrupted; it is sent again. Between handing over and noting it lies a moment in
# which a crash would send twice: better twice than never.
STALE = datetime.timedelta(minutes=15)
MOST_LINES = 50

logger = logging.getLogger("prytany.notifications")


def send_all(delivery_ids: Sequence[int]) -> None:
    """Send what is still queued of `delivery_ids` over one connection.

    A message that can never be sent is marked failed. Where the mail server itself fails, the rest stays queued and the
    error rises, so that the job is tried again.
    """
    connection = get_connection()
    opened = False
    try:
        for delivery_id in delivery_ids:
            if (delivery := _take(delivery_id)) is None:
                continue
            try:
                message = _message(delivery)
                if message is None:
                    _note(delivery, Delivery.Status.DROPPED)
                    continue
                if not opened:
                    connection.open()
                    opened = True
                message.connection = connection
                message.send()
            except Exception as error:
                if _is_final(error):
                    _note(delivery, Delivery.Status.FAILED, type(error).__name__)
                    continue
                _note(delivery, Delivery.Status.QUEUED, type(error).__name__)
                raise
            _note(delivery, Delivery.Status.SENT)
            _sent(delivery)
    finally:
        if opened:
            connection.close()


def _take(delivery_id: int) -> Delivery | None:
    """Take the row in hand; None where it is sent, or in another's hand. One UPDATE decides."""
    moment = clock.now()
    free = Q(status=Delivery.Status.QUEUED) | Q(status=Delivery.Status.SENDING, tried_at__lt=moment - STALE)
    taken = Delivery.objects.filter(free, pk=delivery_id).update(
        status=Delivery.Status.SENDING, attempts=F("attempts") + 1, tried_at=moment
    )
    return Delivery.objects.select_related("person").get(pk=delivery_id) if taken else None


def _note(delivery: Delivery, status: str, problem: str = "") -> None:
    sent_at = clock.now() if status == Delivery.Status.SENT else None
    Delivery.objects.filter(pk=delivery.pk).update(status=status, problem=problem, sent_at=sent_at)


def _is_final(error: Exception) -> bool:
    """Tell whether another attempt is useless: a bad address or header, or a refusal for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)  # BadHeaderError and UnicodeError are such


def _notices(delivery: Delivery) -> list[Notice]:
    """Return the unread notices that the message is about."""
    kind, _separator, act = delivery.key.partition(":")
    unread = Notice.objects.filter(person=delivery.person, read_at=None)
    if kind == DIGEST:
        return list(unread.filter(mail=Notice.Mail.DIGEST).order_by("created_at", "pk"))
    return list(unread.filter(kind=kind, act=act))


def _sent(delivery: Delivery) -> None:
    """Take what the message told out of the queue of the next one."""
    kind, _separator, act = delivery.key.partition(":")
    rows = Notice.objects.filter(person=delivery.person)
    if kind == DIGEST:
        rows = rows.filter(mail=Notice.Mail.DIGEST, created_at__lte=delivery.tried_at)
    else:
        rows = rows.filter(kind=kind, act=act)
    rows.update(mail="")


def _message(delivery: Delivery) -> EmailMultiAlternatives | None:
    """Return the message; None where everything it would tell was read meanwhile or the person has left."""
    notices = _notices(delivery)
    person = delivery.person
    scopes = [scope_of(appointment, person=person, channel="mail") for appointment in appointments_of(person)]
    if not notices or not scopes or not person.email:
        return None
    with translation.override(language_of(person)):
        return compose(person, _subject(notices), show(notices[:MOST_LINES], scopes), len(notices))


def language_of(person: Person) -> str:
    """Return the language in which `person` is written to."""
    return person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _subject(notices: Sequence[Notice]) -> str:
    """Return a subject without content: a mailbox is not within our walls."""
    return ngettext("%(count)s new notice", "%(count)s new notices", len(notices)) % {
        "count": wording.count(len(notices))
    }


def compose(person: Person, subject: str, lines: Iterable[Shown], total: int) -> EmailMultiAlternatives:
    """Return the message as text and HTML in the active language; addresses of records open after sign-in only."""
    items = [
        {"shown": shown, "url": settings.BASE_URL + reverse("notifications:open", args=[shown.notice.uid])}
        for shown in lines
    ]
    return letter(
        person.name,
        person.email,
        subject,
        "notices",
        {
            "items": items,
            "more": total - len(items),
            "all_url": settings.BASE_URL + reverse("notifications:list"),
            "settings_url": settings.BASE_URL + reverse("notifications:choices"),
        },
    )


def letter(name: str, address: str, subject: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """Return a message to one person from the templates `mail/<template>.txt` and `.html`, in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        **context,
        "subject": subject,
        "product": settings.PRODUCT_NAME,
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    text = render_to_string(f"notifications/mail/{template}.txt", context)
    message = EmailMultiAlternatives(
        subject=_("%(product)s: %(subject)s") % {"product": settings.PRODUCT_NAME, "subject": one_line(subject)},
        body=text,
        to=[formataddr((one_line(name), address))],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
    )
    message.attach_alternative(render_to_string(f"notifications/mail/{template}.html", context), "text/html")
    return message


def one_line(text: str) -> str:
    """Return `text` fit for a header: no line break that could begin another one."""
    return " ".join(text.split())
