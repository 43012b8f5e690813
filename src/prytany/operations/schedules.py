"""What operations do when time passes."""

from django.conf import settings

from prytany.jobs.schedules import at, every
from prytany.operations.backup.daily import back_up

if settings.BACKUP_AT and not settings.DEMO:
    every("back up", at(settings.BACKUP_AT), back_up)
