"""Hard-wrapped text flows, and no offset into it moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.flow import flowing, wrap_width

WRAPPED = """\
16.  DIGITAL STRATEGY

     The Chairman presented the report and thanked all who
     had taken part.  Its recommendations were as follows:

     1)   That a glossary of technical terms be added to
          the Strategy; and
     2)   That waiting times be published every quarter, so
          that members can see them.

PRESENT:       Councillors A. Able (Chairman), B. Baker and
               C. Cook
"""


def test_wrapped_lines_join_and_lists_headings_and_blank_lines_stay() -> None:
    flowed = [" ".join(line.split()) for line in flowing(WRAPPED).splitlines() if line.strip()]
    assert flowed[:4] == [
        "16. DIGITAL STRATEGY",
        "The Chairman presented the report and thanked all who had taken part. Its recommendations were as follows:",
        "1) That a glossary of technical terms be added to the Strategy; and",
        "2) That waiting times be published every quarter, so that members can see them.",
    ]


def test_text_that_is_not_wrapped_is_left_alone() -> None:
    paragraphs = "One long paragraph that goes on and on. " * 20 + "\n" + "Another short one.\n" * 5
    assert wrap_width(paragraphs.split("\n")) == 0
    assert flowing(paragraphs) == paragraphs


@given(st.text(alphabet=st.sampled_from("ab .\n-1)"), max_size=2000))
def test_only_line_breaks_change_and_only_into_spaces(text: str) -> None:
    flowed = flowing(text)
    assert len(flowed) == len(text)
    assert all(after == before or (before, after) == ("\n", " ") for before, after in zip(text, flowed, strict=True))


@given(st.lists(st.sampled_from(["word " * 11, "    more " * 6, "", "- a bullet", "x"]), max_size=60))
def test_no_blank_line_is_ever_swallowed(lines: list[str]) -> None:
    text = "\n".join(lines)
    flowed = flowing(text)
    for at in range(len(text) - 1):
        if text[at : at + 2] == "\n\n":
            assert flowed[at : at + 2] == "\n\n"
