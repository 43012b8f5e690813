"""Every right there is. Who holds which stands in `organisation.roles`; how far it reaches stands there too."""

from enum import StrEnum


class Permission(StrEnum):
    """One right; the value is `noun.verb`, kept alphabetical."""

    ACCOUNT_MANAGE = "account.manage"
    DOCUMENT_READ = "document.read"
    DOCUMENT_REGISTER = "document.register"
    DOCUMENT_ROUTE = "document.route"
    INTAKE_USE = "intake.use"
    LOG_READ = "log.read"
    ORGANISATION_EDIT = "organisation.edit"
    REPORT_MAKE = "report.make"
    SETTINGS_EDIT = "settings.edit"
    TASK_ANSWER = "task.answer"
    TASK_ASSIGN = "task.assign"
    TASK_DRAFT = "task.draft"
    TASK_HANDLE = "task.handle"
    TASK_READ = "task.read"
    TASK_VERIFY = "task.verify"
