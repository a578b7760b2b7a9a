"""django-allauth's forms in our words; settings.ACCOUNT_FORMS names them."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.core.validators import MaxLengthValidator

HOW_TO_CHOOSE = "At least 12 characters. Three words that have nothing to do with each other are easy to remember."


class LoginForm(forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "User name or e-mail address"
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        login.error_messages["required"] = "Enter your user name or e-mail address"
        # No account has a longer one, and a database may stumble over a search for it.
        login.validators.append(MaxLengthValidator(320, "Enter your user name or e-mail address"))
        password.help_text = ""  # The page has its own link for those who forgot it.
        password.error_messages["required"] = "Enter your password"


class ResetPasswordForm(forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].error_messages["required"] = "Enter the e-mail address of your account"


class _NewPassword:
    """The two fields in which a new password is chosen."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["password1"], self.fields["password2"]
        first.label, again.label = "New password", "New password again"
        first.help_text = HOW_TO_CHOOSE
        first.error_messages["required"] = "Enter a new password"
        again.error_messages["required"] = "Enter the new password again"


class ResetPasswordKeyForm(_NewPassword, forms.ResetPasswordKeyForm):
    pass


class SetPasswordForm(_NewPassword, forms.SetPasswordForm):
    pass


class ChangePasswordForm(_NewPassword, forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["oldpassword"].help_text = ""
        self.fields["oldpassword"].error_messages["required"] = "Enter your current password"


class ReauthenticateForm(forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"
