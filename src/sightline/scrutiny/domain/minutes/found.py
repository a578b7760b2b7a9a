"""What has been found in an item so far: the hand-over between the modules that read its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.scrutiny.domain.minutes.discussion import Discussion
from sightline.scrutiny.domain.minutes.promises import find_promise
from sightline.scrutiny.domain.minutes.resolutions import OpenResolution
from sightline.scrutiny.domain.minutes.sentences import Sentence
from sightline.scrutiny.domain.minutes.speech import Speech

_SELF = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A recommendation or commitment found: absolute offsets; number as printed, or who it is by."""

    start: int
    end: int
    label: str | None
    confidence: float


@dataclass(slots=True)
class Found:
    """What one item holds. previous: the sentence of running prose read last."""

    discussion: Discussion
    recommendations: list[Span] = field(default_factory=list)
    commitments: list[Span] = field(default_factory=list)
    resolutions: list[OpenResolution] = field(default_factory=list)
    presented_by: str | None = None
    introduced_by: str | None = None
    previous: Sentence | None = None

    @property
    def empty(self) -> bool:
        return not (self.recommendations or self.commitments or self.resolutions or self.discussion.points)

    def promise(self, sentence: Sentence, speeches: list[Speech], speaking: str | None = None) -> bool:
        """Keep the commitment that a sentence holds. speaking: who goes on speaking, if not the
        discussion's speaker.
        """
        promise = find_promise(sentence.text, speeches, speaking or self.discussion.speaker)
        if promise is None:
            return False
        by = promise.by
        points = self.discussion.points
        if by and points and by == points[-1].speaker and not speeches and by not in sentence.text:
            # "A report would be brought back": not by the member who had asked for it.
            by = by if _SELF.search(sentence.text) else None
        self.commitments.append(Span(sentence.start, sentence.end, by, promise.confidence))
        return True
