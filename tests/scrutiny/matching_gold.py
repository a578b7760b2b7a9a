"""Invented matters, items of later minutes, and what a clerk would say they deal with: the gold set of matching.

Everything is asked of one council. A case names the item, who may do what, and the right answers: for each number of a
resolution, which recommendations (matter and number) it deals with and what it says became of them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sightline.scrutiny.domain.matching import Asked, Heard, Matter, Resolved, Step

TASK_GROUP = ("Joint Scrutiny Panel", "Partnership Scrutiny Task Group", "Scrutiny Task Group")
HOUSING = ("Housing Scrutiny Committee",)
PANEL = ("Overview Panel",)


def _matter(key: int, title: str, names: tuple[str, ...], day: str, *texts: str) -> Matter:
    asked = tuple(Asked(key * 100 + number, f"{number})", text) for number, text in enumerate(texts, 1))
    return Matter(key, 1000 + key, title, names, datetime.date.fromisoformat(day), asked)


MATTERS = (
    _matter(
        1, "Partnership scrutiny of the Digital Strategy and ICT Roadmap", TASK_GROUP, "2024-03-12",
        "That the partnership publish which services can be used online, by telephone and by post;",
        "That digital skills courses in libraries be offered in every district;",
        "That telephone waiting times be reported to each scrutiny panel twice a year; and",
        "That a glossary of technical terms be added to the Strategy.",
    ),
    _matter(
        2, "Review of damp and mould in council homes", HOUSING, "2024-02-06",
        "That every report of damp be inspected within ten working days;",
        "That tenants be given the surveyor's findings in writing; and",
        "That the budget for extractor fans be doubled.",
    ),
    _matter(
        3, "Cycling and walking plan", PANEL, "2024-01-16",
        "That the towpath between Lowmoor and Fosse Bridge be resurfaced;",
        "That cycle parking be provided at every leisure centre.",
    ),
    _matter(
        4, "Scrutiny review of leisure centres", TASK_GROUP, "2023-11-21",
        "That swimming lessons for children be offered at weekends;",
        "That opening hours of leisure centres be the same in all three councils; and",
        "That energy use of the pools be published each year.",
    ),
    _matter(
        5, "Garden waste service", PANEL, "2024-04-30",
        "That the garden waste form be usable on a telephone;",
    ),
    _matter(
        6, "Scrutiny of the Waste Strategy", TASK_GROUP, "2024-05-14",
        "That food waste be collected weekly from October;",
        "That bins left out be collected by the next working day; and",
        "That the Strategy name an officer for fly-tipping.",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One item, and what a clerk says: resolution number to the numbers of recommendations with their outcome."""

    called: str
    title: str
    text: str
    held_on: str
    resolved: tuple[str, ...]
    answers: dict[int, dict[int, str]]
    step: Step = Step.DECISION
    same_as: int = 0

    def heard(self, place: int) -> Heard:
        key = self.same_as or 5000 + place
        return Heard(
            key=key,
            minute=1000 + self.same_as if self.same_as else 6000 + place,
            title=self.title,
            text=f"{self.title}\n{self.text}\n" + "\n".join(self.resolved),
            held_on=datetime.date.fromisoformat(self.held_on),
            resolved=tuple(Resolved(number, words, "RESOLVED") for number, words in enumerate(self.resolved, 1)),
        )

    @property
    def right(self) -> set[tuple[int, int, str]]:
        return {(number, asked, outcome) for number, said in self.answers.items() for asked, outcome in said.items()}


CONSIDERS = Step.CONSIDERATION

