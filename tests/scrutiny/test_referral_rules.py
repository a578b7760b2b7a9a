"""The rules of referrals: where one stands, which record holds, who differs, who is late and who is slowest."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain import clocks, referrals, standings
from sightline.scrutiny.domain.referrals import DecisionOutcome, ReferralState, Standing, Taken

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
STATES = st.lists(st.sampled_from(ReferralState), max_size=15)
TAKEN = st.lists(
    st.builds(Taken, st.integers(1, 10_000), DAYS, st.sampled_from([one.value for one in DecisionOutcome])),
    max_size=12,
    unique_by=lambda one: one.number,
)
DAY = datetime.date(2024, 3, 12)


@pytest.mark.parametrize(
    ("considered", "decision", "withdrawn", "state"),
    [
        (False, None, False, "waiting"),
        (True, None, False, "considered"),
        (False, "accepted", False, "accepted"),
        (True, "deferred", False, "deferred"),
        (False, None, True, "withdrawn"),
        (True, None, True, "withdrawn"),
        (True, "deferred", True, "withdrawn"),
        (True, "rejected", True, "rejected"),
        (False, "accepted-in-part", True, "accepted-in-part"),
    ],
)
def test_a_decision_outweighs_a_consideration_and_a_withdrawal_ends_what_is_open(
    considered: bool, decision: str | None, withdrawn: bool, state: str
) -> None:
    outcome = DecisionOutcome(decision) if decision else None
    assert referrals.state_of(considered, outcome, withdrawn) == ReferralState(state)


@given(st.booleans(), st.none() | st.sampled_from(DecisionOutcome))
def test_after_a_withdrawal_nobody_is_waited_for(considered: bool, decision: DecisionOutcome | None) -> None:
    assert not referrals.state_of(considered, decision, withdrawn=True).is_open


@given(TAKEN)
def test_one_record_holds_and_every_other_leads_to_it(taken: list[Taken]) -> None:
    following = referrals.succession(taken)
    assert set(following) == {one.number for one in taken}
    holding = [number for number, after in following.items() if after is None]
    assert len(holding) == (1 if taken else 0)
    latest = referrals.latest(taken)
    if latest is None:
        assert not taken
        return
    assert holding == [latest.number]
    for number in following:
        steps, at = 0, number
        while (after := following[at]) is not None:
            at, steps = after, steps + 1
            assert steps < len(taken)
        assert at == latest.number


@given(TAKEN, st.randoms())
def test_the_order_in_which_records_come_changes_nothing(taken: list[Taken], random: object) -> None:
    other = list(taken)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert referrals.succession(taken) == referrals.succession(other)


@given(st.dictionaries(st.integers(1, 300), st.sampled_from(ReferralState), max_size=15), st.integers(1, 300))
def test_a_standing_says_of_every_council_what_holds_there_and_of_no_other(
    states: dict[int, ReferralState], council: int
) -> None:
    text = standings.written(states)
    assert (standings.says(council=council) in text) == (council in states)
    for state in ReferralState:
        assert (standings.says(council=council, state=state) in text) == (states.get(council) is state)
        assert (standings.says(state=state) in text) == (state in states.values())


@given(STATES)
def test_councils_diverge_where_two_decided_and_differ(states: list[ReferralState]) -> None:
    decided = Counter(state for state in states if state.value in {one.value for one in DecisionOutcome})
    assert referrals.diverges(states) == (len(decided) > 1)
    assert sum(referrals.decided(states).values()) == sum(decided.values())


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["accepted", "accepted", "rejected"], "two accepted, one rejected"),
        (["deferred", "accepted", "waiting"], "one accepted, one deferred, one has not decided yet"),
        (["waiting", "considered"], "two have not decided yet"),
        (["accepted-in-part"] * 12, "12 accepted in part"),
        (
            ["rejected", "decided-exempt", "waiting"],
            "one rejected, one decided in exempt session, one has not decided yet",
        ),
        (["withdrawn", "accepted"], "one accepted"),
        ([], ""),
    ],
)
def test_what_councils_decided_is_said_in_words(states: list[str], said: str) -> None:
    assert referrals.in_words([ReferralState(state) for state in states]) == said


def test_what_was_decided_last_holds_whether_or_not_it_may_be_known() -> None:
    first, later = datetime.date(2026, 3, 6), datetime.date(2026, 4, 7)
    known, told = referrals.Taken(1, first, "deferred"), referrals.Taken(2, later, "decided-exempt")
    assert referrals.state_after(True, [told, known]) is ReferralState.DECIDED_EXEMPT
    assert not referrals.state_after(True, [told, known], withdrawn=True).is_open
    assert referrals.state_after(True, [told, referrals.Taken(3, later, "accepted")]) is ReferralState.ACCEPTED
    assert not referrals.diverges([ReferralState.DECIDED_EXEMPT, ReferralState.ACCEPTED])


@given(st.sampled_from(ReferralState), DAYS, DAYS)
def test_late_is_what_is_open_past_its_last_day(
    state: ReferralState, due_on: datetime.date, today: datetime.date
) -> None:
    late = referrals.late_by_days(state, due_on, today)
    assert late >= 0
    assert (late > 0) == (state.is_open and today > due_on)


def test_the_slowest_is_who_took_or_has_been_taking_longest() -> None:
    def at(council: str, state: str, decided_on: datetime.date | None = None) -> Standing:
        return Standing(council, ReferralState(state), DAY, clocks.due_on(DAY), decided_on)

    today = datetime.date(2024, 6, 1)
    quick = at("Quick", "accepted", datetime.date(2024, 4, 1))
    slow = at("Slow", "deferred")
    gone = at("Gone", "withdrawn")
    assert referrals.slowest([quick, slow, gone], today) == [slow]
    assert slow.days_taken(today) == 81
    assert referrals.slowest([slow, at("Also slow", "waiting")], today) == []
    assert referrals.slowest([quick], today) == []
    assert referrals.slowest([], today) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2024, 3, 12), 2, (2024, 5, 12)),
        ((2023, 12, 31), 2, (2024, 2, 29)),
        ((2022, 12, 31), 2, (2023, 2, 28)),
        ((2024, 11, 30), 3, (2025, 2, 28)),
        ((2024, 1, 31), 0, (2024, 1, 31)),
        ((2024, 1, 15), 24, (2026, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(
    day: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert clocks.add_months(datetime.date(*day), months) == datetime.date(*expected)


@given(DAYS, st.integers(0, 120))
def test_months_are_counted_whole(day: datetime.date, months: int) -> None:
    later = clocks.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1
    assert clocks.add_months(day, months + 1) > later


def test_months_are_never_negative() -> None:
    with pytest.raises(ValueError, match="months must not be negative"):
        clocks.add_months(DAY, -1)


@pytest.mark.parametrize(
    ("decided_on", "working_days", "ends_on"),
    [
        ((2024, 4, 9), 5, (2024, 4, 16)),  # over one weekend
        ((2024, 3, 26), 5, (2024, 4, 4)),  # over Good Friday and Easter Monday
        ((2022, 9, 15), 5, (2022, 9, 23)),  # over the bank holiday for the Queen's funeral
        ((2023, 12, 21), 5, (2024, 1, 2)),  # over Christmas and New Year
        ((2024, 4, 13), 1, (2024, 4, 15)),  # decided on a Saturday
    ],
)
def test_a_call_in_ends_after_working_days_of_england(
    decided_on: tuple[int, int, int], working_days: int, ends_on: tuple[int, int, int]
) -> None:
    assert clocks.call_in_ends_on(datetime.date(*decided_on), working_days) == datetime.date(*ends_on)


@given(DAYS, st.integers(1, 30), st.sets(DAYS, max_size=5))
def test_a_call_in_holds_exactly_its_working_days(
    decided_on: datetime.date, working_days: int, closed: set[datetime.date]
) -> None:
    ends_on = clocks.call_in_ends_on(decided_on, working_days, closed)
    assert ends_on is not None
    assert clocks.is_working_day(ends_on, closed)
    days = [decided_on + datetime.timedelta(days=n) for n in range(1, (ends_on - decided_on).days + 1)]
    assert sum(clocks.is_working_day(day, closed) for day in days) == working_days


def test_without_working_days_there_is_no_call_in() -> None:
    assert clocks.call_in_ends_on(DAY, 0) is None
    with pytest.raises(ValueError, match="working_days must not be negative"):
        clocks.call_in_ends_on(DAY, -1)
