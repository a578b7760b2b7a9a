"""Pass 3, meetings: where each meeting of a file begins, of which body it was, and when it was held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

from sightline.scrutiny.domain.documents.model import Document, Line
from sightline.scrutiny.domain.minutes.agenda_pages import is_purpose
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.lines import flat

_START = re.compile(
    r"\W*(?:(?:draft|confirmed|unconfirmed|approved|unapproved|public|the)"
    r" ){0,2}minutes?(?: of proceedings)?(?: (?:of|from|for|at)\b.{0,200}|\W{0,3})"
    r"|\W*(?:at )?an? (?:\w+ ){0,3}meeting of .{3,160}(?:held|on)\b.{0,80}",
    re.I,
)
_NO_START = re.compile(
    r"\b(?:resolved|confirmed as|signed|approved|circulated|were|be|agreed|correct record|taken as read|previous)\b",
    re.I,
)
_ATTENDANCE = re.compile(
    r"\W*(?:\d{1,3}[.)]? +)?(?:(?:members?|councillors?|those|also|officers?|committee members|board members|"
    r"panel members) )?"
    r"(?:present|attendance|in attendance|attending|attended|apologies)\b",
    re.I,
)
_NAME_ABOVE = re.compile(r"\b(?:council|committee|panel|board|cabinet|executive|forum|group|trust|minutes|meeting)\b")


def split_meetings(document: Document) -> list[Sequence[Line]]:
    """The lines of each meeting in the file, in order; one run of lines where there is only one. Linear time."""
    lines = document.lines
    text = document.text
    starts: list[int] = []
    attended = -1
    for index, line in enumerate(lines):
        if index <= attended:
            continue
        head = text[line.start : line.end][:260]
        if "inute" not in head and "INUTE" not in head and "eeting of" not in head and "EETING OF" not in head:
            found = _dated_name(text, lines, index) if len(head) <= 90 and (starts or head.isupper()) else 0
        else:
            found = _attendance_after(text, lines, index)
        if found:
            starts.append(index)
            attended = found
    if len(starts) < 2:
        return [lines]
    bounds = [0, *(_with_name_above(text, lines, index) for index in starts[1:]), len(lines)]
    return [lines[left:right] for left, right in pairwise(bounds)]


def _attendance_after(text: str, lines: Sequence[Line], index: int) -> int:
    """Where the attendance list stands of a meeting whose heading is line ``index``; 0 where that is no such
    heading.
    """
    line = lines[index]
    words = flat(text[line.start : line.end]).strip(" *_")
    if len(words) > 300 or words[-1:] == "." or not _START.fullmatch(words) or _NO_START.search(words):
        return 0
    for place in range(index + 1, min(index + 25, len(lines))):
        later = lines[place]
        if _ATTENDANCE.match(flat(text[later.start : min(later.end, later.start + 80)])):
            return place
    return 0


def _dated_name(text: str, lines: Sequence[Line], index: int) -> int:
    """Where the attendance list stands of a meeting that starts with its body's name in one line and its date in the
    next; 0 where line ``index`` is no such name.
    """
    line = lines[index]
    if line.end - line.start > 90:
        return 0
    if text[line.end - 1] in ".:;":
        return 0
    name = text[line.start : line.end].strip(" *_#")
    if not 6 <= len(name) <= 80 or name[-1] in ".:;" or not name[0].isupper() or not _NAME_ABOVE.search(name.lower()):
        return 0
    below = [
        place
        for place in range(index + 1, min(index + 8, len(lines)))
        if text[lines[place].start : lines[place].end].strip()
    ]
    if len(below) < 2:
        return 0
    date_line, after = (text[lines[place].start : lines[place].end].strip(" *_#") for place in below[:2])
    dated = _DATE.search(date_line) if len(date_line) <= 60 else None
    if dated and len(date_line) - (dated.end() - dated.start()) <= 30 and _ATTENDANCE.match(after):
        return below[1]
    return 0


def _with_name_above(text: str, lines: Sequence[Line], index: int) -> int:
    while index > 1:
        above = text[lines[index - 1].start : lines[index - 1].end].strip()
        if len(above) > 90 or above[-1:] in ".:;_" or not _NAME_ABOVE.search(above.lower()):
            break
        index -= 1
    return index


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th|[\"”“'’*°º]{{1,2}})?(?:\s+day)?(?:\s+of)?\s*,?\s*(?P<month>{_MONTH})"
    rf"\.?,?\s*(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})\s*(?:st|nd|rd|th)?\s*,?\s+(?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<day3>\d{1,2})[/.](?P<month3>\d{1,2})[/.](?P<year3>(?:19|20)\d\d)\b"
    r"|\b(?P<year4>(?:19|20)\d\d)-(?P<month4>\d\d)-(?P<day4>\d\d)\b",
    re.I,
)


def find_date(text: str) -> date | None:
    """The first real date in a text, None where there is none. Days before months where both are figures."""
    if "19" not in text and "20" not in text:
        return None  # no year
    for match in _DATE.finditer(text):
        found = _date_of(match)
        if found:
            return found
    return None


def _date_of(match: re.Match[str]) -> date | None:
    try:
        if match["month"]:
            return date(int(match["year"]), _month(match["month"]), int(match["day"]))
        if match["month2"]:
            return date(int(match["year2"]), _month(match["month2"]), int(match["day2"]))
        if match["month3"]:
            return date(int(match["year3"]), int(match["month3"]), int(match["day3"]))
        return date(int(match["year4"]), int(match["month4"]), int(match["day4"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(index for index, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))


_UNTIL = (
    r"(?=,?\s+(?:which\s+)?(?:was\s+)?held\b|,?\s+(?:on|at|in|via|by|to\s+be)\b|\s*,?\s*\d|\s+[-–—|]|\s*\(|"
    r",?\s+[a-z]{3,7}day\b|[.:;]|$)"
)
_NAMED = (
    # "Minutes of a meeting of the Cabinet held on ..."; "A regular meeting of the Council was held".
    re.compile(r"\bmeeting\s+of\s+(?:the\s+)?(?P<body>\S.{2,160}?)" + _UNTIL, re.I),
    # "Minutes of the Overview Committee meeting held on", "Minute from the Joint Panel on 6 March".
    re.compile(
        r"\bminutes?\s+(?:of|from|for)\s+(?:proceedings\s+(?:of|at)\s+)?(?:the\s+|an?\s+)?(?P<body>\S.{2,160}?)"
        + _UNTIL,
        re.I,
    ),
    # "Meeting: 24/07/2018 - Overview and Scrutiny Committee (Item 27)", as pages of one issue print it.
    re.compile(r"^meeting:\s*[\d/.]{6,10}\s*[-–—]\s*(?P<body>\S.{2,100}?)(?=\s*\(|$)", re.I),
    re.compile(r"\bat\s+meeting\s+of\s+(?:the\s+)?(?P<body>\S.{2,160}?)" + _UNTIL, re.I),
)
_TITLED = re.compile(r"^(?P<body>[^\d:]{3,120}?)(?:\s+[-–—|]|\s*[,:|]|\s*\bminutes?\b|\bmeeting\b|$)", re.I)
_GENERIC = re.compile(
    r"(?:(?:the|above|parish|town|community|district|borough|county|city|full)\s+)*(?:council|committee|meeting|"
    r"board|panel|minutes|same)?",
    re.I,
)
_TAIL = re.compile(
    r"(?:\s+(?:ordinary|annual|general|monthly|special|extra[- ]?ordinary|regular|quarterly)?\s*meetings?|"
    r"\s+minutes?|[\s,;:–—-]+)$",
    re.I,
)
_ORDINARY = re.compile(
    r"^(?:(?:a|an|the|ordinary|annual|general|monthly|special|extra[- ]?ordinary|regular|quarterly|virtual|remote|"
    r"statutory|adjourned|draft|meetings?|minutes?|of|from)\s+)+",
    re.I,
)
_COMMITTEE = re.compile(
    r"\b(?:sub-?committee|committee|panel|board|cabinet|executive|commission|forum|working (?:group|party)|"
    r"task (?:and finish )?group|group|partnership|transparency|assembly|trust|spc)\b",
    re.I,
)
_COUNCIL = re.compile(r"\b(?:councils?|authority|municipal district|township|municipality)\b", re.I)
_JOINS = re.compile(r"(?:and|of|for|&|the)\b|[a-z]")
_ABOUT = re.compile(
    r"(?:(?:annual|quarterly|final|verbal|progress) )?(?:reports?|resolutions?|recommendations?|comments?|"
    r"decisions?|work(?:ing)? programme|"
    r"responses?|matters|reference|issues?|items?|agenda|update)\b",
    re.I,
)
_NO_BODY = re.compile(
    r"\b(?:resolved|present|apologies|attendance|agreed|recommended|noted|welcomed|councillors?)\b", re.I
)
_SMALL = frozenset("of and the for in on with to a an at by de na".split())


def find_body(head: Sequence[Block], title: str) -> str | None:
    """The body as the file's head names it; ``title``: what the file calls itself in its metadata."""
    texts = [" ".join(block.text.split()) for block in head]
    joined = " ".join(texts)
    sources = chain(((text, False) for text in texts), ((joined[:600], False),), ((text, True) for text in texts))
    for place, (source, ended) in enumerate(sources):
        low = source.lower()
        if "minute" not in low and "meeting" not in low:
            continue
        for pattern in _NAMED:
            for match in pattern.finditer(source):
                body = _tidy(match["body"])
                if (
                    match.end() == len(source)
                    and not ended
                    and (
                        place >= len(texts) - 1
                        or (source.isupper() and texts[place + 1].isupper())
                        or _JOINS.match(texts[place + 1])
                    )
                ):
                    continue  # the name may go on in the next line
                if (
                    body
                    and not re.search(r"\b(?:of|and|the|for|&)$", body, re.I)
                    and not _GENERIC.fullmatch(body)
                    and not _NO_BODY.search(body)
                    and (_COMMITTEE.search(body) or _COUNCIL.search(body))
                ):
                    return body
    named = list(_named_alone([*texts[:25], *([title] if title else [])]))
    for wanted in (_COMMITTEE, _COUNCIL):
        for body in named:
            if wanted.search(body) and not _GENERIC.fullmatch(body):
                return body
    if title:
        titled = _TITLED.match(title)
        if titled and find_date(title):
            return _tidy(titled["body"]) or None
    return _generic(texts[:12])


