from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "prytany.sheets"
