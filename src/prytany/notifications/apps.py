from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "prytany.notifications"

    def ready(self) -> None:
        """Tell the page frame how many notices are unread."""
        from prytany.core import registry  # noqa: PLC0415 - models have to be loaded
        from prytany.notifications import log_sentences  # noqa: F401, PLC0415 - registers its sentences
        from prytany.notifications.listing import unread_count  # noqa: PLC0415
        from prytany.notifications.panels import account_panel  # noqa: PLC0415

        registry.frame.register("unread")(unread_count)
        registry.panels("accounts.account").register("notifications", weight=40)(account_panel)
