"""Shapes of lines that say by themselves what they are: labels, votes, credits, introductions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.minutes import introductions
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.wording import either


def _cue(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b{either(words)}(?:\b|$)")


RECOMMENDATION = re.compile(
    r"\W*recommendation +(?:no\.? *)?(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[A-Z]|"
    r"[ivx]+)\b(?: +[-–—]|[:.–—-])? *(?=\S|$)",
    re.I,
)
REPLY = re.compile(
    r"\W*(?:(?:written|officer|council|director(?:'s|’s)?|supplementary) +)?(?:reply|response|answer|a)"
    r"(?: *\d{1,3})?(?: +(?:from|by|of) (?P<who>[^:]{2,80})| *\((?P<named>[^()]{2,60})\))? *[:.]+\W*",
    re.I,
)
QUESTION = re.compile(
    r"\W*(?:question|q|motion)(?: *\d{1,3})?(?: +(?:from|by) [^:]{2,80}| *\([^()]{2,60}\))? *(?::|(?<=\d)[.)])\W*"
    r"(?:(?:cllr|councillor|mr|mrs|ms|miss|dr|prof)\b[^:?]{2,50}: *)?(?=\w)",
    re.I,
)
ACTION = re.compile(
    r"\W*(?:agreed +)?action(?:s)?(?: +points?)?(?:/[^:]{3,50})?(?: +(?:no\.? *)?[\d.]{1,6}[a-z]?)?"
    r"(?: *\((?P<who>[^()]{1,40})\))?\s*[:–—-]+\W*|\W*action +\d{1,3}\W+(?=[A-Z])",
    re.I,
)
RECALLED_ACTION = re.compile(
    r"(?:^|[\s–—:-])(?:now )?(?:completed?|closed|done|discharged|on-?going|in progress|outstanding)\W*$|"
    r"\b(?:page|minute|item)s? (?:no\.? ?)?\d[\d/]*\b.{0,30}\brefers?\b",
    re.I,
)
"""What is said of an action that an earlier meeting gave, and this one only goes through."""
LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z '’]{2,45}?) *(?:[:]|[–—-](?= ))+ *")
MOVED = re.compile(
    r"\W*(?:moved|proposed|proposer)(?: +by)? *:? *(?:seconded +by *:? *)?(?:(?:county |deputy |"
    r"acting )?(?:councillors?|cllrs?|clirs?|mayor|alderman|mr|mrs|ms|baillie)\b|[A-Z][\w.'’-]*,? )[^:]{0,80}$|"
    r"\W*moved(?: by)?:? *[^.:]{2,50}?,? *(?:and )?seconded(?: by)?:? *[^.:]{2,50}?(?:$| (?=be it resolved|"
    r"that\b|resolved\b))|"
    r"\W*(?:seconded|seconder)(?: +by)? *:? *\S[^:]{2,60}$",
    re.I,
)
MOVED_THAT = re.compile(
    r"\W*moved(?: by)?:? *[^.:]{2,50}?,? *(?:and )?seconded(?: by)?:? *[^.:]{2,50}? (?:be it resolved|that\b|"
    r"resolved\b)",
    re.I,
)
MOVED_AND = re.compile(
    r"\W*(?:moved|proposed)\b[^.]{3,110}\band (?:it was )?(?:unanimously )?(?:resolved|agreed)(?: that)?\W*$", re.I
)
CARRIED = re.compile(
    r"\W*(?:(?:motion|vote|resolution) +)?(?:was +)?(?P<verb>carried|lost|defeated)(?: unanimously)?(?:,? by "
    r"all .{0,30})?\W*$",
    re.I,
)
ASKED_TITLE = re.compile(
    r"(?:(?:supplementary |written |oral )?question|notice of motion|motion(?= (?:submitted|proposed|moved|from|by|"
    r"no)\b))\b(?!s| to (?:be )?)",
    re.I,
)
ASKED_BY = re.compile(
    r"(?:supplementary |written |oral |public )?question(?: +(?:no\.? *)?\d{1,3})?\W+(?:from|by|to|put by|asked by|"
    r"submitted by|received from)\b",
    re.I,
)
_MOTION = re.compile(r"\b(?:that|moved|be it|whereas|therefore|resolved|proposed|carried)\b", re.I)


_MOTION_OPENS = re.compile(r"\W*(?:that|moved|be it|whereas|and whereas|therefore|resolved|proposed)\b", re.I)


def is_motion(text: str, following: Block | None) -> bool:
    """Whether a code stands before a motion, and not before something else that is filed ("P2023/1187 - a stable")."""
    if _MOTION.search(text[:400]):
        return True
    return following is not None and len(text) < 80 and bool(_MOTION_OPENS.match(following.text))


WRITTEN = re.compile(
    r"[\"'“‘*]{0,2}(?:I|1|\|) (?:will|shall|am|wish to|hereby|would like to) (?:ask|move|call(?:ing)?|"
    r"propos(?:e|ing)|request(?:ing)?)\b"
)
MOVES = re.compile(r"\bfollowing (?:motion|amendment)\b|\b(?:moved|proposed)\b.{0,100}\bseconded\b.{0,80}:\W*$", re.I)
ACTION_COLUMN = re.compile(r"(?:agreed |required )?actions?(?: points?| required| agreed| to be taken)?|task|what")
WHO_COLUMN = re.compile(
    r"(?:action )?(?:owner|by whom|who|lead|responsible|responsibility|by|officer|assigned to|lead officer|"
    r"responsible officer|action by|person responsible)"
)
ASKED_COLUMN = re.compile(
    r"(?:(?:scrutiny|panel|committee|board|review|(?:task|working|review) group|group)(?:'s|’s)? )?"
    r"recommendations?(?: (?:of|from|to|by) .{3,60}| made| text)?"
)
NUMBER_COLUMN = re.compile(r"(?:(?:recommendation|rec|ref(?:erence)?)\W*)?(?:no|number|ref(?:erence)?|#|rec)\W*")
FOLLOWED_COLUMN = re.compile(
    r"(?:current )?(?:status|progress|updates?|outcome|completed\??|rag(?: rating)?)(?: .{1,30})?"
)
"""A column that follows up what an earlier meeting recommended."""
STATUS_COLUMN = re.compile(r"status|progress|update|outcome|completed\??|rag(?: rating)?|response")
CLOSING = re.compile(
    r"\W*(?:there being no (?:further|other)|the (?:chair\w*|mayor|meeting)\b.{0,60}\b(?:closed|ended|concluded|"
    r"finished|rose|terminated|to a close|adjourned)\b|this concluded|meeting (?:closed|ended|concluded|finished)|"
    r"date of next|next meeting)",
    re.I,
)
# Read in lower case, as are LEADS and ANSWERS.
_ENDS_LEAD = re.compile(
    r"(?::|[–—-]|\bthat|\bas follows\.?|\bthe following\.?|\bnamely\.?)\W*$|\b(?:following|these)"
    r"\b[^.]{0,60}\b(?:raised|made|noted|asked|discussed|points|comments|questions|topics|areas|issues|matters|themes)\W*$",
)


def ends_lead(low: str) -> bool:
    """Whether a paragraph, or its end, in lower case, leads to what stands beneath it."""
    return low.rstrip(" *\"'”’)")[-1:] in (":", "–", "—", "-") or _ENDS_LEAD.search(low) is not None


TOGETHER = re.compile(
    r"(?:(?:[Ff]ollowing|[Aa]fter) [^,:]{3,60}, *)?(?:[Tt]he +)?(?:[A-Z][\w-]+ +){0,6}(?i:members?|committee|"
    r"sub-committee|"
    r"panel|board|cabinet|council|executive|commission|forum|group|governing body)(?:,? (?:then|also|therefore|further|"
    r"thereafter|subsequently))?\W*"
)
NAME_ONLY = re.compile(r"[A-Z][\w.'’ -]{2,50}:?[-–]?")
BARE_THAT = re.compile(
    r"[\"“‘(]{0,2}That,? (?=(?:the|this|these|those|an?|all|any|it|no|approval|authority|members|officers|councillors?|"
    r"cllrs?|subject|in|following|cabinet|council|further|progress|powers?|delegated)\b|(?-i:[A-Z]))[^?]*?\b(?:be|is|are|"
    r"(?:committee|cabinet|council|board|panel|executive|commission)(?: \w+ly)? (?:notes|approves|endorses|agrees|"
    r"recommends|supports|accepts|adopts|requests|receives|welcomes|considers|authorises))\b",
    re.I,
)
"""A paragraph that says what was decided, where the word above it ("RESOLVED") is missing or is in a picture."""
RECOMMENDS = re.compile(
    r"(?:We|I|It is|The \w+(?: \w+){0,5}?)(?: \w+ly| therefore)? (?:recommends?|recommended)(?: to [^,.]{3,60}?)?,?"
    r" that +"
)
THAT = re.compile(r"[\"“‘'(\[]{0,2}(?:that|to)\b", re.I)


# How a block must begin for any of the labels above; most blocks do not.
MAYBE = re.compile(
    r"\W*(?:(?:moved|proposed|proposer|seconded|seconder|recommendation|agreed|actions?|written|officer|council|director\S*|"
    r"supplementary|reply|response|answer|question|motion|oral|public)\b|a\W|a\d|q\W|q\d|a +\d|q +\d)",
    re.I,
)
LEADS = (
    ("recommendations", _cue(introductions.RECOMMENDATION_LEADS)),
    ("points", _cue(introductions.POINT_LEADS)),
    ("other", re.compile(either(introductions.REPORT_LEADS))),
)
ANSWERS = _cue(introductions.ANSWER_LEADS)
