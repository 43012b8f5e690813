"""What the worker does for notices."""

from prytany.jobs.tasks import job


@job(queue="mail", attempts=8, backoff=60, timeout=600)
def deliver(delivery_ids: list[int]) -> None:
    """Send the messages; those already sent are passed over. A mail server that fails is tried again later."""
    from prytany.notifications.sending import send_all  # noqa: PLC0415 - jobs are declared before models

    send_all(delivery_ids)
