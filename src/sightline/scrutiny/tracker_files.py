"""The tracker report as a tagged PDF and as a Word file.

Both libraries are imported when a file is asked for: nobody else waits for them.
"""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path
from typing import Any

from sightline.kernel.errors import SightlineError
from sightline.scrutiny.domain.tracker import Report, as_data

TEMPLATE = Path(__file__).parent / "typesetting" / "tracker.typ"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class CannotPrint(SightlineError):
    """The report cannot be made in this form."""


def as_pdf(report: Report) -> bytes:
    """The report as PDF/UA-1: tagged, with its title and language, for screen readers as for eyes.

    Raises:
        CannotPrint: the typesetter could not.
    """
    import typst

    data = as_data(report)
    source = TEMPLATE.read_bytes()
    try:
        try:
            return _typeset(source, data)
        except typst.TypstError:
            # A standard that promises readable text refuses what its fonts cannot show: such letters stand as numbers.
            return _typeset(source, _showable(data))
    except typst.TypstError as error:
        raise CannotPrint(
            f"The report could not be typeset: {error}. Take the Word file or the page instead."
        ) from error


def _typeset(source: bytes, data: dict[str, Any]) -> bytes:
    import typst

    made: bytes = typst.compile(
        source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"report": json.dumps(data)}, ignore_system_fonts=True
    )
    return made


def _showable(value: Any) -> Any:
    """The same with every letter that the typesetter's own fonts lack as its number."""
    if isinstance(value, str):
        return "".join(_letter(one) for one in value)
    if isinstance(value, dict):
        return {key: _showable(one) for key, one in value.items()}
    return [_showable(one) for one in value] if isinstance(value, list) else value


def _letter(letter: str) -> str:
    # Latin, Greek and Cyrillic with their accents, and the marks of typesetting.
    if ord(letter) < 0x0530 or 0x1E00 <= ord(letter) < 0x2000 or letter in "–—‘’“”…•′″€™\n":
        return letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cn", "Co") or letter == "\n" else ""
    return "" if unicodedata.category(letter) in ("Cf", "Mn") else f"[U+{ord(letter):04X}]"


def as_word(report: Report) -> bytes:
    """The report as a Word file with real headings, tables whose first row is a heading, a title and a language."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    data = _writable(as_data(report))
    made = docx.Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    made.core_properties.title = data["title"]
    made.core_properties.author = data["partnership"]
    made.core_properties.language = "en-GB"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    made.styles["Normal"].font.name = "Arial"

    def table(heads: list[str], rows: list[list[str]]) -> None:
        grid = made.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, head in zip(grid.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        grid.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        made.add_paragraph()

    made.add_heading(data["title"], level=0)
    if data["is_invented"]:
        made.add_paragraph("Demonstration: everything here is invented.")
    made.add_paragraph(f"{data['partnership']}. What was public on {data['made_on']}. {data['summary']}")
    made.add_heading("What was asked", level=1)
    if not data["asked"]:
        made.add_paragraph("Nothing yet.")
    for one in data["asked"]:
        made.add_heading(f"{one['reference']}, asked on {one['asked_on']}", level=2)
        made.add_paragraph(one["text"])
        if one["withdrawn"]:
            made.add_paragraph(one["withdrawn"])
        made.add_paragraph(one["address"])
        table(
            ["Council", "Considered", "Decided", "What has happened since"],
            [
                [at["council"], "\n".join(at["considered"]), "\n".join(at["decided"]), "\n".join(at["since"])]
                for at in one["councils"]
            ],
        )
    made.add_heading("What was promised", level=1)
    if data["promised"]:
        table(
            ["Commitment", "Owner", "Due", "Where it stands", "What has happened since"],
            [
                [f"{one['reference']}: {one['text']}", one["owner"], one["due"], one["label"], "\n".join(one["since"])]
                for one in data["promised"]
            ],
        )
    else:
        made.add_paragraph("Nothing yet.")
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _writable(value: Any) -> Any:
    """The same without the control characters that XML forbids."""
    if isinstance(value, str):
        return "".join(one for one in value if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Cn"))
    if isinstance(value, dict):
        return {key: _writable(one) for key, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list) else value
