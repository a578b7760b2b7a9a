"""How people log in: rules of ours on top of django-allauth."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from sightline.partnership import account_notices, guessing, known_browsers, sessions, sign_on
from sightline.partnership.models import User

# The same whichever of the two is wrong: who has an account is nobody's business.
_WRONG = "The user name or password is wrong. Check both and enter them again"
# By name: it is loaded when somebody signs in.
OUR_STAGE = "sightline.partnership.second_factor_stage.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator or by a council's own sign-on; nobody makes their own."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": "Too many codes were wrong. Wait ten minutes, then try again",
        "rate_limited": "That was tried too often. Wait a minute, then try again",
        "enter_current_password": "The current password is wrong. Enter it again",
        "incorrect_password": "The password is wrong. Enter it again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count no passwords here: that is what axes does, for an account and a place together."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return guessing.address_of(request)

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        return [OUR_STAGE if stage == "allauth.mfa.stages.AuthenticateStage" else stage for stage in stages]

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> HttpResponse:
        """Start the session's clocks, and tell the owner of a sign-in from a browser that was not seen before."""
        assert isinstance(user, User)
        sign_on.remember(request, (details.get("signal_kwargs") or {}).get("sociallogin"))
        sessions.begin(request)
        response: HttpResponse = super().post_login(request, user, **details)
        if not known_browsers.is_known(request, user):
            account_notices.tell(user, "account/email/new_sign_in", {"browser": known_browsers.in_words(request)})
        known_browsers.know(request, response, user)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        user._change_reason = "password set by its owner"  # type: ignore[attr-defined]
        super().set_password(user, password)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        assert isinstance(user, User)
        account_notices.tell(user, template_prefix, context or {})

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        account_notices.send_password_link(user)
