"""News for apps above: sent inside the transaction of the change, so that what receivers write commits with it."""

from django.dispatch import Signal

# Units were created, renamed, moved or ended. Arguments: root_id, unit_ids (a set), act (a ChangeAct or None).
units_changed = Signal()

# Somebody was appointed to a post or left it. Arguments: appointment, act ("appointed", "ended", "withdrawn").
appointment_changed = Signal()

# An absence was set or withdrawn. Arguments: substitution.
substitution_changed = Signal()
