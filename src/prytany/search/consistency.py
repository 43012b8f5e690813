"""What `prytany verify` holds true of the search index."""

from collections.abc import Iterator

from prytany.core import levels
from prytany.core.consistency import check
from prytany.search.backends import backend
from prytany.search.index import rebuild
from prytany.search.models import SearchEntry
from prytany.search.parsing import Query, Term
from prytany.search.words import folded


@check("search.index", "every entry is found by the words of its title", rebuild=rebuild, derived=True)
def index_faults() -> Iterator[str]:
    """Yield each entry that is folded in another way than today, is not found, or should not be there."""
    index = backend()
    for row in SearchEntry.objects.order_by("pk").iterator(500):
        name = f"{row.kind} {row.target_id}"
        if levels.is_secret(row.level):
            yield f"{name} is at a secret level"
        title = folded(f"{row.number_key} {row.title}")
        if row.folded_title != title or row.folded != folded(row.text):
            yield f"{name} is folded in another way than the program folds"
            continue
        words = tuple(title.split()[:5])
        if not words:
            continue
        here = SearchEntry.objects.filter(pk=row.pk).filter(index.matches(Query((Term(words),))))
        if not here.exists():
            yield f"{name} is not found by its title"
