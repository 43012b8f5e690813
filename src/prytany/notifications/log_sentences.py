"""How the acts of this app are told in the log."""

from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences

sentences(
    {
        "notice_choices.set": (_("Notice settings changed"), _("%(actor)s changed how notices come.")),
        "calendar_feed.open": (_("Calendar address made"), _("%(actor)s made a private calendar address.")),
        "calendar_feed.revoke": (_("Calendar address closed"), _("%(actor)s closed the private calendar address.")),
    }
)
