"""The tracker report as page, PDF and Word; what one council decided; and how a recommendation is cited."""

from __future__ import annotations

import datetime
import html
import io
import re
import uuid
from pathlib import Path

import docx
import pypdfium2
import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.scrutiny import actions, referral_actions, tracker_files
from sightline.scrutiny.domain import tracker
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Commitment, Recommendation, Referral, Update
from sightline.scrutiny.reading import Reading
from sightline.scrutiny.tracker_commands import tracker as command
from tests.scrutiny.conftest import Places

pytestmark = pytest.mark.measured

ODD = "Ugly <b>text</b> #let x = 1 *bold* $y$ 漢字 😀 \u202e é – “quoted”"


@pytest.fixture
def one(places: Places, reading: Reading) -> Recommendation:
    clerk = places.accounts["clerk"]
    minute = actions.record_minute(reading=reading, body=places.panel, by=clerk).minute
    actions.publish_minute(minute=minute, by=clerk)
    found = Recommendation.objects.get(reference="R2022-001")
    referral = Referral.objects.get(recommendation=found, council=places.north)
    referral_actions.consider_referral(
        referral=referral,
        body=places.panel,
        outcome=ConsiderationOutcome.ENDORSED,
        considered_on=datetime.date(2022, 5, 20),
        by=clerk,
        publish=True,
    )
    referral_actions.decide_referral(
        referral=referral,
        body=places.cabinet,
        outcome=DecisionOutcome.REJECTED,
        decided_on=datetime.date(2022, 6, 1),
        reason=ODD,
        by=clerk,
        publish=True,
    )
    return found


