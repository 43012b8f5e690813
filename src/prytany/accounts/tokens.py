"""Form tokens: a form sent twice gets the first result.

    with once(scope, form.cleaned_data["form_token"]) as attempt:
        if attempt.earlier is not None:
            return redirect(attempt.earlier)
        task = services.issue_task(scope=scope, …)
        attempt.result = task_address

The row of the token is written in the same transaction as what the form does: both stand or neither. A second submit
that comes while the first is under way waits for it. A token belongs to one person; somebody else's is another one.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from prytany.accounts.models import FormToken
from prytany.core import clock
from prytany.core.scope import Scope

KEPT_DAYS = 7


@dataclass(slots=True)
class Attempt:
    """One submit. `earlier` is the result of the first one, None if this is it; set `result` to what it led to."""

    earlier: str | None = None
    result: str = ""


@contextmanager
def once(scope: Scope, token: str) -> Iterator[Attempt]:
    """Open a transaction in which `token` counts once for this person; an empty token counts every time."""
    with transaction.atomic():
        if not token:
            yield Attempt()
            return
        row, earlier = _claim(scope.person_id, token)
        attempt = Attempt(earlier=earlier)
        yield attempt
        if earlier is None and attempt.result:
            FormToken.objects.filter(pk=row.pk).update(result=attempt.result[:300])


def _claim(person_id: int, token: str) -> tuple[FormToken, str | None]:
    """Write the token's row; where it stands already return it with its result."""
    row = FormToken(person_id=person_id, token=token[:40])
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row = FormToken.objects.get(person_id=person_id, token=token[:40])
        return row, row.result
    return row, None


def forget_tokens() -> int:
    """Remove tokens of forms that nobody sends any more; return how many."""
    old = FormToken.objects.filter(used_at__lt=clock.now() - datetime.timedelta(days=KEPT_DAYS))
    return old.delete()[0]
