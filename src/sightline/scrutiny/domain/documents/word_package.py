"""The zip archive that a Word file is, opened with care.

An archive can be a bomb: a few kilobytes that unpack to gigabytes. What the archive says of itself is checked
before anything is unpacked, and nothing is unpacked further than it said. XML is read without entities, without
a DTD and without network.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from lxml import etree

from sightline.scrutiny.domain.documents.refusal import UnreadableDocument, size_words

Element: TypeAlias = etree._Element

MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 512 * 1024 * 1024
MOST_PART_BYTES = 128 * 1024 * 1024
MOST_RATIO = 250
"""Unpacked to packed size. XML of long, dull documents reaches about 60; a bomb starts near 1,000."""
_RATIO_FROM_BYTES = 8 * 1024 * 1024
"""Below this unpacked size no ratio does harm."""

_OTHER_OFFICE = (
    ("xl/", "it is an Excel workbook; save the minutes as .docx"),
    ("ppt/", "it is a PowerPoint file; save the minutes as .docx"),
)


class Relation(NamedTuple):
    """That one part refers to another: by which id, as what ("styles"), and to which part."""

    identifier: str
    kind: str
    target: str


class Package:
    """An opened Word file: its parts by name, as XML."""

    def __init__(self, content: bytes, source: str) -> None:
        """Open ``content``; raises UnreadableDocument where it is no zip archive, or one that must not be unpacked."""
        self.source = source
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableDocument(
                source, "it is damaged or not complete: its zip archive cannot be opened; get the file again."
            ) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        _refuse_bomb(self._zip.infolist(), source)
        self.main = self._main_part()

    def part(self, name: str) -> Element | None:
        """The root of the part called ``name``; ``None`` where there is none.

        Raises UnreadableDocument where the part is damaged or is not XML.
        """
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > MOST_PART_BYTES:
            raise UnreadableDocument(
                self.source,
                f"its part {name} would unpack to {size_words(entry.file_size)}, more than "
                f"{size_words(MOST_PART_BYTES)}; split the document.",
            )
        try:
            with self._zip.open(entry) as file:
                content = file.read(MOST_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as error:
            raise UnreadableDocument(
                self.source, f"it is damaged: its part {name} cannot be unpacked; get the file again."
            ) from error
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableDocument(
                self.source, f"it is damaged: its part {name} is not valid XML; open it in Word and save it again."
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDocument(
                self.source,
                f"its part {name} declares a DTD, which Word files never do; open it in Word and save it again.",
            )
        return root

    def related(self, name: str) -> list[Relation]:
        """The parts that the part called ``name`` refers to; what lies outside the file is left out."""
        folder, _, file = name.rpartition("/")
        relations = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        if relations is None:
            return []
        return [
            Relation(
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in relations.iter("{*}Relationship")
            if relation.get("TargetMode") != "External"
        ]

    def by_kind(self, name: str, kind: str) -> Element | None:
        """The part of a kind ("styles", "numbering", "footnotes") that the part called ``name`` refers to."""
        for relation in self.related(name):
            if relation.kind == kind:
                return self.part(relation.target)
        return None

    def _main_part(self) -> str:
        for relation in self.related(""):
            if relation.kind == "officeDocument" and relation.target in self._entries:
                if relation.target.startswith(tuple(start for start, _ in _OTHER_OFFICE)):
                    break
                return relation.target
        else:
            if "word/document.xml" in self._entries:
                return "word/document.xml"
        raise UnreadableDocument(self.source, f"{self._what_else()}.")

    def _what_else(self) -> str:
        for start, reason in _OTHER_OFFICE:
            if any(name.startswith(start) for name in self._entries):
                return reason
        if "mimetype" in self._entries and "content.xml" in self._entries:
            return "it is an OpenDocument file; open it in a word processor and save it as .docx"
        return "it is a zip archive with no Word document in it; unpack it and name the document"


def _refuse_bomb(entries: Iterable[zipfile.ZipInfo], source: str) -> None:
    count = unpacked = packed = 0
    for entry in entries:
        count += 1
        unpacked += entry.file_size
        packed += entry.compress_size
        if entry.flag_bits & 1:
            raise UnreadableDocument(source, "it is protected by a password; take the password off and save it again.")
    if count > MOST_ENTRIES:
        raise UnreadableDocument(
            source,
            f"its archive holds {count} entries, more than {MOST_ENTRIES}; it may be a zip bomb and was not unpacked.",
        )
    if unpacked > MOST_UNPACKED_BYTES:
        raise UnreadableDocument(
            source,
            f"it would unpack to {size_words(unpacked)}, more than {size_words(MOST_UNPACKED_BYTES)}; "
            "it may be a zip bomb and was not unpacked.",
        )
    if unpacked > _RATIO_FROM_BYTES and unpacked > MOST_RATIO * max(packed, 1):
        raise UnreadableDocument(
            source,
            f"it would unpack to {unpacked // max(packed, 1)} times its size, more than {MOST_RATIO}; "
            "it may be a zip bomb and was not unpacked.",
        )
