"""The report of a software audit as a tagged PDF and as a Word file.

Both libraries are imported when a file is asked for: nobody else waits for them.
"""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path
from typing import Any

from sightline.estate.domain.audit_report import Report, as_data
from sightline.kernel.errors import SightlineError

TEMPLATE = Path(__file__).parent / "typesetting" / "software-audit.typ"
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

    data = _writable(as_data(report))
    try:
        try:
            return _typeset(data)
        except typst.TypstError:
            # A standard that promises readable text refuses what its fonts cannot show: such letters stand as numbers.
            return _typeset(_showable(data))
    except typst.TypstError as error:
        raise CannotPrint(
            f"The report could not be typeset: {error}. Take the Word file or the page instead."
        ) from error


def _typeset(data: dict[str, Any]) -> bytes:
    import typst

    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"report": json.dumps(data)},
        ignore_system_fonts=True,
    )
    return made


def _showable(value: Any) -> Any:
    """The same with every letter that the typesetter's own fonts may lack as its number."""
    if isinstance(value, str):
        return "".join(one if ord(one) < 0x0530 or one in "–—‘’“”…•′″€™−" else f"[U+{ord(one):04X}]" for one in value)
    if isinstance(value, dict):
        return {key: _showable(one) for key, one in value.items()}
    return [_showable(one) for one in value] if isinstance(value, list) else value


def _writable(value: Any) -> Any:
    """The same without the control characters that XML forbids and fonts cannot show."""
    if isinstance(value, str):
        return "".join(
            one for one in value if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn")
        )
    if isinstance(value, dict):
        return {key: _writable(one) for key, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list) else value


def as_word(report: Report) -> bytes:
    """The report as a Word file with real headings, tables whose first row is a heading, a title and a language."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    data = _writable(as_data(report))
    made = docx.Document()
    made.core_properties.title = data["title"]
    made.core_properties.author = data["partnership"]
    made.core_properties.language = "en-GB"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    made.styles["Normal"].font.name = "Arial"

    def table(heads: list[str], rows: list[list[str]]) -> None:
        if not rows:
            made.add_paragraph("None.")
            return
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
    made.add_paragraph(f"{data['partnership']}, {data['reference']}, {data['whose']}. Made on {data['made_on']}.")
    made.add_paragraph(data["scope"])
    made.add_heading("What it found", level=1)
    if data["conclusion"]:
        made.add_paragraph(data["conclusion"])
    made.add_paragraph(data["summary"])
    for name, key, head in (("By council", "by_council", "Council"), ("By service", "by_service", "Service")):
        made.add_heading(name, level=1)
        table([head, *data["heads"][1:]], data[key])
    made.add_heading("Exceptions", level=1)
    table(["System", "Council", "Why"], data["exceptions"])
    made.add_heading("Not answered", level=1)
    table(["System", "Council", "Service"], data["not_answered"])
    if data["elsewhere"]:
        made.add_heading("Answered for in another audit", level=1)
        table(["System", "Council", "Where it stands"], data["elsewhere"])
    made.add_heading("Every system", level=1)
    table(["System", "Council", "Kind", "Where it stands", "What was said"], data["lines"])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()
