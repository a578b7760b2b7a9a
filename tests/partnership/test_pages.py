"""The pages of councils and bodies, as a resident sees them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest
from django.test import Client

from sightline.partnership import sections
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Body, Council

pytestmark = [pytest.mark.django_db, pytest.mark.measured]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_councils_are_listed_with_who_considers_and_decides(client: Client, demonstration: PartnershipFile) -> None:
    text = page(client, "/councils/")
    for council in demonstration.councils:
        assert f'<a class="govuk-link" href="/councils/{council.slug}/">{council.name}</a>' in text
    assert '<a class="govuk-link" href="/bodies/thornfen-joint-panel/">Joint Performance Panel/Policy Panel</a>' in text
    assert "Councils that have ended" not in text


def test_a_council_says_who_considers_who_decides_and_which_bodies_it_has(
    client: Client, demonstration: PartnershipFile
) -> None:
    text = page(client, "/councils/thornfen/")
    for name in ("Joint Performance Panel/Policy Panel", "Cabinet", "Performance Panel", "Policy Panel", "E07999003"):
        assert name in text
    assert "Executive Board" not in text, "that is another council's"


def test_a_council_that_ended_names_its_successor_and_the_successor_its_predecessor(
    client: Client, demonstration: PartnershipFile, council: Callable[[str], Council]
) -> None:
    old, new = council("ABC"), council("CVDC")
    old.ended_on, old.successor = datetime.date(2024, 3, 31), new
    old.save()
    assert "This council ended on" in page(client, "/councils/aldersby/")
    assert '<time datetime="2024-03-31">31 March 2024</time>' in page(client, "/councils/aldersby/")
    assert "Its work passed to" in page(client, "/councils/")
    assert "Came after" in page(client, "/councils/carrow-vale/")


def test_a_council_that_will_end_is_still_there(
    client: Client, demonstration: PartnershipFile, council: Callable[[str], Council]
) -> None:
    soon = council("ABC")
    soon.ended_on = datetime.date(2999, 3, 31)
    soon.save()
    assert "This council ends on" in page(client, "/councils/aldersby/")
    assert "Councils that have ended" not in page(client, "/councils/")


def test_bodies_stand_under_their_councils_the_partnerships_first(
    client: Client, demonstration: PartnershipFile
) -> None:
    text = page(client, "/bodies/")
    places = [text.index(name) for name in ("The partnership</h2>", "Aldersby Borough", "Carrow Vale", "Thornfen")]
    assert places == sorted(places)
    assert text.index("Partnership Scrutiny Task Group") < text.index("Aldersby Borough Council</span>")


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (
            "thornfen-joint-panel",
            ["Panels sitting jointly", "Made of", "Policy Panel</a>, sitting jointly", "Considers"],
        ),
        ("thornfen-policy-panel", ["Scrutiny panel", "Also sits as", "Joint Performance Panel/Policy Panel"]),
        ("carrow-vale-executive-board", ["Executive board", "For Carrow Vale District Council, and for no other"]),
        (
            "partnership-task-group",
            ["Task group", "The partnership: Vale and Fen", "Also called", "Scrutiny Task Group"],
        ),
        ("carrow-vale-audit-committee", ["Committee", "Accounts, risk"]),
    ],
)
def test_a_body_says_what_it_is(client: Client, demonstration: PartnershipFile, slug: str, said: list[str]) -> None:
    text = page(client, f"/bodies/{slug}/")
    for words in said:
        assert words in text


@pytest.mark.parametrize("address", ["/councils/nowhere/", "/bodies/nobody/"])
def test_what_is_not_there_is_not_found(client: Client, demonstration: PartnershipFile, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/councils/", "/bodies/"])
def test_lists_are_empty_before_a_file_is_loaded(client: Client, address: str) -> None:
    assert "have not been entered yet" in page(client, address)


def test_lists_take_as_many_queries_for_many_bodies_as_for_few(
    client: Client, demonstration: PartnershipFile, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for address in ("/councils/", "/bodies/", "/councils/thornfen/", "/bodies/thornfen-joint-panel/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_a_source_is_shown_with_the_day_it_was_checked(client: Client, demonstration: PartnershipFile) -> None:
    body = Body.objects.get(slug="aldersby-cabinet")
    body.source, body.source_url = "The constitution", "https://www.aldersby.example/constitution"
    body.checked_on = datetime.date(2026, 3, 6)
    body.save()
    text = page(client, "/bodies/aldersby-cabinet/")
    assert 'Source: <a class="govuk-link" href="https://www.aldersby.example/constitution">The constitution</a>' in text
    assert "checked on <time" in text
    assert "6 March 2026" in text


class TestColours:
    def test_each_council_has_its_colour_and_a_text_that_can_be_read_on_it(
        self, client: Client, demonstration: PartnershipFile
    ) -> None:
        response = client.get("/council-colours.css")
        assert response["Content-Type"] == "text/css; charset=utf-8"
        assert ".council--thornfen { --council-colour: #1f4e8c; --council-text: #ffffff; }" in response.content.decode()
        assert response.content.decode().count("\n") == 3

    def test_a_browser_that_has_it_is_told_so_until_a_colour_changes(
        self, client: Client, demonstration: PartnershipFile, council: Callable[[str], Council]
    ) -> None:
        first = client.get("/council-colours.css")
        again = client.get("/council-colours.css", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        thornfen = council("TDC")
        thornfen.colour = "#ffdd00"
        thornfen.save()
        changed = client.get("/council-colours.css", headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert "--council-text: #0b0c0c" in changed.content.decode()


class TestSections:
    @pytest.fixture(autouse=True)
    def _leave_no_section(self) -> Iterator[None]:
        before = (list(sections._of_councils), list(sections._of_bodies))
        yield
        sections._of_councils[:], sections._of_bodies[:] = before

    def test_a_higher_room_adds_to_the_page_of_a_council_and_of_a_body(
        self, client: Client, demonstration: PartnershipFile
    ) -> None:
        def source(request: HttpRequest, record: Council | Body) -> sections.Section | None:
            if record.slug.startswith("carrow"):
                return None
            fact = {"source": f"Told by {record.name}", "source_url": "", "checked_on": None}
            return sections.Section("partnership/_source.html", {"fact": fact})

        sections.add_to_council_page(source)
        sections.add_to_council_page(source)
        sections.add_to_body_page(source)
        assert page(client, "/councils/thornfen/").count("Told by Thornfen District Council") == 1
        # Its name may be a term of the glossary, and so a link.
        assert "Told by Cabinet" in re.sub("<[^>]*>", "", page(client, "/bodies/thornfen-cabinet/"))
        assert "Told by" not in page(client, "/councils/carrow-vale/")
