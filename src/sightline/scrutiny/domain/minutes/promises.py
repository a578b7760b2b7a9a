"""What a sentence says somebody will do: note forms ("Clerk to write"), undertakings, "would" or "will"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.speakers import Kind, Speaker, find_speaker, name_of
from sightline.scrutiny.domain.minutes.speech import Act, Speech
from sightline.scrutiny.domain.minutes.wording import either


@dataclass(frozen=True, slots=True)
class Promise:
    """``by``: who is to do it or who promised it; None where nobody is named."""

    by: str | None
    confidence: float


def _gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    stem = first[:-1] if first.endswith("e") and not first.endswith("ee") else first
    return f"{stem}ing{' ' + rest if rest else ''}"


_DO = either(cues.ACTION_VERBS)
_DOING = either([_gerund(verb) for verb in cues.ACTION_VERBS])
_DONE = either(cues.ACTION_PARTICIPLES)
_ADVERB = r"(?:(?:\w+ly|also|then|again|now|further|therefore|still|shortly|soon|both|all|instead|kindly) +)*"

_NOTE = re.compile(
    rf"(?:^|[–—-] +|[;,:] +|\. +)(?P<who>(?:[Tt]he +)?[A-Z](?:(?! [–—-] )[^.;:?!,]){{0,70}}?)"
    rf" +to +{_ADVERB}(?:(?P<do>{_DO})|"
    rf"be +(?P<done>{_DONE}))\b"
)
_NOTE_REPORT = re.compile(
    rf"^(?P<who>(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)})) +(?P<do>report|write|speak) +to +(?=(?:the +)?[A-Z])"
)
# Who "will do" something, whatever it is: minutes tell what happened in the past tense, and what is to come in the future.
_WILL = re.compile(
    rf"^(?P<who>(?:[Tt]he +)?[A-Z][^.;:?!,]{{0,60}}?|[^.;:?!]{{3,60}}?\b(?:but|and)) +(?:has +offered +to|have +offered +to|will(?: +now| +also| +then)*) +"
    r"(?!be\b|have\b|need\b|not\b|remain\b|cost\b|know\b|close\b|retire\b|take +place\b|meet\b|hold\b|run\b|end\b|start\b|"
    r"open\b|become\b|see\b|receive\b|depend\b|no\b|only\b|never\b|also\b|continue\b|apply\b|affect\b|include\b|mean\b|"
    r"benefit\b|increase\b|decrease\b|fall\b|rise\b|go\b|come\b|provide\b|lose\b|gain\b|expire\b|resign\b|leave\b|allow\b|"
    r"enable\b|help\b|hopefully\b|likely\b|probably\b|last\b|cease\b|always\b|find\b|want\b|like\b|begin\b)(?P<do>[a-z]{2,})\b"
)
# "It was agreed that the Clerk write to the County".
_TASKED = re.compile(
    rf"\b(?:agreed|resolved|decided|suggested|proposed|recommended)\b[^.;:]{{0,30}}\bthat +(?:[^.;:]{{0,60}}\band +that +(?:in +the +meantime,? +)?)?"
    rf"(?P<who>the +(?:[A-Z][a-z]+ +)?(?:[Cc]lerk|[Cc]hair(?:man|person)?|[Ss]ecretary|[Tt]reasurer|[Gg]roundsman|[Oo]fficers)|"
    rf"(?:the +)?[A-Z][\w.'’-]*(?: +(?:of +|and +|& +)?[A-Z][\w.'’-]*){{0,5}}) +(?:should +|would +|will +|be +asked +to +|to +)?(?:{_DO})\b"
)
_NOTE_ACTOR = re.compile(rf"(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)})\b")
_BREAKS = re.compile(r"[–—;-] ")
_NOTE_BARE = re.compile(
    rf"(?:^|[–—-] +|[;] +)"
    rf"(?P<who>(?:[Tt]he +)?(?:{'|'.join(actor.title() for actor in cues.NOTE_ACTORS)}))"
    rf" +{_DO}\b(?! +(?:to|was|is|from|of)\b)"
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
    rf" +to +(?!confirm|clarify|advise|explain|ensure){_DO}\b"
)
_UNDERTAKING = re.compile(rf"\b(?P<cue>{either(cues.PROMISING_VERBS)}) +{_ADVERB}(?:be +)?(?P<do>\w+)")
_MODAL = re.compile(
    rf"\b(?:would|will|shall)\b +(?P<negated>not +|never +|only +)?{_ADVERB}(?:(?P<do>{_DO})\b|(?P<goes>(?:issue|"
    rf"receive +an? +(?:\w+ +)?(?:letter|copy|report|reply|response|briefing|update|visit)|go +out)\b)|"
    rf"be +{_ADVERB}(?:(?P<doing>{_DOING})|(?P<done>{_DONE}))\b)"
)
_PLANNED = re.compile(
    r"\b(?:(?P<now>is|are)|was|were) +(?:now +|both +|all +)?to +be +(?:\w+ly +)?(?:\w+ed|sent|brought|written|"
    r"taken|done|made|given|put|set|cut|met|held|shown|built)\b"
)
_CONDITION = re.compile(rf"\b{either(cues.CONDITIONS)}\b")
_POSSIBLE = re.compile(r"\b(?:would|will|shall|to|[Cc]lerk)\b|^[A-Z][a-z]+ [a-z]")
_FINITE = re.compile(
    r"\b(?:ought|was|were|is|are|has|had|have|would|will|said|asked|advised|agreed|reported|explained|stated|noted|"
    r"felt|requested|suggested|need(?:s|ed)?|aim\w*|try\w*|likely|able|due|want(?:s|ed)?|wish\w*|like\w*|hop\w+|"
    r"continu\w+|seem\w*|appear\w*|used|unable|order|how|failed|going|planned|intend\w*|refus\w+|decided|"
    r"voted|proposed|resolved|recommended|scheduled|how)\b"
)
_NOUN_TO = re.compile(
    r"\b(?:need|right|power|ability|decision|proposals?|plans?|request|opportunity|aim|objective|permission|"
    r"funding|application|motion|applications?|commitment|invitation|recommendations?|options?|way|how|attempt|"
    r"work|thanks|due|according|addition|reference|response|relation|regard|subject|order|objection|to|chance|time|"
    r"measures|access|members were|a|an|of|minutes|failure|as|willingness|duty|aims|changes?|amendments?)$",
    re.I,
)


def find_promise(sentence: str, speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    """The promise in a sentence, None where there is none.

    speeches: as ``read_speech`` found them. speaking: who was speaking before this sentence, if it goes on
    without saying.
    """
    if sentence.rstrip().endswith("?"):
        return None
    promise = _find(sentence, speeches, speaking) if _POSSIBLE.search(sentence) else None
    return None if promise and _RECALLED.search(sentence) else promise


def _find(sentence: str, speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    note = _note(sentence)
    if note:
        return note
    tasked = _TASKED.search(sentence) if " that " in sentence else None
    if tasked:
        told = find_speaker(tasked["who"][:1].upper() + tasked["who"][1:])
        if told and told.kind not in (Kind.PUBLIC, Kind.PRONOUN, Kind.BODY) and told.name.lower() not in _PLURALS:
            return Promise(told.name, Confidence.STATED)
    to = " to " in sentence
    asked = _ASKED.search(sentence) if to else None
    if asked:
        told = find_speaker(asked["who"][:1].upper() + asked["who"][1:])
        if told and told.kind in (Kind.OFFICER, Kind.CHAIR, Kind.PERSON):
            return Promise(told.name, Confidence.STATED)
    undertaken = _undertaking(sentence, speeches, speaking) if to or " that " in sentence or " with " in sentence else None
    if undertaken:
        return undertaken
    if "ould " in sentence or "ill " in sentence or "hall " in sentence:
        for modal in _MODAL.finditer(sentence):
            promise = _modal(sentence, modal, speeches, speaking)
            if promise:
                return promise
    planned = _PLANNED.search(sentence) if to else None
    if (
        planned
        and not _CONDITION.search(sentence[: planned.start()].lower())
        and (planned["now"] or any(speech.act is Act.TELL for speech in speeches))
    ):
        return Promise(_speaker_name(speeches, speaking), Confidence.INFERRED)
    return None


def _note(sentence: str) -> Promise | None:
    to = " to " in sentence
    for match in _NOTE.finditer(sentence) if to else ():
        who = match["who"]
        if _FINITE.search(who) or (match["do"] and _NOUN_TO.search(who)):
            continue
        at_start = match.start("who") == 0
        if match["done"] and re.search(r"\b(?:by|from)\b", who):
            continue
        if match["done"]:
            return Promise(None, Confidence.STATED) if at_start else None
        speaker = find_speaker(who[:1].upper() + who[1:])
        kind = speaker.kind if speaker and speaker.start == 0 else None
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
    report = _NOTE_REPORT.match(sentence)
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
        and not re.match(r"(?:that|to|in|if|for|with)\b", sentence, re.I)
    ):
        return Promise(None, Confidence.INFERRED)
    if _IMPERATIVE.match(sentence) and sentence.rstrip()[-1] != ":" and "|" not in sentence:
        return Promise(None, Confidence.INFERRED)
    return None


_VAGUE = frozenset(
    "the a an this that his her its be have do say see note hear go leave wait agree accept support act take approve "
    "allocate hold pay adopt endorse receive work vote abstain remain stay await".split()
)


def _undertaking(sentence: str, speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    for match in _UNDERTAKING.finditer(sentence):
        cue = " ".join(match["cue"].split())
        zone = sentence[: match.start()]
        passive = cue.startswith(("was ", "were ", "is ", "are "))
        verb = match["do"].lower()
        if verb == "see" and re.match(r" +(?:that|if|whether|to)\b", sentence[match.end() :]):
            verb = "ensure"
        if cue.endswith("invited to") and verb in (
            "present",
            "introduce",
            "speak",
            "address",
            "comment",
            "ask",
            "give",
        ):
            continue
        if verb in _VAGUE and not cue.startswith(("undert", "promis", "volunt")):
            continue
        joined = zone.rsplit(" and ", 1)
        if passive and len(joined) == 2 and (own := find_speaker(joined[1])) and own.start == 0:
            zone = joined[1]  # "which has been noted, and Councillors are to check"
        if re.search(
            r"\b(?:which|who|not|if|whether|had|has|that was|that were)\b[^,]*$|\b[Ii]t was (?:proposed|moved|resolved)\b",
            zone,
        ) or _RECALLED.search(zone):
            continue
        speaker = find_speaker(zone)
        if passive:
            if (
                speaker is None
                or speaker.kind in (Kind.PUBLIC, Kind.PRONOUN)
                or (cue in ("was to", "were to", "is to", "are to") and not _acts(verb))
            ):
                continue
            if cue not in ("is to", "are to") and (speaker.kind is Kind.BODY or speaker.name.lower() in _PLURALS):
                continue
            return Promise(speaker.name, Confidence.IMPERSONAL)
        if speaker and (speaker.kind is Kind.BODY or speaker.name.lower() in _PLURALS):
            continue
        if speaker is None and re.search(r"\b(?:it|this|these|which|been)\b(?: was| were)?(?: \w+ly| also)* *$", zone):
            continue
        if speaker is None and not speeches:
            continue
        named = speaker.name if speaker and speaker.kind is not Kind.PRONOUN else _speaker_name(speeches, speaking)
        return Promise(named, Confidence.STATED)
    return None


_PLURALS = frozenset(
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
_RECALLED = re.compile(
    r"\b(?:at (?:the|its|a) (?:last|previous|recent|earlier)|previously|last (?:year|month))\b", re.I
)


def _acts(verb: str) -> bool:
    return any(action.split()[0] == verb for action in cues.ACTION_VERBS)


# A relative clause with a verb of its own is over before "would": "what traders had said would be sent".
_CLAUSE_DONE = re.compile(r"\b(?:had|have|has|was|were|is|are)(?: \w+ly| been| not)* [a-z]+(?: [a-z]+){0,3}[,]? *$")
_THAT = re.compile(r"\b(?:that|said|and|but|so|–|-|as)\b(?= )", re.I)


def _modal(sentence: str, match: re.Match[str], speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    if match["negated"] or (match["done"] == "dealt with" and sentence.startswith(" by", match.end())):
        return None
    if (
        match["done"]
        and re.match(
            r" +to +(?!(?:the|a|an|all|members|each|every|this|our|its|his|her|their)\b)[a-z]", sentence[match.end() :]
        )
        and match["done"].lower() in ("prepared", "asked", "invited", "requested", "required")
    ):
        return None
    zone = sentence[: match.start()]
    spoken = next((speech for speech in speeches if speech.end >= match.start() >= speech.start), None)
    clause = zone[spoken.start :] if spoken else zone
    if spoken and (spoken.act is Act.ASK or (spoken.act in (Act.OPINION, Act.RAISED) and not spoken.opened)):
        return None
    condition = list(_CONDITION.finditer(clause.lower()))
    if condition:
        # A condition that ended with a comma or a break well before the verb does not reach it: "which was
        # agreed, and she would".
        last = condition[-1]
        rest = clause[last.end() :]
        fresh = re.search(
            r"(?:, +and|;|\band) +(?:that +)?(?P<subject>he|she|they|we|I|(?:the|a) +\w+(?: +\w+){0,5})\s*$", rest
        )
        if (
            last[0].lower()
            in (
                "if",
                "whether",
                "unless",
                "where",
                "why",
                "how",
                "what",
                "ensure",
                "so that",
                "in order",
                "provided that",
                "when would",
            )
            or not fresh
        ) and not (last[0].lower() in ("what", "which", "who", "where") and _CLAUSE_DONE.search(rest)):
            return None
    if re.match(r"\s*For\b[^,]*\bthat\b", sentence) or re.search(r"\bNot\b", clause[:4]):
        return None
    tail = _after_break(zone)
    subject = find_speaker(tail)
    if match["done"] or match["goes"] or (match["do"] == "issue" and subject is None):
        if re.search(r"(?:^|\s)(?:these|those|they|which|not all)\s*$", tail, re.I):
            return None
        return Promise(
            _speaker_name(speeches, speaking), Confidence.IMPERSONAL if spoken or speaking else Confidence.INFERRED
        )
    if subject is None:
        return None
    if subject.kind is Kind.PUBLIC or subject.name.lower() in ("i",):
        return None
    if subject.kind is Kind.PRONOUN:
        if subject.name.lower() == "they" and not speeches:
            return None
        return Promise(_speaker_name(speeches, speaking), Confidence.STATED)
    if subject.name.isupper() and (speaking or speeches):
        return Promise(_speaker_name(speeches, speaking), Confidence.IMPERSONAL)
    return Promise(subject.name, Confidence.IMPERSONAL)


def _after_break(zone: str) -> str:
    """The stretch before a modal that can hold its subject: after the last "that", "and" or dash."""
    last = next(iter(list(_THAT.finditer(zone))[-1:]), None)
    comma = zone.rfind(", ")
    cut = max(last.end() if last else 0, comma + 2 if comma >= 0 else 0)
    tail = zone[cut:].strip()
    if not tail and last:
        return zone[: last.start()].strip()
    return tail


def _speaker_name(speeches: Sequence[Speech], speaking: str | None) -> str | None:
    for speech in reversed(speeches):
        if speech.act is Act.ANSWERED or speech.act is Act.RAISED:
            return speech.speaker.name if speech.speaker else None
        if speech.speaker and speech.speaker.kind is not Kind.PRONOUN:
            return speech.speaker.name
    return speaking


__all__ = ["Promise", "Speaker", "find_promise"]
