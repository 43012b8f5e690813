"""How the acts of this app are told in the log."""

from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences

sentences(
    {
        "report.ask": (_("Report asked for"), _("%(actor)s asked for %(target)s.")),
        "report.count": (_("Report counted"), _("%(target)s was counted over %(rows)s rows.")),
        "report.word": (_("Words of a paper changed"), _("%(actor)s changed the words of %(target)s.")),
        "report.make": (_("Paper made"), _("%(actor)s made %(target)s, digest %(digest)s.")),
        "report.take_out": (
            _("Words taken out of a paper"),
            _("Words that became secret were taken out of %(target)s; its digest was %(digest_before)s."),
        ),
        "letter.draft": (_("Reminder letter drafted"), _("%(actor)s drafted %(target)s for %(parts)s parts.")),
        "minutes.draft": (_("Minutes drawn up"), _("%(actor)s drew up %(target)s with %(rows)s entries.")),
    }
)
