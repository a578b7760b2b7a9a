"""Follows one matter across bodies: does this item of these minutes deal with what another body recommended?

Recommendations that were asked together, in one item of one minute, are one *matter*. An item of later minutes is
compared with the matters that share its rarer words or the name of who asked, found through an inverted index, so that
the number of all recommendations hardly counts. What is found is a proposal with its reasons; a clerk decides.

Nothing here depends on the order of its input or on chance: the same minutes give the same proposals.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache, partial

from sightline.scrutiny.domain.outcomes import Said, Which, said_in, verdicts_on

LONGEST_WAIT_DAYS = 548
"""A matter that was asked longer ago (eighteen months) is not expected to turn up for the first time."""

PROPOSE_FROM = 0.45
"""Confidence below which nothing is proposed: a clerk who is asked too often stops reading."""

QUOTED_FROM = 0.55
"""How much of a recommendation's weight of words a resolution must share to be taken for its quotation."""


class Step(StrEnum):
    """What a body may do with a recommendation, for its own council."""

    CONSIDERATION = "consideration"
    DECISION = "decision"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class LinkState(StrEnum):
    """What became of a proposed link."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation at the council in question. ``key`` is handed back; ``number`` as printed, may be empty."""

    key: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What was recommended together: one item of one minute.

    key, minute: the item and its minute, by any numbers that tell them apart.
    names: what minutes call those who asked: the body, its aliases, whoever presented the report.
    """

    key: int
    minute: int
    title: str
    names: tuple[str, ...]
    asked_on: datetime.date
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution, or a part of one. ``verb``: what introduces it, in capitals."""

    key: int
    text: str
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """An item of the minutes of a body that may consider or decide for its council.

    key, minute: as for a matter; an item that brought a matter itself has the same key.
    text: the whole text of the item, its resolutions included.
    """

    key: int
    minute: int
    title: str
    text: str
    held_on: datetime.date
    resolved: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a passage deals with a recommendation.

    outcome: what it seems to say became of it, as a consideration or decision; empty where it does not say.
    confidence: from 0 to 1. why: sentences, the strongest reason first.
    """

    passage: int
    asked: int
    outcome: str
    confidence: float
    why: tuple[str, ...]


_WORD = re.compile(r"[^\W\d_]{3,}|\d{4,}")
_COMMON = frozenset(
    "the and that for with from this these those which who whom whose been being have has had was were will would "
    "shall should could can may might must not nor but any all each every more most some such than then there "
    "their they them its our your his her she him you are into onto upon under over within without about after "
    "before between during also only very other another further same how what when where why one two three four "
    "five six seven eight nine ten report reports recommendation recommendations recommended resolved agreed "
    "noted accepted approved deferred rejected council councils committee panel board cabinet executive member "
    "members councillor councillors chairman chair meeting meetings minutes item items officer officers portfolio "
    "holder considered consider consideration presented following points raised advised asked confirmed stated "
    "made make makes set out take taken put was new used use uses partnership service services".split()
)  # fmt: skip


def words_in(text: str) -> frozenset[str]:
    """The words of a text that can tell one matter from another: without common ones, plurals as singulars."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _COMMON)


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word


def fold_name(name: str) -> str:
    """A body's name so that it can be found in a text: small letters and digits, single spaces, no "the"."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return " ".join(word for word in words if word != "the")


class _Known:
    """A matter with what is looked up of it often."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.title = words_in(matter.title)
        self.names = tuple(sorted({fold_name(name) for name in matter.names if len(fold_name(name)) > 5}))

    @cached_property
    def texts(self) -> tuple[frozenset[str], ...]:
        return tuple(words_in(asked.text) for asked in self.matter.asked)

    @cached_property
    def words(self) -> frozenset[str]:
        return self.title.union(*self.texts)

    @cached_property
    def words_in_order(self) -> tuple[str, ...]:
        return tuple(sorted(self.words))


@lru_cache(maxsize=4096)
def _known(matter: Matter) -> _Known:
    """Kept for a while: a backlog of minutes is compared with the same open matters file after file."""
    return _Known(matter)


