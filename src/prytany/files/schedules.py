"""What files do when time passes."""

from prytany.files.sweeping import sweep
from prytany.jobs.schedules import at, every

every("sweep files", at("03:10"), sweep)
