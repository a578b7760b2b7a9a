"""Sentences: abbreviations, initials and quotations do not end them; offsets lead back to the document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.minutes.sentences import read_sentences, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Cllr. J. Ash asked why. Mr. Oak replied that St. Anne's was full.", 2),
        ("The meeting closed at 8 p.m. The Chairman left.", 2),
        ("It met at 8 p.m. on Monday.", 1),
        ("See Appendix A.  The report was noted.", 2),
        ("Councillor W. O'Dell asked. He left.", 2),
        ("The fee, i.e. £5, was fair. Was it? It was!", 3),
        ("He said “no.” She said yes.", 2),
        ("1. The gates.", 1),
        ("No. 4 was shut. No. 5 was not.", 2),
        ("", 0),
        ("   ", 0),
    ],
)
def test_sentences_are_parted_where_a_reader_would(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_offsets_lead_back_over_wide_spaces() -> None:
    text = "The  Head   of Parks said so.  It  was  true."
    first, second = read_sentences(text, 100)
    assert first.text == "The Head of Parks said so."
    assert text[first.at(4) - 100 : first.to(8) - 100] == "Head"
    assert text[second.start - 100 : second.end - 100] == "It  was  true."
    assert first.to(0) == first.start
    assert text[first.head(8).start - 100 : first.head(8).end - 100] == "The  Head"


@given(st.text(alphabet='aB. ?!Cllr"”)1', max_size=120))
def test_sentences_cover_every_word_once(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.text(alphabet="aB.  ", max_size=80))
def test_every_offset_of_a_sentence_is_its_character_in_the_document(text: str) -> None:
    for sentence in read_sentences(text, 0):
        for offset, character in enumerate(sentence.text):
            assert text[sentence.at(offset)] == character
