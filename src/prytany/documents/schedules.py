"""What papers do when time passes."""

from prytany.documents.services.ledger import expire_reservations
from prytany.documents.services.tray import forget_discarded
from prytany.jobs.schedules import at, every

every("forget papers put aside", at("03:20"), forget_discarded)
every("make expired reservations of numbers void", at("00:20"), expire_reservations)
