"""What a sentence or a heading says the meeting decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.wording import either


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in a text. verb: in capitals. start: where its words begin; part: where what was decided begins;
    end: where it ends. back: what was decided stands in the sentence before ("This was agreed")."""

    verb: str
    start: int
    part: int
    end: int
    confidence: float
    back: bool = False
    listed: bool = False


_HEADING = re.compile(
    rf"\W*(?:(?:and|it +was(?: +(?:then|also|therefore|unanimously|accordingly))?|(?:was +)?unanimously|duly|"
    rf"committee|council|cabinet|board|panel|(?:the +)?meeting|decision:) +)*"
    r"(?P<verb>resolved to recommend(?=[^a-z]*(?:\([^()]{2,60}\)\W*)?$)|"
    rf"{either(cues.HEADING_DECISIONS)})\b"
    r"(?P<how>,? +subject to [^:;.]{2,80}?(?=,? that\b|:)|"
    r" +(?:unanimously|accordingly|nem\.? con\.?|by \d[^:;.]{0,40}|(?:to|by) (?:the )?(?:full )?(?:council|"
    r"cabinet|executive)(?=\W))| *\((?!(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\))[^()]{0,60}\))*"
    r"(?P<stop> *[:;.–—-]+(?=\s|$)| *$| +(?=that\b|to\b)|, +(?=that\b|to\b)| +(?=[\"“‘(]?[A-Z(]))",
    re.I,
)
# "Resolved, proposed Cllr Ash, seconded Cllr Reed, that the fees be set".
_MOVED_HEADING = re.compile(
    r"\W*(?P<verb>resolved|agreed),? *\(?(?:proposed|moved)(?: by)? [^.;]{2,50}?,? (?:and )?"
    r"seconded(?: by)? [^.;]{2,50}?\)?"
    r",? +(?:that\b *)",
    re.I,
)
_REFERENCE = re.compile(r"\W*(?:no\.? *)?[A-Z]{0,6}[/.-]?\d[\w/.-]*\W*")
"""A number under which a resolution is filed ("RESOLVED TCB/24/18"), and nothing else."""
_ADDRESSEE = re.compile(r"\W*\((?:to|for) [^()]{2,50}\)\W*", re.I)
"""To whom it is recommended ("RECOMMENDED: (to Council)"), and nothing else."""
_THAT = re.compile(r"\s*(?:that\b(?![ ,]*$)[,:]? *|that\b[,:–—-]*\s*$|to\b *[:–—-]*\s*$)?")


@lru_cache(maxsize=512)
def heading_decision(text: str) -> Decided | None:
    """A block that starts with what was done ("RESOLVED - That", "AGREED:"), None otherwise."""
    head = text[:220]
    moved = _MOVED_HEADING.match(head)
    if moved:
        return Decided(cues.DECISION_VERBS[moved["verb"].lower()], 0, moved.end(), len(text), Confidence.LISTED)
    match = _HEADING.match(head)
    if match is None:
        return None
    verb = match["verb"]
    before = text[: match.start("verb")].strip(' *_"“‘')
    if not verb[0].isupper():
        return None
    rest = text[match.end() :]
    alone = bool(match["stop"].strip(" .")) or not rest.strip()
    if not verb.isupper():
        # "Agreed that" and "Resolved:" decide; "Resolution of the boundary" does not, nor "Decision Notice".
        if not alone and not re.match(r"(?:that|to)\b", rest.lstrip()):
            return None
        if before and not re.fullmatch(r"(?:and|it was|unanimously)", before, re.I):
            return None
        if verb.lower() in ("decision", "resolution", "noted", "recommended", "approved") and not alone:
            return None
    if re.fullmatch(r"\W*(?:the )?recommendations?\W*", rest, re.I):
        return None  # "AGREED RECOMMENDATIONS", on a page that prints them elsewhere
    if verb.isupper() and re.match(r"\s*(?:that )?(?:on|at) the (?:last|previous)", rest):
        return None
    part = match.end()
    that = re.match(r"\s*(?:that|to)\b *[:–—-]*\s*$|\s*that\b[,:]? +(?=\S)", rest)
    if that:
        part += that.end()
    part += len(text[part:]) - len(text[part:].lstrip())
    listed = not text[part:].strip(" :–—-")
    if not listed and (_ADDRESSEE.fullmatch(text, part) or _BODY_DECIDED.fullmatch(text, part)):
        part, listed = len(text), True
    if not listed and _REFERENCE.fullmatch(text, part):
        part, listed = len(text), True
    name = cues.DECISION_VERBS[verb.lower()]
    return Decided(name, match.start("verb"), part, len(text), Confidence.LISTED, listed=listed)


