"""Who a sentence says is speaking: the noun phrase before a reporting verb, and what sort of person it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sightline.scrutiny.domain.minutes import cues


class Kind(StrEnum):
    """What sort of speaker. PERSON: a name without an elected title. PRONOUN: whoever spoke before."""

    MEMBER = "member"
    BODY = "body"
    CHAIR = "chair"
    PORTFOLIO = "portfolio holder"
    OFFICER = "officer"
    PERSON = "person"
    PUBLIC = "public"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Speaker:
    """``start``: offset of the phrase in the sentence; ``name``: the phrase without its article."""

    kind: Kind
    name: str
    start: int


MEMBERLIKE = frozenset({Kind.MEMBER, Kind.BODY, Kind.PUBLIC})
ANSWERING = frozenset({Kind.OFFICER, Kind.PORTFOLIO, Kind.CHAIR, Kind.PERSON})

_ARTICLE = re.compile(r"^(?:the|an?|our)\s+", re.I)
_TRAILING = re.compile(
    r"(?:[\s,–—-]+(?:also|then|further|subsequently|again|therefore|both|all|briefly|initially|finally|"
    r"in (?:response|reply)|too|however|"
    r"do|does|in turn|similarly|additionally|duly|clearly|kindly|strongly|specifically|particularly|first|firstly|"
    r"secondly|who|jointly|each|just|now|only|"
    r"unanimously|verbally|formally|next|at this point|for his part|for her part|on behalf of [A-Z][\w ]{2,60})"
    r")+[\s,]*$|[\s,]+$"
)
_APPOSITION = re.compile(
    r"(?<=\w),\s+(?:a|who|whose|having|speaking|as|with|on behalf|also|in|"
    r"(?:deputy |assistant |interim |acting )?(?:head|director|chief|leader|manager|chair) (?:of|for)?)\b[^,;.]{2,90}$"
)
_TOKEN = re.compile(r"\([^()]{0,80}\)|[^\s,;()]+|[,;]")
_TAIL_SPEAKER = re.compile(
    r"(?:^|[\s,;:–—.-])(?P<speaker>(?:(?:the|a|an|one|some|several|many|other|another|all|two|three|various)"
    r" +)?(?:(?:ward|local|other|panel|committee|board|"
    r"group|individual|council|sub-committee) +)?(?:members?|councillors?|officers?|residents?|cllrs)|"
    r"(?:the +)?(?:(?:overview +and +)?scrutiny +)?(?:committee|panel|board|council|chair|chairman|clerk|leader|"
    r"cabinet|sub-committee|joint panel|commission|task group)|(?:the +)?(?:Chair|Chairman|Clerk|Committee|Panel|"
    r"Board|Council|Leader|Mayor|Members|Member|Officers|Councillors)|"
    r"(?:County |District |Borough |Town |Parish +)?(?:Cllrs?|Clirs?|Councillors?)\.? (?:(?:Mrs|Ms|Miss|Mr|Dr)"
    r"\.? +)?(?:[A-Z]\.? ){0,3}[A-Z][\w'’-]+(?: (?:and|&) (?:Cllrs?\.? |"
    r"Councillors? )?(?:[A-Z]\.? ){0,3}[A-Z][\w'’-]+)?|"
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? +(?:[A-Z][\w'’-]*\.? +){0,3}[A-Z][\w'’-]+|"
    r"(?<=[a-z] )[A-Z][a-z'’-]+ +[A-Z][a-z'’-]+)$"
)
_PRONOUN = re.compile(r"(?:^|[\s,;–—-])(?P<speaker>he|she|they|we|i)$", re.I)
_SPLIT = re.compile(r"[,;]\s+|\s[–—-]\s+|:\s+|\s+(?:and|but|while|whilst|when|after which)\s+")

_MEMBER_TITLES = frozenset(cues.MEMBER_TITLES)
_COURTESY = frozenset(cues.COURTESY_TITLES)
_MEMBER_NOUNS = frozenset(cues.MEMBER_NOUNS)
_BODIES = frozenset(cues.BODY_NOUNS)
_CHAIRS = frozenset(cues.CHAIR_NOUNS)
_OFFICERS = frozenset(cues.OFFICER_NOUNS)
_PUBLIC = frozenset(cues.PUBLIC_NOUNS)
_NOUNS = _MEMBER_NOUNS | _BODIES | _CHAIRS | _OFFICERS | _PUBLIC | {"holder", "leader"}
_NEVER = frozenset(
    "this that these those it there which who what when where why how if whether report reports minutes scheme "
    "strategy plan proposal proposals policy budget item application applications letter email figures work works "
    "motion matter issue issues concern concerns question questions clarification reference attention consideration "
    "information update discussion recommendation recommendations point points no".split()
)


def find_speaker(zone: str) -> Speaker | None:
    """The speaker whose phrase ends a stretch of a sentence (up to its verb), None where there is none."""
    zone = zone[-240:] if len(zone) > 240 else zone
    trimmed = _TRAILING.sub("", zone)
    trimmed = _APPOSITION.sub("", trimmed)
    if not trimmed:
        return None
    pronoun = _PRONOUN.search(trimmed)
    if pronoun:
        return Speaker(Kind.PRONOUN, pronoun["speaker"], pronoun.start("speaker"))
    start = _subject_start(trimmed)
    if start is not None:
        phrase = trimmed[start:]
        kind = classify(phrase)
        if kind:
            return _speaker(kind, phrase, start)
    tail = _TAIL_SPEAKER.search(trimmed)
    if tail:
        phrase = tail["speaker"]
        kind = classify(phrase[:1].upper() + phrase[1:])
        if kind:
            return _speaker(kind, phrase, tail.start("speaker"))
    return None


def _speaker(kind: Kind, phrase: str, start: int) -> Speaker:
    return Speaker(kind, name_of(phrase), start)


_JOINED = re.compile(r"^(?:and|but|so|while|that) +")


def name_of(phrase: str) -> str:
    """A speaker's phrase without its article and outer punctuation, white space collapsed."""
    return _ARTICLE.sub("", _JOINED.sub("", " ".join(phrase.split()))).strip(" ,;:–—-")


