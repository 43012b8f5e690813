"""`prytany slip NAME`: a way back in, from the machine's own command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from prytany.accounts import services
from prytany.accounts.models import User
from prytany.accounts.services.slips import code_of
from prytany.accounts.usernames import normal


class Command(BaseCommand):
    """Reset one account."""

    help = "Make the password of an account void and print a sign-in slip for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the sign-in name."""
        parser.add_argument("username")
        parser.add_argument("--second-factor", action="store_true", help="remove its second factors too")

    def handle(self, *_args: Any, username: str, second_factor: bool, **_options: Any) -> None:
        """Print the address and the code."""
        user = User.objects.filter(username=normal(username), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no open account called {username}.")
        slip = services.issue_slips_from_console(user=user, second_factor=second_factor)
        self.stdout.write(f"{settings.BASE_URL}{reverse('accounts:slip')}")
        self.stdout.write(f"{user.username}  {code_of(slip)}  (until {slip.expires_at:%Y-%m-%d})")
