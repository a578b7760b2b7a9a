"""Who was there: the names in a meeting's attendance lists, and whether they came as members or as officers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.speakers import Kind

_LISTS = (
    (Kind.MEMBER, re.compile(r"\W*(?:(?:(?:committee|panel|board|cabinet|council|other|co-opted|independent|"
        r"governing) )?"
        r"(?:members?|governors|trustees)(?: (?:also )?present| in attendance)?)\W*(?::|$|\t)", re.I)),
    (Kind.OFFICER, re.compile(r"\W*(?:(?:(?:council|other) )?(?:officers?|officials?|staff|executive)"
        r"(?: present| in attendance| attending| and advisers)?|(?:also )?in attendance|also (?:present|attending)|"
        r"attending|by invitation|guests?|presenters?|speakers?)\W*(?::|$|\t)", re.I)),
)  # fmt: skip
_PRESENT = re.compile(r"\W*(?:those )?present\b", re.I)
"""A list of whoever was there, members and others: it tells nobody apart."""
_NAME = re.compile(r"(?P<name>[A-Z][\w'’-]+(?: +(?:[A-Z]\.? )*[A-Z][\w'’-]+)+|(?:Mrs?|Ms|Miss|Dr|Prof)\.? "
    r"[A-Z][\w'’-]+)"
    r"(?P<role>[ ,]*\([^()]{2,60}\))?")  # fmt: skip
_OFFICER = re.compile(rf"\b(?:{'|'.join(sorted(cues.OFFICER_NOUNS))})\b", re.I)
_MEMBER = re.compile(r"\b(?:representative|councillor|cllr|member|resident|trustee|governor|parent)s?\b", re.I)
_COMPANY = re.compile(
    r"\b(?:group|ltd|limited|plc|company|trust|services?|agency|police|council|nhs|highways|association)\b", re.I
)
_HEADING_ENDS = re.compile(r"[:\t]")


def known_people(head: Sequence[Block]) -> dict[str, Kind]:
    """Names in the lists of members and of officers at the head of a meeting: surnames, and first names that only
    one person has. Names that stand in both are left out. Who came "in attendance" is an officer where the members
    have a list of their own.
    """
    known: dict[str, Kind] = {}
    doubtful: set[str] = set()
    kind: Kind | None = None
    listed = told_apart = False  # told_apart: in a list of all who came, only a role in brackets says who is what
    for block in head:
        heading = next((kind for kind, pattern in _LISTS if pattern.match(block.text)), None)
        present = heading is None and _PRESENT.match(block.text)
        if present:
            kind, listed, told_apart = None, True, True
        elif heading:
            told_apart = False
            kind = heading if heading is Kind.MEMBER or listed or "attend" not in block.text[:20].lower() else None
            listed = listed or heading is Kind.MEMBER
        elif (kind is None and not told_apart) or ":" in block.text or len(block.text) > (160 if told_apart else 80):
            kind, told_apart = None, False
            continue
        if kind is None and not told_apart:
            continue
        ends = _HEADING_ENDS.search(block.text, 0, 60)
        for match in _NAME.finditer(block.text[:4000], ends.end() if heading and ends else 0):
            role = match["role"] or ""
            told = Kind.OFFICER if _OFFICER.search(role) and "chair" not in role.lower() else kind
            if told_apart and role:
                told = (
                    Kind.MEMBER if _MEMBER.search(role)
                    else Kind.OFFICER if _OFFICER.search(role) or _COMPANY.search(role)
                    else None
                )  # fmt: skip
            if told is None:
                continue
            words = match["name"].split()
            for name in {words[-1], words[0]} if words[0].rstrip(".").lower() not in _TITLES else {words[-1]}:
                if known.setdefault(name, told) is not told:
                    doubtful.add(name)
    return {name: kind for name, kind in known.items() if name not in doubtful}


_TITLES = frozenset((*cues.MEMBER_TITLES, *cues.COURTESY_TITLES, "the", "town", "parish", "county"))


_ATTENDANCE = re.compile(
    r"\W*(?:(?:members?|councillors?|those|also|officers?|officials|staff|guests?|visitors?)"
    r"(?: and visitors)? )?(?:present|in attendance|attendance|attending|apologies|regrets|absent|minute[- ]taker|"
    r"staff|guests?|visitors)\b",
    re.I,
)


def attendance_end(blocks: Sequence[Block]) -> int:
    """The index after the last line of the attendance list near the top, 0 where there is none."""
    last = 0
    for index, block in enumerate(blocks[:300]):
        if last and index > last + 25:
            break
        if len(block.text) < 1500 and _ATTENDANCE.match(block.text):
            last = index + 1
    while last and last < len(blocks) and _NAMES.match(blocks[last].text):
        marker = blocks[last].marker
        if marker and not marker.family.startswith("bullet"):
            break  # who moved a motion
        last += 1
    return last


_NAMES = re.compile(
    r"\W*(?:(?:councillor|cllr|mr|mrs|ms|dr|miss|prof)s?\b|[A-Z][\w'’.-]+ [A-Z][\w'’-]+,)(?![^.]*\b(?:asked|said|"
    r"was|were|reported|that|proposed)\b)",
    re.I,
)
