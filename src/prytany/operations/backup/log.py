"""What the log says of backups: one event in each root, so that each office's administrator sees it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record
from prytany.organisation.models import Unit


def tell_log(action: str, data: Mapping[str, Any], *, channel: str = "console") -> None:
    """Record `action` in every root; nothing where no office is set up yet."""
    for root_id in list(Unit.objects.filter(root_id=F("pk")).values_list("pk", flat=True)):
        record(system_scope(root_id, channel=channel), action=action, data=data)
