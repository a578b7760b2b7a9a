"""What hangs on what: lines of dependencies."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.dependencies import line_to, reached

LINKS = st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4), max_size=7)


def test_the_shortest_line_is_told_and_none_where_there_is_none() -> None:
    links = {"portal": ["sign-on", "forms"], "forms": ["database"], "sign-on": ["directory"], "directory": ["database"]}
    assert line_to("database", ["portal"], links) == ("portal", "forms", "database")
    assert line_to("portal", ["portal"], links) == ("portal",)
    assert line_to("portal", ["database", "directory"], links) == ()
    assert reached(["sign-on"], links) == {"directory", "database"}


@given(LINKS, st.integers(0, 6), st.integers(0, 6))
def test_a_line_goes_by_links_alone_and_exists_where_its_end_is_reached(
    links: dict[int, list[int]], start: int, goal: int
) -> None:
    line = line_to(goal, [start], links)
    assert bool(line) is (start == goal or goal in reached([start], links))
    assert all(there in links[here] for here, there in itertools.pairwise(line))
    assert len(set(line)) == len(line)
