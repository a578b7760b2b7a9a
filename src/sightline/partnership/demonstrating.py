"""Second factors for the accounts of an invented partnership. A real one has no such account, and gets none here."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import second_factor
from sightline.partnership.domain import demonstration, rights
from sightline.partnership.domain.rights import HeldRole, RoleKind
from sightline.partnership.models import Partnership, User

if TYPE_CHECKING:
    from sightline.partnership.domain.partnership_facts import PartnershipFile, PersonFacts


class NoDemonstration(SightlineError):
    """Codes were asked for where there is no demonstration account."""


def give_second_factors(file: PartnershipFile) -> int:
    """Give each account of an invented partnership's file whose roles write its second factor; returns how many new."""
    ours = Partnership.objects.first()
    if ours is None or not ours.is_invented or not file.partnership.invented:
        return 0
    new = 0
    for facts in file.people:
        account = User.objects.filter(username=facts.username).first() if facts.username else None
        if account is not None and needs_second_factor(facts):
            secret = demonstration.second_factor_secret(file.partnership.slug, facts.username)
            new += second_factor.activate(account, secret)
    return new


def needs_second_factor(person: PersonFacts, on: datetime.date | None = None) -> bool:
    """Whether a person of the file holds a role that writes."""
    roles = [
        HeldRole(
            kind=RoleKind(role.kind), council=role.council or None, started_on=role.started_on, ended_on=role.ended_on
        )
        for role in person.roles
    ]
    return rights.needs_second_factor(roles, on=on or timezone.localdate())


def secret_of(account: User) -> str:
    """The secret of a demonstration account's second factor.

    Raises:
        NoDemonstration: this partnership is a real one; or the account has none, or another than it was given.
    """
    ours = Partnership.objects.first()
    if ours is None or not ours.is_invented:
        raise NoDemonstration(
            "Codes are printed for an invented partnership's accounts alone. Here, look into your authenticator app, or"
            " use a recovery code."
        )
    secret = demonstration.second_factor_secret(ours.slug, account.username)
    if not second_factor.has_secret(account, secret):
        raise NoDemonstration(
            f"“{account}” has no second factor, or one that was set up by hand: its code is in that app alone."
        )
    return secret