CASES = (
    Case(
        "a cabinet splits by number", "Report of the Partnership Scrutiny Task Group on the Digital Strategy",
        "The Portfolio Holder introduced the report. A Member asked what courses in libraries cost.", "2024-04-09",
        ("That recommendations 1, 2 and 4 of the Task Group be accepted; and",
         "That recommendation 3 be deferred until the cost of reporting waiting times is known."),
        {1: {101: "accepted", 102: "accepted", 104: "accepted"}, 2: {103: "deferred"}},
    ),
    Case(
        "a panel endorses in its own item", "Partnership scrutiny of the Digital Strategy and ICT Roadmap",
        "The Chairman presented the report.", "2024-03-12",
        ("That the report be noted and its recommendations be endorsed; and", "That the Panel look again in a year."),
        {1: {101: "endorsed", 102: "endorsed", 103: "endorsed", 104: "endorsed"}}, CONSIDERS, 1,
    ),
    Case(
        "a cabinet accepts all, and says how many", "Damp and mould: recommendations of the Housing Scrutiny Committee",
        "The Head of Housing said that inspections had begun.", "2024-03-19",
        ("That all three recommendations be accepted; and", "That the Head of Housing report in the autumn."),
        {1: {201: "accepted", 202: "accepted", 203: "accepted"}},
    ),
    Case(
        "one clause after another", "Recommendations of the Scrutiny Task Group: leisure centres",
        "Members discussed the pools and their energy.", "2024-01-23",
        ("That recommendations 1 and 3 be accepted; 2 be rejected, since the contracts differ until 2027.",),
        {1: {401: "accepted", 402: "rejected", 403: "accepted"}},
    ),
    Case(
        "only the report is noted", "Digital Strategy and ICT Roadmap: report of the Partnership Scrutiny Task Group",
        "The Chairman of the Task Group presented the report.", "2024-03-26",
        ("the report of the Task Group be noted; and", "the comments on reception hours be passed to the Cabinet."),
        {1: {101: "noted", 102: "noted", 103: "noted", 104: "noted"}}, CONSIDERS,
    ),
    Case(
        "a resolution says a recommendation over again", "Towpaths and rights of way",
        "The Rights of Way Officer described the state of the towpath at Fosse Bridge.", "2024-02-27",
        ("That the towpath between Lowmoor and Fosse Bridge be resurfaced in the summer.",),
        {1: {301: "accepted"}},
    ),
    Case(
        "two matters of one task group, told apart by their words", "Waste Strategy: recommendations of the Task Group",
        "The Portfolio Holder for Environment welcomed the Scrutiny Task Group's work on food waste and fly-tipping.",
        "2024-06-18",
        ("That the recommendations of the Scrutiny Task Group be accepted, except for recommendation 2; and",
         "That recommendation 2 be deferred until the new vehicles have come."),
        {1: {601: "accepted", 603: "accepted"}, 2: {602: "deferred"}},
    ),
    Case(
        "accepted in part", "Garden waste service: recommendation of the Overview Panel",
        "The Customer Contact Manager explained the garden waste form.", "2024-06-04",
        ("That the recommendation of the Overview Panel be accepted in part.",),
        {1: {501: "accepted-in-part"}},
    ),
    Case(
        "a quarterly report, which is another matter", "Quarterly performance report",
        "The Assistant Director introduced the report for the third quarter.", "2024-03-26",
        ("That the report be noted.",), {}, CONSIDERS,
    ),
    Case(
        "another committee's recommendations", "Treasury management",
        "The Audit Committee had recommended two changes.", "2024-04-09",
        ("That the recommendations of the Audit Committee be accepted.",), {},
    ),
    Case(
        "a tender", "Award of contract for grounds maintenance",
        "Three tenders were received. The item was exempt.", "2024-05-14",
        ("That the contract be awarded as set out in the report; and", "That the reserve be used."), {},
    ),
    Case(
        "licensing", "Review of a premises licence", "The applicant spoke.", "2024-04-23",
        ("That the licence be granted with the conditions recommended by the police.",), {},
    ),
    Case(
        "before it was asked", "Waste Strategy",
        "The Scrutiny Task Group would report on food waste in May.", "2024-04-02",
        ("That the recommendations of the Scrutiny Task Group be awaited.",), {},
    ),
    Case(
        "too long ago", "Leisure centres: report of the Scrutiny Task Group",
        "The pools' energy use was discussed.", "2026-02-10",
        ("That the recommendations be accepted.",), {},
    ),
)  # fmt: skip
