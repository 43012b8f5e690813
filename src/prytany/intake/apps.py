from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "prytany.intake"