def said(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def report(client: Client, until: str = "2022-09-01") -> str:
    answer = client.get(reverse("body-tracker", args=["north-panel"]), {"until": until})
    assert answer.status_code == 200
    return said(answer.content)


def test_it_says_what_was_asked_decided_and_is_late(client: Client, one: Recommendation) -> None:
    page = report(client)
    assert "2 recommendations, 2 still open; 1 commitment, 1 still open; 2 late." in page
    assert "Endorsed by Joint Scrutiny Panel, 20 May 2022" in page
    assert "Rejected by Cabinet, 1 June 2022. Ugly <b>text</b>" in page
    assert "C2022-001" in page
    assert "Nobody yet" in page


def test_what_came_after_the_day_is_left_out(client: Client, one: Recommendation) -> None:
    page = report(client, "2022-05-25")
    assert "Endorsed" in page
    assert "Rejected" not in page
    assert "nothing late" in page
    assert "0 recommendations" in report(client, "2022-05-03")
    assert "2 recommendations" in report(client, "no date at all")


def test_the_day_is_asked_for_in_three_parts_and_a_wrong_one_is_told(client: Client, one: Recommendation) -> None:
    address = reverse("body-tracker", args=["north-panel"])
    asked = client.get(address, {"until_day": "25", "until_month": "May", "until_year": "2022"})
    assert "Rejected" not in said(asked.content)
    assert f"{reverse('body-tracker-file', args=['north-panel', 'pdf'])}?until=2022-05-25" in asked.content.decode()
    wrong = client.get(address, {"until_day": "31", "until_month": "2", "until_year": "2022"})
    assert wrong.status_code == 422
    assert "Last day of the report must be a real date" in said(wrong.content)
    assert "Rejected" in said(wrong.content)


def test_what_is_internal_is_in_nobodys_report_but_its_own_councils(
    client: Client, one: Recommendation, places: Places
) -> None:
    clerk = places.accounts["clerk"]
    referral_actions.decide_referral(
        referral=Referral.objects.get(recommendation__reference="R2022-002", council=places.north),
        body=places.cabinet,
        outcome=DecisionOutcome.ACCEPTED,
        decided_on=datetime.date(2022, 6, 2),
        by=clerk,
    )
    assert "Accepted" not in report(client)
    client.force_login(clerk)
    assert "Accepted by Cabinet, 2 June 2022" in report(client)


def test_updates_and_their_evidence_are_told_once_public(client: Client, one: Recommendation, places: Places) -> None:
    commitment = Commitment.objects.get()
    update = Update.objects.create(
        commitment=commitment, text="Every library has been written to.", on=datetime.date(2022, 7, 1),
        submission=uuid.uuid4(),
    )  # fmt: skip
    update.evidence.create(kind="link", title="Copies of the letters", address="https://example.invalid/letters")
    assert "Every library" not in report(client)
    from sightline.partnership.actions import publish

    publish(update, by=places.accounts["clerk"], action="scrutiny.publish_minute")
    assert "1 July 2022: Every library has been written to. Evidence: Copies of the letters." in report(client)
    assert "Every library" not in report(client, "2022-06-30")


def test_the_pdf_is_tagged_and_says_the_same(client: Client, one: Recommendation) -> None:
    answer = client.get(reverse("body-tracker-file", args=["north-panel", "pdf"]), {"until": "2022-09-01"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "tracker-north-panel-2022-09-01.pdf" in answer.headers["Content-Disposition"]
    content = answer.content
    document = pypdfium2.PdfDocument(content)
    assert (
        document.get_metadata_dict()["Title"]
        == "Tracker report: Joint Scrutiny Panel, Northmere Council, 1 September 2022"
    )
    assert document.is_tagged()
    assert b"pdfuaid" in content
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert "Rejected by Cabinet, 1 June" in text
    # Nothing that was written is read as markup, and what no font has stands as its number.
    assert "#let x = 1 *bold* $y$" in text
    assert "[U+6F22]" in text


def test_the_word_file_has_headings_tables_and_a_language(client: Client, one: Recommendation) -> None:
    answer = client.get(reverse("body-tracker-file", args=["north-panel", "docx"]), {"until": "2022-09-01"})
    made = docx.Document(io.BytesIO(answer.content))
    assert made.core_properties.title.startswith("Tracker report: Joint Scrutiny Panel")
    headings = [one.text for one in made.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        "What was asked",
        "R2022-001, asked on 4 May 2022",
        "R2022-002, asked on 4 May 2022",
        "What was promised",
    ]
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == ["Council", "Considered", "Decided", "What has happened since"]
    assert len(rows) == 4
    north = next(row for row in rows if row[0] == "Northmere Council")
    assert north[2].startswith(f"Rejected by Cabinet, 1 June 2022. {ODD[:20]}")
    assert "tblHeader" in made.tables[0]._tbl.xml
    assert 'w:val="en-GB"' in made.styles["Normal"].element.xml


def test_another_form_is_not_there(client: Client, one: Recommendation) -> None:
    assert client.get("/bodies/north-panel/tracker.exe").status_code == 404
    assert client.get("/bodies/no-such-panel/tracker/").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_command_writes_each_form(one: Recommendation, tmp_path: Path, form: str, begins: bytes) -> None:
    to = tmp_path / f"report.{form}"
    arguments = ["report", "--body", "north-panel", "--until", "2022-09-01", "--format", form, "-o", str(to)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    assert "2 recommendations, 2 still open" in done.output
    assert to.read_bytes().startswith(begins)


def test_an_empty_report_is_a_report(places: Places) -> None:
    empty = tracker.Report("P", "B", datetime.date(2024, 1, 1), datetime.date(2024, 1, 2), (), (), is_invented=True)
    assert tracker_files.as_pdf(empty).startswith(b"%PDF-")
    assert tracker_files.as_word(empty).startswith(b"PK")
    assert empty.summary == "0 recommendations, 0 still open; 0 commitments, 0 still open; nothing late."


def test_what_is_late_comes_first() -> None:
    def asked(reference: str, late: int, is_open: bool) -> tracker.Asked:
        at = tracker.AtCouncil("N", "waiting", "Waiting", is_open, None, late)
        return tracker.Asked(reference, "", "", datetime.date(2024, 1, 1), (at,))

    rows = tracker.in_order([asked("settled", 0, False), asked("open", 0, True), asked("late", 3, True)])
    assert [row.reference for row in rows] == ["late", "open", "settled"]


def decided(client: Client, slug: str, **query: str) -> str:
    answer = client.get(reverse("council-decisions", args=[slug]), query)
    assert answer.status_code == 200
    return said(answer.content)


def test_one_page_says_what_a_council_decided(client: Client, one: Recommendation, places: Places) -> None:
    north = decided(client, places.north.slug)
    assert "Rejected by Cabinet, 1 June 2022" in north
    assert "Waiting to be considered" in north
    east = decided(client, places.east.slug)
    assert "Rejected by Cabinet" not in east
    assert "R2022-001" in east
    for year in ("2022", "all", "1999", "²", "x" * 500):
        assert "R2022-001" in decided(client, places.north.slug, year=year)
    assert client.get("/councils/no-such-council/decisions/").status_code == 404


def test_an_internal_decision_is_not_on_it(client: Client, one: Recommendation, places: Places) -> None:
    clerk = places.accounts["clerk"]
    referral_actions.decide_referral(
        referral=Referral.objects.get(recommendation__reference="R2022-002", council=places.north),
        body=places.cabinet,
        outcome=DecisionOutcome.ACCEPTED,
        decided_on=datetime.date(2022, 6, 2),
        by=clerk,
    )
    assert "Accepted" not in decided(client, places.north.slug)
    client.force_login(clerk)
    assert "Accepted by Cabinet" in decided(client, places.north.slug)


def test_the_queries_do_not_grow(client: Client, one: Recommendation, places: Places) -> None:
    from tests.scrutiny.conftest import MINUTES, make_reading

    def queries() -> list[int]:
        counts = []
        for name, slug in (("council-decisions", places.north.slug), ("body-tracker", "north-panel")):
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse(name, args=[slug]))
            counts.append(len(captured))
        return counts

    few = queries()
    clerk = places.accounts["clerk"]
    for number in range(3):
        reading = make_reading(MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        minute = actions.record_minute(reading=reading, body=places.panel, by=clerk).minute
        actions.publish_minute(minute=minute, by=clerk)
    assert queries() == few


def test_a_recommendation_can_be_cited(client: Client, one: Recommendation) -> None:
    page = said(client.get(one.get_absolute_url()).content)
    assert (
        "Joint Scrutiny Panel, Northmere Council, recommendation R2022-001, 4 May 2022: “That a glossary be added to"
        " the Strategy; and.” In: minutes of Joint Scrutiny Panel, Northmere Council, 4 May 2022, item “Review of the"
        " Digital Strategy”. http://localhost:8000/recommendations/R2022-001/"
    ) in page
    assert "Get an e-mail when it changes" in page
