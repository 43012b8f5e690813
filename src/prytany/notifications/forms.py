"""The form in which a person sets how notices come."""

import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from prytany.core import wording
from prytany.core.forms import PrytanyForm
from prytany.notifications.choices import Choices
from prytany.notifications.kinds import AT_ONCE, DAILY, OFF, SUBJECTS
from prytany.notifications.listing import quarter_hours

MODES = [(AT_ONCE, _("At once")), (DAILY, _("In the daily digest")), (OFF, _("Not by e-mail"))]
_PREFIX = "mode_"


class ChoicesForm(PrytanyForm):
    """One choice per subject, the time of the digest, weekdays without mail."""

    digest_at = forms.ChoiceField(label=_("Time of the daily digest"), required=False)
    quiet = forms.TypedMultipleChoiceField(
        label=_("Days without e-mail"),
        help_text=_("What comes on such a day waits for the next digest."),
        coerce=int,
        required=False,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, chosen: Choices, office_time: datetime.time, **kwargs: Any) -> None:
        initial = {"digest_at": chosen.plain()["digest_at"], "quiet": sorted(chosen.quiet)}
        initial |= {f"{_PREFIX}{code}": chosen.modes.get(code, subject.mode) for code, subject in SUBJECTS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for code, subject in SUBJECTS.items():
            self.fields[f"{_PREFIX}{code}"] = forms.ChoiceField(
                label=subject.label, help_text=subject.help, choices=MODES
            )
        office = _("As the office: %(time)s") % {"time": wording.digits(f"{office_time:%H:%M}")}
        times = [(f"{time:%H:%M}", wording.digits(f"{time:%H:%M}")) for time in quarter_hours()]
        self.fields["digest_at"].choices = [("", office), *times]  # type: ignore[attr-defined]
        self.style_fields()

    def subjects(self) -> list[forms.BoundField]:
        """Return the fields of the subjects, in their order."""
        return [self[f"{_PREFIX}{code}"] for code in SUBJECTS]

    @property
    def choices(self) -> Choices:
        """What the form says; of modes only those that differ from the subject's own are kept."""
        data = self.cleaned_data
        modes = {code: data[f"{_PREFIX}{code}"] for code in SUBJECTS}
        at = data["digest_at"]
        return Choices(
            {code: mode for code, mode in modes.items() if mode != SUBJECTS[code].mode},
            datetime.time.fromisoformat(at) if at else None,
            frozenset(data["quiet"]),
        )
