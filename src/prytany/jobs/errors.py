"""What a job, or its worker, can run into."""


class GiveUp(Exception):
    """Raised by a job for which another attempt is useless: it is put with the dead jobs at once."""


class WorkerLost(Exception):
    """The worker that held the job stopped answering: killed, out of memory, or cut off from the database."""


class TimeLimit(Exception):
    """The job ran longer than its time limit, so its worker was ended."""
