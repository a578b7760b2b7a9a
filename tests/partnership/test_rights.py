"""The table of rights: every role at every place against every kind of record, and what is said of a refusal."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.kernel.publication import Publication
from sightline.partnership.domain.rights import (
    RIGHTS,
    SEE,
    HeldRole,
    RoleKind,
    as_markdown,
    may,
    reach,
    right_for,
    why_not,
)

pytestmark = pytest.mark.measured

TODAY = datetime.date(2026, 3, 6)
ONE, OTHER = "E07999001", "E07999002"
PLACES = (None, ONE, OTHER)

HELD = st.builds(
    HeldRole,
    kind=st.sampled_from(RoleKind),
    council=st.sampled_from(PLACES),
    started_on=st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
    ended_on=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
)
ACTIONS = st.sampled_from([right.action for right in RIGHTS])


def role(kind: RoleKind, council: str | None = ONE, **dates: datetime.date) -> HeldRole:
    return HeldRole(kind=kind, council=council, started_on=dates.get("started_on", datetime.date(2020, 1, 1)),
                    ended_on=dates.get("ended_on"))  # fmt: skip


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.action)
@pytest.mark.parametrize("kind", RoleKind)
def test_a_councils_role_never_reaches_another_councils_record(right: object, kind: RoleKind) -> None:
    action = right.action  # type: ignore[attr-defined]
    if right_for(action).resident:
        assert may(action, [], council=OTHER, on=TODAY)
        return
    assert not may(action, [role(kind, ONE)], council=OTHER, on=TODAY)


# What each role may do, told once more by hand: at its own council, at another, and to the partnership's own records.
# A role of the partnership: to the partnership's records, and to those of a council.
EXPECTED = {
    "partnership.see_internal": ("officer clerk ict portfolio-holder member administrator", True, True),
    "partnership.see_exempt": ("clerk portfolio-holder member", True, False),
    "scrutiny.upload_minute": ("clerk", True, False),
    "scrutiny.record_minute": ("clerk", True, False),
    "scrutiny.confirm_passages": ("clerk", True, False),
    "scrutiny.publish_minute": ("clerk", True, False),
    "scrutiny.see_brief": ("officer clerk ict portfolio-holder member administrator", True, True),
    "scrutiny.keep_commitment": ("clerk", True, False),
    "scrutiny.answer_commitment": ("officer clerk ict portfolio-holder member", True, True),
    "scrutiny.check_commitment": ("clerk member", True, False),
    "scrutiny.consider_referral": ("clerk", True, False),
    "scrutiny.decide_referral": ("clerk portfolio-holder", True, False),
    "scrutiny.update_referral": ("clerk portfolio-holder", True, False),
    "scrutiny.publish_outcome": ("clerk", True, False),
    "scrutiny.say_purpose": ("clerk", True, False),
    "scrutiny.withdraw_recommendation": ("clerk", True, False),
    "scrutiny.settle_link": ("clerk", True, False),
    "estate.see_exempt": ("ict", True, True),
    "estate.keep_licence": ("ict", True, True),
    "estate.assess_risk": ("ict", True, True),
    "estate.agree_exception": ("ict portfolio-holder", True, True),
    "estate.run_audit": ("ict", True, True),
    "estate.answer_audit": ("clerk ict member officer portfolio-holder", True, True),
    "estate.load_lifecycle": ("ict", True, False),
    "estate.keep_catalogue": ("ict", True, False),
    "estate.import_inventory": ("ict", True, True),
    "estate.keep_system": ("ict", True, True),
    "strategy.keep_glossary": ("clerk ict", True, False),
    "partnership.manage_people": ("administrator", False, True),
    "partnership.load_file": ("administrator", False, False),
    "partnership.see_audit": ("administrator", False, True),
    "partnership.handle_personal_data": ("administrator", False, True),
    "partnership.see_rights": ("administrator", True, True),
    "partnership.act_for_others": ("clerk", True, False),
}


@pytest.mark.parametrize(("action", "kind"), list(itertools.product(EXPECTED, RoleKind)))
def test_each_role_may_do_what_the_table_says_and_nothing_else(action: str, kind: RoleKind) -> None:
    roles, reaches_shared, partnership_reaches_councils = EXPECTED[action]
    has = kind.value in roles.split()
    at_council, at_partnership = [role(kind, ONE)], [role(kind, None)]
    assert may(action, at_council, council=ONE, on=TODAY) is has
    assert may(action, at_council, council=OTHER, on=TODAY) is False
    assert may(action, at_council, council=None, on=TODAY) is (has and reaches_shared)
    assert may(action, at_partnership, council=None, on=TODAY) is has
    assert may(action, at_partnership, council=ONE, on=TODAY) is (has and partnership_reaches_councils)


def test_every_right_but_a_residents_is_told_above() -> None:
    told = {right.action for right in RIGHTS if not right.resident}
    assert set(EXPECTED) == told, "tell the new right above, by hand: the table must not be its own witness"
    assert [right.action for right in RIGHTS if right.resident] == ["partnership.see_public"]


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.action)
def test_a_resident_may_see_what_is_public_and_nothing_else(right: object) -> None:
    action = right.action  # type: ignore[attr-defined]
    for council in PLACES:
        assert may(action, [], council=council, on=TODAY) is (action == SEE[Publication.PUBLIC])


def test_a_role_counts_from_its_first_day_to_its_last() -> None:
    held = [role(RoleKind.CLERK, started_on=datetime.date(2026, 3, 6), ended_on=datetime.date(2026, 3, 8))]
    days = [datetime.date(2026, 3, day) for day in (5, 6, 7, 8, 9)]
    allowed = [may("scrutiny.record_minute", held, council=ONE, on=day) for day in days]
    assert allowed == [False, True, True, True, False]


@given(ACTIONS, st.lists(HELD, max_size=4))
def test_a_list_is_filtered_by_what_may_be_done_to_each_record(action: str, held: list[HeldRole]) -> None:
    found = reach(action, held, on=TODAY)
    assert found.partnership is may(action, held, council=None, on=TODAY)
    for council in (ONE, OTHER, "E07999003"):
        assert (found.every_council or council in found.councils) is may(action, held, council=council, on=TODAY)


@given(ACTIONS, st.lists(HELD, max_size=4), st.sampled_from(PLACES))
def test_a_refusal_has_a_reason_and_a_permission_has_none(
    action: str, held: list[HeldRole], council: str | None
) -> None:
    reason = why_not(action, held, council=council, council_name="Aldersby", on=TODAY)
    assert bool(reason) is not may(action, held, council=council, on=TODAY)
    assert reason == "" or reason.endswith(".")


@given(ACTIONS, st.lists(HELD, max_size=3), HELD, st.sampled_from(PLACES))
def test_one_more_role_never_takes_a_right_away(
    action: str, held: list[HeldRole], more: HeldRole, council: str | None
) -> None:
    assert may(action, [*held, more], council=council, on=TODAY) or not may(action, held, council=council, on=TODAY)


@pytest.mark.parametrize(
    ("held", "council", "said"),
    [
        ([], ONE, "To record minutes for Aldersby you need the role of clerk; you hold no role."),
        ([role(RoleKind.MEMBER)], ONE, "To record minutes for Aldersby you need the role of clerk; yours is member."),
        (
            [role(RoleKind.CLERK, OTHER)],
            ONE,
            "You may record minutes, but not for Aldersby: each council decides for itself.",
        ),
        (
            [role(RoleKind.CLERK, ended_on=datetime.date(2025, 5, 1))],
            ONE,
            "Your role of clerk ended on 1 May 2025, so you can no longer record minutes.",
        ),
        (
            [role(RoleKind.CLERK, ONE, ended_on=datetime.date(2025, 5, 1)), role(RoleKind.CLERK, OTHER)],
            ONE,
            "You may record minutes, but not for Aldersby: each council decides for itself.",
        ),
        (
            [role(RoleKind.CLERK, started_on=datetime.date(2027, 1, 1))],
            ONE,
            "To record minutes for Aldersby you need the role of clerk; yours is none today.",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_why(held: list[HeldRole], council: str | None, said: str) -> None:
    assert why_not("scrutiny.record_minute", held, council=council, council_name="Aldersby", on=TODAY) == said


def test_a_councils_administrator_is_told_that_the_partnership_takes_more() -> None:
    held = [role(RoleKind.ADMINISTRATOR, ONE)]
    assert why_not("partnership.manage_people", held, council=None, council_name="", on=TODAY) == (
        "You may manage people and their roles for your council, but not for the partnership: that takes a role held"
        " for it."
    )


def test_an_unknown_action_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        may("scrutiny.burn_minute", [], council=None, on=TODAY)


def test_the_table_can_be_read_as_one() -> None:
    lines = as_markdown(RIGHTS).splitlines()
    assert lines[0].startswith(
        "| May … | Resident | Officer | Clerk | ICT | Administrator | Member | Portfolio holder |"
    )
    assert len(lines) == 2 + len(RIGHTS)
    assert {line.count("|") for line in lines} == {10}
    (record,) = [line for line in lines if line.startswith("| record minutes |")]
    assert [cell.strip() for cell in record.split("|")][2:9] == ["", "", "yes", "", "", "", ""]
