"""Full-text search: what is found, by whom, however it is typed, and that the index follows every write."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.partnership import search_index, searching
from sightline.partnership.domain import search_words
from sightline.partnership.models import Council
from sightline.scrutiny import actions
from sightline.scrutiny.models import Minute, Recommendation
from sightline.scrutiny.reading import Reading
from tests.scrutiny.conftest import MINUTES, Places, make_reading

pytestmark = pytest.mark.measured


@pytest.fixture
def minute(places: Places, reading: Reading) -> Minute:
    return actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"]).minute


@pytest.fixture
def published(minute: Minute, places: Places) -> Minute:
    return actions.publish_minute(minute=minute, by=places.accounts["clerk"])


def titles(client: Client, words: str, **narrowed: str) -> list[str]:
    page = client.get(reverse("search"), {"words": words, **narrowed})
    assert page.status_code == 200
    return [one.title for one in page.context["page"]]


EVERYTHING = ["Recommendation R2022-001", "Minutes of Joint Scrutiny Panel"]


@pytest.mark.parametrize(
    "words",
    [
        "glossary",
        "GLOSSARY",
        "glossaries",
        "glossáry",
        "a glossary be added to the strategy",
        '"glossary be added"',
        "“glossary be added”",
        "strategy added",
        'glossary "',
        "glossary 😀",
        "glossary; the --",
    ],
)
def test_words_are_found_by_their_stems_in_any_order(client: Client, published: Minute, words: str) -> None:
    assert titles(client, words) == EVERYTHING


@pytest.mark.parametrize(
    "words", ['"added glossary"', "glossary NOT strategy", "glossary OR nothing", "gloss", "strategy -glossary nowhere"]
)
def test_what_does_not_hold_all_the_words_is_not_found(client: Client, published: Minute, words: str) -> None:
    assert titles(client, words) == []


def test_a_reference_finds_its_record(client: Client, published: Minute) -> None:
    assert titles(client, "R2022-002") == ["Recommendation R2022-002"]


ODD = [
    "", " ", '"', '""', '"""', "'", "\\", "*", "a*", "(", "glossary AND", "NEAR(a b)", "text:glossary", "^glossary",
    "-", "!", "a & b", "a <-> b", "a:*", "%", "%s", "😀", "👩‍👩‍👧", "\u202e", "\ufeff", "e\u0301", "ﬁ", "ß", "漢字",
    "x" * 10_000,
    "word " * 2_000, '"' * 10_000, "'; DELETE FROM scrutiny_minute; --", "<script>alert(1)</script>", "1e5 .5 -3",
    "a\0b", "\x01\x02", "http://example.invalid/a?b=c&d",
]  # fmt: skip


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_nothing_that_can_be_typed_is_wrong(client: Client, published: Minute, words: str) -> None:
    page = client.get(reverse("search"), {"words": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert Minute.objects.count() == 1


def test_what_was_found_is_marked_and_escaped(client: Client, published: Minute) -> None:
    published.text += "\nAsked of <b>libraries</b> & parishes could help.\n"
    published.save()
    page = client.get(reverse("search"), {"words": "parish"}).content.decode()
    assert '&lt;b&gt;libraries&lt;/b&gt; &amp; <mark class="found">parishes</mark> could' in page


def test_only_what_may_be_seen_is_found(client: Client, minute: Minute, places: Places) -> None:
    assert titles(client, "glossary") == []
    client.force_login(places.accounts["other-clerk"])
    assert titles(client, "glossary") == []
    client.force_login(places.accounts["officer"])
    assert titles(client, "glossary") == EVERYTHING
    actions.publish_minute(minute=minute, by=places.accounts["clerk"])
    client.logout()
    assert titles(client, "glossary") == EVERYTHING


def test_the_index_follows_what_is_published_changed_withdrawn_and_removed(client: Client, published: Minute) -> None:
    one = Recommendation.objects.get(reference="R2022-001")
    one.text = "That bicycles be lent to members."
    one.save()
    assert titles(client, "glossary") == ["Minutes of Joint Scrutiny Panel"]
    assert titles(client, "bicycle") == ["Recommendation R2022-001"]
    one.publication = "internal"
    one.save()
    assert titles(client, "bicycle") == []
    one.publication = "public"
    one.save()
    assert titles(client, "bicycle") == ["Recommendation R2022-001"]
    one.referrals.all().delete()
    one.delete()
    assert titles(client, "bicycle") == []


def test_it_is_narrowed_by_council_body_and_kind(client: Client, published: Minute, places: Places) -> None:
    assert titles(client, "glossary", kind="minute") == EVERYTHING[1:]
    assert titles(client, "glossary", kind="no-such-kind") == EVERYTHING
    assert titles(client, "glossary", body="north-panel") == EVERYTHING
    assert titles(client, "glossary", body="east-panel") == []
    # The recommendation waits at every council; the minutes are of one.
    assert titles(client, "glossary", council=places.north.slug) == EVERYTHING
    assert titles(client, "glossary", council=places.east.slug) == EVERYTHING[:1]


def test_the_newest_comes_first_page_by_page_with_the_same_number_of_queries(client: Client, places: Places) -> None:
    clerk = places.accounts["clerk"]

    def record(number: int) -> None:
        reading = make_reading(MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        day = datetime.date(2022, 5, 4) + datetime.timedelta(days=number)
        minute = actions.record_minute(reading=reading, body=places.panel, by=clerk, held_on=day).minute
        actions.publish_minute(minute=minute, by=clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("search"), {"words": "glossary"})
        return len(captured)

    record(0)
    few = queries()
    for number in range(1, 14):
        record(number)
    assert queries() == few
    page = client.get(reverse("search"), {"words": "glossary"})
    days = [one.on for one in page.context["page"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 25
    assert page.context["page"].paginator.count == 28
    assert len(client.get(reverse("search"), {"words": "glossary", "page": "2"}).context["page"].object_list) == 3


def test_more_than_is_shown_is_said(client: Client, published: Minute, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_FOUND", 1)
    page = client.get(reverse("search"), {"words": "glossary"})
    assert page.context["page"].paginator.count == 1
    assert "There are more than these" in page.content.decode()


def test_an_index_that_a_migration_took_away_is_made_again(client: Client, published: Minute) -> None:
    indexes = [kind.index for kind in searching.kinds()]
    assert search_index.make_good(indexes) == []
    index = next(index for index in indexes if index.table == "scrutiny_recommendation")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {index.name}_update_{index.digest}")
        else:
            # What was written waits for the end of the transaction to be checked, and a table is not altered before.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{index.table}" DROP COLUMN {search_index.COLUMN}')
    assert search_index.make_good(indexes) == [index]
    assert titles(client, "glossary") == EVERYTHING


def test_a_text_of_very_many_words_is_kept_and_found(client: Client, published: Minute) -> None:
    words = " ".join(f"w{number:x}z" * 3 for number in range(70_000))
    assert len(words) > 1_048_576
    published.text = f"Quokka. {words}"
    published.save()
    assert titles(client, "quokka") == EVERYTHING[1:]


@pytest.mark.parametrize("name", ["home", "recommendations"])
def test_every_page_has_a_search_box(client: Client, places: Places, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert re.search(r'<form class="site-search" method="get" action="/search/" role="search">', page)
    assert "site-search-words" not in client.get(reverse("search")).content.decode()


def test_a_snippet_shows_phrases_alone_and_what_stands_around() -> None:
    stem = search_words.stemmer("porter")
    text = "Waiting was long. " + "Much else was said. " * 30 + "The waiting   times fell; times change."
    pieces = search_words.snippet(text, search_words.wanted('"waiting time"'), stem)
    assert [piece.text for piece in pieces if piece.marked] == ["waiting times"]
    assert pieces[0].text == "… "
    beginning = search_words.snippet(text, search_words.wanted("elsewhere"), stem)
    assert "".join(piece.text for piece in beginning).startswith("Waiting was long.")
    assert html.escape("…") == beginning[-1].text.strip()


def test_no_council_is_needed(db: None, client: Client) -> None:
    assert not Council.objects.exists()
    assert titles(client, "glossary") == []
