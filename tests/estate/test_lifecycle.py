"""Until when a release is supported: by hand, its properties, and the whole published data read a second way."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.catalogue import Catalogue
from sightline.estate.domain.lifecycle import End, Lifecycle, State, lifecycle_from_facts, the_date
from tests.estate.conftest import LIFECYCLE

DAY = date(2024, 6, 30)
FIVE_DAYS = (date(2015, 1, 1), date(2020, 10, 14), date(2024, 2, 29), date(2026, 8, 22), date(2031, 12, 31))
HORIZON_DAYS = 365


def independent(facts: dict[str, Any], day: date) -> str:
    """Another reading of the published facts: compares texts instead of dates, and knows nothing of the product."""
    today = day.isoformat()
    horizon = (day + timedelta(days=HORIZON_DAYS)).isoformat()
    end, extended = facts.get("eol"), facts.get("eoes")
    if end is None:
        return "unknown"
    if end is False or (isinstance(end, str) and end >= today):
        return "ending" if isinstance(end, str) and end <= horizon else "supported"
    if extended is False or (isinstance(extended, str) and extended >= today):
        return "extended"
    return "unsupported"


@pytest.mark.samples
def test_every_release_agrees_with_an_independent_reading_on_five_days(samples: Path, published: Catalogue) -> None:
    compared = 0
    for line in gzip.decompress(samples.joinpath(*LIFECYCLE).read_bytes()).decode().splitlines():
        product = json.loads(line)
        for facts in product["releases"]:
            release = published.release(product["slug"], facts["releaseCycle"])
            assert release is not None
            for day in FIVE_DAYS:
                told = release.lifecycle.state(day, horizon_days=HORIZON_DAYS)
                assert told == independent(facts, day), (product["slug"], facts, day)
                compared += 1
    assert compared >= 5 * 8_000


@pytest.mark.samples
def test_the_published_data_has_no_fact_that_cannot_be_read(published: Catalogue) -> None:
    problems = [release.lifecycle.problems for product in published for release in product.releases]
    assert len(problems) > 8_000
    assert not [problem for problem in problems if problem]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"eol": "2024-06-30"}, "ending"),
        ({"eol": "2024-06-29"}, "unsupported"),
        ({"eol": "2025-06-30"}, "ending"),
        ({"eol": "2025-07-01"}, "supported"),
        ({"eol": False}, "supported"),
        ({"eol": True}, "unsupported"),
        ({"eol": "2024-01-31", "eoes": "2024-06-30"}, "extended"),
        ({"eol": "2024-01-31", "eoes": "2024-06-29"}, "unsupported"),
        ({"eol": True, "eoes": False}, "extended"),
        ({"eol": True, "eoes": True}, "unsupported"),
        ({}, "unknown"),
        ({"eoas": "2030-01-01"}, "unknown"),
        ({"eol": "soon"}, "unknown"),
        ({"eol": "2024-02-30"}, "unknown"),
        ({"eol": 2024}, "unknown"),
        ({"eol": "20300101"}, "unknown"),
        ({"releaseDate": "2025-01-01", "eol": "2024-12-31"}, "unknown"),
    ],
)
def test_the_state_on_one_day(facts: dict[str, object], state: str) -> None:
    assert lifecycle_from_facts(facts).state(DAY) == state


def test_extended_support_that_was_not_bought_is_no_support() -> None:
    lifecycle = Lifecycle(security=End(on=date(2024, 1, 31)), extended=End(on=date(2027, 1, 31)))
    assert lifecycle.state(DAY) is State.EXTENDED
    assert lifecycle.state(DAY, extended_bought=True) is State.EXTENDED
    assert lifecycle.state(DAY, extended_bought=False) is State.UNSUPPORTED


def test_the_horizon_is_the_callers() -> None:
    lifecycle = Lifecycle(security=End(on=DAY + timedelta(days=90)))
    assert lifecycle.state(DAY, horizon_days=89) is State.SUPPORTED
    assert lifecycle.state(DAY, horizon_days=90) is State.ENDING
    with pytest.raises(ValueError, match="0 or more"):
        lifecycle.state(DAY, horizon_days=-1)


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"eol": "soon"}, "neither a date nor yes or no"),
        ({"releaseDate": "spring", "eol": "2030-01-01"}, "“releaseDate” is 'spring'"),
        ({"releaseDate": "2025-01-01", "eol": "2024-12-31"}, "before its release"),
        ({"eol": "2024-12-31", "eoas": "2025-01-01"}, "active support ends after"),
        ({"eol": "2024-12-31", "eoes": "2024-01-01"}, "extended support ends before"),
    ],
)
def test_wrong_facts_are_told(facts: dict[str, object], part: str) -> None:
    assert any(part in problem for problem in lifecycle_from_facts(facts).problems)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "It is unknown until when it is supported."),
        ({"eol": False}, "It is supported, and no end is announced."),
        ({"eol": "2030-03-06"}, "It is supported until 6 March 2030."),
        ({"eol": "2023-03-06"}, "Support ended on 6 March 2023."),
        ({"eol": True}, "Support has ended."),
        (
            {"eol": "2023-03-06", "eoes": "2026-03-06"},
            "Support ended on 6 March 2023; extended support can be bought until 6 March 2026.",
        ),
        ({"eol": "2023-03-06", "eoes": False}, "Support ended on 6 March 2023; extended support can be bought."),
        (
            {"eol": "2013-03-06", "eoes": "2016-03-06"},
            "Support ended on 6 March 2013, and extended support on 6 March 2016.",
        ),
    ],
)
def test_the_state_is_explained_in_one_sentence(facts: dict[str, object], sentence: str) -> None:
    assert lifecycle_from_facts(facts).explained(DAY) == sentence


def test_an_end_has_one_form() -> None:
    assert not End().known
    assert End(over=False).known
    assert Lifecycle(security=End(on=DAY)).end_of_life == DAY
    with pytest.raises(ValueError, match="not both"):
        End(on=DAY, over=True)


def test_a_date_is_read_from_dates_and_iso_text_only() -> None:
    assert the_date(datetime(2024, 6, 30, 12, 0, tzinfo=None)) == DAY  # noqa: DTZ001
    assert the_date(DAY) == DAY
    assert the_date(" 2024-06-30 ") == DAY
    assert the_date("30/06/2024") is None
    assert the_date(None) is None


_ENDS = st.one_of(st.builds(End), st.builds(End, on=st.dates()), st.builds(End, over=st.booleans()))
_ORDER = {State.SUPPORTED: 0, State.ENDING: 1, State.EXTENDED: 2, State.UNSUPPORTED: 3}


@given(_ENDS, _ENDS, st.dates(), st.integers(0, 2_000), st.integers(0, 1_000))
def test_no_state_gets_better_with_time(security: End, extended: End, day: date, later: int, horizon: int) -> None:
    if day > date.max - timedelta(days=later + horizon):
        return
    lifecycle = Lifecycle(security=security, extended=extended)
    before = lifecycle.state(day, horizon_days=horizon)
    after = lifecycle.state(day + timedelta(days=later), horizon_days=horizon)
    if State.UNKNOWN in (before, after):
        assert before is after
    else:
        assert _ORDER[before] <= _ORDER[after]


@given(_ENDS, _ENDS, st.dates())
def test_the_wider_horizon_only_turns_supported_into_ending(security: End, extended: End, day: date) -> None:
    lifecycle = Lifecycle(security=security, extended=extended)
    near, far = (lifecycle.state(day, horizon_days=horizon) for horizon in (30, 300))
    assert near is far or (near is State.SUPPORTED and far is State.ENDING)
