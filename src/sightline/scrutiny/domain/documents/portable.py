"""PDF files, read with PDFium.

Why PDFium and not pdfplumber: docs/decisions/reading-pdf.md. PDFium is not safe for threads, so one document is
read at a time. Scripts, forms and attachments in the file are never touched.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from sightline.scrutiny.domain.documents.builder import DocumentBuilder
from sightline.scrutiny.domain.documents.furniture import find_counted_pages
from sightline.scrutiny.domain.documents.model import Document
from sightline.scrutiny.domain.documents.portable_layout import PageLine, draft_pages, set_in_order
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument
from sightline.scrutiny.domain.documents.tidy import tidy

MEDIA_TYPE = "application/pdf"

_END_WITHIN_BYTES = 4096
_FEWEST_LETTERS = 20
"""Fewer letters and digits in a whole document are stamps or noise, not text."""
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_PRINTED_FROM = re.compile(r"Microsoft (?:Office )?Word\s?-\s?", re.IGNORECASE)
_NO_TITLE = re.compile(r"untitled|document\s?\d*|\W*", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HEIGHT_POINTS = 10.0  # where a font says nothing of its height
# What PDFium makes of a hyphen at which a word was broken, after which it goes on with the next line.
_HYPHENS = frozenset("\x02\ufffe")
_LINE_END = re.compile("[\r\n\x02\ufffe]")
_ONE_AT_A_TIME = threading.Lock()


def read_portable(content: bytes, source: str) -> Document:
    """A PDF as a document: its lines with their pages, without running headers, footers and page numbers.

    Raises UnreadableDocument for files that are protected, damaged or not complete, and for scans without text.
    """
    if b"%%EOF" not in content[-_END_WITHIN_BYTES:]:
        raise UnreadableDocument(
            source,
            f"it breaks off at offset {len(content)} before the end of the PDF; get the whole file again.",
            offset=len(content),
        )
    with _ONE_AT_A_TIME:
        try:
            file = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument(source, _why_not(error)) from error
        try:
            return _read(file, source)
        finally:
            file.close()


def _why_not(error: pypdfium2.PdfiumError) -> str:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return "it is protected by a password; take the password off and save it again."
    return "it is damaged: no PDF can be made out in it; get the file again or print it to a new PDF."


def _read(file: Any, source: str) -> Document:
    pages: list[list[PageLine]] = []
    pictured: list[int] = []
    for number in range(len(file)):
        try:
            page = file[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument(
                source, f"it is damaged: page {number + 1} of {len(file)} cannot be read; get the file again."
            ) from error
        lines = set_in_order(list(_page_lines(text)))
        if not any(map(str.isalnum, "".join(line.words for line in lines))) and _has_picture(page):
            pictured.append(number + 1)
        pages.append(lines)
        text.close()
        page.close()
    drafts = list(draft_pages(pages))
    letters = sum(map(str.isalnum, "".join(draft.words for draft in drafts)))
    if pictured and (letters < _FEWEST_LETTERS or len(pictured) * 2 > len(pages)):
        which = "its pages are" if len(pictured) == len(pages) else f"{len(pictured)} of its {len(pages)} pages are"
        raise UnreadableDocument(
            source, f"{which} scanned pictures without text; run text recognition (OCR) on it and try again."
        )
    builder = DocumentBuilder()
    counted = find_counted_pages([draft.words for draft in drafts])
    builder.lines(draft for index, draft in enumerate(drafts) if index not in counted)
    return builder.build(source, MEDIA_TYPE, _title(file.get_metadata_dict().get("Title", "")))


def _title(given: str) -> str:
    """The title in the file's metadata, without what printing programs put there by themselves."""
    title = _PRINTED_FROM.sub("", " ".join(tidy(given).split()))
    return "" if _NO_TITLE.fullmatch(title) else title


def _has_picture(page: Any) -> bool:
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH)
    return next(page.get_objects(filter=kinds, max_depth=4), None) is not None


def _page_lines(text: Any) -> Iterator[PageLine]:
    """The lines of a page as PDFium breaks them, in the order of drawing."""
    start = 0
    characters = _characters(text)
    for match in _LINE_END.finditer(characters):
        yield from _page_line(text, characters[start : match.start()] + ("-" if match[0] in _HYPHENS else ""), start)
        start = match.end()
    yield from _page_line(text, characters[start:], start)


def _characters(text: Any) -> str:
    """The characters of a page, one for each place that PDFium counts."""
    count = text.count_chars()
    characters: str = text.get_text_range()
    if len(characters) == count:
        return characters
    # Characters without meaning or beyond the first plane put the places out: ask for each.
    codes = (pdfium.FPDFText_GetUnicode(text, place) for place in range(count))
    return "".join(chr(code) if code < 0x110000 else "\N{REPLACEMENT CHARACTER}" for code in codes)


def _page_line(text: Any, characters: str, start: int) -> Iterator[PageLine]:
    words = " ".join(tidy(characters.translate(_LIGATURES)).split())
    seen = [place for place, character in enumerate(characters, start) if not character.isspace()]
    if not words or not seen:
        return
    left, _, baseline, height = _box(text, seen[0])
    _, right, _, _ = _box(text, seen[-1])
    letters = [place for place, character in enumerate(characters, start) if character.isalnum()]
    bold = bool(letters) and all(_is_bold(text, place) for place in _spread(letters))
    yield PageLine(words, left, right, baseline, height, bold)


def _spread(places: list[int]) -> list[int]:
    """A few of ``places``, from the first to the last: enough to tell whether a line is of one make."""
    step = max(1, (len(places) - 1) // 6)
    return [*places[::step], places[-1]]


def _box(text: Any, place: int) -> tuple[float, float, float, float]:
    """Left and right edge, baseline, and height of one character as its font gives it, in points of the page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, place, box)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, place, x, y)
    return box.left, box.right, y.value, abs(box.top - box.bottom) or _HEIGHT_POINTS


def _is_bold(text: Any, place: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, place) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, place, name, len(name), flags)
    return 0 < length <= len(name) and _BOLD_NAME.search(name.value.decode("utf-8", "replace")) is not None
