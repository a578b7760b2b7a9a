"""What holds for every document, whatever the file: the promises of the model, and one kind of error."""

from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from sightline.scrutiny.domain.documents import Document, UnreadableDocument, read_document_bytes
from tests.scrutiny.documents.helpers import assert_promises, shown

NAMES = ["minutes.txt", "minutes.md", "minutes.html", "minutes.docx", "minutes.pdf", "minutes", "minutes.xyz"]
STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<!DOCTYPE html>", b"---\ntitle: x\n---\n", b"\xff\xfe", b"\xef\xbb\xbf"]
ENDS = [b"", b"\n%%EOF\n", b"</body></html>"]
PIECES = st.sampled_from(
    "a|The Chair|1.|(a)|• |* |** |***|_|__|---|***|===|# |> |    |\t|\n|\n\n|\r\n|\f|\\|[x](y)|![x](y)|[|]|](|<b>"
    "|</b>|<p>|</p>|<br>|<li>|<ul>|</ul>|<table>|<tr>|<td>|</td>|</tr>|</table>|<h1>|</h1>|<script>|</script>|<!--|-->|&nbsp;"
    "|&amp;|&#x202e;|`|```|| |a \\| b|:--|Page 1 of 2|Page 2 of 2|3|\u00a0|\u200b|\u00ad|’|“|é|\x07|\x85|£".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join)


def read_or_refuse(content: bytes, name: str) -> Document | str:
    """The document, its promises kept, or the message of the one error there is."""
    try:
        document = read_document_bytes(content, name)
    except UnreadableDocument as error:
        return str(error)
    assert_promises(document)
    return document


@given(st.binary(max_size=400), st.sampled_from(STARTS), st.sampled_from(ENDS), st.sampled_from(NAMES))
@settings(max_examples=150, deadline=None)
def test_any_bytes_make_a_document_or_the_one_error(content: bytes, start: bytes, end: bytes, name: str) -> None:
    found = read_or_refuse(start + content + end, name)
    assert isinstance(found, Document) or found.startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["minutes.txt", "minutes.md", "minutes.html"])
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
@example(text="<td>a</td><li>b")
@example(text="**a\n---\n1\n---\n2\n---\n3")
@example(text="<table><tr><td><table><td>x")
@example(text="<td><li><td>x<tr>y")
@example(text="a<script></script>\x1f")
def test_any_text_keeps_the_promises_and_reads_the_same_twice(name: str, text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    assert read_or_refuse(content, name) == read_or_refuse(content, name)


VISIBLE = st.characters(
    categories=["L", "N", "P"], exclude_characters="âÂÃ\u115f\u1160\u3164\uffa0", include_characters=" \t£"
)


@given(st.lists(st.text(VISIBLE, min_size=1), min_size=1, max_size=20).filter(lambda lines: any(map(str.strip, lines))))
def test_no_word_of_a_plain_text_is_lost(lines: list[str]) -> None:
    found = read_document_bytes("\n".join(lines).encode("utf-8-sig"), "minutes.txt")
    assert found.text.split() == " ".join(lines).split()


@given(st.lists(st.text('abc xyz&<>"’£é', min_size=1).filter(str.strip), min_size=1, max_size=10))
def test_no_word_of_a_page_is_lost(paragraphs: list[str]) -> None:
    page = "<!DOCTYPE html><body>" + "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    found = read_document_bytes(page.encode(), "minutes.html")
    assert shown(found) == [" ".join(words.split()) for words in paragraphs]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", body)
    return file.getvalue()


@given(
    st.lists(
        st.sampled_from(
            "<w:p>|</w:p>|<w:r>|</w:r>|<w:t>One</w:t>|<w:br/>|<w:tbl>|</w:tbl>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:sym/>"
            "|<w:txbxContent>|</w:txbxContent>|<w:pPr><w:numPr/></w:pPr>|<w:sectPr/>|<w:footnoteReference/>|<x/>".split(
                "|"
            )
        ),
        max_size=25,
    )
)
def test_any_word_file_makes_a_document_or_the_one_error(pieces: list[str]) -> None:
    inside = "".join(pieces)
    body = f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'
    found = read_or_refuse(word_file(body), "minutes.docx")
    assert isinstance(found, Document) or found.startswith("minutes.docx: ")


def pdf_file() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    for number in range(2):
        canvas.drawString(72, 700, f"The Chair opened item {number}.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


PDF = pdf_file()


@given(st.integers(0, len(PDF) - 1), st.binary(min_size=1, max_size=12))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_damaged_pdf_makes_a_document_or_the_one_error(place: int, damage: bytes) -> None:
    found = read_or_refuse(PDF[:place] + damage + PDF[place + len(damage) :], "minutes.pdf")
    assert isinstance(found, Document) or found.startswith("minutes.pdf: ")


@given(st.integers(0, len(word_file("<a/>") * 3)), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_archive_makes_a_document_or_the_one_error(place: int, damage: bytes) -> None:
    whole = word_file(f'<w:document xmlns:w="{W}"/>')
    found = read_or_refuse(whole[:place] + damage + whole[place + len(damage) :], "minutes.docx")
    assert isinstance(found, Document) or found.startswith("minutes.docx: ")
