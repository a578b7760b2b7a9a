"""Tasks in note form ("Clerk to write", "Cllr Ash will ask"), and tasks that are given: "the Clerk was asked to"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.speakers import Kind, find_speaker, name_of
from sightline.scrutiny.domain.minutes.wording import either


@dataclass(frozen=True, slots=True)
class Promise:
    """``by``: who is to do it or who promised it; None where nobody is named."""

    by: str | None
    confidence: float


DO = either(cues.ACTION_VERBS)
DONE = either(cues.ACTION_PARTICIPLES)
ADVERB = r"(?:(?:\w+ly|also|then|again|now|further|therefore|still|shortly|soon|both|all|instead|kindly) +)*"

_NOTE = re.compile(
    rf"(?:^|[–—-] +|[;,:] +|(?<![A-Z])\. +)(?P<who>(?:[Tt]he +)?[A-Z](?:(?! [–—-] )[^.;:?!,]){{0,70}}?)"
    rf" +to +{ADVERB}(?:(?P<do>{DO})|"
    rf"be +(?P<done>{DONE}))\b"
)
_NOTE_REPORT = re.compile(
    rf"^(?P<who>(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)})) +(?P<do>report|write|"
    rf"speak) +to +(?=(?:the +)?[A-Z])"
)
# Who "will do" something, whatever it is: minutes tell what happened in the past tense, and what is to come in the
# future.
_WILL = re.compile(
    rf"^(?P<who>(?:[Tt]he +)?[A-Z][^.;:?!,]{{0,60}}?|[^.;:?!]{{3,60}}?\b(?:but|and)) +(?:has +offered +to|have "
    rf"+offered +to|will(?: +now| +also| +then)*) +"
    rf"(?!{either(cues.STATIVE_VERBS)}\b)(?P<do>[a-z]{{2,}})\b"
)
# "It was agreed that the Clerk write to the County".
_TASKED = re.compile(
    rf"\b(?:agreed|resolved|decided|suggested|proposed|recommended)\b[^.;:]{{0,30}}\bthat "
    rf"+(?:[^.;:]{{0,60}}\band +that +(?:in +the +meantime,? +)?)?"
    rf"(?P<who>the +(?:[A-Z][a-z]+ +)?(?:[Cc]lerk|[Cc]hair(?:man|person)?|[Ss]ecretary|[Tt]reasurer|"
    rf"[Gg]roundsman|[Oo]fficers)|"
    rf"(?:the +)?[A-Z][\w.'’-]*(?: +(?:of +|and +|& +)?[A-Z][\w.'’-]*){{0,5}}) +(?:should +|would +|will +|be "
    rf"+asked +to +|to +)?(?:{DO})\b"
)
_NOTE_ACTOR = re.compile(rf"(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)})\b")
_BREAKS = re.compile(r"[–—;-] ")
_NOTE_BARE = re.compile(
    rf"(?:^|[–—-] +|[;] +)"
    rf"(?P<who>(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)}))"
    rf" +{DO}\b(?! +(?:to|was|is|from|of)\b)"
)
_THING = re.compile(
    r"^(?P<what>[^.;:?!]{2,120}?) +to +be +(?:\w+ly +)?(?:\w+ed|sent|brought|written|taken|done|made|given|put|set|"
    r"cut|met|held|shown|found|built)\b"
)
_IMPERATIVE = re.compile(
    r"^(?:Arrange|Respond|Write to|Write and|Chase|Circulate|Email|Obtain|Send|Invite|Investigate|Ask|Speak to|"
    r"Remind|Contact|Find out|Look into|Reply to|Seek|Follow up)\b(?! *(?:was|were|is|are|has|had|received|sent|"
    r"from|dated|and)\b)"
)
_ASKED = re.compile(
    rf"\b(?:asked|requested|instructed) +(?:that +)?(?:the +)?(?P<who>[Cc]lerk|[Oo]fficers|"
    rf"[A-Z][\w.'’-]*(?: +(?:of +)?[A-Z][\w.'’-]*){{0,4}})"
    rf" +to +(?!confirm|clarify|advise|explain|ensure){DO}\b"
)
_FINITE = re.compile(
    r"\b(?:ought|was|were|is|are|has|had|have|would|will|said|asked|advised|agreed|reported|explained|stated|noted|"
    r"felt|requested|suggested|need(?:s|ed)?|aim\w*|try\w*|likely|able|due|want(?:s|ed)?|wish\w*|like\w*|hop\w+|"
    r"continu\w+|seem\w*|appear\w*|used|unable|order|how|failed|going|planned|intend\w*|refus\w+|decided|"
    r"voted|proposed|resolved|recommended|scheduled|how)\b"
)
_SHOUTED = re.compile(r"\b(?:VOTE|AGREED|RESOLVED|DECIDED|APPROVED|NOTED|RECOMMENDED)\b")
_NOUN_TO = re.compile(
    r"\b(?:need|right|power|ability|decision|proposals?|plans?|request|opportunity|aim|objective|permission|"
    r"funding|application|motion|applications?|commitment|invitation|recommendations?|options?|way|how|attempt|"
    r"work|thanks|due|according|addition|reference|response|relation|regard|subject|order|objection|to|chance|time|"
    r"measures|access|members were|a|an|of|minutes|failure|as|willingness|duty|aims|changes?|amendments?)$",
    re.I,
)


_ROLE_BEFORE = re.compile(r"\b(?:Director|Manager|Officer|Head|Executive|Member)s?\s*[–—-]\s*$")


def find_note(sentence: str) -> Promise | None:
    """A task in note form: "Clerk to write", "Cllr Ash will ask", "Hedge to be cut"."""
    to = " to " in sentence
    for match in _NOTE.finditer(sentence) if to else ():
        who = match["who"]
        if (
            who in ("Nothing", "None", "Anything", "Something")
            or _FINITE.search(who)
            or _SHOUTED.search(who)
            or (match["do"] and _NOUN_TO.search(who))
        ):
            continue
        at_start = match.start("who") == 0
        if match["done"] and re.search(r"\b(?:by|from)\b", who):
            continue
        if match["done"]:
            return Promise(None, Confidence.STATED) if at_start else None
        speaker = find_speaker(who[:1].upper() + who[1:])
        kind = speaker.kind if speaker and speaker.start == 0 else None
        if kind is Kind.PERSON and len(who.split()) > 2 and who.split()[0].endswith("ing"):
            continue  # "Updating the list to show" names nobody
        if not at_start and _ROLE_BEFORE.search(sentence, 0, match.start("who")):
            continue  # "the Assistant Director – Corporate to update members" goes on with a role
        if kind is None or len(who.split()) > 8 or (not at_start and kind is Kind.PERSON and len(who.split()) > 3):
            continue
        # After a comma only a role is sure: "Ash, Birch & Cedar to discuss" may end any list of names.
        if at_start or kind is not Kind.PERSON or sentence[match.start()] in "–—-.":
            return Promise(name_of(who), Confidence.STATED)
    will = _WILL.match(sentence) if " will " in sentence or " to " in sentence else None
    if will:
        who = will["who"]
        speaker = find_speaker(who.removesuffix(" but").removesuffix(" and"))
        if who.endswith((" but", " and")):
            speaker = find_speaker(who.split(" ")[0] if len(who.split()) < 2 else " ".join(who.split()[:2]))
        if speaker and speaker.start == 0 and speaker.kind not in (Kind.PUBLIC, Kind.PRONOUN, Kind.BODY):
            return Promise(speaker.name, Confidence.STATED)
    report = _NOTE_REPORT.match(sentence) if to else None
    if report and len(sentence.split()) <= 14:
        return Promise(name_of(report["who"]), Confidence.INFERRED)
    bare = _NOTE_BARE.search(sentence) if _NOTE_ACTOR.match(sentence) or _BREAKS.search(sentence) else None
    if bare:
        return Promise(name_of(bare["who"]), Confidence.INFERRED)
    thing = _THING.match(sentence) if to else None
    if (
        thing
        and not _FINITE.search(sentence, thing.end())
        and not _FINITE.search(thing["what"])
        and not _NOUN_TO.search(thing["what"])
        and not re.match(
            r"(?:that|to|in|if|for|with|regarding|concerning|on|at|as|following|during|from|of)\b", sentence, re.I
        )
    ):
        return Promise(None, Confidence.INFERRED)
    if _IMPERATIVE.match(sentence) and sentence.rstrip()[-1] != ":" and "|" not in sentence:
        return Promise(None, Confidence.INFERRED)
    return None


def find_task(sentence: str) -> Promise | None:
    """What somebody is asked to do, or what it is agreed that somebody do."""
    tasked = _TASKED.search(sentence) if " that " in sentence else None
    if tasked:
        told = find_speaker(tasked["who"][:1].upper() + tasked["who"][1:])
        if told and told.kind not in (Kind.PUBLIC, Kind.PRONOUN, Kind.BODY) and told.name.lower() not in PLURALS:
            return Promise(told.name, Confidence.STATED)
    asked = _ASKED.search(sentence) if " to " in sentence else None
    if asked:
        told = find_speaker(asked["who"][:1].upper() + asked["who"][1:])
        if told and told.kind in (Kind.OFFICER, Kind.CHAIR, Kind.PERSON):
            return Promise(told.name, Confidence.STATED)
    return None


PLURALS = frozenset(
    (
        "members",
        "councillors",
        "cllrs",
        "all",
        "committee",
        "council",
        "board",
        "panel",
        "cabinet",
        "meeting",
        "all members",
        "all councillors",
    )
)
