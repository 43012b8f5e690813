"""Bringing the instances of all recurring duties, each in the name of the post that set it up."""

import logging

from prytany.accounts.scopes import scope_of
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.organisation.models import Appointment
from prytany.work.models import StandingDuty
from prytany.work.services.recurrence import bring_instances

logger = logging.getLogger("prytany.work")


def bring_all() -> int:
    """Issue what has become due to be issued; return how many tasks. A duty whose post is vacant waits.

    A duty that cannot be issued (a unit was abolished) is logged and does not hold up the others.
    """
    made = 0
    for duty in StandingDuty.objects.filter(stopped_at=None).order_by("pk"):
        holder = Appointment.objects.on(clock.today()).filter(post_id=duty.post_id).order_by("kind", "pk").first()
        if holder is None:
            logger.warning("recurring duty %s waits: its post is vacant", duty.uid)
            continue
        try:
            made += len(bring_instances(scope=scope_of(holder, channel="job"), duty=duty))
        except DomainError as error:
            logger.warning("recurring duty %s cannot be assigned: %s", duty.uid, error.code)
    return made
