"""Word files, made by python-docx or put together by hand where python-docx has no way."""

from __future__ import annotations

import io
import struct
import zipfile
from html import escape
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK

from sightline.scrutiny.domain.documents import UnreadableDocument
from sightline.scrutiny.domain.documents import word_package as package
from tests.scrutiny.documents.helpers import bold, hinted, read, shown

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def relations(**targets: str) -> str:
    found = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{name}"/>' for kind, name in targets.items())
    return f'{XML}<Relationships xmlns="{RELATIONS}">{found}</Relationships>'


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def by_hand(body: str, namespace: str = W, **parts: str) -> bytes:
    """A Word file with the given body; ``parts`` are further parts by kind, each the inside of its root element."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header": "hdr"}
    namespaces = f'xmlns:w="{namespace}" xmlns:r="{R}" xmlns:mc="{MC}"'
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(**{kind: f"{kind}.xml" for kind in parts}),
        "word/document.xml": f"{XML}<w:document {namespaces}><w:body>{body}</w:body></w:document>",
    }
    for kind, inside in parts.items():
        files[f"word/{kind}.xml"] = f"{XML}<w:{roots[kind]} {namespaces}>{inside}</w:{roots[kind]}>"
    return archive(files)


def p(text: str, list_id: int | None = None, level: int = 0, properties: str = "") -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id is not None else ""
    run = f"<w:r><w:t>{escape(text)}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}{number}</w:pPr>{run}</w:p>"


def level(number: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}">{more}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'


def lists(*abstract: str, numbers: str = "") -> str:
    found = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{inside}</w:abstractNum>' for n, inside in enumerate(abstract)
    )
    plain = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(abstract)))
    return found + plain + numbers


def test_headings_bold_title_and_page_breaks() -> None:
    document = docx.Document()
    document.core_properties.title = "Minutes of  4 May"
    document.add_heading("Hollin", 0)
    document.add_heading("1. Trees", 2)
    paragraph = document.add_paragraph("")
    paragraph.add_run("RESOLVED").bold = True
    paragraph.add_run(" that an\toak be planted")
    document.add_paragraph("").add_run("By the Chair").bold = True
    document.add_paragraph("").add_run("").add_break(WD_BREAK.PAGE)
    document.add_paragraph("One").add_run("\nTwo")
    found = read(saved(document), "minutes.docx")
    assert found.title == "Minutes of 4 May"
    assert found.media_type.endswith("wordprocessingml.document")
    assert hinted(found)[:2] == [("HEADING", 1, "", "Hollin"), ("HEADING", 2, "", "1. Trees")]
    assert found.text.endswith("1. Trees\n\nRESOLVED that an\toak be planted\n\nBy the Chair\n\nOne\nTwo")
    assert "By the Chair" in bold(found)
    assert "RESOLVED that an\toak be planted" not in bold(found)


def test_numbers_are_counted_as_word_counts_them() -> None:
    legal = '<w:lvlRestart w:val="0"/><w:isLgl/>'
    numbering = lists(
        level(0, "upperRoman", "%1.", '<w:start w:val="3"/>')
        + level(1, "lowerLetter", "%1(%2)")
        + level(2, "decimal", "%2.%3", legal),
        "".join(level(depth, "bullet", sign) for depth, sign in enumerate("\uf0b7o\uf0a7\uf123")),
        level(0, "decimalZero", "%1") + level(1, "ordinal", "%2:") + level(2, "none", ""),
    )
    body = (
        p("Three", 1)
        + p("a", 1, 1)
        + p("b", 1, 1)
        + p("", 1, 2)
        + p("Four", 1)
        + p("a again", 1, 1)
        + p("on", 1, 2)
        + p("dot", 2)
        + p("ring", 2, 1)
        + p("square", 2, 2)
        + p("unknown", 2, 3)
        + p("plain")
        + p("first", 3, 1)
        + p("zero", 3)
        + p("nothing", 3, 2)
        + p("gone", 9)
        + p("off", 0)
    )
    found = read(by_hand(body, numbering=numbering), "minutes.docx")
    assert [(kind, depth, marker, words) for kind, depth, marker, words in hinted(found)] == [
        ("LIST_ITEM", 1, "III. ", "Three"),
        ("LIST_ITEM", 2, "III(a) ", "a"),
        ("LIST_ITEM", 2, "III(b) ", "b"),
        ("LIST_ITEM", 3, "", "2.1"),
        ("LIST_ITEM", 1, "IV. ", "Four"),
        ("LIST_ITEM", 2, "IV(a) ", "a again"),
        ("LIST_ITEM", 3, "1.2 ", "on"),
        ("LIST_ITEM", 1, "• ", "dot"),
        ("LIST_ITEM", 2, "◦ ", "ring"),
        ("LIST_ITEM", 3, "▪ ", "square"),
        ("LIST_ITEM", 4, "• ", "unknown"),
        ("TEXT", 0, "", "plain"),
        ("LIST_ITEM", 2, "1st: ", "first"),
        ("LIST_ITEM", 1, "02 ", "zero"),
        ("TEXT", 0, "", "nothing"),
        ("TEXT", 0, "", "gone"),
        ("TEXT", 0, "", "off"),
    ]


def test_lists_that_share_a_numbering_go_on_and_overrides_start_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "(%1)")}</w:lvlOverride>'
    numbering = lists(
        level(0, "decimal", "%1."),
        level(0, "lowerRoman", "%1)"),
        '<w:numStyleLink w:val="Items"/>',
        numbers=(
            '<w:num w:numId="11"><w:abstractNumId w:val="0"/></w:num>'
            f'<w:num w:numId="12"><w:abstractNumId w:val="0"/>{override}</w:num>'
            f'<w:num w:numId="13"><w:abstractNumId w:val="1"/>{own}</w:num>'
        ),
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="Items">{numbered}</w:style>'
    body = (
        p("one", 1)
        + p("two", 11)
        + p("seven", 12)
        + p("eight", 12)
        + p("i", 2)
        + p("linked", 3)
        + p("own", 13)
        + p("undefined", 2, 1)
    )
    found = read(by_hand(body, numbering=numbering, styles=styles), "minutes.docx")
    assert shown(found) == [
        "1. one",
        "2. two",
        "7. seven",
        "8. eight",
        "i) i",
        "ii) linked",
        "(C) own",
        "1. undefined",
    ]


def test_lists_that_stand_further_in_are_deeper() -> None:
    document = docx.Document()
    for style, words in (("Bullet", "a"), ("Bullet 2", "b"), ("Number 2", "c"), ("Bullet 3", "d"), ("Bullet", "e")):
        document.add_paragraph(words, style=f"List {style}")
    document.add_paragraph("Between")
    document.add_paragraph("f", style="List Bullet 2")
    assert [(depth, marker + words) for _, depth, marker, words in hinted(read(saved(document), "minutes.docx"))] == [
        (1, "• a"),
        (2, "• b"),
        (2, "1. c"),
        (3, "• d"),
        (1, "• e"),
        (0, "Between"),
        (1, "• f"),
    ]
    further = '<w:pPr><w:ind w:start="1440"/></w:pPr>'
    numbering = lists(level(0, "decimal", "%1."), level(0, "lowerLetter", "(%1)", further))
    own = '<w:ind w:left="2880"/>'
    body = p("one", 1) + p("a", 2) + p("b", 2, properties=own) + p("two", 1)
    assert [line[1] for line in hinted(read(by_hand(body, numbering=numbering), "minutes.docx"))] == [1, 2, 3, 1]


def test_styles_hand_on_headings_bold_and_lists() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 3"/><w:rPr><w:b/></w:rPr><w:pPr><w:numPr>'
        '<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Ours"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="Outlined"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Loop"/><w:basedOn w:val="L"/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>'
        '<w:rPr><w:b w:val="1"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    run = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        p("First", properties='<w:pStyle w:val="H"/>')
        + p("Second", properties='<w:pStyle w:val="Sub"/>')
        + p("Outlined", properties='<w:pStyle w:val="O"/>')
        + p("Own", properties='<w:outlineLvl w:val="0"/>')
        + p("Body", properties='<w:outlineLvl w:val="9"/>')
        + p("Loop", properties='<w:pStyle w:val="L"/>')
        + "<w:p>"
        + run.format('<w:rStyle w:val="Strong"/>', "Strong")
        + run.format('<w:rStyle w:val="Hid"/>', "unseen")
        + run.format("<w:vanish/>", "unseen")
        + "</w:p>"
        + "<w:p>"
        + run.format('<w:b w:val="0"/>', "Light")
        + run.format('<w:rStyle w:val="Nowhere"/>', " too")
        + "</w:p>"
    )
    found = read(by_hand(body, styles=styles, numbering=lists(level(0, "decimal", "%1."))), "minutes.docx")
    assert hinted(found) == [
        ("HEADING", 3, "1. ", "First"),
        ("HEADING", 3, "2. ", "Second"),
        ("HEADING", 2, "", "Outlined"),
        ("HEADING", 1, "", "Own"),
        ("TEXT", 0, "", "Body"),
        ("TEXT", 0, "", "Loop"),
        ("TEXT", 0, "", "Strong"),
        ("TEXT", 0, "", "Light too"),
    ]
    assert bold(found) == ["1. First", "2. Second", "Strong"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>The oak </w:t></w:r><w:del><w:r><w:delText>was felled</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>stands</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> moved</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Joined </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>here</w:t></w:r></w:p>"
        "<w:ins><w:p><w:r><w:t>Added</w:t></w:r></w:p></w:ins><w:del><w:p><w:r><w:t>Deleted</w:t></w:r></w:p></w:del>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert shown(read(by_hand(body), "minutes.docx")) == ["The oak stands", "Joined here", "Added"]


def test_characters_fields_and_notes() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:br/><w:t>d</w:t>"
        '<w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="F123"/><w:sym w:char="zz"/><w:cr/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>"
        '<w:fldSimple><w:r><w:t> field</w:t></w:r></w:fldSimple><w:r><w:footnoteReference w:id="5"/></w:r></w:p>'
        '<w:p><w:r><w:t>next</w:t><w:footnoteReference w:id="9"/></w:r></w:p><!-- comment -->'
    )
    notes = f'<w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="5">{p("A note")}{p("of two")}</w:footnote>'
    assert shown(read(by_hand(body, footnotes=notes), "minutes.docx")) == [
        "a\tb-c",
        "d•",
        "link field[1]",
        "next[2]",
        "[1] A note",
        "of two",
    ]
    assert shown(read(by_hand(body), "minutes.docx"))[-1] == "next[2]"


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r><w:r><w:t xml:space='preserve"
        "'> and after</w:t></w:r></w:p>"
        f"<mc:AlternateContent><mc:Fallback>{p('Only fallback')}</mc:Fallback></mc:AlternateContent>"
        f"<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>inline</w:t></w:r></mc:Choice></mc:AlternateContent></w:p>"
        "<mc:AlternateContent/>"
    )
    assert shown(read(by_hand(body), "minutes.docx")) == ["Before and after", "Boxed", "Only fallback", "inline"]


def test_tables() -> None:
    document = docx.Document()
    document.add_paragraph("Votes")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Tree", "Votes"), ("Oak", "5")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    layout = document.add_table(rows=1, cols=3)
    layout.cell(0, 0).text = "7."
    layout.cell(0, 1).text = "Trees"
    layout.cell(0, 1).add_paragraph("An oak was planted.")
    layout.cell(0, 2).text = "Clerk"
    merged = document.add_table(rows=2, cols=2)
    merged.cell(0, 0).merge(merged.cell(1, 0)).text = "Both"
    merged.cell(0, 1).text, merged.cell(1, 1).text = "up", "down"
    found = read(saved(document), "minutes.docx")
    assert hinted(found) == [
        ("TEXT", 0, "", "Votes"),
        ("TABLE_CELL", 0, "", "Tree\tVotes"),
        ("TABLE_CELL", 0, "", "Oak\t5"),
        ("TEXT", 0, "", "7. Trees"),
        ("TEXT", 0, "", "An oak was planted."),
        ("TEXT", 0, "", "Clerk"),
        ("TABLE_CELL", 0, "", "Both\tup"),
        ("TEXT", 0, "", "down"),
    ]
    assert "Votes\n\nTree\tVotes\nOak\t5\n\n7. Trees" in found.text


def test_rows_that_are_numbered_by_word_keep_their_numbers() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt></w:tr>"
    body = "<w:tbl>" + row.format(p("", 1), p("Trees") + p("Noted")) + row.format(p("", 1), p("Hedges")) + "</w:tbl>"
    found = read(by_hand(body, numbering=lists(level(0, "decimal", "%1."))), "minutes.docx")
    assert shown(found) == ["1. Trees", "Noted", "2. Hedges"]


def test_the_first_header_opens_the_text_and_footers_are_furniture() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "HOLLIN TOWN COUNCIL"
    section.header.add_paragraph("Page 1 of 4")
    section.footer.paragraphs[0].text = "Signed by the Chair"
    document.add_paragraph("Minutes of 4 May")
    assert shown(read(saved(document), "minutes.docx")) == ["HOLLIN TOWN COUNCIL", "Minutes of 4 May"]
    document.paragraphs[0].text = "HOLLIN TOWN COUNCIL"
    assert shown(read(saved(document), "minutes.docx")) == ["HOLLIN TOWN COUNCIL"]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "First page"
    assert shown(read(saved(document), "minutes.docx")) == ["First page", "HOLLIN TOWN COUNCIL"]


def test_a_header_that_is_not_there_is_no_matter() -> None:
    body = p("One") + '<w:sectPr><w:headerReference w:type="default" r:id="nowhere"/></w:sectPr>'
    assert shown(read(by_hand(body), "minutes.docx")) == ["One"]
    missing = by_hand(
        p("One") + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>', header=p("Top")
    )
    assert shown(read(missing, "minutes.docx")) == ["Top", "One"]


def test_pages_that_count_in_the_text_go() -> None:
    body = p("One") + p("Page 1 of 2") + p("Two") + p("Page 2 of 2")
    assert shown(read(by_hand(body), "minutes.docx")) == ["One", "Two"]


def test_strict_files_are_read_too() -> None:
    assert shown(read(by_hand(p("One"), "http://purl.oclc.org/ooxml/wordprocessingml/main"), "minutes.docx")) == ["One"]


def test_the_main_part_is_found_without_relations() -> None:
    parts = {"word/document.xml": f'{XML}<w:document xmlns:w="{W}"><w:body>{p("One")}</w:body></w:document>'}
    assert shown(read(archive({**parts}), "minutes.docx")) == ["One"]


@pytest.mark.parametrize("body", ["", "<w:p/>", p("   ")])
def test_a_file_without_text_is_refused(body: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"^minutes\.docx: there is no text in it"):
        read(by_hand(body), "minutes.docx")
    with pytest.raises(UnreadableDocument, match="there is no text in it"):
        read(archive({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "minutes.docx")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"readme.txt": "x"}, "it is a zip archive with no Word document in it; unpack it"),
        (
            {"xl/workbook.xml": "<x/>", "_rels/.rels": relations(officeDocument="xl/workbook.xml")},
            "it is an Excel workbook",
        ),
        ({"ppt/presentation.xml": "<x/>"}, "it is a PowerPoint file"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "it is an OpenDocument file"),
        ({"word/document.xml": "<w:document"}, "it is damaged: its part word/document.xml is not valid XML"),
        ({"word/document.xml": ""}, "it is damaged: its part word/document.xml is not valid XML"),
        (
            {"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
            "its part word/document.xml declares a DTD",
        ),
    ],
)
def test_archives_that_are_no_word_files_are_refused(parts: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(archive(parts), "minutes.docx")
    assert str(caught.value).startswith(f"minutes.docx: {reason}")


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"named \.docx but is no Word file \(it is no zip archive\)"):
        read("just words", "minutes.docx")
    with pytest.raises(UnreadableDocument, match="its zip archive cannot be opened; get the file again"):
        read(by_hand(p("One"))[:300], "minutes.docx")


def test_a_damaged_part_is_refused() -> None:
    content = bytearray(by_hand(p("One " * 500)))
    start = content.index(b"word/document.xml") + 60
    content[start : start + 20] = bytes(20)
    with pytest.raises(UnreadableDocument, match=r"it is damaged: its part word/document\.xml cannot be unpacked"):
        read(bytes(content), "minutes.docx")


def test_external_entities_are_never_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]>'
    xml = f'{entity}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(UnreadableDocument, match="declares a DTD") as caught:
        read(archive({"word/document.xml": xml}), "minutes.docx")
    assert "secret words" not in str(caught.value)


def test_old_and_protected_office_files_are_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(UnreadableDocument, match=r"protected by a password, or it is an old Office file \(\.doc\)"):
        read(ole, "minutes.docx")


def test_archives_with_a_password_are_refused() -> None:
    content = bytearray(by_hand(p("One")))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = content.index(signature)
        flags = struct.unpack_from("<H", content, start + at)[0]
        struct.pack_into("<H", content, start + at, flags | 1)
    with pytest.raises(UnreadableDocument, match="it is protected by a password; take the password off"):
        read(bytes(content), "minutes.docx")


def test_a_bomb_by_ratio_is_not_unpacked() -> None:
    content = archive({"word/document.xml": b"<a>" + b" " * (20 * 1024 * 1024) + b"</a>"})
    assert len(content) < 100_000
    with pytest.raises(
        UnreadableDocument, match=r"would unpack to \d+ times its size, more than 250; it may be a zip bomb"
    ):
        read(content, "minutes.docx")


def test_a_bomb_by_size_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(
        UnreadableDocument, match=r"would unpack to 20\.1 kB, more than 1000 bytes; it may be a zip bomb"
    ):
        read(archive({"word/document.xml": b" " * 20_500}), "minutes.docx")


def test_a_bomb_by_entries_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ENTRIES", 3)
    with pytest.raises(UnreadableDocument, match="its archive holds 4 entries, more than 3; it may be a zip bomb"):
        read(archive({str(number): "x" for number in range(4)}), "minutes.docx")


def test_a_part_that_is_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PART_BYTES", 300)
    with pytest.raises(
        UnreadableDocument, match=r"its part word/document\.xml would unpack to 1\.\d kB, more than 300 bytes"
    ):
        read(archive({"word/document.xml": b"<a>" + b"x" * 1200 + b"</a>"}), "minutes.docx")
