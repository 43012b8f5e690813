"""Form tokens: a form sent twice gets the first result.

    with once(scope, form.cleaned_data["form_token"]) as earlier:
        if earlier is not None:
            return redirect(earlier or "work:desk")
        task = services.issue_task(scope=scope, …)
        keep_result(scope, form.cleaned_data["form_token"], task_address)

The row of the token is written in the same transaction as what the form does: both stand or neither. A second submit
that comes while the first is under way waits for it. A token belongs to one person; somebody else's is another one.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import IntegrityError, transaction

from prytany.accounts.models import FormToken
from prytany.core import clock
from prytany.core.scope import Scope

KEPT_DAYS = 7
LONGEST = 40


@contextmanager
def once(scope: Scope, token: str) -> Iterator[str | None]:
    """Open a transaction in which `token` counts once for this person.

    Yields None for the first submit, for later ones the kept result of the first ("" where none was kept). An empty
    token counts every time.
    """
    with transaction.atomic():
        yield _claim(scope.person_id, token[:LONGEST]) if token else None


def _claim(person_id: int, token: str) -> str | None:
    """Write the token's row and return None; where it stands already return its result."""
    try:
        with transaction.atomic():
            FormToken.objects.create(person_id=person_id, token=token)
    except IntegrityError:
        return str(FormToken.objects.values_list("result", flat=True).get(person_id=person_id, token=token))
    return None


def token_for(token: str, choice: Iterable[str]) -> str:
    """Return the token of one choice on a page from which several may be sent, such as ticked rows or chosen files.

    Who comes back to the page and chooses otherwise has not sent the same twice. No token stays none.
    """
    return sha256("\n".join([token, *choice]).encode()).hexdigest()[:LONGEST] if token else ""


def keep_result(scope: Scope, token: str, result: str) -> None:
    """Keep what the form led to, such as the address of the new record; call inside `once`."""
    if token:
        FormToken.objects.filter(person_id=scope.person_id, token=token[:LONGEST]).update(result=result[:300])


def led_to(scope: Scope, token: str, act: Callable[[], str]) -> str:
    """Do `act` once for a token and return the address it gives; a later submit gets the address of the first."""
    with once(scope, token) as earlier:
        if earlier is not None:
            return earlier
        address = act()
        keep_result(scope, token, address)
    return address


def forget_tokens() -> int:
    """Remove tokens of forms that nobody sends any more; return how many."""
    old = FormToken.objects.filter(used_at__lt=clock.now() - datetime.timedelta(days=KEPT_DAYS))
    return old.delete()[0]
