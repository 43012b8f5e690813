"""The language packs: each folder here is one, found by its presence; `PACK` in it is all the reader needs."""

import importlib
import pkgutil
from functools import cache

from prytany.intake.reading.pack import Pack


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages there are packs for."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def load(code: str) -> Pack:
    """Return the pack of a language; it is built once, at first use."""
    pack: Pack = importlib.import_module(f"{__name__}.{code}").PACK
    return pack
