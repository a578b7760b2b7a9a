"""The second factor: who needs one, how its secrets are sealed in the database, and when it is not asked for again."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, sessions
from sightline.partnership.domain import rights
from sightline.partnership.models import Partnership, User

# Marks a session in which the council's own sign-on has asked for a second factor.
BY_PROVIDER = "sightline.second_factor_by_provider"
WHY = (
    "Your role may change records, so a password alone is not enough. Set up a second factor first: it takes two"
    " minutes and a phone, or a device with a passkey."
)
_FIRST_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_SEALED = "sealed:"
_SECRETS = ("secret", "seed")


def is_needed(account: access.Account) -> bool:
    """Whether an account holds a role today that may change anything."""
    return rights.needs_second_factor(access.roles_of(account), on=timezone.localdate())


def is_set_up(account: AbstractBaseUser) -> bool:
    """Whether an account has a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=_FIRST_FACTORS).exists())


def is_missing(request: HttpRequest) -> bool:
    """Whether the account of a request needs a second factor and has none."""
    if not is_needed(request.user) or request.session.get(BY_PROVIDER):
        return False
    assert isinstance(request.user, AbstractBaseUser)
    return not is_set_up(request.user)


def activate(account: User, secret: str) -> bool:
    """Give an account an authenticator app with a secret; False where it has one already, which stays."""
    if Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists():
        return False
    Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": seal(secret)})
    return True


class NothingToForget(SightlineError):
    """An account has no second factor that could be taken away."""


@transaction.atomic
def forget(*, account: User, by: User | None = None) -> int:
    """Take an account's second factors and recovery codes away, for somebody who has lost them; how many is returned.

    Its sessions end, and whoever needs one sets up another at the next sign-in.

    by: an administrator; None where it is the operator at the machine.

    Raises:
        Refused: the account may not manage people, for every council at which the owner holds a role.
        NothingToForget: there is none.
    """
    if by is not None:
        access.require_over_person(by, "partnership.manage_people", account)
    count: int = Authenticator.objects.filter(user_id=account.pk).delete()[0]
    if not count:
        raise NothingToForget(f"“{account}” has no second factor.")
    sessions.end_sessions(account, by=by, reason="second factor taken away, since it was lost")
    return count


def has_secret(account: User, secret: str) -> bool:
    """Whether an account's authenticator app has this very secret."""
    found = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).first()
    return found is not None and constant_time_compare(unseal(found.data["secret"]), secret)


def seal(text: str) -> str:
    """A secret as it is kept in the database: encrypted with a key made from the secret key."""
    return _SEALED + _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """A sealed secret as it was; sealed with the secret key, or with one of before that is still named.

    Raises:
        ImproperlyConfigured: it was sealed with a key that is named no more.
    """
    if not sealed.startswith(_SEALED):
        return sealed
    boxes = MultiFernet([_box(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])
    try:
        return boxes.decrypt(sealed.removeprefix(_SEALED).encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured(
            "A second factor was sealed with a secret key that this installation no longer knows. Add that key to"
            " SIGHTLINE_SECRET_KEY_FALLBACKS and run `sightline site prepare`."
        ) from error


def _box(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sightline second factor").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


@transaction.atomic
def seal_anew() -> int:
    """Seal every secret with the secret key of today, and return how many were not; then keys of before can go."""
    changed = 0
    today = _box(settings.SECRET_KEY)
    for authenticator in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        before = dict(authenticator.data)
        for name in _SECRETS:
            sealed = authenticator.data.get(name)
            if sealed is not None and not _opens(today, sealed):
                authenticator.data[name] = seal(unseal(sealed))
        if authenticator.data != before:
            authenticator.save(update_fields=["data"])
            changed += 1
    return changed


def _opens(box: Fernet, sealed: str) -> bool:
    try:
        box.decrypt(sealed.removeprefix(_SEALED).encode())
    except InvalidToken:
        return False
    return True


class MFAAdapter(DefaultMFAAdapter):
    """Where django-allauth asks: names, secrets, and the domain that passkeys are made for."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or was used already. Enter the one that the app shows now",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey before you make recovery codes",
    }

    def _get_site_name(self) -> str:
        partnership = Partnership.objects.first()
        return f"Sightline, {partnership.short_name}" if partnership else "Sightline"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "id": settings.PASSKEY_DOMAIN or entity["id"]}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"
