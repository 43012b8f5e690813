"""How the acts of operations are told in the log."""

from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences

sentences(
    {
        "backup.make": (_("Backup made"), _("A backup was made: %(file)s.")),
        "backup.test": (_("Backup tried"), _("The backup %(file)s was restored as a test, and all of it agreed.")),
        "backup.restore": (_("Backup restored"), _("Everything was replaced by the backup of %(made_at)s.")),
    }
)