def _generic(texts: Sequence[str]) -> str | None:
    """What the head calls a body that it does not name any further: "Minutes of the Panel"."""
    for text in texts:
        for pattern in _NAMED[:2]:
            match = pattern.search(text)
            body = _tidy(match["body"]) if match else ""
            if body and _GENERIC.fullmatch(body) and (_COMMITTEE.search(body) or _COUNCIL.search(body)):
                return body
    return None


def _named_alone(texts: Sequence[str]) -> Iterator[str]:
    """Names of bodies that stand in short lines by themselves."""
    for text in texts:
        if (
            len(text) > 160
            or (text[-1:] == "." and not re.search(r"(?:[ap]\.m|\bmeeting)\.$", text, re.I))
            or re.match(
                r"\W*(?:present|attend|apolog|held\b|at\b|in\b|venue|contact|home\b|in attendance|members)", text, re.I
            )
        ):
            continue
        if is_purpose(text):
            continue
        match = _TITLED.match(re.sub(r"\s*\(fictional\)", "", text))
        if match:
            body = _tidy(match["body"])
            if body and len(body.split()) <= 14 and not _ABOUT.match(body):
                yield body


@lru_cache(maxsize=256)  # a minute book names its body at every meeting
def _tidy(body: str) -> str:
    body = " ".join(body.split()).strip(" ,;:-–—|*_")
    body = _ORDINARY.sub("", body + " ").strip()
    while _TAIL.search(body):
        body = _TAIL.sub("", body)
    body = re.sub(r"^(?:the\s+)?(?:corporation\s+of\s+)?(?:the\s+)?", "", body, flags=re.I).strip(" ,;:-–—|*_")
    return _unshouted(body) if body.isupper() else body


def _unshouted(body: str) -> str:
    """A name in capitals as it is written in a sentence."""
    words = re.split(r"([\s/-]+)", body.lower())
    return "".join(
        word if word in _SMALL and place else word[:1].upper() + word[1:] for place, word in enumerate(words)
    )


def find_held_on(head: Sequence[Block], title: str, body: Sequence[Block]) -> date | None:
    """When the meeting was held: the first date of the head, else of the file's title, else of the first paragraphs."""
    for block in head:
        found = find_date(block.text)
        if found and not re.search(
            r"\b(?:minutes of the (?:last|previous)|published|printed|agenda despatch|for (?:adoption|approval|"
            r"confirmation|"
            r"ratification)|next meeting|to be (?:approved|confirmed|adopted))\b",
            block.text,
            re.I,
        ):
            return found
    joined = find_date(" ".join(block.text for block in head[:20])[:1500])
    if joined:
        return joined
    if title and (found := find_date(title)):
        return found
    for block in body[:3]:
        if re.search(r"\b(?:meeting|held)\b", block.text, re.I) and (found := find_date(block.text)):
            return found
    return None
