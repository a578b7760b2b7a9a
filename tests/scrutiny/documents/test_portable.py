"""PDF files, made by reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sightline.scrutiny.domain.documents import UnreadableDocument
from sightline.scrutiny.domain.documents.portable_layout import PageLine, draft_pages, set_in_order
from tests.scrutiny.documents.helpers import bold, read, shown

Text = tuple[float, float, str]


def drawn(*pages: Callable[[Any], None], **settings: Any) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **settings)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def texts(*lines: Text, font: str = "Helvetica") -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        canvas.setFont(font, 11)
        for x, y, words in lines:
            canvas.drawString(x, y, words)

    return draw


def paragraphs(*groups: list[str], top: float = 780, pitch: float = 14, gap: float = 28) -> list[Text]:
    lines: list[Text] = []
    for group in groups:
        for words in group:
            lines.append((72, top, words))
            top -= pitch
        top += pitch - gap
    return lines


def picture(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "white")), 0, 0, 595, 842)


OTHER = ["Members heard that the hedge in the lane", "had grown into the road."]
PROSE = ["The Chair of the task group thanked", "everyone who had given evidence and asked", "that it be agreed."]


def test_lines_pages_gaps_and_title() -> None:
    first = texts(*paragraphs(["Hollin Town Council"], PROSE, ["1. Trees", "An oak was planted."]))
    content = drawn(first, texts(*paragraphs(["2. Hedges"], OTHER)))
    document = read(content, "minutes.pdf")
    assert document.media_type == "application/pdf"
    assert document.title == ""
    assert document.text == (
        "Hollin Town Council\n\n"
        + "\n".join(PROSE)
        + "\n\n1. Trees\nAn oak was planted.\n\n2. Hedges\n\n"
        + "\n".join(OTHER)
    )
    assert [line.page for line in document.lines] == [1] * 6 + [2] * 3


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Minutes of\n 4 May", "Minutes of 4 May"),
        ("Microsoft Word - Minutes of 4 May.docx", "Minutes of 4 May.docx"),
        ("Document1", ""),
    ],
)
def test_titles(given: str, title: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setTitle(given)
        texts(*paragraphs(PROSE))(canvas)

    assert read(drawn(draw), "minutes.pdf").title == title


def test_bold_lines() -> None:
    def draw(canvas: Any) -> None:
        texts(*paragraphs(PROSE, PROSE))(canvas)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 600, "RESOLVED")
        canvas.drawString(72, 580, "Bold at first ")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(150, 580, "and then no more")

    assert bold(read(drawn(draw), "minutes.pdf")) == ["RESOLVED"]


def test_where_all_is_bold_nothing_is() -> None:
    assert bold(read(drawn(texts(*paragraphs(PROSE), font="Helvetica-Bold")), "minutes.pdf")) == []


def test_double_spacing_is_no_gap() -> None:
    document = read(drawn(texts(*paragraphs(PROSE * 2, PROSE * 2, pitch=24, gap=48))), "minutes.pdf")
    assert document.text == "\n".join(PROSE * 2) + "\n\n" + "\n".join(PROSE * 2)


def test_a_hyphen_at_the_end_of_a_line_is_left_as_it_is() -> None:
    content = drawn(texts(*paragraphs(["The vote was coun-", "ted twice and the Vice-", "Chair left"])))
    assert shown(read(content, "minutes.pdf")) == ["The vote was coun-", "ted twice and the Vice-", "Chair left"]


def test_characters_one_by_one_are_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content = drawn(texts(*paragraphs(PROSE, ["The “vote” was coun-", "ted twice – for £5"])))
    at_once = read(content, "minutes.pdf")
    monkeypatch.setattr("pypdfium2.PdfTextPage.get_text_range", lambda page: "of another length")
    assert read(content, "minutes.pdf") == at_once


def test_running_lines_and_page_numbers_go_wherever_they_are_drawn() -> None:
    def page(number: int) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:
            texts((72, 40, "Signed by the Chair"), (300, 20, f"Page {number} of 3"))(canvas)  # footers first
            texts(*paragraphs(*items[number - 1]))(canvas)
            texts((72, 815, "HOLLIN TOWN COUNCIL"))(canvas)  # the header last

        return draw

    items = [[["Item 1"], PROSE], [["Item 2"], OTHER], [["Item 3"], ["The meeting closed at nine."]]]
    document = read(drawn(page(1), page(2), page(3)), "minutes.pdf")
    words = [words for item in items for group in item for words in group]
    assert shown(document) == ["HOLLIN TOWN COUNCIL", *words]


def test_two_pages_with_the_same_header_are_enough() -> None:
    head = (72.0, 815.0, "HOLLIN TOWN COUNCIL")
    content = drawn(
        texts(head, *paragraphs(["One."], PROSE)),
        texts(head, *paragraphs(["Two."], OTHER), (300, 20, "Minutes – Page 2")),
    )
    assert shown(read(content, "minutes.pdf")) == ["HOLLIN TOWN COUNCIL", "One.", *PROSE, "Two.", *OTHER]


def test_a_paragraph_runs_on_over_the_page() -> None:
    first = texts(*paragraphs([*PROSE[:2]]))
    document = read(drawn(first, texts(*paragraphs([PROSE[2]], ["2. Hedges"]))), "minutes.pdf")
    assert document.text == "\n".join(PROSE) + "\n\n2. Hedges"


def test_cells_of_a_table_stay_together() -> None:
    cells = [
        *[(72.0, 780.0 - 14 * row, words) for row, words in enumerate(["7.", "8."])],
        *[(110.0, 780.0 - 14 * row, words) for row, words in enumerate(PROSE)],
        *[(450.0, 780.0 - 14 * row, words) for row, words in enumerate(["Clerk", "to write"])],
    ]
    document = read(drawn(texts(*cells, (72, 600, "After the table"))), "minutes.pdf")
    assert "\n".join(PROSE) in document.text
    assert shown(document)[-3:] == ["Clerk", "to write", "After the table"]


def test_ligatures_come_apart_and_spaces_together() -> None:
    content = drawn(texts((72, 780, "The  Council’s   “plan” – £5 – café")))
    assert shown(read(content, "minutes.pdf")) == ["The Council’s “plan” – £5 – café"]


def test_empty_pages_among_others_are_no_matter() -> None:
    assert shown(
        read(drawn(texts((72, 700, "One.")), lambda canvas: None, texts((72, 700, "Two."))), "minutes.pdf")
    ) == [
        "One.",
        "Two.",
    ]


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(
        UnreadableDocument, match=r"^minutes\.pdf: its pages are scanned pictures without text; run text rec"
    ):
        read(drawn(picture, picture), "minutes.pdf")


def test_a_scan_with_a_stamp_is_refused() -> None:
    def stamped(canvas: Any) -> None:
        picture(canvas)
        canvas.drawString(72, 20, "CamScan")

    with pytest.raises(UnreadableDocument, match="scanned pictures without text"):
        read(drawn(picture, stamped), "minutes.pdf")


def test_a_file_of_which_most_pages_are_scanned_is_refused_and_one_picture_is_not() -> None:
    words = texts(*paragraphs(PROSE))
    with pytest.raises(UnreadableDocument, match="2 of its 3 pages are scanned pictures without text"):
        read(drawn(words, picture, picture), "minutes.pdf")
    assert shown(read(drawn(words, words, picture), "minutes.pdf")) == PROSE * 2


def test_pages_with_nothing_on_them_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="there is no text in it"):
        read(drawn(lambda canvas: None), "minutes.pdf")


@pytest.mark.parametrize("user", ["secret", "another"])
def test_a_password_is_refused(user: str) -> None:
    encrypt = pdfencrypt.StandardEncryption(user, ownerPassword="owner", canPrint=0)
    content = drawn(texts(*paragraphs(PROSE)), encrypt=encrypt)
    with pytest.raises(
        UnreadableDocument, match=r"^minutes\.pdf: it is protected by a password; take the password off"
    ):
        read(content, "minutes.pdf")


def test_a_file_that_anybody_may_open_is_read_although_it_is_encrypted() -> None:
    encrypt = pdfencrypt.StandardEncryption("", ownerPassword="owner", canCopy=0)
    assert shown(read(drawn(texts(*paragraphs(PROSE)), encrypt=encrypt), "minutes.pdf")) == PROSE


def test_a_file_that_breaks_off_is_refused_with_its_offset() -> None:
    content = drawn(*[texts(*paragraphs(PROSE * 4))] * 9)
    cut = content[: len(content) * 2 // 3]
    with pytest.raises(
        UnreadableDocument, match=f"it breaks off at offset {len(cut)} before the end of the PDF"
    ) as caught:
        read(cut, "minutes.pdf")
    assert caught.value.offset == len(cut)


def test_a_file_without_a_pdf_in_it_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="it is damaged: no PDF can be made out in it"):
        read(b"%PDF-1.7\nnothing of the kind\n%%EOF", "minutes.pdf")


def test_a_file_with_a_damaged_page_is_refused() -> None:
    content = drawn(texts(*paragraphs(PROSE)), texts(*paragraphs(PROSE)))
    pages = [place for place in range(len(content)) if content.startswith(b"/Type /Page\n", place)]
    damaged = content[: pages[1]] + b"/Type /Pxge\n" + content[pages[1] + 12 :]
    with pytest.raises(UnreadableDocument, match="it is damaged: page 2 of 2 cannot be read"):
        read(damaged, "minutes.pdf")


def test_the_extension_does_not_matter() -> None:
    assert read(drawn(texts(*paragraphs(PROSE))), "minutes.txt").media_type == "application/pdf"


def line(words: str, baseline: float, left: float = 72, right: float = 300, height: float = 11) -> PageLine:
    return PageLine(words, left, right, baseline, height)


def test_order_goes_down_the_page_and_keeps_columns() -> None:
    lines = [line("footer", 20), line("left 1", 700), line("left 2", 690), line("right 1", 700), line("right 2", 690)]
    assert [found.words for found in set_in_order([*lines, line("header", 800)])] == [
        "header",
        "left 1",
        "left 2",
        "right 1",
        "right 2",
        "footer",
    ]
    assert set_in_order([]) == []


def test_gaps_are_told_from_the_usual_distance() -> None:
    down = [700, 686, 672, 640, 626, 612, 640]
    drafts = list(draft_pages([[line(f"words {number}", y) for number, y in enumerate(down)]]))
    assert [draft.gap for draft in drafts] == [False, False, False, True, False, False, True]
    assert list(draft_pages([[]])) == []
