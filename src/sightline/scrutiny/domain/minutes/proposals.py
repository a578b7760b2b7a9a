"""Proposals in running prose ("A proposed that ..., seconded by B"), the votes on them, and what a working "
"group asks."""

from __future__ import annotations

import re

from sightline.scrutiny.domain.minutes.resolutions import OpenPart, trimmed
from sightline.scrutiny.domain.minutes.sentences import Sentence

_PROPOSAL = re.compile(
    r"\b(?:it was +)?(?:then +)?(?<!the )(?<!this )(?<!a )(?:proposed|moved)"
    r"\b(?: +by (?:[^,.;]|(?<=llr)\.|(?<=Mr)\.|(?<=Mrs)\.|(?<= [A-Z])\.){2,60}?)?(?:,? +(?:and +)?seconded by "
    r"(?:[^,.;]|(?<=llr)\.|(?<=Mr)\.|(?<=Mrs)\.|(?<= [A-Z])\.){2,50}?(?=,| (?:that|to)\b)"
    r")?,? +(?P<what>(?:that|to|not to)\b.+?|(?!by\b|and\b|the (?:motion|amendment)\b)\w.+?)"
    r"(?:,? +(?:and +)?(?:this was +|which was +|it was +|(?:Cllr|Councillor|Mr|Mrs|Ms|Miss)"
    r"\.? [^,.;]{2,30} )?(?:seconded|2nd|Seconded)\b(?! by [^,.;]{2,50},? (?:that|to)\b)[^.]{0,60}|(?<=\.)|$)",
)
_PROPOSED_THAT = re.compile(
    r"\W*(?:Proposed|Moved) by [^,;]{2,60},? (?:and )?[Ss]econded by [^,;]{2,60}, +(?P<what>[Tt]hat\b.+)$"
)
_VOTE = re.compile(
    r"\W*(?:(?:the |on being put to the )?(?:motion|vote|proposal|this)\W+(?:was +|"
    r"were +)?(?:put (?:to the vote )?and +)?)?(?P<verb>(?:all )?(?:councillors|members|cllrs|present) (?:were |"
    r"was )?(?:all )?in (?:favour|agreement)(?! that| to)|carried|lost|defeated|not carried|fell|rejected|all "
    r"(?:in favour|"
    r"agreed|in agreement)|unanimously (?:agreed|approved|carried)|unanimous(?: approval)?|agreed(?: unanimously)?|"
    r"approved|passed|vote carried|agreed by all)\b.{0,40}$",
    re.I,
)
# "On a vote, ten Members voted for the motion and two against and it was declared carried."
_COUNTED = re.compile(
    r"\W*(?:(?:up)?on (?:a|being put to the|the) (?:recorded )?vote,? +)?.{3,120}?"
    r" (?:voted )?(?:for|in favour)\b.{3,120}?"
    r"\b(?:it|the (?:\w+ )?(?:motion|proposal|amendment)) was (?:\w+ )?"
    r"declared +(?P<verb>carried|lost|passed|defeated)\W*$",
    re.I,
)
_SECONDS = re.compile(
    r"\W*(?:(?:(?:this|the (?:motion|proposal|amendment)) was )?(?:duly )?seconded\b.{0,60}|(?:the )?\S+ "
    r".{0,40}\bseconded"
    r"(?: (?:the|this) (?:motion|proposal|amendment)| this| it)?|.{0,30}\brecorded vote\b.{0,60})\W*$",
    re.I,
)
_COUNT = re.compile(r"\W*\d+ +(?:votes? )?(?:for|in favour|against)\b.{0,80}$", re.I)
_IN_FAVOUR = re.compile(r"\b(?:all (?:in favour|agreed|in agreement)|carried|unanimous\w*|agreed|approved)\W*$", re.I)
_ASKS = re.compile(
    r"\b(?:[Tt]ask (?:and [Ff]inish )?[Gg]roup|[Ww]orking (?:[Pp]arty|[Gg]roup)|[Rr]eview [Gg]roup|"
    r"[Ss]ub-?[Gg]roup|[Ss]teering [Gg]roup|"
    r"[Ss]crutiny [Rr]eview|[Tt]ask [Ff]orce)(?:['’]?s?)\b[^.;]{0,60}?\b(?:(?:also |further |therefore "
    r")?recommends|(?:had )?concluded and recommends|"
    r"recommendations?(?: to [^.;,]{3,40})? (?:was|were|is|are)(?: as follows)?|is recommending|are "
    r"recommending)\b,? *(?=(?:that|to)\b)"
    r"|\b(?:[Ii]ts|[Tt]heir|[Tt]he (?:[Gg]roup|[Pp]anel|[Rr]eview)['’]s)(?: \w+){0,2} recommendations? "
    r"(?:was|were|is|are)(?: as follows)?[:,]?[–—-]* *(?=\(?[1ai][.)]|[Tt](?:hat|o)\b)"
    r"|\b[Rr]eport recommended *: *[–—-]* *(?=\(?[1ai][.)]|[Tt](?:hat|o)\b)"
    r"|\b[Rr]ecommendations? of the (?:[Tt]ask|[Ww]orking|[Rr]eview|[Ss]crutiny)\b[^.;]{0,40}?\b(?:was|were|is|"
    r"are),? *(?=(?:that|to)\b)"
)


def find_proposal(sentence: Sentence) -> OpenPart | None:
    """What a sentence says was proposed, None where nothing was."""
    found = _PROPOSED_THAT.match(sentence.text)
    if found is None and ("proposed" in sentence.text or "moved" in sentence.text):
        found = _PROPOSAL.search(sentence.text)
    if found is None:
        return None
    left, right = trimmed(sentence.text, found.start("what"), found.end("what"))
    return OpenPart(sentence.at(left), sentence.to(right), None) if right - left >= 6 else None


def carried_at_once(sentence: Sentence, part: OpenPart) -> bool:
    """Whether the sentence that proposes tells of the vote too."""
    return bool(_IN_FAVOUR.search(sentence.text, min(len(sentence.text), part.end - sentence.start)))


def find_vote(text: str) -> str | None:
    """The verb of a sentence that only tells how a vote went; None for any other."""
    voted = _VOTE.match(text) or _COUNTED.match(text)
    return _verb_of(voted["verb"]) if voted else None


def leaves_open(text: str) -> bool:
    """Whether a sentence stands between a proposal and its vote: who seconded it, how many were for it."""
    return bool(_SECONDS.match(text) or _COUNT.match(text))


def find_asking(text: str) -> int | None:
    """Where begins what those recommend who looked into the matter: "The Working Group recommends that"."""
    found = _ASKS.search(text) if "ecommend" in text else None
    return found.end() if found else None


def _verb_of(vote: str) -> str:
    """The verb of a vote: what was lost, what was agreed or approved in so many words, else carried."""
    word = vote.lower().split()[0]
    if word in ("lost", "defeated", "not", "fell", "rejected"):
        return "LOST"
    return {"agreed": "AGREED", "approved": "APPROVED"}.get(word, "CARRIED")
