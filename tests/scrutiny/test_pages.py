"""What a resident sees of scrutiny, and what nobody sees before it is published."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.scrutiny import actions
from sightline.scrutiny.models import Minute, Passage, Recommendation
from sightline.scrutiny.reading import Reading
from sightline.scrutiny.referring import derived_from
from tests.scrutiny.conftest import MINUTES, Places, make_reading


@pytest.fixture
def minute(places: Places, reading: Reading) -> Minute:
    return actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"]).minute


@pytest.fixture
def published(minute: Minute, places: Places) -> Minute:
    return actions.publish_minute(minute=minute, by=places.accounts["clerk"])


def text_of(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def internal_addresses(minute: Minute) -> list[str]:
    recommendation = Recommendation.objects.first()
    assert recommendation is not None
    return [
        minute.get_absolute_url(),
        minute.meeting.get_absolute_url(),
        recommendation.get_absolute_url(),
        reverse("minute-file", args=[minute.pk]),
    ]


def test_what_is_internal_looks_as_if_it_did_not_exist(client: Client, minute: Minute) -> None:
    missing = client.get(reverse("minute", args=[minute.pk + 1]))
    for address in internal_addresses(minute):
        answer = client.get(address)
        assert answer.status_code == 404, address
    assert missing.status_code == 404
    for name in ("recommendations", "meetings", "home"):
        page = client.get(reverse(name)).content.decode()
        assert "R2022-001" not in page
        assert "4 May 2022" not in page


def test_its_own_council_sees_what_is_internal_and_another_does_not(
    client: Client, minute: Minute, places: Places
) -> None:
    client.force_login(places.accounts["officer"])
    assert [client.get(address).status_code for address in internal_addresses(minute)] == [200] * 4
    client.force_login(places.accounts["other-clerk"])
    assert [client.get(address).status_code for address in internal_addresses(minute)] == [404] * 4


def test_anybody_reads_published_minutes(client: Client, published: Minute) -> None:
    assert [client.get(address).status_code for address in internal_addresses(published)] == [200] * 4


def test_the_text_is_whole_and_every_passage_is_marked_at_its_offsets(client: Client, published: Minute) -> None:
    page = client.get(published.get_absolute_url()).content.decode()
    found = re.search(r'<div class="minute-text"[^>]*>(.*?)</div>\s*</section>', page, re.S)
    assert found is not None
    marked = found[1]
    bare = re.sub(r'<span class="passage__label">.*?</span>', "", marked)
    assert html.unescape(re.sub(r"<[^>]+>", "", bare)) == published.text
    for passage in Passage.objects.all():
        opening = re.search(rf'<mark class="passage passage--{passage.kind}" id="t-{passage.pk}">', marked)
        assert opening is not None
        before = re.sub(r'<span class="passage__label">.*?</span>', "", marked[: opening.start()])
        assert len(html.unescape(re.sub(r"<[^>]+>", "", before))) == passage.start
        assert f'href="#s-{passage.pk}"' in marked
        assert f'id="s-{passage.pk}"' in page
        assert f'href="#t-{passage.pk}"' in page


def test_markup_in_a_minute_is_shown_and_never_run(client: Client, places: Places) -> None:
    evil = MINUTES.replace("Members asked", "Members <script>alert(1)</script> & asked")
    reading = make_reading(evil.replace("Members <script>alert(1)</script> & asked", "Members asked"))
    clerk = places.accounts["clerk"]
    minute = actions.record_minute(reading=reading, body=places.panel, by=clerk).minute
    minute.text = minute.text.replace("the report.", "<script>alert(1)</script>!", 1)[: len(minute.text)]
    minute.save()
    actions.publish_minute(minute=minute, by=clerk)
    page = client.get(minute.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_recommendation_shows_its_passage_and_where_it_stands_in_each_council(
    client: Client, published: Minute
) -> None:
    recommendation = Recommendation.objects.get(reference="R2022-002")
    page = client.get(recommendation.get_absolute_url())
    said = text_of(page.content)
    assert "That telephone waiting times be published." in said
    for council in ("Eastholt Council", "Northmere Council", "Southwick Council"):
        assert f"{council} Waiting to be considered" in said
    marked = re.search(r"<mark[^>]*>(.*?)</mark>", page.content.decode(), re.S)
    assert marked is not None
    assert html.unescape(marked[1]) == recommendation.text
    assert f"{published.get_absolute_url()}#t-{recommendation.passage_id}" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["R2022-002", "R2022-001"]),
        ("council=eastholt", ["R2022-002", "R2022-001"]),
        ("council=eastholt&state=accepted", ["R2022-001"]),
        ("council=southwick&state=accepted", []),
        ("state=accepted", ["R2022-001"]),
        ("body=north-panel", ["R2022-002", "R2022-001"]),
        ("body=task-group", []),
        ("state=nonsense&council=nowhere&page=99", ["R2022-002", "R2022-001"]),
    ],
)
def test_recommendations_are_filtered_by_council_body_and_state(
    client: Client, published: Minute, query: str, shown: list[str]
) -> None:
    asked = Recommendation.objects.get(reference="R2022-001")
    referral = asked.referrals.get(council__slug="eastholt")
    referral.state = referral.public_state = "accepted"
    referral.save()
    Recommendation.objects.filter(pk=asked.pk).update(**derived_from(asked.referrals.all()))
    page = client.get(f"{reverse('recommendations')}?{query}").content.decode()
    assert re.findall(r"<span>(R2022-\d+)</span>", page) == shown


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client, places: Places, published: Minute) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [reverse("recommendations"), reverse("meetings"), reverse("home")]
    for address in addresses:
        client.get(address)
    few = [queries(address) for address in addresses]
    for number in range(12):
        more = make_reading(MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        clerk = places.accounts["clerk"]
        actions.publish_minute(minute=actions.record_minute(reading=more, body=places.panel, by=clerk).minute, by=clerk)
    assert [queries(address) for address in addresses] == few


def test_the_file_comes_back_as_it_was_sent_and_only_as_a_download(client: Client, published: Minute) -> None:
    answer = client.get(reverse("minute-file", args=[published.pk]))
    assert answer.content == MINUTES.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="panel.txt"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_meeting_counts_what_was_found_in_its_minutes(client: Client, published: Minute) -> None:
    said = text_of(client.get(published.meeting.get_absolute_url()).content)
    assert "Recommendations 2" in said
    assert "Commitments 1" in said


def test_an_unknown_reference_is_not_found(client: Client, published: Minute) -> None:
    assert client.get(reverse("recommendation", args=["R1999-001"])).status_code == 404


@pytest.mark.parametrize("name", ["recommendations", "meetings", "home"])
def test_pages_for_reading_refuse_to_be_written_to(client: Client, db: None, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405


def test_a_council_page_counts_its_own_referrals(client: Client, published: Minute) -> None:
    referral = Recommendation.objects.get(reference="R2022-001").referrals.get(council__slug="eastholt")
    referral.state = referral.public_state = "rejected"
    referral.save()
    east = text_of(client.get(reverse("council", args=["eastholt"])).content)
    south = text_of(client.get(reverse("council", args=["southwick"])).content)
    assert "Waiting to be considered 1 Rejected 1" in east
    assert "Waiting to be considered 2" in south
    assert "Rejected" not in south


def test_a_council_page_counts_nothing_that_is_internal(client: Client, minute: Minute) -> None:
    page = text_of(client.get(reverse("council", args=["eastholt"])).content)
    assert "No recommendation has been referred to this council yet." in page


def test_a_body_page_shows_what_it_asked_for_and_when_it_met(client: Client, published: Minute) -> None:
    page = text_of(client.get(reverse("body", args=["north-panel"])).content)
    assert "That telephone waiting times be published." in page
    assert "4 May 2022" in page
    other = text_of(client.get(reverse("body", args=["east-panel"])).content)
    assert "No meeting of this body is published yet." in other
