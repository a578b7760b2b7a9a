"""django-allauth's forms of the second factor in our words; settings.MFA_FORMS names them."""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.crypto import salted_hmac

_SHORT = MaxLengthValidator(40, "Enter a code of six digits, or a recovery code")
CODE_ATTRIBUTES = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class _Code:
    """The field for a code, and the rule that a code of an app is good once.

    django-allauth forgets a used code after half a minute; since clocks may differ, codes stay good for longer.
    """

    fields: dict[str, Any]
    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code"
        code.help_text = "Six digits, from the authenticator app. Instead of it, one of your recovery codes."
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= CODE_ATTRIBUTES
        code.validators.append(_SHORT)
        code.error_messages["required"] = "Enter the code"

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not use_once(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def use_once(user_pk: int, code: str) -> bool:
    """Whether an account's code was not used before, while it is good; from now on it was."""
    digits = "".join(character for character in code if character.isdigit())
    key = salted_hmac("sightline.partnership.used-code", f"{user_pk}:{digits}").hexdigest()
    good_for_seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(f"used-code:{key}", 1, timeout=good_for_seconds))


class AuthenticateForm(_Code, base.AuthenticateForm):
    pass


class ReauthenticateForm(_Code, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code"
        code.help_text = "The six digits that the app shows now."
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= CODE_ATTRIBUTES
        code.validators.append(_SHORT)
        code.error_messages["required"] = "Enter the code that the app shows"


def _name_of_passkey(field: Any) -> None:
    field.label = "Name of the passkey"
    field.help_text = "For you alone, to tell it from others: “work laptop”."
    field.validators.append(MaxLengthValidator(60, "Enter a name of at most 60 letters"))
    field.widget.attrs |= {"maxlength": "60", "autocomplete": "off"}
    field.error_messages["required"] = "Enter a name for the passkey"


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_passkey(self.fields["name"])
        self.fields["credential"].error_messages["required"] = "The device gave no passkey. Try again"
        alone = self.fields["passwordless"]
        alone.label = "Sign in with it alone, without a password"
        alone.help_text = "The device then asks for a finger, a face or its PIN each time."


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_passkey(self.fields["name"])
