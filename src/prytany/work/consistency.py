"""What `prytany verify` holds true of work."""

from prytany.core.consistency import check
from prytany.work.integrity import columns_follow_events

check("work.history", "every part stands as its history left it")(columns_follow_events)
