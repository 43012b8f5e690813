"""News for the apps above."""

from django.dispatch import Signal

# Sent in the worker, in the transaction that stored the text: `file` is the StoredFile, `text` its TextVersion.
text_read = Signal()
# Sent before a stored file is removed because it bears the stamp of a state-secret level (`stamp`): `file` is the
# StoredFile, `text` what the record that holds it may read its register line from. The record lets go of the file.
stamp_found = Signal()
