"""What could be a title: the looks of a heading, from its words alone."""

from __future__ import annotations

import re
from functools import lru_cache

from sightline.scrutiny.domain.minutes import introductions, labels
from sightline.scrutiny.domain.minutes.blocks import Block

_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|action(?= *(?:[:.\d–—-]|$)| (?:points?|by)\b)|present|"
    r"members present|in attendance|attendance|"
    r"minutes|decision|note|noted|decided|"
    r"proposed by|seconded by|moved by|and resolved|carried|reasons?|alternative|options|recommendations?|"
    r"question \d|apologies:|"
    r"recommended to|signed|dated|chair(?:man|person)?|venue|contact|pdf|page|that|to note|officers?|officials|"
    r"councillors|sectoral|minute taker)\b(?! (?:of|for|from|on|to) )[^a-z]|resolved to\b|(?:question|answer) ?:",
    re.I,
)


FINITE = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|reported|explained|agreed|"
    r"resolved|proposed|"
    r"seconded|noted|raised|queried|requested|confirmed|presented|thanked|considered|expressed|welcomed|felt|"
    r"suggested|received|declared)\b"
)


_SAYS = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|explained|agreed that|"
    r"resolved|thanked|welcomed|felt)\b"
)


_TASK = re.compile(r"(?:to|question|notice|motion|request|approve|agree|consider|report|note|receive)\b", re.I)


RUN_IN = re.compile(r"(?P<title>[A-Z\"'“‘£0-9][^:.?!;]{1,90}?)(?:\s*:[-–—]?|\s+[-–—]|(?<=[a-z\d)]{2})\.)(?=\s|$)")


_NUMBERED_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|proposed by|seconded by|moved by|carried|that)\b[^a-z]", re.I
)


_REPORTED = re.compile(
    r"\b(?:asked|said|stated|advised|explained|confirmed|agreed|resolved|seconded|raised|queried|thanked|welcomed|felt|suggested)\b"
)


_WORD = re.compile(r"[^\W\d_]{3}|[A-Z]{2}\b(?<!PM)(?<!AM)")


