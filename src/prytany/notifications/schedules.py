"""What comes round for notices."""

from prytany.jobs.schedules import every, minutes
from prytany.notifications.digests import queue_digests

every("queue the daily digests", minutes(15), queue_digests)
