"""What is expected: from the table of rights as it is written, and one declaration for each route.

The table's lines are read, but not the product's code that reads them: whether a role reaches a record is worked out
here once more, so that a fault over there does not make its own excuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sightline.partnership.domain.rights import RIGHTS, Right, RoleKind

# Taken when the tests are collected: what a test plants in the product's table later is not agreed.
AGREED: dict[str, Right] = {right.action: right for right in RIGHTS}

# Records of the estate that ICT sees too where they are exempt: red systems are theirs to mend.
OF_THE_ESTATE = frozenset(
    {
        "licence", "licence-document", "system", "installation", "inventory", "audit", "audit-file", "audit-report",
        "question", "exception",
    }
)  # fmt: skip
SEE = {state: f"partnership.see_{state}" for state in ("public", "internal", "exempt")}


class Answer(StrEnum):
    """What somebody can be answered."""

    OPEN = "let in"
    SIGN_IN = "sent to sign in"
    SET_UP = "sent to set up a second factor"
    REFUSED = "refused, with a reason"
    HIDDEN = "told that there is no such thing"
    NO_SUCH_WAY = "told that this cannot be asked in that way"
    NO_TOKEN = "told that the form was not this site's"
    BROKEN = "broken"


@dataclass(frozen=True)
class Actor:
    """Somebody who calls: one role, or none.

    council: GSS code of the council that the role is held for; None for the partnership.
    former: the role ended yesterday.
    second_factor: whether the account has one.
    """

    name: str
    kind: RoleKind | None = None
    council: str | None = None
    former: bool = False
    signed_in: bool = True
    second_factor: bool = True

    def may(self, action: str, owner: str | None) -> bool:
        """Whether the table allows an action to a record of a council (None: the partnership's)."""
        right = AGREED[action]
        if right.resident:
            return True
        if self.kind is None or self.former or self.kind not in right.roles:
            return False
        if self.council == owner:
            return True
        return right.councils_share if owner is None else self.council is None and right.partnership_wide

    def may_anywhere(self, action: str, owners: Iterable[str | None]) -> bool:
        return any(self.may(action, owner) for owner in owners)

    @property
    def speaks_for_its_kind(self) -> bool:
        """Whether it is one of those who call where the answer depends on no role."""
        return not self.name.endswith(("-other", "-partnership")) and (not self.former or self.kind is RoleKind.CLERK)

    @property
    def writes(self) -> bool:
        """Whether the role may change anything, so that a password alone is not enough."""
        return not self.former and any(
            self.kind in right.roles
            for right in RIGHTS
            if not right.action.partition(".")[2].startswith("see_") and not right.of_ones_own
        )


@dataclass(frozen=True)
class Record:
    """One record that stands in addresses.

    kind: what routes name it by.
    owner: GSS code of its council; None for the partnership's.
    publication: "public", "internal" or "exempt"; "" for what is never published.
    key: what stands in the address, or on the command line.
    """

    kind: str
    owner: str | None
    publication: str
    key: tuple[object, ...]
    called: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.called}"

    def is_seen_by(self, actor: Actor) -> bool:
        """Whether its publication lets somebody see it."""
        if actor.may(SEE[self.publication], self.owner):
            return True
        exempt = self.publication == "exempt" and self.kind in OF_THE_ESTATE
        return exempt and actor.may("estate.see_exempt", self.owner)


NO_RECORD = Record("", None, "", ())


@dataclass(frozen=True)
class Ask:
    """What one way of calling a route asks, in this order; each is left out where it is empty.

    signed_in: that somebody is signed in.
    anywhere: a right to do this to some record at all; else refused.
    sees: that the record's publication lets somebody see it; else it is hidden.
    right: a right over the record, or over the partnership's where the route names no record.
    hides: whether a record over which somebody has no right is hidden; else they are refused.
    by_second_factor: that the account has one, or a password that can be asked for.
    nothing: there is never anything here, for nobody.
    form: what is sent by POST. changes: that whoever is let in changes something with it.
    """

    signed_in: bool = False
    anywhere: str = ""
    sees: bool = False
    right: str = ""
    hides: bool = False
    by_second_factor: bool = False
    nothing: bool = False
    form: tuple[tuple[str, str], ...] = ()
    changes: bool = False

    def depends_on_roles(self, record: Record) -> bool:
        """Whether its answer can differ between two roles."""
        return bool(self.anywhere or self.right or (self.sees and record.publication != "public"))

    def answer(self, actor: Actor, record: Record, owners: Iterable[str | None]) -> Answer:
        """What somebody who has come so far is answered."""
        if self.signed_in and not actor.signed_in:
            return Answer.SIGN_IN
        if self.by_second_factor and not actor.second_factor:
            return Answer.REFUSED
        if self.anywhere and not actor.may_anywhere(self.anywhere, owners):
            return Answer.REFUSED
        if self.nothing or (self.sees and not record.is_seen_by(actor)):
            return Answer.HIDDEN
        if self.right and not actor.may(self.right, record.owner):
            return Answer.HIDDEN if self.hides else Answer.REFUSED
        return Answer.OPEN


@dataclass(frozen=True)
class Route:
    """What an address asks of whoever reads it (GET) and writes it (POST); None where it cannot be called that way.

    record: the kind of record in the address; "" for none.
    signed_in: whether even the wrong way is for those signed in alone.
    secret_address: who knows the address may write, so the form needs no token besides.
    for_programs: nobody is sent elsewhere: whoever lacks a second factor is refused with the reason.
    """

    get: Ask | None = None
    post: Ask | None = None
    record: str = ""
    signed_in: bool = False
    without_second_factor: bool = False
    secret_address: bool = False
    for_programs: bool = False

    def expected(self, method: str, actor: Actor, record: Record, owners: Iterable[str | None]) -> Answer:
        if actor.writes and not actor.second_factor and not self.without_second_factor:
            return Answer.SET_UP if method == "GET" and not self.for_programs else Answer.REFUSED
        ask = self.get if method == "GET" else self.post
        if ask is None:
            return Answer.SIGN_IN if self.signed_in and not actor.signed_in else Answer.NO_SUCH_WAY
        return ask.answer(actor, record, owners)