class Matters:
    """Matters that are open at one council, so that those near to an item are found without looking at all.

    Building takes time in proportion to the words of the recommendations; asking, to the matters that share a rare word
    or a name with the item.
    """

    # A word that so many matters share tells nothing, and would bring them all in.
    MOST_SHARING = 200
    # A name is shared by all that a body ever asked; the latest are the likely ones.
    LATEST_OF_A_NAME = 60

    def __init__(self, matters: Iterable[Matter]) -> None:
        self._known = {
            matter.key: _known(matter) for matter in sorted(matters, key=lambda one: (one.asked_on, one.key))
        }
        self._with_word: dict[str, list[int]] = {}
        self._with_name: dict[str, list[int]] = {}
        self._weights: dict[str, float] = {}
        for key, known in self._known.items():
            for word in known.words_in_order:
                self._with_word.setdefault(word, []).append(key)
            for name in known.names:
                self._with_name.setdefault(name, []).append(key)

    def __len__(self) -> int:
        return len(self._known)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer among matters, the more; none where all have it, among many."""
        weight = self._weights.get(word)
        if weight is None:
            having = len(self._with_word.get(word, ()))
            weight = self._weights[word] = math.log(1 + (len(self._known) + 4) / (having + 1))
        return weight

    def weigh(self, words: Iterable[str]) -> float:
        return sum(self.weight(word) for word in sorted(words))

    def near(self, item: Heard) -> list[tuple[_Known, Nearness]]:
        """The matters that an item may deal with, the nearest first; none from after it or from too long ago."""
        title = words_in(item.title)
        words = title | words_in(item.text)
        spoken = f" {fold_name(f'{item.title} {item.text}')} "
        keys = {key for word in words for key in self._few(self._with_word.get(word, []))}
        for name, having in self._with_name.items():
            if f" {name} " in spoken:
                keys.update(self._in_time(having, item)[-self.LATEST_OF_A_NAME :])
        found = [
            (known, nearness)
            for key in sorted(keys)
            if (nearness := self._nearness(known := self._known[key], item, title, words, spoken)) is not None
        ]
        return sorted(
            found, key=lambda pair: (-pair[1].score, -pair[0].matter.asked_on.toordinal(), pair[0].matter.key)
        )

    def _few(self, keys: list[int]) -> list[int]:
        return keys if len(keys) <= self.MOST_SHARING else []

    def _in_time(self, keys: list[int], item: Heard) -> list[int]:
        return [key for key in keys if 0 <= (item.held_on - self._known[key].matter.asked_on).days <= LONGEST_WAIT_DAYS]

    def _nearness(
        self, known: _Known, item: Heard, in_title: frozenset[str], words: frozenset[str], spoken: str
    ) -> Nearness | None:
        days = (item.held_on - known.matter.asked_on).days
        if known.matter.key == item.key:
            return Nearness(0.9, lambda: ("They stand in the same item of the same minutes.",))
        if known.matter.minute == item.minute or not 0 <= days <= LONGEST_WAIT_DAYS:
            return None
        title = known.title & in_title
        title_share = _share(self.weigh(title), self.weigh(known.title))
        shared = known.words & words
        word_share = min(1.0, 1.6 * _share(self.weigh(shared), self.weigh(known.words)))
        name = max((name for name in known.names if f" {name} " in spoken), key=len, default="")
        soon = 1.0 if days <= 100 else 0.7 if days <= 200 else 0.3
        score = 0.30 * title_share + 0.22 * word_share + 0.30 * bool(name) + 0.10 * soon
        return Nearness(score, partial(self._why, known, title, shared, name, days))

    def _why(
        self, known: _Known, title: frozenset[str], shared: frozenset[str], name: str, days: int
    ) -> tuple[str, ...]:
        why = []
        if name:
            why.append(f"It speaks of those who asked: “{self._as_written(known, name)}”.")
        if title:
            why.append(f"The titles share: {_listed(title, self)}.")
        if rest := shared - title:
            why.append(f"Both speak of: {_listed(rest, self)}.")
        why.append(f"It was asked on {_day(known.matter.asked_on)}, {_before(days)}.")
        return tuple(why)

    @staticmethod
    def _as_written(known: _Known, folded: str) -> str:
        return next(name for name in known.matter.names if fold_name(name) == folded)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a matter is to an item, from 0 to 1; in sentences why, which are made for the nearest alone."""

    score: float
    why: Callable[[], tuple[str, ...]]


def propose(matters: Matters, item: Heard, step: Step) -> list[Proposal]:
    """Which passages of an item deal with which recommendations, with what outcome; in the order of the passages.

    Each recommendation is proposed once for an item, from the passage that says most of it.
    """
    near = matters.near(item)
    best: dict[int, Proposal] = {}
    if near:
        top = near[0][1].score
        close = [pair for pair in near[:5] if top - pair[1].score < 0.05]
        for known, nearness in close:
            doubt = () if len(close) == 1 else (f"{len(close)} matters are about as near; check which is meant.",)
            share = 1.0 if len(close) == 1 else 0.75
            for proposal in _of_matter(known, nearness, item, step, share, doubt):
                _keep_best(best, proposal)
    for proposal in _quoted(matters, [known for known, _ in near[:20]], item, step):
        _keep_best(best, proposal)
    place = {one.key: number for number, one in enumerate(item.resolved)}
    return sorted(best.values(), key=lambda one: (place[one.passage], one.asked))


