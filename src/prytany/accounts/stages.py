"""The second step of signing in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from prytany.accounts.devices import device_of


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor unless the device is trusted."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return bool(super()._should_handle(request)) and device_of(request, self.login.user) is None