_BODY_DECIDED = re.compile(
    rf"(?:the +)?(?:[\w&-]+ +){{0,4}}?{either(cues.COLLECTIVES)} +(?:unanimously +)?"
    r"(?:agreed|resolved|decided|approved)(?: +(?:that|to))?\W*",
    re.I,
)
"""Who decided, and nothing else ("DECISION: The Cabinet agreed"), in front of a list."""
_ADVERBS = r"(?:(?:\w+ly|also|then|therefore|further|again|all|both|nem con|hereby|subsequently|now) +)*"
_CAPITALS = re.compile(
    r"\b(?P<verb>AGREED|RESOLVED|RECOMMENDED|APPROVED|NOTED|DECIDED|CARRIED|DEFERRED|ENDORSED|LOST)"
    r"\b(?P<colon> *[:–—-]+(?= ))?"
)
_OF_MOTION = re.compile(
    r"\b(?:motion|amendment|proposal)\b.{0,30}\b(?:was|were|and|being)(?: \w+ly)? "
    r"+(?:declared +)?$",
    re.I,
)
_IT_WAS = re.compile(
    rf"\b[Ii]t +(?:was|is)(?:, +[^,]{{3,90}},)? +{_ADVERBS}(?P<verb>agreed|resolved|decided|recommended|ordered)"
    rf"(?: +{_ADVERBS}|, +[^,]{{3,60}}, +| +by [^,]{{3,60}}? +| *)(?=(?:that|to|not|there)\b|[:–—-]|[a-z])"
)
_WHO = either([who for who in cues.COLLECTIVES if who != "mayor"])
_COLLECTIVE = re.compile(
    rf"(?:^|[ ,(])(?:[Tt]he +|[Aa]ll +)?(?:joint +|scrutiny +|parish +|town +|community +|"
    rf"full +)?{_WHO}(?: +members| +present| +of the [A-Za-z ]{{3,40}}?)? +{_ADVERBS}"
    r"(?P<verb>agreed|resolved|decided|approved|recommended|noted|endorsed|accepted|adopted|ratified|deferred)"
    r"\b(?P<rest>.{0,160})",
    re.I,
)
_COLLECTIVE_SEQUEL = re.compile(
    rf"^(?:[Tt]he +){{0,1}}(?:(?:[\w&-]+ +){{1,3}}(?=committee|panel|board)){{0,1}}"
    rf"{_WHO}\b[^.;]{{3,160}}?(?:,)? +and +{_ADVERBS}(?P<verb>resolved|agreed|decided|approved)"
    rf" +(?P<rest>(?:to|that)\b.*)",
    re.I,
)
_FIRST = re.compile(
    r"^(?P<verb>Agreed|Resolved|Decided|Deferred|Unanimously agreed|Approved)(?: +unanimously)? *(?P<rest>(?:that|"
    r"to|until|not to)\b.{6,}|[:–—-] *\S.+)"
)
_PASSIVE = re.compile(
    rf"^(?P<what>(?:.{{0,200}}?, +)?(?:[Tt]he|[Tt]hese|[Aa]ll|[Bb]oth|[Aa]n?|[Aa]mendments?|[Pp]ayments?|"
    rf"[Aa]ccounts) ?.{{2,220}}?) +(?:was|were) +{_ADVERBS}(?P<verb>agreed|approved|adopted|accepted|endorsed|"
    rf"deferred|carried|lost|defeated|ratified|noted)\b(?P<rest>.{{0,90}})$"
)
_PROPOSED_AND = re.compile(
    r"\b(?:proposed|moved)\b[^.;]{2,160}?(?:,| and)+ +(?:it was +)?(?:unanimously +|duly +)?(?P<verb>resolved|"
    r"agreed)\b(?: unanimously)?,? +(?=(?:that|to|not to)\b)",
    re.I,
)
_ALL = re.compile(r"(?:^|[–—-] *|, *)(?:all|both|payments?) +(?P<verb>approved|agreed|accepted)\W*$", re.I)
_CREDITS = re.compile(r"\W*(?:prop(?:osed|oser|\.)|moved|seconded|sec\.)", re.I)
_BACK = re.compile(
    rf"^(?:(?:[Uu]p)?[Oo]n (?:being )?(?:put to (?:the|a) vote|a (?:recorded |show of hands )?vote)"
    rf"[^,]{{0,40}},? +)?(?P<what>[Tt]his|[Tt]hat|[Ii]t|[Tt]he (?:\w+ )?(?:motion|proposal|amendment|"
    rf"recommendation|suggestion)s?(?: as amended)?(?:, set out below,|, as set out below,)?|[Tt]hese) +"
    rf"(?:(?:was|were) +(?:put to the vote|voted (?:up)?on)(?:,? and|,) +)?(?:(?:was|were)"
    rf" +)?{_ADVERBS}(?:declared +)?(?P<verb>agreed|AGREED|carried|CARRIED|approved|APPROVED|resolved|accepted|"
    rf"lost|LOST|defeated|DEFEATED)(?: +(?:unanimously|by all.*|by \d.*|by .{{1,30}} votes.*|nem.*|on a .*|"
    rf"by the .*|with .*|and .{{0,60}}))?\W*$"
)
_VOTED = re.compile(
    r"(?:(?:[Uu]p)?[Oo]n (?:a|being put to the|the) (?:recorded )?vote,? +)?.{3,120}? voted (?:for|in favour of) the"
    r" (?:\w+ )?(?:motion|proposal|amendment).{0,80}?\b(?:it|the (?:\w+ )?(?:motion|proposal|amendment)) was (?:\w+ )?"
    r"(?:declared +)?(?P<verb>carried|lost|CARRIED|LOST)\W*$"
)
_RECALLING = re.compile(
    rf"\b{either(cues.RECALLING)}\b|\b[Ii]n (?:[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|"
    rf"[Aa]ugust|"
    rf"[Ss]eptember|[Oo]ctober|[Nn]ovember|[Dd]ecember)(?: (?:19|20)\d\d| last(?: year)?)?,? (?:it|[Tt]he|"
    rf"[Mm]embers)\b|\b[Aa]t (?:a|an|the|its|their) (?:\w+ ){{0,5}}[Mm]eeting\b(?!,? *(?:it|"
    rf"on the proposal))|\bAt (?:a|the) (?:recent |\w+ ){{0,4}}[Mm]eeting it\b",
    re.I,
)
_DECIDING = re.compile(
    r"\b(?:be|should|would|will|shall|to|must|give|meet|write|support|form|continue|proceed|go|hold|ask|receive|"
    r"consider|purchase|appoint|accept|adopt|approve|pay|request|send|seek|set|submit|contribute|attend|invite|"
    r"take)\b"
)
_OPINION = re.compile(
    r" +that +(?:it|this|there|they|he|she|these|[a-z, ]{2,40}?) +(?:was|were|is|are|had|has)\b(?! +(?:to|not to)\b)"
)
_NOTEWORTHY = re.compile(
    r"\s*(?:(?:the|this|that|these|both|a|an|his|her|their|its)\s+)?(?:[\w'’-]+\s+){0,4}?(?:report|reports|update|"
    r"updates|proposal|proposals|presentation|contents?|position|information|correspondence|progress|minutes|plan|"
    r"programme|letter|accounts|figures|statement|dates?|response|recommendations?|schedule|decision|decisions|"
    r"document|strategy|budget|issue|situation|outcome|content|performance|list|summary|results)\b",
    re.I,
)


