"""The step of signing in that asks for the second factor.

It stands alone: what it rests on reads passkeys, which takes long to load, and only who signs in needs it.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage as AllauthStage
from django.http import HttpRequest


class AuthenticateStage(AllauthStage):
    """The step of signing in that asks for the second factor, unless the council's own sign-on has asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sign_on: Any = (self.login.signal_kwargs or {}).get("sociallogin")
        if sign_on is not None and sign_on.state.get("second_factor"):
            return False
        needed: bool = super()._should_handle(request)
        return needed
