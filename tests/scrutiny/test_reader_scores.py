"""How well the reader does: counted by hand here, and on its pages."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny import actions, desk_actions, desk_queries, reader_queries
from sightline.scrutiny.desk_actions import Answers
from sightline.scrutiny.desk_sitting import Sent
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.reader_scores import Outcome, Score
from sightline.scrutiny.models import Minute, Passage
from sightline.scrutiny.reader_queries import ReaderFilter
from tests.scrutiny.conftest import MINUTES, Places, make_reading

counts = st.integers(0, 50)


def test_nought_of_nought_is_unknown() -> None:
    assert (Score().precision, Score().recall) == (None, None)
    assert Score(missed=1).precision is None
    assert Score(wrong=1).recall is None


def test_what_is_nearly_right_was_found() -> None:
    score = Score(right=6, nearly=2, wrong=2, missed=4)
    assert (score.precision, score.recall, score.looked_at) == (0.8, 8 / 12, 10)


@given(st.lists(st.tuples(st.sampled_from(list(Outcome)), counts), max_size=8))
def test_scores_add_up_whatever_the_order(parts: list[tuple[Outcome, int]]) -> None:
    forth = sum((Score().with_outcome(*part) for part in parts), Score())
    back = sum((Score().with_outcome(*part) for part in reversed(parts)), Score())
    assert forth == back
    assert forth.looked_at + forth.missed == sum(how_many for _, how_many in parts)
    for share in (forth.precision, forth.recall):
        assert share is None or 0 <= share <= 1


def test_every_outcome_is_called_something() -> None:
    assert len({outcome.label for outcome in Outcome}) == len(Outcome)


@pytest.fixture
def worked_through(places: Places) -> Minute:
    """Of eight proposals: one commitment rejected, one recommendation corrected, one made a commitment, five accepted;
    and one point that was missed."""
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=make_reading(promised=0.6), body=places.panel, by=by).minute
    numbers = iter(range(100))

    def sent() -> Sent:
        return Sent(desk_queries.version(minute), str(next(numbers)))

    first, second = Passage.objects.filter(kind="recommendation").order_by("start")
    promise = Passage.objects.get(kind="commitment")
    desk_actions.reject(minute=minute, passage=promise.pk, why="no promise", by=by, sent=sent())
    desk_actions.correct(
        minute=minute,
        passage=first.pk,
        answers=Answers(PassageKind.RECOMMENDATION, first.start, first.end - len("; and"), label="1"),
        by=by,
        sent=sent(),
    )
    desk_actions.correct(
        minute=minute,
        passage=second.pk,
        answers=Answers(PassageKind.COMMITMENT, second.start, second.end, label="2"),
        by=by,
        sent=sent(),
    )
    at = minute.text.index("The Chair of the Task Group presented")
    desk_actions.mark(minute=minute, answers=Answers(PassageKind.POINT, at, at + 20), by=by, sent=sent())
    desk_actions.accept(minute=minute, passage=Passage.objects.get(kind="response").pk, by=by, sent=sent())
    desk_actions.accept_certain(minute=minute, by=by, sent=sent())
    return minute


def scores(places: Places, narrowed: ReaderFilter | None = None) -> dict[str, Score]:
    found: dict[str, Score] = {}
    for one in reader_queries.counted(places.accounts["clerk"], narrowed or ReaderFilter()):
        found[one.kind.value] = found.get(one.kind.value, Score()) + one.score
    return found


def test_each_proposal_has_the_outcome_that_the_clerk_gave_it(places: Places, worked_through: Minute) -> None:
    assert scores(places) == {
        "recommendation": Score(nearly=1, wrong=1),
        "commitment": Score(wrong=1, missed=1),
        "point": Score(right=1, missed=1),
        "response": Score(right=1),
        "resolution": Score(right=1),
        "part": Score(right=2),
    }
    in_bulk = {
        one.kind.value: one.in_bulk
        for one in reader_queries.counted(places.accounts["clerk"], ReaderFilter())
        if one.in_bulk
    }
    assert in_bulk == {"point": 1, "resolution": 1, "part": 2}


def test_minutes_that_nobody_looked_at_say_nothing_of_the_reader(places: Places) -> None:
    by = places.accounts["clerk"]
    certain = actions.record_minute(reading=make_reading(), body=places.panel, by=by).minute
    assert reader_queries.unfinished(by) == (1, 8)
    actions.publish_minute(minute=certain, by=by)
    assert scores(places) == {}
    assert (reader_queries.unread(by), reader_queries.unfinished(by)) == (1, (0, 0))


def test_minutes_that_are_not_wholly_confirmed_do_not_count_yet(places: Places) -> None:
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=make_reading(promised=0.6), body=places.panel, by=by).minute
    desk_actions.accept(minute=minute, passage=Passage.objects.get(kind="point").pk, by=by, sent=Sent(0, "one"))
    assert scores(places) == {}


def test_the_figures_are_narrowed_by_kind_body_and_month(places: Places, worked_through: Minute) -> None:
    this_month = timezone.localdate().replace(day=1)
    assert set(scores(places, ReaderFilter(kind=PassageKind.POINT))) == {"point"}
    assert scores(places, ReaderFilter(body=places.cabinet)) == {}
    assert scores(places, ReaderFilter(body=places.panel)) == scores(places)
    assert scores(places, ReaderFilter(month=this_month)) == scores(places)
    assert scores(places, ReaderFilter(month=datetime.date(2001, 1, 1))) == {}


@pytest.fixture
def clerk(client: Client, places: Places) -> Client:
    client.force_login(places.accounts["clerk"])
    return client


def said(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_every_number_of_the_page_opens_on_as_many_passages(clerk: Client, worked_through: Minute) -> None:
    page = clerk.get(reverse("minute-reader"))
    links = re.findall(r'href="(/minutes/reader/passages/\?[^"]+)">(\d+)</a>', page.content.decode())
    assert len(links) > 15
    for address, count in links:
        opened = clerk.get(html.unescape(address))
        assert opened.context["page"].paginator.count == int(count), address
        assert opened.content.decode().count('class="record-list__item"') == int(count)


def test_unknown_is_printed_as_unknown(clerk: Client, worked_through: Minute) -> None:
    page = said(clerk.get(reverse("minute-reader")))
    # Six of eight were right or nearly right; of the eight that stand, two were missed.
    assert "Precision 75% Recall 75%" in page
    assert "Commitment 0 0 1 1 0 0% 0%" in page
    nothing = said(clerk.get(reverse("minute-reader"), {"body": "north-cabinet"}))
    assert "Not known yet" in nothing


def test_what_the_clerk_made_of_it_stands_beside_what_was_read(clerk: Client, worked_through: Minute) -> None:
    nearly = said(clerk.get(reverse("minute-reader-passages"), {"outcome": "nearly-right"}))
    assert "Read as recommendation: “That a glossary be added to the Strategy; and”" in nearly
    wrong = said(clerk.get(reverse("minute-reader-passages"), {"outcome": "wrong"}))
    assert "Why: no promise" in wrong
    assert clerk.get(reverse("minute-reader-passages"), {"outcome": "nonsense"}).status_code == 404


def test_another_councils_people_see_no_figures_of_internal_minutes(
    client: Client, places: Places, worked_through: Minute
) -> None:
    client.force_login(places.accounts["other-clerk"])
    assert "Not known yet" in said(client.get(reverse("minute-reader")))
    assert Client().get(reverse("minute-reader")).status_code == 302


def test_the_page_asks_the_database_no_more_for_more_minutes(
    clerk: Client, places: Places, worked_through: Minute
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            clerk.get(reverse("minute-reader"))
        return len(captured)

    queries()
    few = queries()
    by = places.accounts["clerk"]
    for number in range(4):
        more = make_reading(MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        minute = actions.record_minute(reading=more, body=places.panel, by=by).minute
        one = Passage.objects.filter(item__minute=minute, kind="point").get()
        desk_actions.accept(minute=minute, passage=one.pk, by=by, sent=Sent(0, "one"))
        desk_actions.accept_certain(minute=minute, by=by)
    assert queries() == few
