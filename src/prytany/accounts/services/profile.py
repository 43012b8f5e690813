"""What a person sets about themselves."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.organisation.models import Person


@transaction.atomic
def set_language(*, scope: Scope, language: str) -> None:
    """Choose the language of one's pages, notices and mail. Not logged: it concerns nobody else."""
    if language not in dict(settings.LANGUAGES):
        raise DomainError("language_unknown", _("This language is not among the six."))
    person = Person.objects.select_for_update().get(pk=scope.person_id)
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
