"""News of this app for the apps above."""

from django.dispatch import Signal

# A unit's calendar changed: `unit_id` and `on`. Clocks that run in working days there and below move with it.
calendar_changed = Signal()
