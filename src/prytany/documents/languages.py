"""The languages a paper may be in, by their names."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("vi", _("Vietnamese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("hi", _("Hindi")),
    ("ar", _("Arabic")),
    ("ur", _("Urdu")),
)
