"""Prepares the minutes of a meeting for a page: the text with its passages marked, and the structure beside it.

Both a recorded minute and the preview of one that was only read are shown by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from sightline.scrutiny.domain.flow import flowing
from sightline.scrutiny.domain.marking import Close, MarkedSpan, Open, marks
from sightline.scrutiny.domain.passages import CERTAIN, PassageKind, PassageState
from sightline.scrutiny.models import MinuteItem, Passage


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """One passage. ``key`` names its two anchors: ``t-KEY`` in the text, ``s-KEY`` in the structure."""

    key: str
    kind: PassageKind
    start: int
    end: int
    text: str
    said_by: str
    label: str
    confidence: float
    record: Any = None
    # What the clerk made of it; None where the page does not tell.
    state: PassageState | None = None
    parts: list[ShownPassage] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        return self.confidence >= CERTAIN

    def with_parts(self) -> Iterator[ShownPassage]:
        yield self
        for part in self.parts:
            yield from part.with_parts()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item, its passages by kind."""

    key: str
    title: str
    presented_by: str
    passages: list[ShownPassage]

    def _of(self, kind: PassageKind) -> list[ShownPassage]:
        return [passage for passage in self.passages if passage.kind == kind]

    @property
    def recommendations(self) -> list[ShownPassage]:
        return self._of(PassageKind.RECOMMENDATION)

    @property
    def points(self) -> list[ShownPassage]:
        return self._of(PassageKind.POINT)

    @property
    def commitments(self) -> list[ShownPassage]:
        return self._of(PassageKind.COMMITMENT)

    @property
    def resolutions(self) -> list[ShownPassage]:
        return self._of(PassageKind.RESOLUTION)


def shown_items(items: Iterable[MinuteItem]) -> list[ShownItem]:
    """The items of a recorded minute, with their passages fetched already."""
    return [
        ShownItem(
            key=f"i{item.pk}",
            title=item.title,
            presented_by=item.presented_by,
            passages=_nested(item.passages.all()),
        )
        for item in items
    ]


def _nested(passages: Iterable[Passage]) -> list[ShownPassage]:
    shown: dict[int, ShownPassage] = {}
    top: list[ShownPassage] = []
    for passage in sorted(passages, key=lambda one: one.parent_id is not None):
        one = ShownPassage(
            key=str(passage.pk),
            kind=PassageKind(passage.kind),
            start=passage.start,
            end=passage.end,
            text=passage.text,
            said_by=passage.said_by,
            label=passage.label,
            confidence=passage.confidence,
            record=getattr(passage, "recommendation", None) or getattr(passage, "commitment", None),
        )
        shown[passage.pk] = one
        if passage.parent_id is None:
            top.append(one)
        elif passage.parent_id in shown:
            shown[passage.parent_id].parts.append(one)
        # What hangs on a passage that is not shown would hang in the air: it waits until that one is.
    return top


def previewed_items(reading: dict[str, Any]) -> list[ShownItem]:
    """The items of a reading in the form of ``sightline minutes read --json``."""
    return [_previewed_item(place, item) for place, item in enumerate(reading["items"])]


def _previewed_item(place: int, item: dict[str, Any]) -> ShownItem:
    numbers = count(1)

    def one(kind: PassageKind, found: dict[str, Any], confidence: float = 0.0) -> ShownPassage:
        return ShownPassage(
            key=f"{place}-{next(numbers)}",
            kind=kind,
            start=found["start"],
            end=found["end"],
            text=found.get("text") or "",
            said_by=found.get("by") or "",
            label=found.get("number") or found.get("verb") or "",
            confidence=found.get("confidence", confidence),
        )

    passages = [one(PassageKind.RECOMMENDATION, found) for found in item["recommendations"]]
    for found in item["points"]:
        point = one(PassageKind.POINT, found)
        point.parts.extend(one(PassageKind.RESPONSE, answer, point.confidence) for answer in found["responses"])
        passages.append(point)
    passages.extend(one(PassageKind.COMMITMENT, found) for found in item["commitments"])
    for found in item["resolutions"]:
        resolution = one(PassageKind.RESOLUTION, found)
        resolution.parts.extend(one(PassageKind.PART, part, resolution.confidence) for part in found["parts"])
        passages.append(resolution)
    return ShownItem(key=f"i{place}", title=item["title"], presented_by=item["presented_by"] or "", passages=passages)


def marked_text(text: str, items: Iterable[ShownItem], current: str = "") -> SafeString:
    """The text as HTML, every passage in a ``<mark>`` with a link to its place in the structure.

    current: the key of the passage that is being worked on, which stands out.
    """
    spans = [
        MarkedSpan(passage.start, passage.end, passage)
        for item in items
        for leading in item.passages
        for passage in leading.with_parts()
    ]
    text = flowing(text)
    pieces: list[SafeString] = []  # each one escaped
    for event in marks(len(text), spans):
        if isinstance(event, Open):
            pieces.append(_opening(event.name, event.again, event.name.key == current))
        elif isinstance(event, Close):
            pieces.append(format_html("</mark>{}", ""))
        else:
            pieces.append(escape(text[event.start : event.end]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _opening(passage: ShownPassage, again: bool, is_current: bool) -> SafeString:
    classes = f"passage passage--{passage.kind.value}"
    if passage.state is PassageState.PROPOSED:
        classes += " passage--open"
    if is_current:
        classes += " passage--current"
    if again:
        return format_html('<mark class="{}">', classes)
    return format_html(
        '<mark class="{classes}" id="t-{key}">'
        '<span class="passage__label"><a href="#s-{key}">{label}{state}</a></span>',
        classes=classes,
        key=passage.key,
        label=passage.kind.label,
        state=_sign(passage.state),
    )


def _sign(state: PassageState | None) -> SafeString | str:
    """At the desk a label says whether its passage is confirmed: by a sign, and in words to those who hear it."""
    if state is None:
        return ""
    sign, words = ("?", "to be confirmed") if state is PassageState.PROPOSED else ("✓", "confirmed")
    return format_html(
        '<span aria-hidden="true"> {}</span><span class="govuk-visually-hidden">, {}</span>', sign, words
    )


def excerpt(text: str, start: int, end: int, earliest: int = 0, around: int = 400) -> tuple[str, str, str]:
    """A passage with what stands before and behind it, cut at line breaks where there are any near.

    earliest: where the item begins; what stands before it is another matter.
    """
    begin = max(earliest, start - around)
    before = text[begin:start]
    after = text[end : end + around]
    if begin > earliest:
        before = before[before.find("\n") + 1 :] if "\n" in before else before[before.find(" ") + 1 :]
    if end + around < len(text):
        after = after[: after.rfind("\n")] if "\n" in after else after[: after.rfind(" ") + 1]
    return before.lstrip("\n"), text[start:end], after.rstrip()
