"""Marks nest properly, lose no character and name every span exactly once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.marking import Close, MarkedSpan, Open, Text, marks

LENGTH = 40


def spans() -> st.SearchStrategy[list[MarkedSpan[int]]]:
    pair = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).filter(lambda p: p[0] != p[1])
    return st.lists(pair, max_size=12).map(
        lambda pairs: [MarkedSpan(min(p), max(p), name) for name, p in enumerate(pairs)]
    )


def test_a_commitment_inside_a_response_inside_a_point_is_nested() -> None:
    events = list(
        marks(10, [MarkedSpan(4, 8, "commitment"), MarkedSpan(0, 10, "point"), MarkedSpan(3, 10, "response")])
    )
    assert events == [
        Open("point", again=False),
        Text(0, 3),
        Open("response", again=False),
        Text(3, 4),
        Open("commitment", again=False),
        Text(4, 8),
        Close("commitment", for_good=True),
        Text(8, 10),
        Close("response", for_good=True),
        Close("point", for_good=True),
    ]


def test_a_crossing_span_is_cut_and_goes_on() -> None:
    events = list(marks(6, [MarkedSpan(0, 4, "a"), MarkedSpan(2, 6, "b")]))
    assert events == [
        Open("a", again=False),
        Text(0, 2),
        Close("a", for_good=False),
        Open("b", again=False),
        Open("a", again=True),
        Text(2, 4),
        Close("a", for_good=True),
        Text(4, 6),
        Close("b", for_good=True),
    ]


@given(spans())
def test_the_text_is_whole_and_the_marks_nest(given_spans: list[MarkedSpan[int]]) -> None:
    written: list[int] = []
    stack: list[int] = []
    covered: dict[int, list[int]] = {span.name: [] for span in given_spans}
    began: list[int] = []
    ended: list[int] = []
    for event in marks(LENGTH, given_spans):
        if isinstance(event, Text):
            written.extend(range(event.start, event.end))
            for name in stack:
                covered[name].extend(range(event.start, event.end))
        elif isinstance(event, Open):
            stack.append(event.name)
            if not event.again:
                began.append(event.name)
        else:
            assert stack.pop() == event.name
            if event.for_good:
                ended.append(event.name)
    assert written == list(range(LENGTH))
    assert stack == []
    assert sorted(began) == sorted(ended) == [span.name for span in given_spans]
    for span in given_spans:
        assert covered[span.name] == list(range(span.start, span.end))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 4), (0, 11), (-1, 2)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="does not lie within a text of 10 characters"):
        list(marks(10, [MarkedSpan(start, end, "x")]))
