"""`prytany clearance NAME LEVEL --basis …`: the first clearance, which nobody in the office could grant."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prytany.accounts import services
from prytany.accounts.models import User
from prytany.accounts.usernames import normal
from prytany.core import clock, levels
from prytany.core.errors import DomainError


class Command(BaseCommand):
    """Grant one clearance."""

    help = "Grant a clearance to the person of an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare who, up to what, on which basis, how long."""
        parser.add_argument("username")
        parser.add_argument("level", type=int, choices=levels.SECRET_LEVELS, help="10 secret, 20 top, 30 ultra")
        parser.add_argument("--basis", required=True, help="decision and date")
        parser.add_argument("--until", type=datetime.date.fromisoformat, help="last day, YYYY-MM-DD")

    def handle(self, *_args: Any, username: str, level: int, basis: str, **options: Any) -> None:
        """Write it and say so."""
        user = User.objects.filter(username=normal(username)).first()
        if user is None or user.person is None:
            raise CommandError(f"There is no account called {username}.")
        try:
            services.grant_clearance_from_console(
                person=user.person, level=level, basis=basis, first_day=clock.today(), last_day=options["until"]
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from None
        self.stdout.write(f"{user.username} is cleared up to level {level}.")
