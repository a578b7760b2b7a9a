"""What a sentence says somebody will do: note forms ("Clerk to write"), undertakings, "would" or "will"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.notes import ADVERB, DO, DONE, PLURALS, Promise, find_note, find_task
from sightline.scrutiny.domain.minutes.speakers import Kind, Speaker, find_speaker
from sightline.scrutiny.domain.minutes.speech import Act, Speech
from sightline.scrutiny.domain.minutes.wording import either


def _gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    stem = first[:-1] if first.endswith("e") and not first.endswith("ee") else first
    return f"{stem}ing{' ' + rest if rest else ''}"


_DOING = either([_gerund(verb) for verb in cues.ACTION_VERBS])
_UNDERTAKING = re.compile(rf"\b(?P<cue>{either(cues.PROMISING_VERBS)}) +{ADVERB}(?:be +)?(?P<do>\w+)")
_MODAL = re.compile(
    rf"\b(?:would|will|shall)\b +(?P<negated>not +|never +|only +)?{ADVERB}(?:(?P<do>{DO})\b|(?P<goes>(?:issue|"
    rf"receive +an? +(?:\w+ +)?(?:letter|copy|report|reply|response|briefing|update|visit)|go +out)\b)|"
    rf"be +{ADVERB}(?:(?P<doing>{_DOING})|(?P<done>{DONE}))\b)"
)
_PLANNED = re.compile(
    r"\b(?:(?P<now>is|are)|was|were) +(?:now +|both +|all +)?to +be +(?:\w+ly +)?(?:\w+ed|sent|brought|written|"
    r"taken|done|made|given|put|set|cut|met|held|shown|built)\b"
)
_CONDITION = re.compile(rf"\b{either(cues.CONDITIONS)}\b")
_POSSIBLE = re.compile(r"\b(?:would|will|shall|to|[Cc]lerk)\b|^[A-Z][a-z]+ [a-z]")


def find_promise(sentence: str, speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    """The promise in a sentence, None where there is none.

    speeches: as ``read_speech`` found them. speaking: who was speaking before this sentence, if it goes on
    without saying.
    """
    if not _POSSIBLE.search(sentence) or sentence.rstrip().endswith("?"):
        return None
    promise = _find(sentence, speeches, speaking)
    return None if promise and _RECALLED.search(sentence) else promise


def _find(sentence: str, speeches: Sequence[Speech], speaking: str | None) -> Promise | None:
    note = find_note(sentence) or find_task(sentence)
    if note:
        return note
    to = " to " in sentence
    undertaken = (
        _undertaking(sentence, speeches, speaking) if to or " that " in sentence or " with " in sentence else None
    )
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
        onward = verb == "take" and re.match(r" +(?:back|forward|up|away|on board)\b", sentence[match.end() :])
        if verb in _VAGUE and not onward and not cue.startswith(("undert", "promis", "volunt")):
            continue
        given = _WHICH.search(zone) if not passive else None
        if given and (own := find_speaker(given["who"])) and own.start == 0 and own.kind is not Kind.BODY:
            return Promise(own.name, Confidence.STATED)  # "details, which the Clerk promised to supply"
        joined = zone.rsplit(" and ", 1)
        if passive and len(joined) == 2 and (own := find_speaker(joined[1])) and own.start == 0:
            zone = joined[1]  # "which has been noted, and Councillors are to check"
        if re.search(
            r"\b(?:which|who|not|if|whether|had|has|that was|that were)\b[^,]*$|\b[Ii]t was (?:proposed|moved|"
            r"resolved)\b",
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
            if cue not in ("is to", "are to") and (speaker.kind is Kind.BODY or speaker.name.lower() in PLURALS):
                continue
            return Promise(speaker.name, Confidence.IMPERSONAL)
        if speaker and (speaker.kind is Kind.BODY or speaker.name.lower() in PLURALS):
            continue
        if speaker is None and re.search(r"\b(?:it|this|these|which|been)\b(?: was| were)?(?: \w+ly| also)* *$", zone):
            continue
        if speaker is None and not speeches:
            continue
        named = speaker.name if speaker and speaker.kind is not Kind.PRONOUN else _speaker_name(speeches, speaking)
        return Promise(named, Confidence.STATED)
    return None


_WHICH = re.compile(r", which (?P<who>(?:the )?[A-Z][^,;]{2,60}) +$")
_RECALLED = re.compile(
    r"\b(?:at (?:the|its|a) (?:last|previous|recent|earlier)|previously|last (?:year|month)|"
    r"had (?:previously |already )?(?:been )?(?:agreed|promised|resolved|undertaken|said) (?:that|to))\b",
    re.I,
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
    spoken = next((speech for speech in reversed(speeches) if speech.end >= match.start() >= speech.start), None)
    clause = zone[spoken.start :] if spoken else zone
    stop = max(zone.rfind("; "), zone.rfind(", ") if match[0].startswith("will") else -1)
    if spoken and stop > spoken.start and (own := find_speaker(zone[stop + 2 :].strip())) and own.start == 0:
        spoken, clause = None, zone[stop + 2 :]  # another clause, with a subject of its own
    if spoken and (spoken.act is Act.ASK or (spoken.act in (Act.OPINION, Act.RAISED) and not spoken.opened)):
        return None
    clause = _DETAILING.sub("", clause) if match["done"] else clause
    if _ASSURANCE.search(clause):
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
        if spoken and spoken.act is Act.TELL and _AND.search(zone):
            return Promise(_speaker_name(speeches, speaking), Confidence.IMPERSONAL)
        return None
    if subject.kind is Kind.PUBLIC or subject.name.lower() in ("i",):
        return None
    if subject.kind is Kind.BODY and match["do"] in ("start", "begin", "close", "open", "continue"):
        return None  # when the next meeting starts
    if subject.kind is Kind.PERSON and _DEED.match(subject.name):
        return None
    if subject.kind is Kind.PRONOUN:
        if subject.name.lower() == "they" and not speeches:
            return None
        return Promise(_speaker_name(speeches, speaking), Confidence.STATED)
    if subject.name.isupper() and (speaking or speeches):
        return Promise(_speaker_name(speeches, speaking), Confidence.IMPERSONAL)
    return Promise(subject.name, Confidence.IMPERSONAL)


# Who wants to be assured of it does not promise it.
_ASSURANCE = re.compile(r"\b(?:seek\w*|sought|want\w*|ask\w*|request\w*)\b[^,;]{0,30}\b(?:re)?assurances?\b")
# "Implementation of the plan would ensure" tells of a thing; nobody is called so.
_DEED = re.compile(r"\w+(?:tion|ment|sion|ance|ence|ity|ness|ing|ure)s?(?: |$)")
_AND = re.compile(r"\b(?:and|but) (?:that )?$")
# "A report detailing how it is done would be presented": the "how" belongs to the report.
_DETAILING = re.compile(
    r"\b(?:detailing|explaining|outlining|showing|describing|setting out|stating) (?:how|what|why|where|which|who)\b"
)


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
