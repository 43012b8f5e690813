"""Names after an @ in a remark."""

import re

from django.db.models import QuerySet

from prytany.core.fold import fold
from prytany.organisation.models import Person

_AT = re.compile(r"@([^@\n;,]{2,80})")


def mentioned_in(text: str, people: QuerySet[Person]) -> list[Person]:
    """Return the people of `people` whose full name follows an @ in `text`, each once, in the order of the text.

    The longest name that fits wins; a beginning that fits nobody is plain text.
    """
    found: list[Person] = []
    for match in _AT.finditer(text):
        words = fold(match[1]).split()
        for length in range(len(words), 0, -1):
            person = people.filter(folded=" ".join(words[:length])).first()
            if person is not None:
                if person not in found:
                    found.append(person)
                break
    return found
