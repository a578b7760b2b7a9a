"""The outline of a minute as `sightline minutes read` prints it for a person."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sightline.scrutiny.domain import minutes

WIDTH = 100


def outline(minute: minutes.Minute) -> str:
    """What was found, in the order of the minute; an empty kind is left out."""
    return "\n".join(_lines(minute))


def _lines(minute: minutes.Minute) -> Iterator[str]:
    yield f"File   {minute.source}"
    yield f"Body   {minute.body or 'not found'}"
    yield f"Date   {f'{minute.date.day} {minute.date:%B %Y}' if minute.date else 'not found'}"
    if not minute.items:
        yield "No items found."
    for number, item in enumerate(minute.items, 1):
        yield ""
        yield from _wrapped(f"{number}. ", item.title)
        if item.presented_by:
            yield from _wrapped("   Presented by ", item.presented_by)
        for recommendation in item.recommendations:
            label = f" {recommendation.number}" if recommendation.number else ""
            yield from _wrapped(f"   Recommendation{label}: ", recommendation.text)
        for point in item.points:
            yield from _wrapped("   Point: ", point.text)
            for response in point.responses:
                yield from _wrapped(f"      Response ({response.by or 'not said by whom'}): ", response.text)
        for commitment in item.commitments:
            yield from _wrapped(f"   Commitment ({commitment.by or 'nobody named'}): ", commitment.text)
        for resolution in item.resolutions:
            yield f"   {resolution.verb}"
            for part in resolution.parts:
                yield from _wrapped(f"      {part.number + ' ' if part.number else ''}", part.text)


def _wrapped(lead: str, words: str) -> list[str]:
    indent = " " * (len(lead) - len(lead.lstrip()) + 3)
    return textwrap.wrap(lead + words, WIDTH, subsequent_indent=indent) or [lead]
