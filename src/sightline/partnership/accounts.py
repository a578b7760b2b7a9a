"""How people log in: rules of ours on top of django-allauth."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

# The same whichever of the two is wrong: who has an account is nobody's business.
_WRONG = "The user name or password is wrong. Check both and enter them again"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody makes their own."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": "Too many attempts have failed. Wait five minutes, then try again",
        "rate_limited": "That was tried too often. Wait a minute, then try again",
        "enter_current_password": "The current password is wrong. Enter it again",
        "incorrect_password": "The password is wrong. Enter it again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
