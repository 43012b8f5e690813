"""Who may what: one class a role, its permissions and how far each reaches. A reviewer reads it on one screen."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from prytany.core.permissions import Permission as P


class Over(StrEnum):
    """How far a permission of a role reaches from the unit of the post."""

    OWN = "own"  # the unit of the post alone
    BELOW = "below"  # that unit and all below it
    SERVED = "served"  # the body that the unit (or one above it) serves and all below; without one, as BELOW


class Role:
    """A kind of post. `permissions` maps each right to its reach; `home` is the page it opens on; `rail` its menu."""

    code = ""
    label: object = ""
    description: object = ""
    permissions: dict[P, Over] = {}
    home = "work:desk"
    rail: tuple[str, ...] = ()
    is_head = False  # heads of units approve before an answer leaves the unit, where the unit wants that
    second_factor = False  # asked for a second factor where the installation requires it
    trusted_days = 30  # how long a device may stay trusted


_READ_SERVED = {P.TASK_READ: Over.SERVED, P.DOCUMENT_READ: Over.SERVED}
_OWN_WORK = {P.TASK_READ: Over.OWN, P.TASK_ANSWER: Over.OWN, P.DOCUMENT_READ: Over.OWN}


class Leader(Role):
    code = "leader"
    label = _("Leader")
    description = _("Secretary, deputy secretary or member of the standing committee: sees all, decides, routes.")
    permissions = {
        **_READ_SERVED,
        P.DOCUMENT_ROUTE: Over.SERVED,
        P.TASK_ASSIGN: Over.SERVED,
        P.TASK_VERIFY: Over.SERVED,
        P.REPORT_MAKE: Over.SERVED,
    }
    rail = ("desk", "overview", "documents")
    second_factor = True
    trusted_days = 90


class Chief(Role):
    code = "chief"
    label = _("Chief of office")
    description = _("Approves assignment sheets, routes papers, decides extensions and obstacles, confirms results.")
    permissions = {
        **_READ_SERVED,
        P.DOCUMENT_REGISTER: Over.BELOW,
        P.DOCUMENT_ROUTE: Over.SERVED,
        P.INTAKE_USE: Over.SERVED,
        P.TASK_ANSWER: Over.BELOW,
        P.TASK_ASSIGN: Over.SERVED,
        P.TASK_DRAFT: Over.SERVED,
        P.TASK_HANDLE: Over.BELOW,
        P.TASK_VERIFY: Over.SERVED,
        P.REPORT_MAKE: Over.SERVED,
    }
    rail = ("desk", "documents", "tasks", "overview", "organisation")
    is_head = True
    second_factor = True


class DeputyChief(Chief):
    code = "deputy_chief"
    label = _("Deputy chief of office")
    description = _("Acts as the chief of office does, within the fields given to the post.")


class Specialist(Role):
    code = "specialist"
    label = _("Specialist")
    description = _("Reads papers, drafts tasks, follows them, checks answers, writes the report.")
    permissions = {
        **_READ_SERVED,
        P.INTAKE_USE: Over.SERVED,
        P.TASK_ANSWER: Over.OWN,
        P.TASK_DRAFT: Over.SERVED,
        P.TASK_VERIFY: Over.SERVED,
        P.REPORT_MAKE: Over.SERVED,
    }
    rail = ("desk", "documents", "tasks", "overview")


class RegistryClerk(Role):
    code = "registry_clerk"
    label = _("Registry clerk")
    description = _("Registers incoming and outgoing papers.")
    permissions = {
        P.DOCUMENT_READ: Over.SERVED,
        P.DOCUMENT_REGISTER: Over.SERVED,
        P.TASK_ANSWER: Over.OWN,
        P.TASK_READ: Over.OWN,
    }
    home = "documents:tray"
    rail = ("tray", "registers", "documents")


class UnitHead(Role):
    code = "unit_head"
    label = _("Unit head")
    description = _("Heads a department or a commune: receives work for the unit, names handlers, answers for it.")
    permissions = {
        P.TASK_READ: Over.BELOW,
        P.DOCUMENT_READ: Over.BELOW,
        P.TASK_ANSWER: Over.BELOW,
        P.TASK_ASSIGN: Over.BELOW,
        P.TASK_DRAFT: Over.BELOW,
        P.TASK_HANDLE: Over.BELOW,
        P.TASK_VERIFY: Over.BELOW,
    }
    rail = ("desk", "unit", "tasks", "documents")
    is_head = True


class FocalPoint(Role):
    code = "focal_point"
    label = _("Focal point")
    description = _("Answers for a commune: opens what arrived, answers, asks for more time.")
    permissions = {**_OWN_WORK, P.TASK_HANDLE: Over.OWN}
    home = "work:our_unit"
    rail = ("unit", "documents")
    trusted_days = 90


class CouncilMember(Role):
    code = "council_member"
    label = _("Council member")
    description = _("Sits on a council: reads its papers and answers its tasks.")
    permissions = _OWN_WORK
    rail = ("desk", "documents")


class Archivist(Role):
    code = "archivist"
    label = _("Archivist")
    description = _("Keeps files and archive: reads registers and papers.")
    permissions = {P.DOCUMENT_READ: Over.SERVED, P.TASK_READ: Over.OWN, P.TASK_ANSWER: Over.OWN}
    home = "documents:registers"
    rail = ("registers", "documents")


class Inspector(Role):
    code = "inspector"
    label = _("Inspector")
    description = _("Reads tasks, papers and the overview of all units below; changes nothing.")
    permissions = _READ_SERVED
    home = "work:overview"
    rail = ("overview", "documents")


class Auditor(Role):
    code = "auditor"
    label = _("Auditor")
    description = _("Reads as an inspector does, and the log.")
    permissions = {**_READ_SERVED, P.LOG_READ: Over.SERVED}
    home = "work:overview"
    rail = ("overview", "documents", "log")
    second_factor = True


class Administrator(Role):
    code = "administrator"
    label = _("Administrator")
    description = _("Sets up units, posts, people and accounts; reads the log; sees no contents.")
    permissions = {
        P.ACCOUNT_MANAGE: Over.SERVED,
        P.LOG_READ: Over.SERVED,
        P.ORGANISATION_EDIT: Over.SERVED,
        P.SETTINGS_EDIT: Over.SERVED,
    }
    home = "administration:home"
    rail = ("administration", "organisation", "log")
    second_factor = True
    trusted_days = 7


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Leader,
        Chief,
        DeputyChief,
        Specialist,
        RegistryClerk,
        UnitHead,
        FocalPoint,
        CouncilMember,
        Archivist,
        Inspector,
        Auditor,
        Administrator,
    )
}
CHOICES = [(code, role.label) for code, role in ROLES.items()]
