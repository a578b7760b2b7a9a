"""The invented minutes and their gold answers, checked for form and against the documents themselves.

Nothing here uses the minutes reader: a fixture whose gold is wrong would otherwise look like a fault of the reader.

The gold follows these conventions. Text is verbatim with markup and page furniture removed and white space collapsed.
Commitments are whole sentences; everything else is its first twelve words, or fewer where the sentence, clause of a
list or paragraph ends sooner. A resolution's part leaves out an opening "that" only where the verb opens the line
("RESOLVED that ..."); within a sentence ("It was AGREED that ...") it stays.
"""

from __future__ import annotations

import contextlib
import html
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

FIXTURES = Path(__file__).parent / "fixtures"
GOLD_FILES = sorted(FIXTURES.glob("*.gold.json"))
DOCUMENT_SUFFIXES = (".txt", ".md", ".html")
VERBS = {"AGREED", "RESOLVED", "RECOMMENDED", "CARRIED", "NOTED", "APPROVED", "DEFERRED", "DECIDED", "LOST"}
LONGEST_EXCERPT = 12

# Lines that belong to the page and not to the minute; a sentence runs on across them.
PAGE_FURNITURE: dict[str, tuple[str, ...]] = {
    "11-ballinterra-municipal-district": ("---", r"\d"),
    "12-drumcarrick-spc-scan": ("---", "Page read by machine from a scan, .*"),
    "21-osmondley-community-scrutiny-scan": (r"\d", r"Community Affairs Overview & Scrutiny Committee +17\.6\.08"),
    "22-st-elvan-transport-panel": (r"\d",),
    "30-ravensmoor-health-scrutiny": (r"Page \d", "Health Scrutiny Committee - 14 June 2023"),
}

# Who is to act, noted in a column at the right of the page, beside sentences that run on.
MARGIN_NOTES: dict[str, str] = {"07-upper-tarrow-parish": "Action|DC Finch|JS|Clerk|TN|MI"}

_INLINE_TAGS = "a|abbr|b|cite|em|font|i|q|s|small|span|strong|sub|sup|u"


def collapse(text: str) -> str:
    """The text with each run of white space made one space."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def strip_html(text: str) -> str:
    """The text of an HTML page; block tags part words, inline tags do not."""
    text = re.sub(r"(?is)<!--.*?-->|<(script|style)\b.*?</\1>", " ", text)
    text = re.sub(rf"(?i)</?(?:{_INLINE_TAGS})\b[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", "\n\n", text))


def strip_markdown(text: str) -> str:
    """The text of a Markdown page without heading, emphasis and quotation marks."""
    text = re.sub(r"(?m)^\s*(?:#{1,6}\s+|>\s?)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*{1,3}|\\(?=[_*.#])", "", strip_html(text))


def plain_lines(path: Path) -> str:
    """A plain read of a text, Markdown or HTML file without its page furniture, lines kept."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = strip_html(text)
    elif path.suffix == ".md":
        text = strip_markdown(text)
    if path.stem in MARGIN_NOTES:
        text = re.sub(rf"(?m)[ ]{{2,}}(?:{MARGIN_NOTES[path.stem]})$", "", text)
    for pattern in PAGE_FURNITURE.get(path.stem, ()):
        text = re.sub(rf"(?m)^[ \t\f]*(?:{pattern})[ \t]*$", "\x1f", text)
    return re.sub(r"\s*\x1f[\s\x1f]*", "\n", text)


