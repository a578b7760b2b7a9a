"""The legacy verdict: cases by hand, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.legacy import AgreedException, LegacyFacts, LegacyPolicy, Verdict, judge
from sightline.estate.domain.legacy.verdict import years_after
from sightline.estate.domain.lifecycle import End, Lifecycle

DAY = date(2024, 6, 30)
POLICY = LegacyPolicy(recent_years=3, out_of_date_years=5)
SUPPORTED = Lifecycle(security=End(on=date(2028, 1, 11)))
ENDED = Lifecycle(security=End(on=date(2023, 10, 10)), extended=End(on=date(2026, 10, 13)))
EXCEPTION = AgreedException("Sam Quill", "replacement under way", date(2025, 3, 31))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (LegacyFacts(SUPPORTED, in_use=True), "not legacy"),
        (LegacyFacts(SUPPORTED, in_use=False), "not legacy"),
        (LegacyFacts(SUPPORTED), "not legacy"),
        (LegacyFacts(SUPPORTED, in_use=True, newer_since=date(2015, 1, 1)), "not legacy"),
        (LegacyFacts(SUPPORTED, in_use=False, newer_since=date(2015, 1, 1)), "legacy"),
        (LegacyFacts(SUPPORTED, newer_since=date(2015, 1, 1)), "unknown"),
        (LegacyFacts(SUPPORTED, in_use=False, newer_since=date(2023, 1, 1)), "not legacy"),
        (LegacyFacts(ENDED, in_use=True), "legacy"),
        (LegacyFacts(ENDED), "legacy"),
        (LegacyFacts(ENDED, purchased_on=date(2022, 1, 1)), "not legacy"),
        (LegacyFacts(ENDED, purchased_on=date(2021, 6, 30)), "legacy"),
        (LegacyFacts(ENDED, extended_until=date(2024, 12, 31)), "not legacy"),
        (LegacyFacts(ENDED, extended_until=date(2024, 6, 29)), "legacy"),
        (LegacyFacts(ENDED, exception=EXCEPTION), "not legacy"),
        (LegacyFacts(ENDED, exception=replace(EXCEPTION, expires=date(2024, 6, 29))), "legacy"),
        (LegacyFacts(Lifecycle(security=End(over=True))), "legacy"),
        (LegacyFacts(Lifecycle()), "unknown"),
        (LegacyFacts(None), "unknown"),
        (LegacyFacts(None, in_use=False, newer_since=date(2015, 1, 1)), "legacy"),
        (LegacyFacts(None, in_use=True, newer_since=date(2015, 1, 1)), "unknown"),
        (LegacyFacts(None, exception=EXCEPTION), "not legacy"),
        (LegacyFacts(None, extended_until=date(2025, 1, 1)), "not legacy"),
    ],
)
def test_the_verdict_follows_the_rule(facts: LegacyFacts, verdict: str) -> None:
    judgement = judge(facts, POLICY, on=DAY)
    assert judgement.verdict == verdict
    assert judgement.sentence.endswith(".")
    assert judgement.sentence.count(". ") == 0
    assert judgement.changes


def test_extended_support_helps_only_as_long_as_the_vendor_gives_it() -> None:
    facts = LegacyFacts(ENDED, extended_until=date(2030, 1, 1))
    assert judge(facts, POLICY, on=date(2026, 10, 13)).verdict is Verdict.NOT_LEGACY
    assert judge(facts, POLICY, on=date(2026, 10, 14)).verdict is Verdict.LEGACY


def test_a_legacy_verdict_names_its_facts_and_what_ends_it() -> None:
    judgement = judge(LegacyFacts(ENDED, in_use=True, newer_since=date(2018, 1, 1)), POLICY, on=DAY)
    assert judgement.sentence == (
        "Legacy: support ended on 10 October 2023; extended support can be bought until 13 October 2026, a newer "
        "release has been out since 1 January 2018, longer than 5 years, it is in use and it is no recent investment, "
        "has no extended support and no agreed exception."
    )
    assert judgement.changes == (
        "Moving to a supported release would end it, and so would taking it out.",
        "Buying extended support would end it until 13 October 2026.",
        "An agreed exception with an owner and an expiry would suspend it.",
    )
    assert judgement.legacy_on is None


def test_what_is_not_legacy_says_when_it_becomes_so() -> None:
    judgement = judge(LegacyFacts(ENDED, purchased_on=date(2023, 2, 1), exception=EXCEPTION), POLICY, on=DAY)
    assert judgement.sentence == (
        "Not legacy: support ended on 10 October 2023; extended support can be bought until 13 October 2026, it was "
        "bought on 1 February 2023, within the last 3 years and Sam Quill answers for an agreed exception until "
        "31 March 2025."
    )
    assert judgement.legacy_on == date(2026, 2, 1)
    assert judgement.changes == ("With nothing else changed it becomes legacy on 1 February 2026.",)
    bought = judge(LegacyFacts(ENDED, extended_until=date(2025, 10, 10)), POLICY, on=DAY)
    assert "extended support is bought until 10 October 2025" in bought.sentence
    assert bought.legacy_on == date(2025, 10, 11)


def test_what_is_supported_without_an_end_never_becomes_legacy_by_what_is_known() -> None:
    judgement = judge(LegacyFacts(Lifecycle(security=End(over=False)), in_use=True), POLICY, on=DAY)
    assert judgement.sentence == "Not legacy: it is supported, and no end is announced and it is in use."
    assert judgement.changes == ("Nothing that is known makes it legacy later.",)


def test_unknown_says_what_would_decide_it() -> None:
    unrecognised = judge(LegacyFacts(None), POLICY, on=DAY)
    assert unrecognised.sentence == (
        "It is unknown whether this is legacy: its release is not recognised, so its support is unknown and nobody has "
        "said whether it is in use."
    )
    assert "Recognising the product and its release would decide it." in unrecognised.changes
    undated = judge(LegacyFacts(Lifecycle(), in_use=True), POLICY, on=DAY)
    assert undated.changes == ("Recording until when the release is supported would decide it.",)
    unused = judge(LegacyFacts(SUPPORTED, newer_since=date(2015, 1, 1)), POLICY, on=DAY)
    assert "Saying whether it is in use would help to decide it." in unused.changes


def test_one_year_is_written_as_one() -> None:
    judgement = judge(LegacyFacts(ENDED, purchased_on=DAY), LegacyPolicy(recent_years=1), on=DAY)
    assert "within the last 1 year" in judgement.sentence


def test_what_no_partnership_may_set_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        LegacyPolicy(recent_years=-1)
    with pytest.raises(ValueError, match="owner and a reason"):
        AgreedException(" ", "because", DAY)
    with pytest.raises(ValueError, match="owner and a reason"):
        AgreedException("Sam Quill", "", DAY)


def test_years_are_calendar_years() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(9998, 2, 1), 5) == date.max


_DAYS = st.dates(date(1995, 1, 1), date(2060, 1, 1))
_ENDS = st.one_of(st.builds(End), st.builds(End, on=_DAYS), st.builds(End, over=st.booleans()))
_LIFECYCLES = st.one_of(st.none(), st.builds(Lifecycle, security=_ENDS, extended=_ENDS))
_EXCEPTIONS = st.one_of(st.none(), st.builds(AgreedException, st.just("A"), st.just("B"), _DAYS))
_OPTIONAL = st.one_of(st.none(), _DAYS)
_FACTS = st.builds(
    LegacyFacts, _LIFECYCLES, st.sampled_from([None, True, False]), _OPTIONAL, _OPTIONAL, _OPTIONAL, _EXCEPTIONS
)
_POLICIES = st.builds(LegacyPolicy, st.integers(0, 8), st.integers(0, 8))
_ORDER = {Verdict.NOT_LEGACY: 0, Verdict.UNKNOWN: 1, Verdict.LEGACY: 2}


def rank(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> int:
    return _ORDER[judge(facts, policy, on=day).verdict]


@given(_FACTS, _POLICIES, _DAYS, st.integers(0, 9_000))
def test_nothing_becomes_less_legacy_by_becoming_older(
    facts: LegacyFacts, policy: LegacyPolicy, day: date, later: int
) -> None:
    assert rank(facts, policy, day) <= rank(facts, policy, day + timedelta(days=later))


@given(_FACTS, _POLICIES, _DAYS, st.integers(0, 9_000))
def test_an_earlier_end_or_purchase_never_helps(facts: LegacyFacts, policy: LegacyPolicy, day: date, days: int) -> None:
    earlier = timedelta(days=days)
    older = facts
    if facts.purchased_on is not None:
        older = replace(older, purchased_on=facts.purchased_on - earlier)
    if facts.newer_since is not None:
        older = replace(older, newer_since=facts.newer_since - earlier)
    if facts.lifecycle is not None and facts.lifecycle.security.on is not None:
        older = replace(
            older, lifecycle=replace(facts.lifecycle, security=End(on=facts.lifecycle.security.on - earlier))
        )
    assert rank(facts, policy, day) <= rank(older, policy, day)


@given(_FACTS, _POLICIES, _DAYS, _DAYS)
def test_an_exception_or_bought_support_never_hurts(
    facts: LegacyFacts, policy: LegacyPolicy, day: date, expires: date
) -> None:
    bare = replace(facts, exception=None, extended_until=None)
    for helped in (
        replace(bare, exception=AgreedException("A", "B", expires)),
        replace(bare, extended_until=expires),
    ):
        assert rank(helped, policy, day) <= rank(bare, policy, day)


@given(_FACTS, _POLICIES, _DAYS)
def test_the_day_it_becomes_legacy_is_the_first(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> None:
    judgement = judge(facts, policy, on=day)
    if judgement.legacy_on is not None:
        assert judgement.legacy_on > day
        assert judge(facts, policy, on=judgement.legacy_on).verdict is Verdict.LEGACY
        assert judge(facts, policy, on=judgement.legacy_on - timedelta(days=1)).verdict is not Verdict.LEGACY


@given(_FACTS, _POLICIES, _DAYS)
def test_knowing_more_never_overturns_a_verdict(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> None:
    verdict = judge(facts, policy, on=day).verdict
    if facts.in_use is None and verdict is not Verdict.UNKNOWN:
        for in_use in (True, False):
            assert judge(replace(facts, in_use=in_use), policy, on=day).verdict is verdict
