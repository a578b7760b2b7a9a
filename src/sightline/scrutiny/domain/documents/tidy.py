"""Characters made plain: what a person sees stays, what only misleads goes.

Text from five formats brings odd spaces, invisible characters and bullets of the Symbol font. Here
they become what they look like, so that nothing later has to know them, and so that two texts that look
alike are alike. Nothing visible is dropped and no letter is changed.
"""

from __future__ import annotations

import re

_FOR_ONE: dict[str, str] = {
    # Breaks of line that are not ``\n``. Form feed is left: it is a page break, which readers ask for.
    "\r": "\n",
    "\v": "\n",
    "\N{LINE SEPARATOR}": "\n",
    "\N{PARAGRAPH SEPARATOR}": "\n",
    # Bullets of the Symbol and Wingdings fonts, which Word and PDF keep in the private use area.
    "\uf0b7": "•",
    "\uf06f": "o",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf076": "❖",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf02d": "-",
}
# Spaces of every width.
_FOR_ONE.update(dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "))
_FOR_ONE.update({chr(code): " " for code in range(0x2000, 0x200B)})
# C1 controls are Windows-1252 characters that somebody decoded as Latin-1 (as HTML's parsing rules also hold).
_FOR_ONE.update({chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)})

_INVISIBLE = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f"  # controls
    "\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f"  # joiners, fillers, the Arabic letter mark
    "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"  # zero width, directions
    "\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffc\\ufdd0-\\ufdef\\ufffe\\uffff"
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"  # tags and variation selectors
)
_ODD = re.compile(
    "(?P<break>\\r\\n)|(?P<hyphen>\\xad+(?=[ \\t\\xa0]*(?:[\\r\\n\\f]|\\Z)))|(?P<half>[\\ud800-\\udfff])|"
    f"[{''.join(map(re.escape, _FOR_ONE))}\\xad{_INVISIBLE}]"
)
# A character of a symbol font that nothing is known of is a bullet where it starts a line and stands alone.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ODD_BULLET = re.compile("(?<![^\\n\\f])[\ue000-\uf8ff](?=[ \\t])")
_FOR_GROUP = {"break": "\n", "hyphen": "-", "half": "\N{REPLACEMENT CHARACTER}"}
# UTF-8 that was once read as Windows-1252 and saved again. No English, Welsh, Irish or Gaelic word holds these.
_TWICE_ENCODED = re.compile("â€[™œž\u009d˜“”¦¢\x9c\x99\x93\x94\x98\xa6]|Â[£§°·½¼¾©®«»\xa0]|Ã[©¨¡\xad³ºª¢®´»“‰]")


def tidy(text: str) -> str:
    """``text`` with plain spaces, plain line breaks (``\\n``, and ``\\f`` for a page) and nothing invisible.

    A soft hyphen is a hyphen where it ends a line and nothing elsewhere; half a surrogate pair
    becomes U+FFFD. Unicode normalisation is not applied. Idempotent; time linear in the length.
    """
    # What characters there are is soon told, and most texts have no odd one.
    kinds = "".join(set(text))
    if _ODD.search(kinds):
        text = _ODD.sub(_plain, text)
    return _ODD_BULLET.sub("•", text) if _PRIVATE.search(kinds) else text


def mend_twice_encoded(text: str) -> str:
    """Text in which ``’`` had become ``â€™``, put right. Other text comes back unchanged."""
    return _TWICE_ENCODED.sub(_decode_again, text) if any(sign in text for sign in "âÂÃ") else text


def _plain(match: re.Match[str]) -> str:
    if match.lastgroup is not None:
        return _FOR_GROUP[match.lastgroup]
    return _FOR_ONE.get(match[0], "")


def _decode_again(match: re.Match[str]) -> str:
    try:
        return b"".join(
            character.encode("latin-1") if character < "\u0100" else character.encode("cp1252")
            for character in match[0]
        ).decode("utf-8")
    except UnicodeError:
        return match[0]
