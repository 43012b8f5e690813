from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "prytany.workdays"

    def ready(self) -> None:
        """Tell the page frame which days are working days."""
        from prytany.workdays import log_sentences  # noqa: F401, PLC0415 - registers its sentences
        from prytany.workdays.calendar import set_timing  # noqa: PLC0415 - models have to be loaded

        set_timing()
