"""Raw names as words: what a discovery tool writes, taken apart into words, versions and qualifiers.

    words_of("Microsoft SQL Server 2012 (64-bit)") → ("microsoft", "sql", "server", "2012")

Marks of trade, processor architecture, language and packaging say nothing about what a product is and are left out.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_version", "plain", "words_of"]

_ARCHITECTURE = re.compile(
    r"(?<![a-z0-9])(?:x86[-_ ]64|x86|x64|amd64|arm64|aarch64|win64|win32|i[3-6]86|noarch|(?:32|64)[- ]?bits?"
    r"|(?:32|64)-bit edition)(?![a-z0-9])"
)
_LOCALE = re.compile(r"(?<![a-z])(?:[a-z]{2}-(?:[a-z]{2}|latn|cyrl)|multi-?language|multilingual|enu|mui)(?![a-z0-9])")
_MARKS = re.compile(r"[®™©]|\((?:r|tm|c)\)")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
# What a parenthesis may not hide: words that make the name another thing.
_TELLING = re.compile(
    r"plug-?in|add-?[io]n|driver|client|agent|tools?|help|sdk|runtime|viewer|redist|kb\d|update|edition|esr|dv"
)
# A version may end in a packager's revision, -h3 or -0ubuntu1; a word after a hyphen is a word.
_ONE_VERSION = r"v?\d+(?:[._]\d+)*(?:\.x)?[a-z0-9]*(?:\+[a-z0-9.-]+|\+|[-~][a-z]{0,3}\.?\d[a-z0-9.+~]*)*"
_WORDS = re.compile(rf"{_ONE_VERSION}|[a-z][a-z0-9]*\+*")
_VERSION = re.compile(rf"{_ONE_VERSION}$")
_WIN = re.compile(r"^win(?=(?:7|8|10|11)(?!\d))")
_PROGRAM = re.compile(r"\.(?:app|exe)$")
_GLUED = re.compile(r"(?<![a-z])([a-z]{2,})(?=\d+\.\d)")
_ACCENTS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae"})


def plain(text: str) -> str:
    """The text in lower case, without accents, trade marks and odd blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _MARKS.sub(" ", text).translate(_ACCENTS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub(" ", text.lower())


def words_of(text: str, *, keep_parentheses: bool = False) -> tuple[str, ...]:
    """The words and versions of a raw name, in order.

    keep_parentheses: keep what stands in parentheses (devices have their generation there); otherwise it is left out,
    unless it tells that the thing is another one (a plug-in, a driver, a client).
    """
    text = _PROGRAM.sub("", _WIN.sub("windows ", plain(text).lstrip()))
    if "(" in text and not keep_parentheses:
        # Twice, for a parenthesis within a parenthesis.
        text = _PARENTHESES.sub(_kept, _PARENTHESES.sub(_kept, text))
    return tuple(_WORDS.findall(_GLUED.sub(r"\1 ", _LOCALE.sub(" ", _ARCHITECTURE.sub(" ", text)))))


def _kept(parenthesis: re.Match[str]) -> str:
    inside = parenthesis.group(1)
    return f" {inside} " if _TELLING.search(inside) else " "


def is_version(word: str) -> bool:
    """Whether a word is a number or version, such as `2012`, `v1.2`, `19c` or `10.1.6-h3`."""
    return _VERSION.match(word) is not None
