"""Titles that mean one role are known as one: "Head of ICT", "Head of ICT Services", "Head of ICT (PSPS)".

Two things make it so. Folding takes away what never tells two posts apart: case, dashes, "&" for "and", honorifics,
the employer in brackets behind the title. A table of aliases, which the partnership file holds, knows the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

HONORIFICS = frozenset(
    "the councillor cllr cllrs alderman mr mrs ms miss mx dr prof professor sir dame lord lady baroness".split()
)

# A word in brackets that makes it another post: it stays, while an employer goes.
QUALIFIERS = frozenset("acting interim temporary deputy vice assistant designate elect former shadow".split())

_BRACKETS_BEHIND = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*\Z")
_APOSTROPHES = re.compile(r"['’‘`]")
_NO_WORD = re.compile(r"[\W_]+")


def fold_title(text: str, employers: Iterable[str] = ()) -> str:
    """A title as the words that tell it apart: lower case, single spaces, no punctuation, no honorific, no employer.

    text: a title as somebody wrote it.
    employers: names of employers, which are dropped from the end without brackets too ("Head of ICT, PSPS").

    Folding what is folded changes nothing. A text of nothing but an honorific or an employer keeps its words;
    one without a word folds to "".
    """
    words = _words(_without_employer_in_brackets(text))
    words = _without_employer_behind(words, [_words(employer) for employer in employers])
    first = next((place for place, word in enumerate(words) if word not in HONORIFICS), 0)
    return " ".join(words[first:])


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("&", " and ")
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", plain)).split()


def _without_employer_in_brackets(text: str) -> str:
    while (behind := _BRACKETS_BEHIND.search(text)) and _words(text[: behind.start()]):
        if QUALIFIERS.intersection(_words(behind[1])):
            break
        text = text[: behind.start()]
    return text


def _without_employer_behind(words: list[str], employers: list[list[str]]) -> list[str]:
    shortened = True
    while shortened:
        shortened = False
        for employer in employers:
            if employer and len(words) > len(employer) and words[-len(employer) :] == employer:
                words = words[: -len(employer)]
                shortened = True
    return words


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a partnership, to be asked which one a text means.

    meanings: folded title or alias → title.
    employers: the names that ``fold_title`` drops.
    """

    meanings: Mapping[str, str]
    employers: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Iterable[tuple[str, Iterable[str]]], employers: Iterable[str] = ()) -> Titles:
        """Make the index from pairs of a title and its aliases.

        Raises:
            ValueError: a title or alias stands for two titles, or holds no word.
        """
        known = tuple(employers)
        meanings: dict[str, str] = {}
        for title, aliases in table:
            for name in (title, *aliases):
                folded = fold_title(name, known)
                if not folded:
                    raise ValueError(f"“{name}” holds no word, so it cannot be a title.")
                if meanings.setdefault(folded, title) != title:
                    raise ValueError(f"“{name}” means both “{meanings[folded]}” and “{title}”: a title means one role.")
        return cls(MappingProxyType(meanings), known)

    def find(self, text: str) -> str | None:
        """The title that a text means; None where it means none that is known."""
        return self.meanings.get(fold_title(text, self.employers))
