"""The closing report of a software audit, as plain values: one content for the page, the PDF and the Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.estate.domain.campaigns import Progress, QuestionState
from sightline.estate.domain.lifecycle import in_words

__all__ = ["Line", "Report", "as_data"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was found of one system. answers: what was said of it, in order, one sentence or more each. audit: the
    reference of the other audit that asked, where one did."""

    system: str
    reference: str
    kind: str
    council: str
    service: str
    state: QuestionState
    reason: str = ""
    answers: tuple[str, ...] = ()
    has_licence: bool = False
    audit: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign as it stands on a day; final once it is closed.

    elsewhere: the systems of its scope that an audit which was open already asked about; its answer serves both.
    """

    partnership: str
    is_invented: bool
    reference: str
    name: str
    scope: str
    whose: str
    opened_on: date
    closes_on: date
    closed_on: date | None
    conclusion: str
    made_on: date
    by_council: tuple[Progress, ...]
    by_service: tuple[Progress, ...]
    lines: tuple[Line, ...]
    elsewhere: tuple[Line, ...] = ()

    @property
    def title(self) -> str:
        return f"{'Closing report' if self.closed_on else 'How it stands'}: {self.name}"

    @property
    def summary(self) -> str:
        """The whole in a few sentences, with figures that add up."""
        asked = len(self.lines)
        complete = sum(one.state is QuestionState.COUNTERSIGNED for one in self.lines)
        exceptions = sum(one.state is QuestionState.EXCEPTED for one in self.lines)
        waiting = sum(one.state is QuestionState.ANSWERED for one in self.lines)
        shown = sum(one.has_licence for one in self.lines)
        days = f"Opened on {in_words(self.opened_on)}, to close on {in_words(self.closes_on)}"
        closed = f"{days}; closed on {in_words(self.closed_on)}." if self.closed_on else f"{days}; still open."
        return (
            f"{closed} {asked:,} system{'' if asked == 1 else 's'} asked about: {complete:,} complete, {exceptions:,}"
            f" excepted, {waiting:,} answered and not countersigned, {asked - complete - exceptions - waiting:,} not"
            f" answered. For {shown:,} the licence was shown.{self._asked_elsewhere}"
        )

    @property
    def _asked_elsewhere(self) -> str:
        many = len(self.elsewhere)
        if not many:
            return ""
        return f" {many:,} more {'is' if many == 1 else 'are'} answered for in another audit, and not counted here."

    @property
    def not_answered(self) -> tuple[Line, ...]:
        """The systems of which nobody said anything that stands."""
        return tuple(one for one in self.lines if one.state.waits_for_owner)

    @property
    def exceptions(self) -> tuple[Line, ...]:
        """The systems that were left out, each with the reason."""
        return tuple(one for one in self.lines if one.state is QuestionState.EXCEPTED)


def as_data(report: Report) -> dict[str, Any]:
    """The report as the typesetter and the Word file take it: texts and lists of texts alone."""
    heads = ["", "Asked", "Not answered", "Answered", "Complete", "Exceptions", "Complete, of 100"]

    def table(rows: tuple[Progress, ...]) -> list[list[str]]:
        return [
            [
                one.name,
                *(f"{n:,}" for n in (one.asked, one.open, one.answered, one.complete, one.excepted, one.percent)),
            ]
            for one in rows
        ]

    return {
        "title": report.title,
        "partnership": report.partnership,
        "is_invented": report.is_invented,
        "made": [report.made_on.year, report.made_on.month, report.made_on.day],
        "made_on": in_words(report.made_on),
        "reference": report.reference,
        "whose": report.whose,
        "scope": report.scope,
        "summary": report.summary,
        "conclusion": report.conclusion,
        "heads": heads,
        "by_council": table(report.by_council),
        "by_service": table(report.by_service),
        "exceptions": [[one.system, one.council, one.reason] for one in report.exceptions],
        "elsewhere": [[one.system, one.council, f"{one.audit}: {one.state.label}"] for one in report.elsewhere],
        "not_answered": [[one.system, one.council, one.service] for one in report.not_answered],
        "lines": [
            [f"{one.reference}: {one.system}", one.council, one.kind, one.state.label, "\n".join(one.answers) or "—"]
            for one in report.lines
        ],
    }
