"""The first-run page: an empty installation gets its office and its administrator, once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import usernames
from prytany.accounts.models import User
from prytany.accounts.scopes import scope_of, system_scope
from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.locks import transaction_lock
from prytany.organisation import services as organisation
from prytany.organisation.roles import Administrator
from prytany.organisation.specs import UnitSpec, named


@dataclass(frozen=True, slots=True)
class Founder:
    """What the first-run page asks."""

    unit: str
    name: str
    title: str
    language: str
    username: str
    password: str


def is_set_up() -> bool:
    """Tell whether any account exists; from then on the first-run page is closed."""
    return User.objects.exists()


@transaction.atomic
def set_up(*, founder: Founder) -> User:
    """Create the first unit, the administrator's post, person and account; return the account.

    DomainError if an account exists: of two who try at once the second finds the page closed.
    """
    transaction_lock("accounts.setup")
    if is_set_up():
        raise DomainError("set_up_already", _("This installation is set up already."))
    username = usernames.normal(founder.username)
    if not usernames.PATTERN.fullmatch(username):
        message = _("A sign-in name has letters a to z, digits, dots and hyphens.")
        raise DomainError("username_malformed", message, {"username": message})
    today = clock.today()
    scope = system_scope(None, channel="web")
    spec = UnitSpec(names=named(founder.unit, language=founder.language), kind="committee", level="province")
    root = organisation.create_root(scope=scope, spec=spec, on=today)
    post = organisation.create_post(scope=scope, unit=root, role=Administrator.code, title=founder.title, on=today)
    person, appointment = organisation.create_person(
        scope=scope, name=founder.name, post=post, on=today, language=founder.language
    )
    user = User(username=username, person=person)
    user.set_password(founder.password)
    user.save()
    record(scope_of(appointment, person=person), action="setup.finish", target=user)
    return user