@lru_cache(maxsize=256)  # headings are extended line by line, and each line is asked about several times
def title_like(text: str, *, numbered: bool = False, formatted: bool = False) -> bool:
    """Whether words could be a title: short, starting with a capital, no sentence. numbered: a number stands
    before them. formatted: the format sets them as a heading, so that they may be a sentence ("The gate is broken").
    """
    text = text.strip()
    if not text or len(text) > 240:
        return False
    count = text.count(" ") - text.count("  ") + 1
    if count > 32 or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘£€("):
        return False
    if not _WORD.search(text):
        return False
    if (
        text[-1] in ";,?"
        or (text[-1] == "." and (count > 8 or FINITE.search(text)))
        or (_NUMBERED_LABEL if numbered else _LABEL).match(text + " ")
    ):
        return False
    if text[-1] == ":" and count > 14:
        return False
    told = _REPORTED if formatted and count <= 16 else _SAYS if numbered and count <= 12 else FINITE
    return bool(_TASK.match(text)) or not told.search(text)


_MEETING = re.compile(
    r"\b(?:minutes|agenda)\b.*\b(?:of|meeting|decisions|agenda|minutes)\b|^(?:draft )?minutes$|\b(?:19|20)"
    r"\d\d\b.*\b\d{1,2}[.:]\d\d ?[ap]\.?m|^(?:attendance|attendees|documents?|related|contacts?|venue|share|"
    r"follow us|about|useful links|meeting details|items?|agenda|agenda items?|details|footer|cookies|your council|"
    r"in this section|decisions?|meeting documents|present|apologies)\W*$|^meeting: ?\d|^matters for recommendation\b|"
    r"^part (?:\d|[ivx]+|[a-z])\b.{0,30}\b(?:public|private|open|exempt|confidential)\b|"
    r"^search|^menu|^navigation|^contents",
    re.I,
)


_BODY_ALONE = re.compile(
    r"(?:[A-Z][\w&'’-]*,? (?:and |of |the |for )?){0,8}(?:council|committee|panel|board|cabinet|forum|executive|"
    r"commission)(?: meeting| minutes)?(?: *[-–—,|:(] *.*\b(?:19|20)\d\d\b.*| (?:held|on|mon|tues|wednes|thurs|fri)"
    r"\w*\b.*\b(?:19|20)\d\d\b.*)?",
    re.I,
)


# "Responses of the Cabinet to the Committee" is a matter, and ends in a body's name by chance.
_OF_BODY = re.compile(
    r"(?:(?:reports?|responses?|answers?|appointments?|election|membership|updates?|referrals?|recommendations?|"
    r"questions?|matters|items)\b|\w[^\d]*\b(?:to|from|by) (?:the )?)",
    re.I,
)


def names_meeting(text: str) -> bool:
    """A heading of the whole document, not of an item."""
    flat = " ".join(text.split())
    return bool(_MEETING.search(flat)) or (bool(_BODY_ALONE.fullmatch(flat)) and not _OF_BODY.match(flat))


# Items that end in a recommendation to the council are called by it: "RECOMMENDATION I - Terms of Reference".
_NAMED = re.compile(r"recommendation (?:\d{1,2}|[ivx]{1,5}) ?[-–—:] ?(?=\S)", re.I)
_TOLD = re.compile(
    r"(?:the|at|members|further|having|following|on|in|consideration|your|a report|councillor)\b.{0,200}?"
    r"\b(?:considered|received|noted|had|was|were|agreed|gave|submitted|introduced|presented|given)\b",
    re.I,
)


def names_recommendation(block: Block, following: Block) -> bool:
    """Whether a block titles an item by the recommendation it led to: what follows tells of the meeting."""
    named = _NAMED.match(block.text)
    return (
        named is not None
        and title_like(block.text[named.end() :])
        and not following.listed
        and _TOLD.match(following.text) is not None
        and labels.RECOMMENDS.match(following.text) is None
    )


@lru_cache(maxsize=256)  # a line is asked about by its heading, by the items and by the walk
def is_subhead(text: str) -> bool:
    """A label that parts an item ("Decision:", "Points raised"), as ``introductions.SUBHEADS`` lists them."""
    return len(text) < 80 and " ".join(text.split()).strip(" :.-–—").lower() in introductions.SUBHEADS


def is_prose(text: str) -> bool:
    return len(text.split()) >= 4 and not is_subhead(text) and text.rstrip()[-1] in ".:?!"


# Where the text goes on in the line of its title: "93 Cemetery Cllr Ash reported that".
_SENTENCE_OPENS = re.compile(
    r"(?<=[a-z)\d])\s+(?=(?:The|It|Cllrs?|Clirs?|Councillors?|Mrs?|Ms|Members|Resolved|RESOLVED|There|Apologies|This|Following|All|"
    r"Agreed|AGREED|An? (?:letter|report|request|discussion))\b)"
)


# A title in capitals, however long, that its paragraph follows: "105 TALK WITH THE TRUST – The panel received".
_SHOUTED_RUN = re.compile(r"(?P<title>[A-Z][^a-z:;?!]{8,220}?) +[–—-] *(?=[A-Z][a-z]|[A-Z] [a-z])")


_NAMES_ALONE = re.compile(
    r"\W*(?:moved|seconded)?(?: by)?\W*(?:[A-Z]\.? ?){1,2}[A-Z][\w'’-]+(?:(?:,| and| &|/|;| [–—-]| seconded by)+ "
    r"*(?:[A-Z]\.? ?){1,2}[A-Z][\w'’-]+)+\W*$"
)


def title_length(block: Block) -> int:
    """How many characters of a numbered block are its title; 0 where it has none."""
    text = block.text
    if block.marker and block.marker.family in ("code", "ref") and _NAMES_ALONE.match(text[: block.first]):
        return 0  # who moved and seconded a coded motion
    if title_like(text, numbered=True):
        run_in = RUN_IN.match(text)
        if run_in and text[run_in.end() :].strip() and not text.isupper():
            rest = text[run_in.end() :].strip()
            # "Housing: the next ten years" is one title; "Police Report: attached" is a title and a text.
            if re.match(
                r"(?:attached|none|nil|noted|no |approved|nothing|apologies|as |resolved|agreed|\(.*\)$)"
                r"|(?:cllrs?|mr)\b.*\b(?:\w+ed|is|was|has|had|to|said|will|would)\b",
                rest,
                re.I,
            ) or rest.endswith("."):
                return run_in.end("title")
        return len(text)
    run_in = RUN_IN.match(text)
    if (
        run_in
        and ":" in run_in[0]
        and title_like(run_in["title"], numbered=True)
        and len(run_in["title"].split()) <= 12
    ):
        return run_in.end("title")
    shouted = _SHOUTED_RUN.match(text)
    if shouted and title_like(shouted["title"], numbered=True):
        return shouted.end("title")
    opened = _SENTENCE_OPENS.search(text, 3, 90)
    if opened and FINITE.search(text, opened.end()) and opened.start() <= block.first:
        title = text[: opened.start()]
        if title.count(" ") < 8 and title_like(title, numbered=True):
            return len(title)
    first = text[: block.first].rstrip()
    if first.count("(") > first.count(")") and 0 < text.find(")", len(first)) - len(first) < 90:
        first = text[: text.find(")", len(first)) + 1]
    if (
        block.rows > 1
        and 0 < len(first) < len(text)
        and title_like(first, numbered=True)
        and block.first < 100
        and FINITE.search(text)
    ):
        return len(first)
    if run_in and title_like(run_in["title"], numbered=True) and len(run_in["title"].split()) <= 14:
        return run_in.end("title")
    return 0
