"""The clerk's desk through its pages, as a browser without scripts sends them."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.domain.rights import RoleKind
from sightline.scrutiny import actions, desk_queries
from sightline.scrutiny.models import Commitment, DeskAct, Minute, Passage, Proposal, Recommendation
from tests.scrutiny.conftest import Places, account, make_reading

pytestmark = pytest.mark.measured


@pytest.fixture
def minute(places: Places) -> Minute:
    """A minute whose one commitment is not certain."""
    return actions.record_minute(
        reading=make_reading(promised=0.6), body=places.panel, by=places.accounts["clerk"]
    ).minute


@pytest.fixture
def clerk(client: Client, places: Places) -> Client:
    client.force_login(places.accounts["clerk"])
    return client


def said(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def passage(kind: str, words: str = "") -> Passage:
    return Passage.objects.get(kind=kind, text__contains=words)


class Desk:
    """Sends what a form of the desk sends: the version that the page last showed, and the answers."""

    def __init__(self, client: Client, minute: Minute) -> None:
        self.client, self.minute = client, minute
        self.address = reverse("minute-desk", args=[minute.pk])

    def open(self, **query: Any) -> Any:
        return self.client.get(self.address, query)

    @property
    def version(self) -> int:
        return desk_queries.version(self.minute)

    def send(self, act: str, one: Passage | None = None, *, version: int | None = None, **answers: Any) -> Any:
        words = {"act": act, "version": self.version if version is None else version, **answers}
        if one is not None:
            words["passage"] = one.pk
        return self.client.post(self.address, words)

    def correct(self, one: Passage, *, version: int | None = None, **answers: Any) -> Any:
        one.refresh_from_db()
        whole: dict[str, Any] = {
            "kind": one.kind,
            "first": one.text,
            "last": "",
            "said_by": one.said_by,
            "label": one.label,
            "parent": one.parent_id or "",
        }
        return self.send("correct", one, version=version, **{**whole, **answers})


@pytest.fixture
def desk(clerk: Client, minute: Minute) -> Desk:
    return Desk(clerk, minute)


def test_the_desk_shows_the_text_beside_every_passage_and_how_far_it_is(desk: Desk) -> None:
    page = desk.open()
    assert page.status_code == 200
    words = said(page)
    assert "0 of 8 confirmed" in words
    assert "Accept the 7 that are certain" in words
    for one in Passage.objects.all():
        assert f'id="s-{one.pk}"' in page.content.decode()
        assert f'id="t-{one.pk}"' in page.content.decode()


def test_accepting_goes_on_to_the_next_that_needs_a_look_and_can_be_taken_back(desk: Desk) -> None:
    first = passage("recommendation", "glossary")
    answer = desk.send("accept", first)
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.state, first.in_bulk) == ("accepted", False)
    page = desk.client.get(answer.headers["Location"])
    assert "1 of 8 confirmed" in said(page)
    assert "You accepted the recommendation “That a glossary" in said(page)
    act = DeskAct.objects.get()
    desk.send("take-back", number=act.number)
    first.refresh_from_db()
    assert first.state == "proposed"
    assert DeskAct.objects.get(undoes=act).says.startswith("took back: accepted the recommendation")


def test_all_that_is_certain_is_accepted_at_once_and_the_rest_left(desk: Desk) -> None:
    desk.send("accept-certain")
    assert set(Passage.objects.exclude(kind="commitment").values_list("state", "in_bulk")) == {("accepted", True)}
    assert passage("commitment").state == "proposed"
    assert "7 of 8 confirmed" in said(desk.open())
    left = desk.open(show="left").content.decode()
    assert f'id="s-{passage("commitment").pk}"' in left
    assert f'id="s-{passage("recommendation", "glossary").pk}"' not in left


def test_rejecting_withdraws_the_record_with_the_reason_and_taking_back_brings_it_back(desk: Desk) -> None:
    promise = passage("commitment")
    desk.send("reject", promise, why="not a commitment: it only says what was done")
    promise.refresh_from_db()
    assert (promise.state, promise.why) == ("rejected", "not a commitment: it only says what was done")
    record = Commitment.objects.get()
    assert (record.state, record.state_reason) == ("withdrawn", promise.why)
    assert "Why: not a commitment" in said(desk.open())
    desk.send("take-back", number=1)
    promise.refresh_from_db()
    record.refresh_from_db()
    assert (promise.state, promise.why, record.state) == ("proposed", "", "open")


def test_a_public_recommendation_is_withdrawn_and_stays_readable(desk: Desk, places: Places) -> None:
    actions.publish_minute(minute=desk.minute, by=places.accounts["clerk"])
    asked = passage("recommendation", "glossary")
    desk.send("reject", asked, why="It was quoted from last year’s report.")
    record = Recommendation.objects.get(passage=asked)
    assert record.publication == "public"
    everybody = Client()
    page = everybody.get(record.get_absolute_url())
    assert "This does not stand in the minutes: it was taken back" in said(page)
    assert "It was quoted from last year’s report." in said(page)
    assert record.reference not in said(everybody.get(reverse("recommendations")))
    assert f"t-{asked.pk}" not in everybody.get(desk.minute.get_absolute_url()).content.decode()


def test_a_correction_changes_the_passage_and_its_record_and_keeps_the_proposal(desk: Desk) -> None:
    asked = passage("recommendation", "waiting times")
    answer = desk.correct(asked, first="telephone waiting", last="be published.", label="2a")
    assert answer.status_code == 302, said(answer)
    asked.refresh_from_db()
    assert (asked.text, asked.label, asked.state) == ("telephone waiting times be published.", "2a", "corrected")
    assert desk.minute.text[asked.start : asked.end] == asked.text
    record = Recommendation.objects.get(passage=asked)
    assert (record.text, record.number) == (asked.text, "2a")
    proposal = Proposal.objects.get(passage=asked)
    assert (proposal.text, proposal.label, proposal.history.count()) == (
        "That telephone waiting times be published.",
        "2",
        1,
    )
    assert "How it was read" in said(desk.open())


def test_what_is_right_already_is_accepted_when_it_is_kept(desk: Desk) -> None:
    asked = passage("recommendation", "waiting times")
    desk.correct(asked)
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_a_point_that_becomes_a_recommendation_gets_a_record_with_a_referral_for_each_council(desk: Desk) -> None:
    response = passage("response")
    desk.send("reject", response, why="It is the commitment.")
    point = passage("point")
    desk.correct(point, kind="recommendation")
    record = Recommendation.objects.get(passage=point)
    assert record.reference == "R2022-003"
    assert record.referrals.count() == 3
    desk.correct(point, kind="point")
    record.refresh_from_db()
    assert record.withdrawn_why == "The minutes hold no recommendation here: the clerk read it as a point."
    desk.correct(point, kind="recommendation")
    record.refresh_from_db()
    assert (record.withdrawn_at, Recommendation.objects.count()) == (None, 3)


def test_a_resolution_that_comes_to_recommend_makes_its_parts_recommendations(desk: Desk) -> None:
    desk.correct(passage("resolution"), first="RESOLVED", last="in a year.", label="recommended")
    assert Recommendation.objects.filter(passage__kind="part", withdrawn_at=None).count() == 2
    desk.correct(passage("resolution"), first="RESOLVED", last="in a year.", label="resolved")
    assert Recommendation.objects.filter(passage__kind="part", withdrawn_at=None).count() == 0
    assert Recommendation.objects.filter(passage__kind="part").count() == 2


def test_a_point_with_responses_cannot_become_something_else_before_they_are_seen_to(desk: Desk) -> None:
    answer = desk.correct(passage("point"), kind="commitment")
    assert answer.status_code == 422
    assert "One response belongs to this point. Say first what it belongs to, or reject it." in said(answer)


def test_a_response_can_answer_another_point(desk: Desk) -> None:
    answer = desk.send("mark", kind="point", first="The Chair of the Task Group presented", last="the report.")
    assert answer.status_code == 302, said(answer)
    other = passage("point", "The Chair of the Task Group")
    response = passage("response")
    desk.correct(response, parent=other.pk)
    response.refresh_from_db()
    assert response.parent == other
    nothing = desk.correct(response, parent="")
    assert "Select the point that it answers." in said(nothing)


def test_a_split_keeps_the_first_part_where_it_was_and_gives_the_second_a_record(desk: Desk) -> None:
    asked = passage("recommendation", "glossary")
    desk.send("split", asked, second="be added")
    asked.refresh_from_db()
    second = passage("recommendation", "be added to the Strategy; and")
    assert asked.text == "That a glossary"
    assert (asked.state, second.state) == ("corrected", "split")
    assert Recommendation.objects.get(passage=second).referrals.count() == 3
    assert "You split the recommendation “That a glossary be added" in said(desk.open(done=1))
    desk.send("take-back", number=1)
    asked.refresh_from_db()
    second.refresh_from_db()
    assert asked.text == "That a glossary be added to the Strategy; and"
    assert (asked.state, second.state, second.why) == ("proposed", "rejected", "Taken back")


def test_two_that_are_merged_are_one_and_the_second_record_says_where_its_words_are(desk: Desk) -> None:
    first, second = passage("recommendation", "glossary"), passage("recommendation", "waiting times")
    desk.send("merge", first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.text.startswith("That a glossary")
    assert first.text.endswith("be published.")
    assert (second.state, second.merged_into) == ("merged", first)
    assert Recommendation.objects.get(passage=second).withdrawn_why == "Its words now stand in R2022-001."
    desk.send("take-back", number=1)
    second.refresh_from_db()
    assert second.state == "proposed"
    assert Recommendation.objects.get(passage=second).withdrawn_at is None
    assert "No other commitment follows" in said(desk.send("merge", passage("commitment")))


def test_words_that_stand_in_two_places_are_not_guessed_at(desk: Desk) -> None:
    answer = desk.send("mark", kind="point", first="That", last="year.")
    assert answer.status_code == 422
    assert "“That” stands 4 times in the text. Enter more of the first words" in said(answer)
    assert Passage.objects.filter(state="added").count() == 0


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"first": ""}, "Enter the first words of the passage"),
        ({"first": "no such words anywhere"}, "“no such words anywhere” does not stand in the text."),
        ({"first": "Members asked", "last": "never said"}, "“never said” does not stand behind “Members asked”"),
        ({"first": "Members asked", "kind": "poem"}, "Select a valid choice"),
        ({"first": "Members asked", "kind": "response"}, "Select the point that it answers."),
        ({"first": "Members asked", "kind": "part"}, "Select the resolution that it is part of."),
        ({"first": "Members asked", "kind": "resolution", "label": "SUNG"}, "“SUNG” is no verb of a resolution."),
        ({"first": "Members asked whether libraries could help."}, "These words are marked already, as a point"),
        ({"first": "libraries could help"}, "Two points cannot share words"),
        ({"first": "x" * 501}, "Ensure this value has at most 500 characters"),
        ({"first": "Members asked", "said_by": "x" * 301}, "at most 300 characters"),
        ({"first": "Members asked", "start": "-5", "end": "9"}, "Two points cannot share words"),
        ({"first": "Members asked", "start": "1", "end": "99999999"}, "Two points cannot share words"),
        ({"first": "Members asked", "parent": "99999"}, "Select a valid choice"),
    ],
)
def test_a_passage_that_cannot_be_is_refused_beside_its_question(
    desk: Desk, answers: dict[str, str], says: str
) -> None:
    answer = desk.send("mark", **{"kind": "point", **answers})
    assert answer.status_code == 422
    assert says in said(answer)
    assert "There is a problem" in said(answer)
    assert DeskAct.objects.count() == 0


def test_selected_words_are_taken_by_their_offsets_though_they_stand_twice(desk: Desk) -> None:
    text = desk.minute.text
    at = text.rindex("be noted")
    form = desk.open(mark="1", start=at, end=at + len("be noted")).context["passage_form"]
    assert (form.initial["first"], form.initial["start"]) == ("be noted", at)
    desk.send("mark", kind="commitment", first="be noted", last="", start=at, end=at + len("be noted"))
    added = Passage.objects.get(state="added")
    assert (added.start, added.text) == (at, "be noted")
    assert Commitment.objects.filter(passage=added).exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"act": "sing", "version": "0"}, 400),
        ({"act": "accept", "version": "x"}, 400),
        ({"act": "accept", "version": "0", "passage": "99999"}, 400),
        ({"act": "take-back", "version": "0"}, 400),
        ({"act": "take-back", "version": "0", "number": "7"}, 422),
        ({"act": "accept", "version": "9" * 400}, 400),
    ],
)
def test_what_no_form_of_the_desk_sends_is_refused(desk: Desk, words: dict[str, str], status: int) -> None:
    assert desk.client.post(desk.address, words).status_code == status
    assert DeskAct.objects.count() == 0


def test_scripts_and_turned_text_in_a_reason_are_shown_as_words(desk: Desk) -> None:
    evil = "<script>alert(1)</script> \u202etxet\u2066 no\nline"
    desk.send("reject", passage("commitment"), why=evil)
    assert passage("commitment").why == "<script>alert(1)</script> txet no line"
    page = desk.open().content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("why", ["", "   ", "\u202e\u200b", "x" * 501])
def test_a_rejection_needs_a_reason_of_a_sensible_length(desk: Desk, why: str) -> None:
    assert desk.send("reject", passage("commitment"), why=why).status_code == 422
    assert passage("commitment").state == "proposed"


def test_a_form_that_is_sent_twice_is_done_once(desk: Desk) -> None:
    promise = passage("commitment")
    first = desk.send("reject", promise, version=0, why="no promise")
    second = desk.send("reject", promise, version=0, why="no promise")
    assert (first.status_code, second.status_code) == (302, 302)
    assert DeskAct.objects.count() == 1
    marked = {"kind": "commitment", "first": "Members asked", "version": 1}
    for _ in range(2):
        assert desk.send("mark", **marked).status_code == 302
    assert Passage.objects.filter(state="added").count() == 1


def test_the_second_clerk_is_told_who_changed_what_and_keeps_what_was_typed(desk: Desk, places: Places) -> None:
    other = Client()
    colleague = account("second-clerk", RoleKind.CLERK, places.north)
    other.force_login(colleague)
    promise = passage("commitment")
    Desk(other, desk.minute).correct(promise, version=0, said_by="The Head of ICT Services")
    answer = desk.correct(promise, version=0, said_by="Nobody but me")
    assert answer.status_code == 409
    words = said(answer)
    assert "Somebody else was quicker." in words
    assert "Second Clerk corrected the commitment" in words
    assert "Said by The Head of ICT Services Nobody but me" in words
    assert 'value="Nobody but me"' in answer.content.decode()
    promise.refresh_from_db()
    assert promise.said_by == "The Head of ICT Services"
    # Sent again from the page that told them, it is done.
    desk.correct(promise, version=answer.context["version"], said_by="Nobody but me")
    promise.refresh_from_db()
    assert promise.said_by == "Nobody but me"


def test_what_another_clerk_does_elsewhere_in_the_minute_is_told_and_stops_nothing(desk: Desk, places: Places) -> None:
    other = Client()
    other.force_login(account("second-clerk", RoleKind.CLERK, places.north))
    Desk(other, desk.minute).send("accept", passage("point"), version=0)
    answer = desk.send("accept", passage("commitment"), version=0)
    assert answer.status_code == 302
    page = desk.client.get(answer.headers["Location"])
    assert "Meanwhile, at the same minutes: Second Clerk accepted the point" in said(page)


def test_a_reason_that_was_typed_survives_a_passage_that_is_gone(desk: Desk, places: Places) -> None:
    other = Client()
    other.force_login(account("second-clerk", RoleKind.CLERK, places.north))
    Desk(other, desk.minute).send("reject", passage("commitment"), version=0, why="no promise")
    answer = desk.send("reject", passage("commitment"), version=0, why="my own reason")
    assert answer.status_code == 409
    assert "Second Clerk rejected the commitment" in said(answer)
    assert "my own reason" in answer.content.decode()


def test_something_built_on_since_is_not_taken_back(desk: Desk) -> None:
    promise = passage("commitment")
    desk.correct(promise, said_by="The Head of ICT Services")
    desk.send("accept", passage("point"))
    desk.send("reject", promise, why="no promise")
    answer = desk.send("take-back", number=1)
    assert answer.status_code == 422
    assert "Take back what was done last first." in said(answer)
    assert desk.send("take-back", number=3).status_code == 302
    assert desk.send("take-back", number=3).status_code == 422
    promise.refresh_from_db()
    assert (promise.state, promise.said_by) == ("corrected", "The Head of ICT Services")


def test_only_what_is_confirmed_is_published_and_the_rest_when_it_is(desk: Desk, places: Places) -> None:
    clerk = places.accounts["clerk"]
    actions.publish_minute(minute=desk.minute, by=clerk)
    everybody = Client()
    promise = passage("commitment")
    assert f"t-{promise.pk}" not in everybody.get(desk.minute.get_absolute_url()).content.decode()
    assert Commitment.objects.get().publication == "internal"
    assert Recommendation.objects.filter(publication="public").count() == 2
    desk.send("accept", promise)
    assert f"t-{promise.pk}" not in everybody.get(desk.minute.get_absolute_url()).content.decode()
    assert "Publish the 1 confirmed since" in said(desk.open())
    desk.client.post(reverse("minute-publish", args=[desk.minute.pk]))
    assert f"t-{promise.pk}" in everybody.get(desk.minute.get_absolute_url()).content.decode()
    assert Commitment.objects.get().publication == "public"


def test_a_response_waits_for_its_point_before_it_is_public(desk: Desk, places: Places) -> None:
    Passage.objects.filter(kind="point").update(confidence=0.5)
    actions.publish_minute(minute=desk.minute, by=places.accounts["clerk"])
    response = passage("response")
    assert (response.state, response.published_at) == ("accepted", None)
    desk.send("accept", passage("point"))
    actions.publish_minute(minute=desk.minute, by=places.accounts["clerk"])
    response.refresh_from_db()
    assert response.published_at is not None


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("other-clerk", 404), ("former-clerk", 404)])
def test_only_clerks_of_the_council_work_at_its_desk(
    client: Client, minute: Minute, places: Places, who: str, status: int
) -> None:
    client.force_login(places.accounts[who])
    desk = Desk(client, minute)
    assert desk.open().status_code == status
    assert desk.send("accept", passage("point")).status_code == status
    assert DeskAct.objects.count() == 0
    assert Client().get(desk.address).status_code == 302


def test_another_councils_clerk_may_not_work_at_public_minutes(client: Client, minute: Minute, places: Places) -> None:
    actions.publish_minute(minute=minute, by=places.accounts["clerk"])
    client.force_login(places.accounts["other-clerk"])
    answer = Desk(client, minute).send("accept", passage("commitment"))
    assert answer.status_code == 403
    assert "each council decides for itself" in said(answer)


def test_the_list_of_desks_names_what_waits(clerk: Client, minute: Minute, places: Places) -> None:
    assert "4 May 2022 , Joint Scrutiny Panel" in said(clerk.get(reverse("desks")))
    actions.publish_minute(minute=minute, by=places.accounts["clerk"])
    Desk(clerk, minute).send("accept", passage("commitment"))
    assert "Nothing waits" in said(clerk.get(reverse("desks")))
    clerk.force_login(places.accounts["officer"])
    assert clerk.get(reverse("desks")).status_code == 403


def test_everything_that_was_done_is_listed_with_what_can_be_taken_back(desk: Desk) -> None:
    desk.send("accept", passage("point"))
    desk.send("reject", passage("commitment"), why="no promise")
    page = said(desk.client.get(reverse("minute-desk-acts", args=[desk.minute.pk])))
    assert page.index("rejected the commitment") < page.index("accepted the point")
    assert page.count("Take back") == 2


def test_the_desk_asks_the_database_no_more_for_many_passages(desk: Desk, places: Places) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.open().status_code == 200
        return len(captured)

    desk.open()
    few = queries()
    item = desk.minute.items.get()
    for number in range(40):
        at = number * 8
        Passage.objects.create(
            item=item, kind="commitment", position=100 + number, start=at, end=at + 5, text="x", confidence=0.9
        )
    assert queries() == few


def test_an_item_is_corrected_divided_and_joined_and_how_it_was_read_is_kept(desk: Desk) -> None:
    item = desk.minute.items.get()
    read = item.title
    answer = desk.send(
        "correct-item", item=item.pk, title="The \u202eDigital Strategy", presented_by="Councillor Quill"
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.presented_by, item.read_title) == ("The Digital Strategy", "Councillor Quill", read)
    assert f"Title {read}" in said(desk.open())
    assert desk.send("correct-item", item=item.pk, title=" \u200b").status_code == 422

    # The point and all that follows become an item of their own; its response stays with it.
    assert "Select where the second item begins" in said(desk.send("divide-item", item=item.pk, new_title="Libraries"))
    assert desk.send("divide-item", item=item.pk, begins=passage("point").pk, new_title="Libraries").status_code == 302
    second = desk.minute.items.exclude(pk=item.pk).get()
    assert (second.title, second.start, second.read_start) == ("Libraries", passage("point").start, None)
    item.refresh_from_db()
    assert item.end == second.start
    assert {one.kind for one in item.passages.all()} == {"recommendation"}
    assert passage("response").item == second
    assert "Not read: a clerk made it" in said(desk.open())

    # A passage moves with what hangs on it, and not without what it hangs on.
    assert "Move the point: it goes along." in said(desk.send("move", passage("response"), item=second.pk))
    assert desk.send("move", passage("point"), item=item.pk).status_code == 302
    assert [passage("point").item, passage("response").item] == [item, item]
    assert passage("point").state == "proposed"

    # Joined again: nothing is lost, and the item that is gone stays on record.
    assert desk.send("join-item", item=item.pk).status_code == 422
    assert desk.send("join-item", item=second.pk).status_code == 302
    second.refresh_from_db()
    assert (second.joined_into, second.passages.count(), item.passages.count()) == (item, 0, 8)
    assert desk.send("correct-item", item=second.pk, title="Gone").status_code == 400
    page = said(desk.client.get(desk.minute.get_absolute_url()))
    assert "The Digital Strategy" in page
    assert "Libraries" not in page

    # And all of it taken back, the last first.
    assert "Take back what was done last first" in said(desk.send("take-back", number=2))
    for number in (4, 3, 2, 1):
        assert desk.send("take-back", number=number).status_code == 302, number
    item.refresh_from_db()
    assert (item.title, item.end, item.passages.count()) == (read, item.read_end, 8)
    assert desk_queries.items_of(desk.minute) == [item]
    assert DeskAct.objects.count() == 8


def test_who_changes_an_item_that_a_colleague_changed_is_told(desk: Desk, places: Places) -> None:
    item = desk.minute.items.get()
    other = Client()
    other.force_login(account("second-clerk", RoleKind.CLERK, places.north))
    Desk(other, desk.minute).send("correct-item", item=item.pk, title="Theirs", version=0)
    answer = desk.send("correct-item", item=item.pk, title="Mine", version=0)
    assert answer.status_code == 409
    assert "Second Clerk corrected the item" in said(answer)
    assert 'value="Mine"' in answer.content.decode()
    item.refresh_from_db()
    assert item.title == "Theirs"
