"""A commitment with everybody who has to do with it, for the tests of commitments."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Person, Role, RoleTitle, User
from sightline.scrutiny import actions
from sightline.scrutiny import commitment_actions as doing
from sightline.scrutiny.models import Commitment, Update
from sightline.scrutiny.update_actions import Shown
from tests.scrutiny.conftest import Places, account, make_reading

LINK = Shown(title="The letters", address="https://www.example.org/letters")


@dataclass
class World:
    """The accounts by what they are to the commitment, and the commitment as it stands in the database."""

    places: Places
    head_of_ict: RoleTitle
    owner: User
    portfolio_holder: User
    member: User
    outsider: User
    reference: str

    @property
    def clerk(self) -> User:
        return again(self.places.accounts["clerk"])

    @property
    def commitment(self) -> Commitment:
        return Commitment.objects.get(reference=self.reference)

    def assign(self, due_on: datetime.date | None, owner: Person | None = None, **given: Any) -> Commitment:
        facts = {
            "commitment": self.commitment,
            "by": self.clerk,
            "owner_title": self.head_of_ict,
            "owner": owner or self.owner.person,
            "portfolio_title": None,
            "due_on": due_on,
        }
        return doing.assign(**{**facts, **given})

    def tell(self, claims: str = "done", by: User | None = None, **given: Any) -> Update:
        facts = {
            "commitment": self.commitment,
            "by": again(by or self.owner),
            "text": "Every library was written to.",
            "claims": claims,
            "evidence": [LINK],
            "submission": uuid.uuid4(),
        }
        return doing.tell(**{**facts, **given})

    def decide(self, accept: bool, by: User | None = None, reason: str = "", **given: Any) -> Commitment:
        return doing.decide(commitment=self.commitment, by=by or self.clerk, accept=accept, reason=reason, **given)


def again(user: User) -> User:
    """The same account read afresh, with no roles remembered."""
    return User.objects.get(pk=user.pk)


def make_world(places: Places, *, publish: bool = True) -> World:
    head = RoleTitle.objects.create(title="Head of ICT", aliases=["Head of Digital"])
    owner = account("north-ict", RoleKind.ICT, places.north)
    Role.objects.filter(person=owner.person).update(title=head)
    holder = account("north-holder", RoleKind.PORTFOLIO_HOLDER, places.north)
    member = account("north-member", RoleKind.MEMBER, places.north)
    Role.objects.filter(person=member.person).update(body=places.panel)
    outsider = account("east-member", RoleKind.MEMBER, places.east)
    Role.objects.filter(person=outsider.person).update(body=places.east_panel)
    recorded = actions.record_minute(reading=make_reading(), body=places.panel, by=places.accounts["clerk"])
    if publish:
        actions.publish_minute(minute=recorded.minute, by=places.accounts["clerk"])
    return World(places, head, owner, holder, member, outsider, Commitment.objects.get().reference)