def _office_builders() -> Any:
    path = FIXTURES / "build_office_fixtures.py"
    spec = importlib.util.spec_from_file_location("build_office_fixtures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _docx_lines(path: Path) -> str:
    import docx

    lines: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            lines += [cell.text for row in block.rows for cell in row.cells]
        else:
            lines.append(block.text)
    return "\n\n".join(lines)


def _pdf_lines(path: Path) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as pdf:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", "\n")
    for pattern in PAGE_FURNITURE.get(path.stem, ()):
        text = re.sub(rf"(?m)^(?:{pattern})$", "", text)
    return text


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated Word and PDF minutes."""
    folder = tmp_path_factory.mktemp("office")
    _office_builders().build_all(folder)
    return folder


def stem_of(gold_file: Path) -> str:
    """The document's stem, from the name of its gold file."""
    return gold_file.name.removesuffix(".gold.json")


def document_text(stem: str, office_folder: Path) -> str:
    """The collapsed plain text of the document that a gold file describes."""
    for suffix in DOCUMENT_SUFFIXES:
        path = FIXTURES / f"{stem}{suffix}"
        if path.exists():
            return collapse(plain_lines(path))
    for suffix, read in ((".docx", _docx_lines), (".pdf", _pdf_lines)):
        path = office_folder / f"{stem}{suffix}"
        if path.exists():
            return collapse(read(path))
    raise AssertionError(f"{stem}.gold.json has no document beside it and no builder")


def load(gold_file: Path) -> dict[str, Any]:
    """A gold file's content."""
    content = json.loads(gold_file.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def excerpts(gold: dict[str, Any]) -> Iterator[str]:
    """Every text of at most twelve words that stands in a gold file."""
    for item in gold["items"]:
        yield from item["recommendations"]
        for point in item["points"]:
            yield point["text"]
            yield from (response["text"] for response in point["responses"])
        for resolution in item["resolutions"]:
            yield from resolution["parts"]


def sentences(gold: dict[str, Any]) -> Iterator[str]:
    """Every commitment's sentence."""
    for item in gold["items"]:
        yield from (commitment["text"] for commitment in item["commitments"])


by_gold_file = pytest.mark.parametrize("gold_file", GOLD_FILES, ids=stem_of)


@by_gold_file
def test_gold_has_the_schema(gold_file: Path) -> None:
    gold = load(gold_file)
    assert {"source", "body", "date", "annotated_items", "items"} <= set(gold)
    assert set(gold) <= {"source", "kind", "note", "body", "date", "annotated_items", "items"}
    assert gold["kind"] == "constructed"
    if gold["date"] is None or gold["body"] is None:
        assert gold["note"], "a missing body or date is explained"
    if gold["date"] is not None:
        assert date.fromisoformat(gold["date"]).isoformat() == gold["date"]
    assert gold["annotated_items"] == len(gold["items"])
    for item in gold["items"]:
        assert list(item) == ["title", "presented_by", "recommendations", "points", "commitments", "resolutions"]
        for point in item["points"]:
            assert list(point) == ["text", "responses"]
            assert all(list(response) == ["by", "text"] for response in point["responses"])
        for commitment in item["commitments"]:
            assert list(commitment) in (["by", "text"], ["by", "text", "soft"])
            assert commitment.get("soft", True) is True
        for resolution in item["resolutions"]:
            assert list(resolution) in (["verb", "parts"], ["verb", "parts", "informal"])
            assert resolution["verb"] in VERBS
            assert resolution["parts"], "a resolution resolves something"
            assert resolution.get("informal", True) is True


@by_gold_file
def test_gold_texts_are_tidy(gold_file: Path) -> None:
    gold = load(gold_file)
    for text in (*excerpts(gold), *sentences(gold)):
        assert text
        assert text == collapse(text)
        assert "**" not in text
        assert "<" not in text
    for text in excerpts(gold):
        assert len(text.split()) <= LONGEST_EXCERPT, text


@by_gold_file
def test_gold_texts_stand_in_the_document(gold_file: Path, office_folder: Path) -> None:
    gold = load(gold_file)
    text = document_text(stem_of(gold_file), office_folder)
    missing = [wanted for wanted in (*excerpts(gold), *sentences(gold)) if wanted not in text]
    missing += [
        item["title"]
        for item in gold["items"]
        if not item["title"].startswith("(untitled") and collapse(item["title"]) not in text
    ]
    assert not missing


@by_gold_file
def test_items_stand_in_the_order_of_the_document(gold_file: Path, office_folder: Path) -> None:
    text = document_text(stem_of(gold_file), office_folder)
    position = 0
    for item in load(gold_file)["items"]:
        if item["title"].startswith("(untitled"):
            continue
        position = text.find(item["title"], position)
        assert position >= 0, f"{item['title']} does not stand after the item before it"


def test_every_document_has_gold() -> None:
    documents = {path.stem for path in FIXTURES.iterdir() if path.suffix in DOCUMENT_SUFFIXES}
    built = {Path(name).stem for name in _office_builders().BUILDERS}
    assert documents | built == {stem_of(gold_file) for gold_file in GOLD_FILES}
