"""Whether a system is legacy, why, and what would change that; and its score by the government's framework.

    verdict = judge(facts, policy, on=day)
    verdict.sentence

`verdict` holds the partnership's own rule, taken from what its scrutiny asked for; `framework` the Legacy IT Risk
Assessment Framework of the UK government.
"""

from __future__ import annotations

from sightline.estate.domain.legacy.framework import (
    CRITERIA,
    RED_FROM,
    Assessment,
    Criterion,
    Kind,
    RegisterFacts,
    Suggestion,
    suggestions,
)
from sightline.estate.domain.legacy.verdict import (
    AgreedException,
    Judgement,
    LegacyFacts,
    LegacyPolicy,
    Verdict,
    judge,
)

__all__ = [
    "CRITERIA",
    "RED_FROM",
    "AgreedException",
    "Assessment",
    "Criterion",
    "Judgement",
    "Kind",
    "LegacyFacts",
    "LegacyPolicy",
    "RegisterFacts",
    "Suggestion",
    "Verdict",
    "judge",
    "suggestions",
]
