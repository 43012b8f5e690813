"""What comes round for accounts."""

from prytany.accounts.drafts import forget_drafts
from prytany.accounts.tokens import forget_tokens
from prytany.jobs.schedules import at, every


def forget_old() -> None:
    """Remove drafts nobody came back for and tokens of forms nobody sends any more."""
    forget_drafts()
    forget_tokens()


every("forget drafts and form tokens", at("03:20"), forget_old)
