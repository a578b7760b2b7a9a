"""Tells a point that asks from one that remarks: an unanswered question is owed an answer, a word of thanks is not."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\?|\b(?:asked|asks|asking|queried|querying|query|queries|questioned|enquired|inquired|wondered|requested|request"
    r"|sought|seeking|clarification|whether|challenged)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether the words of a point ask for something: a question, a request, clarification."""
    return _ASKS.search(text) is not None
