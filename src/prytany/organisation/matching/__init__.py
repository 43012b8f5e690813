"""Finding units by what people call them: in cells, in forms, in running text."""

from prytany.organisation.matching.index import Reason, forget
from prytany.organisation.matching.matcher import UnitMatcher
from prytany.organisation.matching.results import CERTAIN, Candidate, Group, Match, Mention

__all__ = ["CERTAIN", "Candidate", "Group", "Match", "Mention", "Reason", "UnitMatcher", "forget"]
