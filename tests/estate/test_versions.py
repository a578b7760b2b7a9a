"""Version texts and the release lines that they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.versions import ReleaseLines, core, numbers, plain_number, prefixes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1:10.5.21-0+deb11u1", "10.5.21"),
        ("1.1.1n-0+deb11u5", "1.1.1n"),
        ("2.4.37-62.module+el8.9.0", "2.4.37"),
        ("v1.25.16", "1.25.16"),
        ("5.6.15.Final", "5.6.15"),
        ("9.4.53.v20231009", "9.4.53"),
        ("2021.3.16f1", "2021.3.16f1"),
        ("8u382-b05", "8u382"),
        ("115.5.0esr-1", "115.5.0"),
        ("1.8.0_202", "1.8.0.202"),
        ("15+248", "15"),
        ("n/a", None),
        ("", None),
    ],
)
def test_the_core_of_a_version(text: str, told: str | None) -> None:
    assert core(text) == told


def test_numbers_are_those_of_the_core() -> None:
    assert numbers("10.0.14393") == (10, 0, 14393)
    assert numbers("1.1.1n-0+deb11u5") == (1, 1, 1)
    assert numbers("none") == ()


def test_the_longest_line_that_begins_the_version_is_found() -> None:
    lines = ReleaseLines(["2", "2.12", "2.3", "1", "17.06", "cos-97", "13.0-sp2"], {"bullseye": "1"})
    assert lines.of("2.12.4") == "2.12"
    assert lines.of("2.17.1") == "2"
    assert lines.of("17.6.2") == "17.06"
    assert lines.of("97.1") == "cos-97"
    assert lines.of("3.1") is None
    assert lines.of("13.0.5026") is None
    assert lines.named("13.0-SP2") == "13.0-sp2"
    assert lines.named("Bullseye") == "1"
    assert lines.near("17.9")
    assert not lines.near("18.1")
    assert lines
    assert not ReleaseLines([])


def test_the_newest_branch_up_to_a_number() -> None:
    lines = ReleaseLines(["r535-windows", "r550-windows", "r470-windows", "r550-linux", "rx-windows"])
    assert lines.newest_up_to(549, before="r", after="-windows") == "r535-windows"
    assert lines.newest_up_to(600, before="r", after="-windows") == "r550-windows"
    assert lines.newest_up_to(400, before="r", after="-windows") is None
    assert ReleaseLines(["r7"]).newest_up_to(9, before="r", after="") == "r7"


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_every_prefix_begins_the_version(parts: list[int]) -> None:
    version = ".".join(map(str, parts))
    found = list(prefixes(version))
    assert found[0] == version
    assert found[-1] == str(parts[0])
    assert all(f"{version}.".startswith(f"{prefix}.") for prefix in found)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_leading_zeros_do_not_matter(parts: list[int]) -> None:
    padded = ".".join(f"{part:04d}" for part in parts)
    assert plain_number(padded) == ".".join(map(str, parts))
    assert ReleaseLines([padded]).of(".".join(map(str, parts))) == padded


@given(st.text(max_size=40))
def test_any_text_has_a_core_or_none(text: str) -> None:
    told = core(text)
    assert told is None or told[0].isdigit()
    assert bool(numbers(text)) == (told is not None)
