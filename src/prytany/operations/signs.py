"""Signs of health that administrators see: worker, queue, backups."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prytany.accounts.health import Reading, Sign, State, register
from prytany.audit.models import AuditEvent
from prytany.core import wording
from prytany.jobs import figures
from prytany.operations.backup import daily

_LONG_WAIT = datetime.timedelta(minutes=15)
_OLD_BACKUP = datetime.timedelta(hours=50)


def read_worker() -> Reading:
    """Whether background work is done."""
    alive = figures.workers()
    if not alive:
        return Reading(State.BAD, _("No worker runs: no mail is sent, no text is read. Start Prytany with its worker."))
    memory = wording.size(sum(worker.memory_mib for worker in alive) * 2**20)
    text = ngettext("%(count)s worker runs, with %(size)s.", "%(count)s workers run, with %(size)s.", len(alive))
    return Reading(State.GOOD, text % {"count": wording.count(len(alive)), "size": memory})


def read_queue() -> Reading:
    """Whether jobs are dead or wait for long."""
    rows = figures.queue_figures()
    dead, ready = sum(row.dead for row in rows), sum(row.ready for row in rows)
    oldest = min((row.oldest_ready_at for row in rows if row.oldest_ready_at), default=None)
    if oldest is not None and timezone.now() - oldest > _LONG_WAIT:
        return Reading(State.BAD, _("Jobs wait since %(moment)s.") % {"moment": wording.moment(oldest)})
    if dead:
        text = ngettext(
            "%(count)s job failed for good. “prytany jobs” names it and runs it again.",
            "%(count)s jobs failed for good. “prytany jobs” names them and runs them again.",
            dead,
        )
        return Reading(State.WATCH, text % {"count": wording.count(dead)})
    text = ngettext("%(count)s job waits, none failed.", "%(count)s jobs wait, none failed.", ready)
    return Reading(State.GOOD, text % {"count": wording.count(ready)})


def read_backup() -> Reading:
    """Whether there is a recent backup."""
    made_at = daily.last_made_at()
    if made_at is None:
        text = _("There is no backup in %(folder)s yet.")
        return Reading(State.WATCH, f"{text % {'folder': settings.BACKUP_DIR}} {_command('prytany backup')}")
    state = State.GOOD if timezone.now() - made_at < _OLD_BACKUP or not settings.BACKUP_AT else State.BAD
    text = _("The last backup was made %(moment)s. Carry copies to another place.")
    text %= {"moment": wording.moment(made_at)}
    if AuditEvent.objects.filter(action__in=("backup.test", "backup.restore")).exists():
        return Reading(state, text)
    # Nobody knows yet whether it can be restored.
    return Reading(state, f"{text} {_command('prytany backup --test')}")


def _command(command: str) -> str:
    return _("On the server: %(command)s") % {"command": command}


register(Sign("worker", gettext_lazy("Worker"), read_worker, weight=12))
register(Sign("queue", gettext_lazy("Background jobs"), read_queue, weight=14))
register(Sign("backup", gettext_lazy("Backup"), read_backup, weight=16))