def _keep_best(best: dict[int, Proposal], proposal: Proposal) -> None:
    if proposal.confidence < PROPOSE_FROM:
        return
    there = best.get(proposal.asked)
    if there is None or _strength(proposal) > _strength(there):
        best[proposal.asked] = proposal


def _strength(proposal: Proposal) -> tuple[bool, float]:
    return bool(proposal.outcome), proposal.confidence


def _of_matter(
    known: _Known, nearness: Nearness, item: Heard, step: Step, share: float, doubt: tuple[str, ...]
) -> Iterator[Proposal]:
    """What the resolutions of an item say of the recommendations of one matter, by number, together, or as a report."""
    matter = known.matter
    numbers = [asked.number for asked in matter.asked]
    speaking = [(one, each) for one in item.resolved for each in said_in(one.text, one.verb)]
    meant = verdicts_on(numbers, [each for _, each in speaking])
    for place, (verdict, said) in sorted(meant.items()):
        passage = next(one for one, each in speaking if each == said)
        outcome = verdict.considered if step is Step.CONSIDERATION else verdict.decided
        fits, sentence = _fit(said, numbers)
        confidence = round(max(0.0, min(0.97, share * (nearness.score + fits))), 3)
        yield Proposal(
            passage.key,
            matter.asked[place].key,
            outcome,
            round(max(0.0, confidence), 3),
            (sentence, *nearness.why(), *doubt),
        )


def _fit(said: Said, numbers: list[str]) -> tuple[float, str]:
    """How well the way a resolution speaks fits a list of recommendations, and a sentence that says so."""
    known = {number.strip("().").lower() or str(place) for place, number in enumerate(numbers, 1)}
    if said.which is Which.NUMBERED:
        strange = [number for number in said.numbers if number not in known]
        listed = ", ".join(said.numbers)
        if strange:
            return -0.15, f"It speaks of recommendation {listed}, and {len(numbers)} were asked."
        return 0.2, f"It speaks of recommendation{'s' if len(said.numbers) > 1 else ''} {listed} by number."
    if said.which is Which.REPORT:
        return 0.0, "It speaks of the report as a whole."
    if said.which is Which.REST:
        return 0.15, "It speaks of the remaining recommendations."
    if said.how_many is None:
        return 0.15, "It speaks of the recommendations together."
    if said.how_many == len(numbers):
        return 0.25, f"It speaks of all {said.how_many} recommendations, and {len(numbers)} were asked."
    return -0.2, f"It speaks of {said.how_many} recommendations, but {len(numbers)} were asked."


def _quoted(matters: Matters, near: Sequence[_Known], item: Heard, step: Step) -> Iterator[Proposal]:
    """Resolutions that say a recommendation over again, in its own words."""
    for one in item.resolved:
        words = words_in(one.text)
        for known in near:
            if known.matter.key == item.key:
                continue
            for asked, text in zip(known.matter.asked, known.texts, strict=True):
                share = _share(matters.weigh(words & text), matters.weigh(text))
                if share >= QUOTED_FROM and len(words & text) >= 3:
                    verdict = {"AGREED": "accepted", "RESOLVED": "accepted", "APPROVED": "accepted"}.get(one.verb, "")
                    outcome = verdict if step is Step.DECISION else "endorsed" if verdict else ""
                    why = f"It says the recommendation over again: {_listed(words & text, matters)}."
                    when = f"It was asked on {_day(known.matter.asked_on)}."
                    yield Proposal(one.key, asked.key, outcome, round(0.35 + 0.55 * share, 3), (why, when))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _listed(words: Iterable[str], matters: Matters) -> str:
    """The few words that tell most."""
    ordered = sorted(words, key=lambda word: (-matters.weight(word), word))
    return ", ".join(ordered[:6])


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _before(days: int) -> str:
    if days == 0:
        return "the same day"
    weeks = days // 7
    if weeks == 0:
        return f"{days} day{'s' if days > 1 else ''} before"
    return f"{weeks} week{'s' if weeks > 1 else ''} before" if weeks < 14 else f"{days // 30} months before"
