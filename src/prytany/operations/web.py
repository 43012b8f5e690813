"""The web server's process: granian with the application that its parent has loaded already."""

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

APPLICATION = "prytany.config.wsgi:application"


def serve_web(host: str, port: int, *, workers: int, threads: int) -> int:
    """Answer requests until told to stop; return the exit status."""
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backlog=1024,
        backpressure=64,
        log_dictconfig=settings.LOGGING,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
        workers_max_rss=settings.WEB_MAX_MEMORY_MIB,
    )
    server.serve()
    return 0
