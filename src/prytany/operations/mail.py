"""Mail without a mail server: what would have been sent is appended to a file, so that nothing is lost unseen."""

from typing import Any

from django.conf import settings
from django.core.mail.backends.console import EmailBackend


class LogBackend(EmailBackend):
    """Append each message to `var/mail.log`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        path = settings.VAR_DIR / "mail.log"
        super().__init__(*args, **kwargs)
        self.path = path

    def open(self) -> bool:
        """Open the file for one run of messages."""
        self.stream = self.path.open("a", encoding="utf-8")
        return True

    def close(self) -> None:
        """Close it, so that the file can be moved away while the server runs."""
        self.stream.close()
