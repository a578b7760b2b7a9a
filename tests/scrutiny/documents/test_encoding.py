"""Bytes to text in every encoding that clerks have used."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.documents.encoding import decode, is_wide
from sightline.scrutiny.domain.documents.refusal import UnreadableDocument

WORDS = "The Council’s “draft” strategy – cost £14,000 – was noted by Cllr Ó Néill"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_quotes_come_out_right_in_every_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "minutes.txt") == WORDS


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_says_what_wide_text_is(mark: bytes, codec: str) -> None:
    content = mark + WORDS.encode(codec)
    assert is_wide(content)
    assert decode(content, "minutes.txt") == WORDS


def test_latin_1_comes_out_right() -> None:
    assert decode("Café, £5, Ó Néill".encode("latin-1"), "minutes.txt") == "Café, £5, Ó Néill"


def test_stray_windows_bytes_within_utf_8_come_out_right() -> None:
    content = "Welsh: tŷ – ".encode() + b"the clerk\x92s \x93own\x94 words" + " – and £5".encode()
    assert decode(content, "minutes.txt") == "Welsh: tŷ – the clerk’s “own” words – and £5"


def test_bytes_without_meaning_in_windows_1252_do_not_stop_the_reader() -> None:
    assert decode(b"caf\xe9 \x81 end", "minutes.txt") == "café \x81 end"


def test_what_a_page_declares_is_used_only_where_the_bytes_are_not_utf_8() -> None:
    polish = "Łódź"
    assert decode(polish.encode("iso-8859-2"), "page.html", declared="ISO-8859-2") == polish
    assert decode(polish.encode(), "page.html", declared="iso-8859-2") == polish


def test_a_declaration_that_does_not_fit_is_ignored() -> None:
    assert decode(b"caf\xe9 \x81\x8d", "page.html", declared="windows-1253") == "café \x81\x8d"
    assert decode(b"caf\xe9", "page.html", declared="no-such-encoding") == "café"


def test_a_nul_byte_is_refused_with_its_offset() -> None:
    with pytest.raises(
        UnreadableDocument, match=r"^minutes\.txt: there is a NUL byte at offset 7: it is not plain"
    ) as e:
        decode(b"Minutes\0 and some more text", "minutes.txt")
    assert e.value.offset == 7


def test_utf_16_without_its_mark_is_refused_and_named() -> None:
    with pytest.raises(UnreadableDocument, match="it may be UTF-16 without its mark; save it as UTF-8"):
        decode("Minutes".encode("utf-16-le"), "minutes.txt")


def test_many_control_bytes_are_refused_with_the_first_offset() -> None:
    with pytest.raises(UnreadableDocument, match="holds 5 control bytes, the first at offset 3") as e:
        decode(b"abc\x01\x02\x03\x04\x05def", "minutes.txt")
    assert e.value.offset == 3


def test_a_few_control_bytes_in_a_long_text_are_let_be() -> None:
    content = b"\x01" + b"words " * 2000
    assert decode(content, "minutes.txt").endswith("words ")


def test_utf_16_that_breaks_off_is_refused_with_its_offset() -> None:
    with pytest.raises(UnreadableDocument, match=r"says that it is UTF-16, but at offset 6 it is not") as e:
        decode("ab".encode("utf-16")[:6] + b"c", "minutes.txt")
    assert e.value.offset == 6


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_as_it_is_written(text: str) -> None:
    plain = text.removeprefix("\ufeff")
    if not any(sign in plain for sign in "âÂÃ"):
        assert decode(plain.encode("utf-8-sig"), "minutes.txt") == plain


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused(content: bytes) -> None:
    try:
        text, message = decode(content, "minutes.txt"), ""
    except UnreadableDocument as error:
        text, message = "", str(error)
    assert (isinstance(text, str) and not message) or message.startswith("minutes.txt: ")