def find_decision(sentence: str) -> Decided | None:
    """The decision that a sentence in running prose takes, None where it takes none or recalls one."""
    if not _POSSIBLE.search(sentence.lower()):
        return None
    return _find(sentence)


@lru_cache(maxsize=256)
def _find(sentence: str) -> Decided | None:
    back = _BACK.match(sentence) or _VOTED.match(sentence)
    if back:
        return Decided(cues.DECISION_VERBS[back["verb"].lower()], 0, 0, len(sentence), Confidence.IMPERSONAL, back=True)
    if sentence.rstrip().endswith("?"):
        return None
    capitals = _CAPITALS.search(sentence)
    if capitals and not sentence.isupper():
        if _RECALLING.search(sentence, 0, capitals.end()):
            return None
        if capitals["verb"] in ("CARRIED", "LOST") and _OF_MOTION.search(sentence, 0, capitals.start()):
            return Decided(
                cues.DECISION_VERBS[capitals["verb"].lower()], 0, 0, len(sentence), Confidence.STATED, back=True
            )
        rest = sentence[capitals.end() :].strip(" .:–—-")
        if rest:
            return _decided(sentence, capitals["verb"], capitals.start(), capitals.end(), Confidence.STATED)
        return Decided(cues.DECISION_VERBS[capitals["verb"].lower()], 0, 0, len(sentence), Confidence.STATED)
    it_was = _IT_WAS.search(sentence)
    if it_was:
        if (
            _OPINION.match(sentence, it_was.end("verb"))
            or _RECALLING.search(sentence, 0, it_was.end())
            or re.match(r" *(?:with|by|in|at|on|as)\b", sentence[it_was.end() :])
        ):
            return None
        return _decided(sentence, it_was["verb"], it_was.start(), it_was.end("verb"), Confidence.IMPERSONAL)
    proposed = _PROPOSED_AND.search(sentence)
    if proposed:
        return _decided(sentence, proposed["verb"], proposed.start("verb"), proposed.end("verb"), Confidence.STATED)
    return _collective(sentence) or _fragment(sentence) or _passive(sentence)


