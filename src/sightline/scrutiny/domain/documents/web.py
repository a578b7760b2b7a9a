"""Web pages: HTML files, pages saved from a site, and pieces of HTML within other files.

Nothing is fetched and nothing is run. Scripts, styles and what is hidden go first, then menus and their like; what
is left becomes lines by the rules by which a browser would set it: blocks, lists with their numbers, tables.
"""

from __future__ import annotations

import re

from lxml import html
from lxml.etree import LxmlError

from sightline.scrutiny.domain.documents.builder import DocumentBuilder, Draft
from sightline.scrutiny.domain.documents.encoding import decode
from sightline.scrutiny.domain.documents.furniture import find_counted_pages
from sightline.scrutiny.domain.documents.model import Document
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.documents.web_lines import draft_lines
from sightline.scrutiny.domain.documents.web_menus import Element, take_out_menus, take_out_what_is_never_text

MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN_BYTES = 4096
_GAVE_UP = frozenset(("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"))


def read_web(content: bytes, source: str) -> Document:
    """A web page as a document. Raises UnreadableDocument for bytes that are no text and for pages without text."""
    declared = _CHARSET.search(content[:_CHARSET_WITHIN_BYTES])
    text = decode(content, source, declared=declared[1].decode("ascii", "replace") if declared else "")
    root = _parse(text, source)
    if root is None:
        raise UnreadableDocument(source, "there is no text in this page; save the page again, whole.")
    found = root.find(".//title")
    title = tidy(found.text_content()) if found is not None else ""
    take_out_what_is_never_text(root)
    body = root.find(".//body")
    drafts = draft_lines(take_out_menus(body if body is not None else root))
    counted = find_counted_pages([draft.words for draft in drafts])
    builder = DocumentBuilder()
    builder.lines(draft for index, draft in enumerate(drafts) if index not in counted)
    return builder.build(source, MEDIA_TYPE, title)


def read_fragment(text: str, source: str) -> list[Draft]:
    """The lines of a piece of HTML that stands within another file. Nothing is taken for a menu."""
    root = _parse(text, source)
    if root is None:
        return []
    take_out_what_is_never_text(root)
    return draft_lines(root)


def _parse(text: str, source: str) -> Element | None:
    """The tree of a page, or ``None`` where there is nothing in it.

    Raises UnreadableDocument where the parser gave up half way, since what it has by then is not the whole page.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None
    if any(entry.type_name in _GAVE_UP for entry in parser.error_log):
        raise UnreadableDocument(
            source, "its tags stand within one another too deeply; open it in a browser and save it as text or PDF."
        )
    return root if isinstance(root, html.HtmlElement) else None
