"""News for the apps above."""

from django.dispatch import Signal

# Sent in the worker, in the transaction that stored the text: `file` is the StoredFile, `text` its TextVersion.
text_read = Signal()