_FARTHEST = 3000
"""A sentence longer than this is none; its decision is not looked for further on."""
_POSSIBLE = re.compile(rf"\b{either([*cues.DECISION_VERBS, 'agreement'])}\b")


_TO_WHOM = re.compile(
    r" +to +(?:the +)?(?:full +)?(?:[A-Z][\w&-]+ +){0,4}?(?:[Cc]ouncil|[Cc]abinet|[Ee]xecutive|[Bb]oard|[Cc]ommittee)"
    r",? +(?=that\b)"
)


def _decided(sentence: str, verb: str, start: int, after: int, confidence: float) -> Decided:
    part = after
    if verb.lower() == "recommended" and (whom := _TO_WHOM.match(sentence, after)):
        part = whom.end()
    while part < len(sentence) and sentence[part] in " ,:;–—-.":
        part += 1
    how = re.match(r"(?:unanimously|accordingly|therefore)\b[,.]? *", sentence[part:])
    if how:
        part += how.end()
    end = len(sentence)
    if not sentence[part:end].strip(" .:"):
        part = 0
    return Decided(cues.DECISION_VERBS[verb.lower()], min(start, part), part, end, confidence)


def _collective(sentence: str) -> Decided | None:
    agreement = re.search(
        rf"\b(?:{_WHO}) +(?:were|was|are) +(?:all +)?in +(?:full +)?agreement +(?=(?:that|to)\b)", sentence, re.I
    )
    if agreement and not _RECALLING.search(sentence, 0, agreement.end()):
        return _decided(sentence, "agreed", agreement.start(), agreement.end(), Confidence.INFERRED)
    for pattern in (_COLLECTIVE, _COLLECTIVE_SEQUEL):
        for match in pattern.finditer(sentence, 0, _FARTHEST):
            verb, rest = match["verb"].lower(), match["rest"]
            if _RECALLING.search(sentence, 0, match.end("verb")) or re.search(
                r"\b(?:if|whether|which|who|when|as|that) +(?:the +)?$", sentence[: match.start() + 1]
            ):
                continue
            if not _takes(verb, rest) or _OFFICE.search(sentence, 0, match.start("verb")):
                continue
            start = match.start("verb")
            return _decided(sentence, verb, start, match.end("verb"), Confidence.IMPERSONAL)
    return None


