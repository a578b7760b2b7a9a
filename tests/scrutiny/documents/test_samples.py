"""Real minutes, where the folder of samples is to be had: what a person would look for first."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.scrutiny.domain.documents import Document, LineKind, read_document
from tests.scrutiny.documents.helpers import assert_promises, shown

pytestmark = pytest.mark.samples


SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")


def sample(samples: Path, stem: str) -> Document:
    paths = [path for path in (samples / "minutes").glob(f"{stem}.*") if not path.name.endswith(".gold.json")]
    assert len(paths) == 1
    document = read_document(paths[0])
    assert_promises(document)
    return document


def test_every_sample_is_read(samples: Path) -> None:
    paths = [
        path
        for path in sorted((samples / "minutes").iterdir())
        if path.suffix in (".txt", ".md", ".html", ".docx", ".pdf")
    ]
    assert len(paths) > 10
    for path in paths:
        document = read_document(path)
        assert_promises(document)
        assert len(document.text) > 1500, path.name
        for mark in ("**", "\\_", "<p", "<strong", "&nbsp;", "\t\t\t\t\t"):
            assert mark not in document.text, f"{mark} in {path.name}"


def test_a_page_saved_from_a_site_is_free_of_its_menus(samples: Path) -> None:
    document = sample(samples, "2019-02-19-nipissing-township-council")
    assert shown(document)[:3] == ["MINUTES", "TOWNSHIP OF NIPISSING", "Tuesday, February 19, 2019"]
    assert shown(document)[-1].startswith("Minutes to be approved by Council")
    assert "Skip to content" not in document.text


def test_numbers_that_word_counts_are_written_out(samples: Path) -> None:
    document = sample(samples, "2024-07-08-govan-community-council")
    markers = [line.marker for line in document.lines if line.marker]
    assert markers == ["1. ", "a) ", "b) "]


def test_page_numbers_leave_what_was_scanned(samples: Path) -> None:
    for stem in ("2018-09-24-limerick-full-council", "2019-12-03-limerick-travel-transportation-spc"):
        document = sample(samples, stem)
        assert not [words for words in shown(document) if words.isdigit()]
        assert "Scanned page" not in document.text
        assert max(line.page for line in document.lines) >= 10
        assert [line.page for line in document.lines] == sorted(line.page for line in document.lines)


def test_a_pdf_has_its_paragraphs(samples: Path) -> None:
    document = sample(samples, "2018-09-04-milburn-parish-council")
    assert "Page 1 of 2" not in document.text
    assert "\n\n18.09.3 Minutes\nThe minutes of the meeting" in document.text
    assert {line.page for line in document.lines} == {1, 2}


def test_html_within_markdown_gives_bold_lines_and_lists(samples: Path) -> None:
    document = sample(samples, "2011-08-03-crime-justice-transparency-panel")
    assert document.title.endswith("3rd August 2011")
    assert "3. Terms of Reference" in [document.line_text(line) for line in document.lines if line.bold]
    assert [line.kind for line in document.lines].count(LineKind.LIST_ITEM) == 4


def test_an_item_table_gives_numbered_headings(samples: Path) -> None:
    document = sample(samples, "constructed-ashmere-scrutiny-board")
    headings = [document.line_text(line) for line in document.lines if line.kind is LineKind.HEADING]
    assert "3/24 Customer Contact Strategy - Pre-Scrutiny" in headings
    assert "a. the draft Customer Contact Strategy be supported;" in shown(document)
