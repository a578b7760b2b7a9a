"""Who may do what: one table, read as data.

A right names what may be done, the roles that may do it, and for whose records. Whatever the table does not
allow is denied. Roles are held for one council or for the partnership:

- A role held for a council reaches that council's records, and the partnership's own, on which its councils act
  together; not the latter where the right says ``councils_share=False``.
- A role held for the partnership reaches the partnership's own records, and those of every council only where the
  right says ``partnership_wide``: sovereignty is the default.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sightline.kernel.publication import Publication


class RoleKind(StrEnum):
    """The roles, residents first. A resident is anybody who is not logged in: no account holds that role."""

    OFFICER = "officer"
    CLERK = "clerk"
    ICT = "ict"
    PORTFOLIO_HOLDER = "portfolio-holder"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]

    @property
    def in_a_sentence(self) -> str:
        """The label as it stands within a sentence."""
        return self.label if self is RoleKind.ICT else self.label.lower()


_ROLE_LABELS = {
    RoleKind.OFFICER: "Officer",
    RoleKind.CLERK: "Clerk",
    RoleKind.ICT: "ICT",
    RoleKind.PORTFOLIO_HOLDER: "Portfolio holder",
    RoleKind.MEMBER: "Member",
    RoleKind.ADMINISTRATOR: "Administrator",
}


STAFF = (RoleKind.OFFICER, RoleKind.CLERK, RoleKind.ICT, RoleKind.ADMINISTRATOR)
MEMBERS = (RoleKind.MEMBER, RoleKind.PORTFOLIO_HOLDER)
IN_ORDER = (*STAFF, *MEMBERS)
"""The roles as every page and document lists them, after residents: staff, then members."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role as a person holds it. ``council`` is a GSS code, or None for the partnership. Dates are inclusive."""

    kind: RoleKind
    council: str | None
    started_on: datetime.date
    ended_on: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the table.

    action: what may be done, ``<context>.<verb>_<noun>``.
    says: the same in words, to follow "may".
    roles: the roles that may.
    resident: whether somebody who is not logged in may.
    partnership_wide: whether a role held for the partnership also reaches the records of one council.
    councils_share: whether a role held for one council also reaches the records of the partnership.
    of_ones_own: whether it reaches nothing but what is one's own. It asks for no second factor: a link in a letter lets
        the same be done.
    """

    action: str
    says: str
    roles: frozenset[RoleKind]
    resident: bool = False
    partnership_wide: bool = False
    councils_share: bool = True
    of_ones_own: bool = False


EVERY_ROLE = frozenset(RoleKind)
CLERKS = frozenset({RoleKind.CLERK})
ICT = frozenset({RoleKind.ICT})
ADMINISTRATORS = frozenset({RoleKind.ADMINISTRATOR})
WHO_OWN_COMMITMENTS = EVERY_ROLE - ADMINISTRATORS
MAY_SEE_EXEMPT = frozenset({RoleKind.CLERK, RoleKind.PORTFOLIO_HOLDER, RoleKind.MEMBER})

RIGHTS: tuple[Right, ...] = (
    Right("partnership.see_public", "see public records", EVERY_ROLE, resident=True, partnership_wide=True),
    Right("partnership.see_internal", "see internal records", EVERY_ROLE, partnership_wide=True),
    Right("partnership.see_exempt", "see exempt records", MAY_SEE_EXEMPT),
    Right("scrutiny.upload_minute", "upload minutes to be read", CLERKS),
    Right("scrutiny.record_minute", "record minutes", CLERKS),
    Right("scrutiny.confirm_passages", "confirm and correct what was read in minutes", CLERKS),
    Right("scrutiny.publish_minute", "publish minutes", CLERKS),
    Right("scrutiny.see_brief", "see what waits before a body meets", EVERY_ROLE, partnership_wide=True),
    Right("scrutiny.keep_commitment", "say who is to do what was promised and by when, and withdraw it", CLERKS),
    Right(
        "scrutiny.answer_commitment",
        "say what was done about a promise of their own",
        WHO_OWN_COMMITMENTS,
        partnership_wide=True,
        of_ones_own=True,
    ),
    Right(
        "scrutiny.check_commitment",
        "accept or return what is claimed done, members for the bodies they sit on",
        CLERKS | {RoleKind.MEMBER},
    ),
    Right("scrutiny.consider_referral", "put on record what a scrutiny panel made of a recommendation", CLERKS),
    Right(
        "scrutiny.decide_referral",
        "put on record what a council decided on a recommendation",
        CLERKS | {RoleKind.PORTFOLIO_HOLDER},
    ),
    Right(
        "scrutiny.update_referral",
        "tell what a council has done about a recommendation that it accepted",
        CLERKS | {RoleKind.PORTFOLIO_HOLDER},
    ),
    Right("scrutiny.publish_outcome", "publish what a council considered and decided", CLERKS),
    Right("scrutiny.say_purpose", "say what a recommendation is to achieve", CLERKS),
    Right("scrutiny.withdraw_recommendation", "withdraw a recommendation, or say what takes its place", CLERKS),
    Right("scrutiny.settle_link", "say whether minutes deal with a recommendation", CLERKS),
    Right("estate.see_exempt", "see exempt records of the estate", ICT, partnership_wide=True),
    Right("estate.keep_licence", "keep licences, and counts of what is used", ICT, partnership_wide=True),
    Right("estate.assess_risk", "score a system by the framework for legacy IT", ICT, partnership_wide=True),
    Right(
        "estate.agree_exception",
        "agree that a legacy system is kept for a time",
        ICT | {RoleKind.PORTFOLIO_HOLDER},
        partnership_wide=True,
    ),
    Right("estate.run_audit", "run a software audit, and countersign its answers", ICT, partnership_wide=True),
    Right(
        "estate.answer_audit",
        "answer a software audit for a system of their own",
        EVERY_ROLE - ADMINISTRATORS,
        partnership_wide=True,
        of_ones_own=True,
    ),
    Right("estate.load_lifecycle", "load until when software is supported", ICT),
    Right("estate.keep_catalogue", "keep the partnership's own entries of the catalogue", ICT),
    Right("estate.import_inventory", "import inventories of installed software", ICT, partnership_wide=True),
    Right("estate.keep_system", "keep the register of systems", ICT, partnership_wide=True),
    Right("strategy.keep_glossary", "keep the glossary", CLERKS | {RoleKind.ICT}),
    Right(
        "partnership.manage_people",
        "manage people and their roles",
        ADMINISTRATORS,
        partnership_wide=True,
        councils_share=False,
    ),
    Right("partnership.see_audit", "see the audit log", ADMINISTRATORS, partnership_wide=True, councils_share=False),
    Right(
        "partnership.handle_personal_data",
        "give out and erase what is held on a person",
        ADMINISTRATORS,
        partnership_wide=True,
        councils_share=False,
    ),
    Right("partnership.load_file", "load the partnership file", ADMINISTRATORS, councils_share=False),
    Right("partnership.see_rights", "see who may do what, and why not", ADMINISTRATORS, partnership_wide=True),
    Right("partnership.act_for_others", "enter what somebody else did, under both names", CLERKS),
)

_BY_ACTION = {right.action: right for right in RIGHTS}


def right_for(action: str) -> Right:
    """The line of the table for an action.

    Raises:
        KeyError: no line names it, so nobody may do it; a caller's mistake, never a person's.
    """
    return _BY_ACTION[action]


SEE = {
    Publication.PUBLIC: "partnership.see_public",
    Publication.INTERNAL: "partnership.see_internal",
    Publication.EXEMPT: "partnership.see_exempt",
}


def may(action: str, roles: Iterable[HeldRole], *, council: str | None, on: datetime.date) -> bool:
    """Whether ``roles`` allow ``action`` on a day, to a record of ``council`` (None: the partnership's)."""
    right = right_for(action)
    if right.resident:
        return True
    return any(_reaches(right, role, council) for role in roles if role.holds_on(on))


def only_sees(right: Right) -> bool:
    """Whether a right lets somebody see records and change none."""
    return right.action.partition(".")[2].startswith("see_")


def kinds_that_write() -> frozenset[RoleKind]:
    """The roles that may change something, by the table: their accounts need a second factor to log in."""
    writing = (right for right in RIGHTS if not only_sees(right) and not right.of_ones_own)
    return frozenset(kind for right in writing for kind in right.roles)


def needs_second_factor(roles: Iterable[HeldRole], *, on: datetime.date) -> bool:
    """Whether somebody who holds ``roles`` may change anything on a day, so that a password alone is not enough."""
    writing = kinds_that_write()
    return any(role.kind in writing for role in roles if role.holds_on(on))


def _reaches(right: Right, role: HeldRole, council: str | None) -> bool:
    if role.kind not in right.roles:
        return False
    if role.council == council:
        return True
    if council is None:
        return right.councils_share
    return role.council is None and right.partnership_wide


def reach(action: str, roles: Iterable[HeldRole], *, on: datetime.date) -> Reach:
    """For which councils' records somebody who holds ``roles`` may do ``action``: what a list is filtered by."""
    right = right_for(action)
    if right.resident:
        return Reach(partnership=True, every_council=True, councils=frozenset())
    held = [role for role in roles if role.kind in right.roles and role.holds_on(on)]
    return Reach(
        partnership=any(_reaches(right, role, None) for role in held),
        every_council=right.partnership_wide and any(role.council is None for role in held),
        councils=frozenset(role.council for role in held if role.council is not None),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """The records a right reaches: the partnership's own, every council's, or those of named councils (GSS codes)."""

    partnership: bool
    every_council: bool
    councils: frozenset[str]


def why_not(
    action: str, roles: Iterable[HeldRole], *, council: str | None, council_name: str, on: datetime.date
) -> str:
    """One sentence that explains a refusal; empty where there is none."""
    held = list(roles)
    if may(action, held, council=council, on=on):
        return ""
    right = right_for(action)
    wanted = _in_words(kind for kind in RoleKind if kind in right.roles)
    whose = "the partnership" if council is None else council_name
    if not held:
        return f"To {right.says} for {whose} you need the role of {wanted}; you hold no role."
    fitting = [role for role in held if role.kind in right.roles]
    if any(role.holds_on(on) for role in fitting):
        if council is None:
            return f"You may {right.says} for your council, but not for the partnership: that takes a role held for it."
        return f"You may {right.says}, but not for {whose}: each council decides for itself."
    ended = [role for role in fitting if role.ended_on is not None and role.ended_on < on]
    if ended:
        return _no_longer(right, ended[-1])
    mine = _in_words({role.kind for role in held if role.holds_on(on)})
    return f"To {right.says} for {whose} you need the role of {wanted}; yours is {mine or 'none today'}."


def why_nowhere(action: str, roles: Iterable[HeldRole], *, on: datetime.date) -> str:
    """One sentence that explains why somebody may do ``action`` to no record at all; empty where they may to some."""
    held = list(roles)
    right = right_for(action)
    reached = reach(action, held, on=on)
    if reached.partnership or reached.every_council or reached.councils:
        return ""
    wanted = _in_words(right.roles)
    if not held:
        return f"To {right.says} you need the role of {wanted}; you hold no role."
    ended = [role for role in held if role.kind in right.roles and role.ended_on is not None and role.ended_on < on]
    if ended:
        return _no_longer(right, ended[-1])
    mine = _in_words({role.kind for role in held if role.holds_on(on)})
    return f"To {right.says} you need the role of {wanted}; yours is {mine or 'none today'}."


def role_that_allows(
    action: str, roles: Iterable[HeldRole], *, council: str | None, on: datetime.date
) -> HeldRole | None:
    """The role by which somebody may do ``action`` to a record of ``council``; None where none allows it, or where
    everybody may."""
    right = right_for(action)
    if right.resident:
        return None
    return next((role for role in roles if role.holds_on(on) and _reaches(right, role, council)), None)


def _no_longer(right: Right, ended: HeldRole) -> str:
    return (
        f"Your role of {ended.kind.in_a_sentence} ended on {_date(ended.ended_on)}, so you can no longer {right.says}."
    )


def _in_words(kinds: Iterable[RoleKind]) -> str:
    return " or ".join(sorted(kind.in_a_sentence for kind in kinds))


def _date(day: datetime.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def as_markdown(table: Iterable[Right]) -> str:
    """The table of rights as people read it: a line a right, a column for residents and for each role."""
    heads = ["May …", "Resident", *(kind.label for kind in IN_ORDER), "Whose records"]
    rows = [f"| {' | '.join(heads)} |", f"| --- |{' :-: |' * (len(IN_ORDER) + 1)} --- |"]
    for right in table:
        ticks = ["yes" if right.resident else "", *("yes" if kind in right.roles else "" for kind in IN_ORDER)]
        rows.append(f"| {right.says} | {' | '.join(ticks)} | {whose_records(right)} |")
    return "\n".join(rows)


def with_table(page: str, table: Iterable[Right]) -> str:
    """A Markdown page with the table of rights that stands in it brought up to date.

    Raises:
        ValueError: no table of rights stands in the page, or more than one.
    """
    parts = re.split(r"^\| May … \|.*\n(?:\|.*\n)*", page, flags=re.MULTILINE)
    if len(parts) != 2:
        raise ValueError("There must be one table there that begins with “| May … |”.")
    return f"{parts[0]}{as_markdown(table)}\n{parts[1]}"


def whose_records(right: Right) -> str:
    """Whose records a right reaches, in words."""
    if right.resident:
        return "everybody's"
    if not right.councils_share and not right.partnership_wide:
        return "the partnership's alone, by a role held for it"
    of_council = "a council's role: its council's" + (" and the partnership's" if right.councils_share else "")
    of_partnership = "the partnership's role: " + ("all" if right.partnership_wide else "the partnership's alone")
    return f"{'their own alone; ' if right.of_ones_own else ''}{of_council}; {of_partnership}"