_OBSERVED = re.compile(r"that\b[^.;]{3,160}\b(?:was|were|is|are|had|has|have|would|could|should|did)\b")
_ASIDE = re.compile(r", (?:which|who|as)\b[^,]{2,80},")


# "The Vice-Chairman of the Board agreed to": one person, of whose office a body is a part.
_OFFICE = re.compile(
    r"\b(?:(?:vice-?|deputy )?chair\w*|vice-chair\w*|convener|head|director|manager|leader|secretary|clerk|"
    r"representatives?)"
    r" of (?:the )?(?:[\w&'’-]+ ){0,6}$",
    re.I,
)
_HELD = re.compile(
    r"that (?:the |an? |our |their |its )(?:[\w’'-]+ ){1,4}(?:was|were|is|are|had|has) "
    r"(?!to |be |been |now |approved|noted|accepted|agreed|adopted|confirmed|\w+ed )"
)


def _takes(verb: str, rest: str) -> bool:
    """Whether what follows the verb is a decision and not an opinion or an observation."""
    rest = rest.strip()
    if not rest.strip(" ."):
        return False
    if verb == "noted":
        return bool(_NOTEWORTHY.match(rest)) and not _OBSERVED.match(rest)
    if re.match(r"(?:with|on the need|in principle that it was|about)\b", rest) or rest.startswith("and "):
        return False
    if re.match(r"the following\b[^:]*$", rest):
        return False  # what was decided stands beneath
    if rest.startswith("that") and _HELD.match(rest):
        return False
    if rest.startswith("that"):
        # "agreed that the report be noted" decides; "agreed that it was important" does not.
        rest = _ASIDE.sub("", rest)
        clause = re.split(r"[,;]| although | because ", rest[:110], maxsplit=1)[0]
        return (
            bool(_DECIDING.search(clause[4:]))
            and not re.match(r"that (?:although|while|whilst)", rest)
            and not re.match(r"that (?:it|this|there|they|he|she|these) (?:was|were|is|are|had|has)\b", rest)
        )
    return True


def _fragment(sentence: str) -> Decided | None:
    first = _FIRST.match(sentence)
    if first:
        verb = first["verb"].split()[-1]
        return _decided(sentence, verb, 0, first.start("rest"), Confidence.IMPERSONAL)
    together = _ALL.search(sentence)
    if together and len(sentence) < 400 and not _CREDITS.match(sentence):
        start = together.start() + len(together[0]) - len(together[0].lstrip(" –—-,"))
        return Decided(cues.DECISION_VERBS[together["verb"].lower()], start, start, len(sentence), Confidence.INFERRED)
    return None


def _passive(sentence: str) -> Decided | None:
    match = _PASSIVE.match(sentence)
    if match is None or _RECALLING.search(sentence) or len(sentence.split()) > 60:
        return None
    verb, what, rest = match["verb"], match["what"], match["rest"]
    if re.search(r"\b(?:which|who|if|whether|that|when|it|not)\b *$", what) or re.match(
        r" +(?:by|at|in|for|that|to be|with(?! the addition))\b(?! (?:all|the (?:committee|council|board|members|"
        r"panel|cabinet|meeting)|\d+ votes))",
        rest,
    ):
        return None
    if re.search(
        r"\b(?:which|who|if|whether|asked|said|advised|explained|reported|stated|confirmed|once|until|after|before|"
        r"should|provided|put to the vote|withdrawn)\b",
        what,
    ):
        return None
    if verb == "noted" and not _NOTEWORTHY.match(what):
        return None
    if verb in ("agreed", "accepted", "adopted", "approved", "noted") and len(sentence.split()) > 30:
        return None
    comma = what.rfind(", ")
    start = comma + 2 if comma > 0 and what[:2] in ("In", "On", "Fo", "Af") else 0
    return Decided(cues.DECISION_VERBS[verb], start, start, len(sentence), Confidence.INFERRED)
