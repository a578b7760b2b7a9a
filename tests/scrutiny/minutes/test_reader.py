"""The reader as a whole: its promises on any text, its JSON, its command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.scrutiny.domain.documents import UnreadableDocument, read_document_bytes
from sightline.scrutiny.domain.minutes import Minute, as_json, read_minute, read_minutes
from sightline.scrutiny.domain.minutes.__main__ import main
from sightline.scrutiny.domain.minutes.wording import either
from tests.scrutiny.minutes.reading import HEAD, document, minute

PIECES = [
    HEAD,
    "12.  PARKS\n\n",
    "13.  Paths: ",
    "AGREED:\n\n",
    "1)   That the gate be bought; and\n",
    "2)   That it be painted.\n",
    "Councillor Ash asked why. ",
    "The Head of Parks replied that she would check. ",
    "·  Who pays?\n",
    "o The Clerk said no.\n",
    "It was agreed that ",
    "RESOLVED that the report be noted. ",
    "the following points were raised:\n\n",
    "Page 3 of 9\n",
    "REPLY:\n",
    "\n\n",
    "\t",
    "    ",
    "—",
    "(",
    "“That",
    "R2024-30 A. Elm: That ",
    "Carried.",
    "Recommendation 2: ",
    "In response to ",
    "ACTION: ",
    "- ",
    "...",
    "é",
    "\f",
    "7\n",
    "Question from Cllr Oak: ",
    "Moved by: A. Elm\n",
    "The motion was carried.",
    "Decision:\n",
    "| Action | Owner |\n",
    "The Committee:\n",
    "Clerk to write.            Clerk\n",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=40).map("".join)


def read(text: str, name: str) -> tuple[str, list[Minute]]:
    """What a file of that name and text is read as: its plain text and its minutes; nothing if it cannot be read."""
    try:
        found = read_document_bytes(text.encode(errors="replace"), name)
    except UnreadableDocument:
        return "", []
    minutes = read_minutes(found)
    for each in minutes:
        check(found.text, each)
    return found.text, minutes


def passages(found: Minute) -> list[Any]:
    return [passage for each in found.items for passage in each.passages()]


def check(text: str, found: Minute) -> None:
    """What the reader promises of every text."""
    for each in found.items:
        assert 0 <= each.start <= each.title_start <= each.title_end <= len(text)
        assert each.end <= len(text)
        if each.title_end > each.title_start:
            assert each.title == " ".join(text[each.title_start : each.title_end].split())
        for passage in each.passages():
            assert each.start <= passage.start < passage.end <= each.end
            assert passage.text == " ".join(text[passage.start : passage.end].split())
        for point in each.points:
            assert [answer.start for answer in point.responses] == sorted(answer.start for answer in point.responses)
        for resolution in each.resolutions:
            assert resolution.parts
            assert resolution.start <= resolution.parts[0].start
            assert resolution.end == max(part.end for part in resolution.parts)
        rated = [*each.recommendations, *each.points, *each.commitments, *each.resolutions]
        assert all(0.4 <= one.confidence <= 1 for one in rated)
        for kind in (each.recommendations, each.points, each.commitments, each.resolutions):
            assert [one.start for one in kind] == sorted(one.start for one in kind)
    starts = [each.start for each in found.items]
    assert starts == sorted(starts)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_is_read_truly(text: str) -> None:
    found, minutes = read(text, "any.txt")
    assert [as_json(each) for each in minutes] == [as_json(each) for each in read(text, "any.txt")[1]]
    assert all(passage.text in " ".join(found.split()) for each in minutes for passage in passages(each))


@settings(max_examples=50, deadline=None)
@given(texts)
def test_any_markdown_is_read_truly(text: str) -> None:
    found, minutes = read(text, "any.md")
    assert all(passage.text in " ".join(found.split()) for each in minutes for passage in passages(each))


@settings(max_examples=50, deadline=None)
@given(texts)
def test_any_page_is_read_truly(text: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    found, minutes = read(
        f"<h2>Parks</h2>{paragraphs}<table><tr><th>Action</th><th>By "
        f"whom</th></tr><tr><td>{text}</td><td>Clerk</td></tr></table>",
        "any.html",
    )
    assert all(passage.text in " ".join(found.split()) for each in minutes for passage in passages(each))


def test_json_has_the_published_shape() -> None:
    found = as_json(
        minute(
            f"{HEAD}12.  PARKS\n\nThe Head of Parks presented the report. Its recommendations were:\n\n1)"
            f"   That the gate be bought.\n\nCouncillor Ash asked why. The Head of Parks replied that she would "
            f"check.\n\nRESOLVED that the report be noted.\n"
        )
    )
    assert (found["source"], found["body"], found["date"]) == ("snippet.txt", "Scrutiny Committee", "2024-06-04")
    (each,) = found["items"]
    assert list(each) == ["title", "presented_by", "recommendations", "points", "commitments", "resolutions"]
    assert each["presented_by"] == "Head of Parks"
    assert list(each["recommendations"][0]) == ["number", "text", "start", "end", "confidence"]
    assert list(each["points"][0]) == ["text", "start", "end", "confidence", "responses"]
    assert list(each["points"][0]["responses"][0]) == ["by", "text", "start", "end"]
    assert list(each["commitments"][0]) == ["by", "text", "start", "end", "confidence"]
    assert list(each["resolutions"][0]) == ["verb", "start", "end", "confidence", "parts"]
    assert list(each["resolutions"][0]["parts"][0]) == ["number", "text", "start", "end"]
    assert json.loads(json.dumps(found)) == found


def test_an_undated_minute_has_no_date_in_json() -> None:
    assert as_json(minute("Gates\n\nIt was agreed to paint the gates.\n"))["date"] is None


def test_the_module_prints_one_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(f"{HEAD}12.  PARKS\n\nRESOLVED that the report be noted.\n")
    assert main([str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["items"][0]["title"] == "PARKS"
    assert main([]) == 2
    assert main([str(tmp_path / "absent.txt")]) == 2
    assert "absent.txt" in capsys.readouterr().err


def test_words_are_matched_longest_first() -> None:
    import re

    pattern = re.compile(either(["agreed", "agreed to", "asked", "a.m", "a"]))
    assert [found[0] for found in pattern.finditer("agreed  to asked agreed a.m a")] == [
        "agreed  to",
        "asked",
        "agreed",
        "a.m",
        "a",
    ]


def test_a_long_document_keeps_its_head_and_tail() -> None:
    book = "".join(f"{HEAD}{number}.  PARKS\n\nRESOLVED that gate {number} be bought.\n\n" for number in range(1, 60))
    found = read_minute(document(book))
    assert len(found.items) == 59
    assert found.items[-1].resolutions[0].parts[0].text == "gate 59 be bought."