def _subject_start(zone: str) -> int | None:
    """Where the subject begins: at the zone's start, after its opener, or after its last clause break."""
    lead = len(zone) - len(zone.lstrip(" \"'“‘("))
    first = zone[lead:].split(" ", 1)[0].strip(",").lower()
    if first not in cues.OPENING_PREPOSITIONS and first not in _OPENER_WORDS and _clean(zone[lead:]):
        return lead
    for match in _SPLIT.finditer(zone):
        rest = zone[match.end() :]
        if rest and _clean(rest):
            return match.end()
    opener = _OPENER.match(zone)
    if opener and opener.end() < len(zone) and _clean(zone[opener.end() :]):
        return opener.end()
    return None


_OPENER = re.compile(r"\s*(?:" + "|".join(re.escape(opener) for opener in cues.OPENERS) + r")\b[,\s]*", re.I)
_OPENER_WORDS = frozenset(opener.split()[0] for opener in cues.OPENERS)


def _clean(phrase: str) -> bool:
    """Whether a phrase holds nothing but names, roles and the words that join them."""
    pieces = _TOKEN.findall(phrase)
    if not pieces or len(pieces) > 26:
        return False
    if pieces[-1] in cues.CONNECTORS or pieces[-1].lower() in ("the", "a", "an"):
        return False
    noun = False
    for place, piece in enumerate(pieces):
        if piece in ",;" or piece[0] == "(":
            continue
        plain = piece.strip(".,\"'“”‘’[]").lower()
        bare = plain.removesuffix("'s").removesuffix("’s")
        if not place and bare in _NEVER:
            return False
        if piece[0].isupper() or piece[0].isdigit() or piece[0] in "&–—-“‘'\"":
            noun = noun or piece[0].isupper()
        elif bare in _NOUNS:
            noun = True
        elif plain not in cues.CONNECTORS and bare not in cues.SPEAKER_FILLERS:
            return False
    return noun


def classify(phrase: str) -> Kind | None:
    """What sort of speaker a phrase names, None where it names none."""
    low = " ".join(phrase.lower().split())
    words = [word.strip(".,()\"'“”‘’:") for word in re.split(r"[\s/–—]+", low)]
    words = [word.removesuffix("'s").removesuffix("’s") for word in words if word]
    if not words:
        return None
    if words[0] == "our" and len(words) > 1:
        return Kind.MEMBER
    head = words[1] if words[0] in ("the", "a", "an", "our", "one") and len(words) > 1 else words[0]
    if head in _NEVER:
        return None
    # "Councillor Holt, Chairman of ..." and "the Leader, Councillor Holt" are what their role makes them.
    if any(role in low for role in cues.PORTFOLIO_PHRASES) and "leader of the opposition" not in low:
        return Kind.PORTFOLIO
    titled = any(word in _MEMBER_TITLES for word in words)
    before_of = (words[: words.index("of")] if "of" in words else words) or words
    if (
        any(word in _PUBLIC for word in words)
        and not titled
        and not any(word in _OFFICERS - _PUBLIC for word in before_of)
    ):
        return Kind.PUBLIC
    chair = any(word in _CHAIRS for word in (before_of if not titled else words))
    if chair:
        return Kind.CHAIR
    if titled:
        return Kind.MEMBER
    if words[0] in cues.POLICE_TITLES:
        return Kind.OFFICER
    if any(word in _COURTESY for word in words[:1]):
        return Kind.OFFICER if len(words) > 3 and any(word in _OFFICERS for word in words) else Kind.PERSON
    if before_of[-1] in _MEMBER_NOUNS and (
        before_of[-1][-1] == "s" or before_of[0] in ("a", "one", "another", "the", "member")
    ):
        return Kind.MEMBER
    if any(word in _OFFICERS for word in before_of) and not (before_of[-1] in _BODIES and before_of[-1] != "executive"):
        return Kind.OFFICER
    if any(word in _BODIES for word in before_of):
        return Kind.BODY
    names = [word for word in phrase.replace(",", " ").split() if word[0].isupper()]
    if (
        names
        and names[0] == phrase.split()[0]
        and names[0].lower() not in _NOT_NAMES
        and len(names) <= 8
        and phrase[0] != "("
    ):
        return Kind.PERSON
    return None


_NOT_NAMES = frozenset(
    "paragraph paragraphs sections appendices "
    "the a an in on at for with as of to from by it there this that under all both some following after during no not "
    "new however also then there's each many most further additional appendix section paragraph page figure table item "
    "agenda council's ict what when where how why who which while although if but and or so because since our their "
    "his her its my your any every other such before concern concerns clarification reference discussion discussions "
    "resolved agreed".split()
)
