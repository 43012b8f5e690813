"""The files of a form: those sent with it and those sent ahead, so that nothing is uploaded twice after an error."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.files import services
from prytany.files.models import StoredFile

# Names of the form fields: the choice of files, and the `uid`s of those already uploaded.
FILES, UPLOADED = "files", "file"
MOST_AT_ONCE = 60


@dataclass
class Uploads:
    """Waiting files of a form, in the order they were given, and why others were not taken."""

    files: list[StoredFile] = field(default_factory=list)
    problems: list[DomainError] = field(default_factory=list)

    @property
    def messages(self) -> list[str]:
        """The reasons as sentences, for the field."""
        return [str(problem.message) for problem in self.problems]


def take_uploads(request: HttpRequest, scope: Scope, *, level: int = levels.OPEN) -> Uploads:
    """Store the files sent with a form and find those sent ahead; each that is not taken is told apart.

    At a state-secret level nothing is stored, and what was sent ahead is removed at once.
    """
    taken = Uploads()
    ahead = [uid for uid in request.POST.getlist(UPLOADED) if uid]
    waiting = StoredFile.objects.visible_to(scope).filter(holder_uid=None).select_related("blob")
    found = {str(file.uid): file for file in waiting.filter(uid__in=_uids(ahead))}
    taken.files = [found[uid] for uid in dict.fromkeys(ahead) if uid in found]
    if levels.is_secret(level) and (taken.files or request.FILES.getlist(FILES)):
        services.discard_all(scope, taken.files)
        taken.files = []
    for uploaded in request.FILES.getlist(FILES)[:MOST_AT_ONCE]:
        try:
            taken.files.append(services.store(scope, uploaded, level=level))
        except DomainError as problem:
            taken.problems.append(problem)
    return taken


def _uids(texts: list[str]) -> list[str]:
    return [text for text in texts if len(text) == 36 and text.count("-") == 4 and text.replace("-", "").isalnum()]
