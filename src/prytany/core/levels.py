"""Classification: levels in order. Their names, marks and terms are rule-set data (`documents.levels`)."""

OPEN = 0
INTERNAL = 1
SECRET = 10
TOP_SECRET = 20
ULTRA_SECRET = 30

SECRET_LEVELS = (SECRET, TOP_SECRET, ULTRA_SECRET)
ALL = (OPEN, INTERNAL, *SECRET_LEVELS)


def is_secret(level: int) -> bool:
    """Tell whether `level` is a state-secret level, at which no content is stored at all."""
    return level >= SECRET
