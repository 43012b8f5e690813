"""What comes round for work."""

from prytany.jobs.schedules import at, every
from prytany.work.escalation import escalate_all
from prytany.work.recurring import bring_all
from prytany.work.services.succession import follow_all

every("let work follow its units", at("05:15"), follow_all)
every("bring the instances of recurring duties", at("05:30"), bring_all)
every("tell of what is due and overdue", at("06:45"), escalate_all)
