"""Raw names as words: what a discovery tool writes, taken apart into words, versions and qualifiers.

    words_of("Microsoft SQL Server 2012 (64-bit)") → ("microsoft", "sql", "server", "2012")

Marks of trade, processor architecture, language and packaging say nothing about what a product is and are left out.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

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
    r"plug-?in|add-?[io]n|driver|client|agent|tools?|help|sdk|runtime|viewer|redist|kb\d|update|edition|esr|dv|tomee"
    # A build of Windows, which tells its release.
    r"|^\s*(?:version |os build |build )*(?:10\.0\.\d{5}|6\.[0-3]\.\d{4}|\d{5}\b)"
)
# A version may end in a packager's revision, -h3 or -0ubuntu1; a word after a hyphen is a word.
_ONE_VERSION = r"v?\d+(?:[._]\d+)*(?:\.x)?[a-z0-9]*(?:\+[a-z0-9.-]+|\+|[-~][a-z]{0,3}\.?\d[a-z0-9.+~]*)*"
_WORDS = re.compile(rf"{_ONE_VERSION}|[a-z][a-z0-9]*\+*")
_VERSION = re.compile(rf"{_ONE_VERSION}$")
_WIN = re.compile(
    r"^win\s?(?=(?:7|8|8\.1|10|11|xp|vista|20(?:0[038]|1[269]|2[25]))(?:r2)?(?![\d.])|(?:server|srv|svr)\b)"
)
# ConfigMgr writes “Microsoft Windows NT Server 10.0”; Lansweeper and spreadsheets leave out the word Server.
_SECOND = re.compile(r"\b(20(?:03|08|12))r2\b")
_GLUED_SECOND = re.compile(r"\b(windows|server|sql)(?=20\d\dr2\b)")
_GLUED_WINDOWS = re.compile(r"\bwindows(?=\d)")
_NT = re.compile(r"\b(windows )nt (?:(?:advanced )?(server)|workstation)\b")
_SERVER_2000 = re.compile(r"\b(windows )2000 (?:advanced |datacenter )?server\b")
_SERVER_YEAR = re.compile(r"\b(windows )(?=20(?:0[38]|1[269]|2[25])\b)")
# What a program prints of itself when asked for its version: when it was built, whose it is, what it runs on.
_BANNER = re.compile(
    r"(?<=.)\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{1,2}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?"
    r"|copyright\b(?:[\s,-]*\d{4})*(?:[\s,]+[a-z]+ corporation)?"
    r"|(?:on|for) (?:windows (?:server )?(?:nt|\d)|linux|x86|amd64|aarch64|arm64|i[3-6]86).*)",
    re.DOTALL,
)
_ASKED = re.compile(r"^(?:(?:server|client) ?(?:version|software|info)?|x-powered-by):\s*")
_PROGRAM = re.compile(r"\.(?:app|exe|install|portable)$")
# Bundle names of macOS: com.google.Chrome.
_BUNDLE = re.compile(r"^(?:com|org|net|io)\.(?=[a-z0-9-]+\.[a-z])")
_GLUED = re.compile(r"(?<![a-z])([a-z]{2,})(?=\d+\.\d)")
# Lists kept by hand write RHEL7 and SQL2019.
_GLUED_YEAR = re.compile(r"\b(rhel|centos|debian|ubuntu|sles|esxi|server|sql|office|exchange|sharepoint|ie)(?=\d)")
_ACCENTS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae"})


def plain(text: str) -> str:
    """The text in lower case, without accents, trade marks, odd blanks and what a web page or wrong decoding left."""
    if "&" in text and ";" in text:
        text = unescape(text)
    if "\xc2" in text or "\xc3" in text or "\xe2" in text:
        text = _decoded(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _MARKS.sub(" ", text).translate(_ACCENTS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _MARKS.sub(" ", text.lower())


def _decoded(text: str) -> str:
    """UTF-8 that was read as Windows-1252 (“Windows ServerÂ®”), read again; other text as it is."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def words_of(text: str, *, keep_parentheses: bool = False) -> tuple[str, ...]:
    """The words and versions of a raw name, in order.

    keep_parentheses: keep what stands in parentheses (devices have their generation there); otherwise it is left out,
    unless it tells that the thing is another one (a plug-in, a driver, a client).
    """
    text = _PROGRAM.sub("", _WIN.sub("windows ", _BUNDLE.sub("", plain(text).lstrip())))
    if "r2" in text:
        text = _SECOND.sub(r"\1 r2", _GLUED_SECOND.sub(r"\1 ", text))
    if "windows" in text:
        text = _GLUED_WINDOWS.sub("windows ", text)
        text = _SERVER_YEAR.sub(r"\1server ", _SERVER_2000.sub(r"\1server 2000", _NT.sub(r"\1\2", text)))
    if ":" in text or " on " in text or " for " in text or "copyright" in text:
        text = _BANNER.sub(" ", _ASKED.sub("", text))
    if "(" in text and not keep_parentheses:
        # Twice, for a parenthesis within a parenthesis.
        text = _PARENTHESES.sub(_kept, _PARENTHESES.sub(_kept, text))
    text = _LOCALE.sub(" ", _ARCHITECTURE.sub(" ", text))
    return tuple(_WORDS.findall(_GLUED_YEAR.sub(r"\1 ", _GLUED.sub(r"\1 ", text))))


def _kept(parenthesis: re.Match[str]) -> str:
    inside = parenthesis.group(1)
    return f" {inside} " if _TELLING.search(inside) else " "


def is_version(word: str) -> bool:
    """Whether a word is a number or version, such as `2012`, `v1.2`, `19c` or `10.1.6-h3`."""
    return _VERSION.match(word) is not None
