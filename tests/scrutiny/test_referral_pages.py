"""The pages of referrals: the councils side by side, the forms, the links of minutes, feeds and downloads."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from sightline.partnership import audit
from sightline.partnership.audit_models import AuditEntry
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council
from sightline.scrutiny import actions, follower_queries, link_actions, referral_actions, tracker_queries
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Consideration, Decision, Link, Minute, Recommendation
from sightline.scrutiny.reading import Reading, read_minutes_file
from tests.scrutiny.conftest import MINUTES, Places, account, make_reading
from tests.scrutiny.test_pages import text_of

CABINET = """Minutes of the Cabinet held on 7 June 2022

12. REVIEW OF THE DIGITAL STRATEGY: RECOMMENDATIONS OF THE JOINT SCRUTINY PANEL

The Portfolio Holder introduced the report of the Joint Scrutiny Panel on the glossary and on telephone waiting times.

RESOLVED:

(1) That recommendation 1 of the Panel be accepted; and
(2) That recommendation 2 be deferred until the new telephones are in place.
"""


@pytest.fixture
def published(places: Places, reading: Reading) -> Minute:
    clerk = places.accounts["clerk"]
    minute = actions.record_minute(reading=reading, body=places.panel, by=clerk).minute
    return actions.publish_minute(minute=minute, by=clerk)


@pytest.fixture
def cabinet(places: Places, published: Minute) -> Minute:
    reading = read_minutes_file(name="cabinet.txt", content=CABINET.encode())
    return actions.record_minute(reading=reading, body=places.cabinet, by=places.accounts["clerk"]).minute


def links_of(minute: Minute) -> list[Link]:
    return list(Link.objects.filter(passage__item__minute=minute).order_by("passage__start"))


def page(client: Client, reference: str = "R2022-001") -> str:
    return text_of(client.get(reverse("recommendation", args=[reference])).content)


def decide(places: Places, reference: str = "R2022-001", **facts: Any) -> Decision:
    referral = Recommendation.objects.get(reference=reference).referrals.get(council=places.north)
    told: dict[str, Any] = {
        "body": places.cabinet,
        "outcome": DecisionOutcome.ACCEPTED,
        "decided_on": datetime.date(2022, 6, 7),
        "by": places.accounts["clerk"],
    }
    record = referral_actions.decide_referral(referral=referral, **(told | facts)).record
    assert isinstance(record, Decision)
    return record


def address(step: str, council: str = "northmere", reference: str = "R2022-001") -> str:
    return reverse(f"recommendation-{step}", args=[reference, council])


DECIDED = {"body": "north-cabinet", "outcome": "accepted", "day_day": "7", "day_month": "6", "day_year": "2022"}
CONSIDERED = {"body": "north-panel", "outcome": "endorsed", "day_day": "7", "day_month": "6", "day_year": "2022"}


def test_the_councils_stand_side_by_side_and_the_late_ones_are_named(
    client: Client, places: Places, published: Minute
) -> None:
    decide(places, publish=True)
    said = page(client)
    assert "Northmere Council Accepted Asked 4 May 2022" in said
    assert "Accepted 7 June 2022 Decided by Cabinet." in said
    assert "Call-in ended 14 June 2022" in said
    assert "Southwick Council Waiting to be considered Late" in said
    assert "Decision due 4 July 2022" in said
    assert "So far: one accepted, two have not decided yet" in said
    assert "Slowest: Eastholt Council , Southwick Council , without a decision after" in said


def test_what_is_internal_is_seen_by_its_own_council_alone(client: Client, places: Places, published: Minute) -> None:
    decide(places, outcome=DecisionOutcome.REJECTED, reason="Words nobody else reads.")
    listed = f"{reverse('recommendations')}?council=northmere&state=rejected"
    council = reverse("council", args=["northmere"])
    for who in ("", "other-clerk"):
        if who:
            client.force_login(places.accounts[who])
        said = page(client)
        assert "Rejected" not in said
        assert "Words nobody else reads." not in said
        assert "R2022-001" not in text_of(client.get(listed).content)
        assert "Rejected" not in text_of(client.get(council).content)
        assert "Words nobody else reads." not in client.get(reverse("decisions-feed")).content.decode()
        downloaded = b"".join(client.get(reverse("recommendations-csv")).streaming_content).decode()  # type: ignore[attr-defined]
        assert "rejected" not in downloaded
    client.force_login(places.accounts["officer"])
    assert "Words nobody else reads." in page(client)
    assert "R2022-001" in text_of(client.get(listed).content)
    assert "Rejected 1" in text_of(client.get(council).content)


def test_a_clerk_records_a_decision_and_publishes_it(client: Client, places: Places, published: Minute) -> None:
    client.force_login(places.accounts["clerk"])
    assert "Record a decision for Northmere Council" in page(client)
    assert "Record a decision for Eastholt Council" not in page(client)
    answer = client.post(address("decide"), DECIDED)
    assert answer.headers["Location"] == reverse("recommendation", args=["R2022-001"]) + "#northmere"
    assert "On record for Northmere Council: accepted by Cabinet, 7 June 2022." in page(client)
    client.post(address("decide"), DECIDED)
    assert "That was on record already." in page(client)
    assert Decision.objects.count() == 1
    client.post(address("publish"))
    client.logout()
    assert "Decided by Cabinet." in page(client)


def test_a_clerk_records_a_consideration_public_at_once(client: Client, places: Places, published: Minute) -> None:
    client.force_login(places.accounts["clerk"])
    client.post(address("consider"), {**CONSIDERED, "comments": "<script>alert(1)</script>", "publish": "on"})
    client.logout()
    content = client.get(reverse("recommendation", args=["R2022-001"])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script>alert(1)" not in content
    assert "Endorsed 7 June 2022 Considered by Joint Scrutiny Panel." in page(client)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": ""}, "Select what was decided"),
        ({"body": "east-panel"}, "Select a valid choice"),
        ({"outcome": "rejected"}, "Enter the reason"),
        ({"day_year": "2021"}, "cannot have been decided before"),
        ({"day_year": "2999"}, "The date must be today or in the past"),
        ({"day_month": "2", "day_day": "30"}, "Date of the decision must be a real date"),
        ({"reason": "x" * 10_001}, "at most 10,000"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    client: Client, places: Places, published: Minute, changed: dict[str, str], said: str
) -> None:
    client.force_login(places.accounts["clerk"])
    answer = client.post(address("decide"), DECIDED | changed)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("step", ["consider", "decide"])
def test_another_councils_clerk_is_refused_and_a_stranger_asked_to_sign_in(
    client: Client, places: Places, published: Minute, step: str
) -> None:
    assert client.get(address(step)).status_code == 302
    client.force_login(places.accounts["other-clerk"])
    assert client.get(address(step)).status_code == 403
    assert client.post(address(step), DECIDED if step == "decide" else CONSIDERED).status_code == 403
    assert client.get(address(step, council="nowhere")).status_code == 404
    assert not Decision.objects.exists()
    assert not Consideration.objects.exists()


def test_a_portfolio_holder_sees_the_form_for_a_decision_alone(
    client: Client, places: Places, published: Minute
) -> None:
    client.force_login(account("north-holder", RoleKind.PORTFOLIO_HOLDER, places.north))
    assert client.get(address("consider")).status_code == 403
    form = client.get(address("decide")).content.decode()
    assert 'name="publish"' not in form
    assert 'name="on_behalf_of"' not in form
    assert client.post(address("decide"), DECIDED).status_code == 302


def test_minutes_are_linked_confirmed_and_put_on_record_from_their_page(
    client: Client, places: Places, cabinet: Minute
) -> None:
    first, second = links_of(cabinet)
    assert [(link.referral.recommendation.reference, link.outcome) for link in (first, second)] == [
        ("R2022-001", "accepted"), ("R2022-002", "deferred"),
    ]  # fmt: skip
    client.force_login(places.accounts["clerk"])
    assert "2 proposals wait for you" in text_of(client.get(cabinet.get_absolute_url()).content)
    links = reverse("minute-links", args=[cabinet.pk])
    said = text_of(client.get(links).content)
    assert "Does this decide R2022-002 for Northmere Council?" in said
    assert "It seems to say: Deferred" in said
    assert not Decision.objects.exists()

    answer = client.post(reverse("minute-link", args=[cabinet.pk, second.pk]), {"say": "yes"})
    # Confirmed, but not on record yet.
    assert "2 proposals wait for you." in text_of(client.get(links).content)
    form = client.get(answer.headers["Location"]).content.decode()
    assert 'value="deferred" checked' in form.replace("  ", " ")
    assert "recommendation 2 be deferred until the new telephones are in place." in form
    sent = client.post(
        answer.headers["Location"],
        DECIDED | {"outcome": "deferred", "reason": "Until the telephones are in.", "passage": str(second.passage_id)},
    )
    assert sent.headers["Location"] == links
    decision = Decision.objects.get()
    assert (decision.outcome, decision.passage) == ("deferred", second.passage)
    said = text_of(client.get(links).content)
    assert "On record: Deferred by Cabinet, 7 June 2022." in said
    assert "1 proposal waits for you." in said

    client.post(reverse("minute-link", args=[cabinet.pk, first.pk]), {"say": "no"})
    assert "North Clerk said that it does not." in text_of(client.get(links).content)
    assert Decision.objects.count() == 1


def test_proposing_again_leaves_what_the_clerk_said(places: Places, cabinet: Minute) -> None:
    clerk = places.accounts["clerk"]
    link = links_of(cabinet)[0]
    link_actions.reject_link(link=link, by=clerk)
    assert link_actions.propose_links(minute=cabinet, by=clerk) == 0
    link.refresh_from_db()
    assert (link.state, link.settled_by) == ("rejected", clerk)


def test_only_the_councils_clerk_says_what_its_minutes_deal_with(
    client: Client, places: Places, cabinet: Minute
) -> None:
    link = links_of(cabinet)[0]
    actions.publish_minute(minute=cabinet, by=places.accounts["clerk"])
    client.force_login(places.accounts["other-clerk"])
    assert client.get(reverse("minute-links", args=[cabinet.pk])).status_code == 403
    assert client.post(reverse("minute-link", args=[cabinet.pk, link.pk]), {"say": "yes"}).status_code == 403
    assert client.post(reverse("minute-links-look-again", args=[cabinet.pk])).status_code == 403
    link.refresh_from_db()
    assert link.state == "proposed"
    assert "Recommendations that these minutes deal with" not in text_of(client.get(cabinet.get_absolute_url()).content)


def test_a_link_of_other_minutes_fills_nothing_in(client: Client, places: Places, cabinet: Minute) -> None:
    second = links_of(cabinet)[1]
    client.force_login(places.accounts["clerk"])
    for number in (str(second.pk), "99999999999999999999", "x", "-1"):
        assert "Filled in from the minutes" not in text_of(client.get(f"{address('decide')}?link={number}").content)


def test_a_withdrawn_recommendation_stays_readable_with_a_banner(
    client: Client, places: Places, published: Minute
) -> None:
    client.force_login(places.accounts["clerk"])
    withdraw = reverse("recommendation-withdraw", args=["R2022-001"])
    assert "These commitments were made at the same time and stay open." in text_of(client.get(withdraw).content)
    day = {"day_day": "7", "day_month": "6", "day_year": "2022"}
    assert "Enter the reason" in text_of(client.post(withdraw, day).content)
    wrong = client.post(withdraw, {**day, "reason": "Asked anew.", "instead": "R1999-001"})
    assert "There is no recommendation R1999-001 that you may see" in text_of(wrong.content)
    client.post(withdraw, {**day, "reason": "The Panel asked for something else."})
    client.logout()
    said = page(client)
    assert "Scrutiny no longer asks for this, since 7 June 2022." in said
    assert "The Panel asked for something else." in said
    assert "Withdrawn before a decision" in said
    listed = text_of(client.get(reverse("recommendations")).content)
    assert "R2022-001 Joint Scrutiny Panel, Northmere Council 4 May 2022 Withdrawn" in listed
    promise = text_of(client.get(reverse("commitment", args=["C2022-001"])).content)
    assert "made under the same item, was withdrawn on 7 June 2022" in promise
    assert "it stays open until it is carried out or withdrawn too" in promise
    # Taken back, with a reason of its own; a withdrawal that is sent twice takes nothing back.
    client.force_login(places.accounts["clerk"])
    client.post(withdraw, {**day, "act": "withdraw", "reason": "The Panel asked for something else."})
    assert "Scrutiny no longer asks for this" in page(client)
    assert "Ask again for recommendation R2022-001" in text_of(client.get(withdraw).content)
    client.post(withdraw, {**day, "act": "ask-again", "reason": "The Panel still wants it."})
    client.logout()
    said = page(client)
    assert "Scrutiny asks for it again since 7 June 2022" in said
    assert "The Panel still wants it." in said
    assert "no longer asks" not in said


def test_its_purpose_is_said_by_the_clerk_and_read_by_everybody(
    client: Client, places: Places, published: Minute
) -> None:
    client.force_login(places.accounts["clerk"])
    client.post(reverse("recommendation-purpose", args=["R2022-001"]), {"purpose": "Words that all understand."})
    client.logout()
    assert "What it is to achieve Words that all understand." in page(client)
    assert "What it is to achieve" not in page(client, "R2022-002")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?only=late", {"R2022-001", "R2022-002"}),
        ("?only=late&council=northmere", {"R2022-002"}),
        ("?only=divergent", {"R2022-001"}),
        ("?state=accepted", {"R2022-001"}),
        ("?only=nonsense", {"R2022-001", "R2022-002"}),
    ],
)
def test_the_list_is_narrowed_to_what_is_late_or_divergent(
    client: Client, places: Places, published: Minute, query: str, shown: set[str]
) -> None:
    decide(places, publish=True)
    board = Body.objects.create(slug="east-board", name="Board", kind=BodyKind.EXECUTIVE_BOARD, council=places.east)
    referral_actions.decide_referral(
        referral=Recommendation.objects.get(reference="R2022-001").referrals.get(council=places.east),
        body=board,
        outcome=DecisionOutcome.REJECTED,
        reason="It is not needed.",
        decided_on=datetime.date(2022, 6, 1),
        by=places.accounts["other-clerk"],
        publish=True,
    )
    for name in ("recommendations", "recommendations-csv", "recommendations-json"):
        answer: Any = client.get(reverse(name) + query)
        said = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert {reference for reference in ("R2022-001", "R2022-002") if reference in said} == shown, name


def test_downloads_hold_a_line_for_each_councils_referral_and_no_formula(
    client: Client, places: Places, published: Minute
) -> None:
    decide(places, outcome=DecisionOutcome.REJECTED, reason='=HYPERLINK("https://bad.example")', publish=True)
    answer: Any = client.get(reverse("recommendations-csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == 6
    (north,) = [row for row in rows if row["reference"] == "R2022-001" and row["council"] == "Northmere Council"]
    assert north["reason"] == '\'=HYPERLINK("https://bad.example")'
    assert (north["state"], north["decided on"], north["call-in ends on"]) == ("rejected", "2022-06-07", "2022-06-14")
    assert north["address"] == "http://testserver/recommendations/R2022-001/#northmere"
    answer = client.get(reverse("recommendations-json"))
    told = json.loads(b"".join(answer.streaming_content))
    assert [(one["reference"], one["gss_code"], one["state"]) for one in told][:1] == [
        ("R2022-002", "E07999002", "waiting")
    ]
    (north,) = [one for one in told if one["state"] == "rejected"]
    assert north["reason"] == '=HYPERLINK("https://bad.example")'


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_feeds_hold_what_is_public_newest_first(client: Client, places: Places, published: Minute) -> None:
    decide(places, outcome=DecisionOutcome.DEFERRED, reason="Until costs are known.", publish=True)
    decide(places, decided_on=datetime.date(2022, 7, 5), publish=True)
    answer = client.get(reverse("decisions-feed"))
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.xpath("//a:entry/a:title/text()", namespaces=ATOM) == [
        "Northmere Council: R2022-001 accepted", "Northmere Council: R2022-001 deferred",
    ]  # fmt: skip
    numbers = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(numbers)) == 2
    feed = etree.fromstring(client.get(reverse("recommendations-feed")).content)
    assert sorted(feed.xpath("//a:entry/a:link/@href", namespaces=ATOM)) == [
        f"http://testserver/recommendations/R2022-00{number}/" for number in (1, 2)
    ]
    assert client.post(reverse("decisions-feed")).status_code == 405


def test_queries_do_not_grow_with_councils_or_the_list(client: Client, places: Places, published: Minute) -> None:
    def queries(where: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer: Any = client.get(where)
            assert answer.status_code == 200
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(captured)

    names = ("recommendations", "recommendations-csv", "recommendations-json", "decisions-feed", "recommendations-feed")
    where = [*(reverse(name) for name in names), reverse("recommendation", args=["R2022-001"])]
    decide(places, publish=True)
    for one in where:
        queries(one)
    few = [queries(one) for one in where]
    for number in range(4, 10):
        council = Council.objects.create(
            gss_code=f"E0799901{number}", name=f"Council {number}", abbreviation=f"C{number}", slug=f"c{number}"
        )
        Recommendation.objects.get(reference="R2022-001").referrals.create(
            council=council, referred_on=datetime.date(2022, 5, 4), due_on=datetime.date(2022, 7, 4)
        )
    clerk = places.accounts["clerk"]
    for number in range(6):
        more = make_reading(MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        actions.publish_minute(minute=actions.record_minute(reading=more, body=places.panel, by=clerk).minute, by=clerk)
    for reference in ("R2022-003", "R2022-005", "R2022-007"):
        decide(places, reference, publish=True)
    assert [queries(one) for one in where] == few


def test_a_panels_own_minutes_propose_its_consideration(places: Places, published: Minute) -> None:
    links = Link.objects.filter(passage__item__minute=published)
    assert {(link.referral.council, link.step, link.outcome) for link in links} == {
        (places.north, "consideration", ConsiderationOutcome.NOTED.value)
    }
    assert links.count() == 2


def test_what_is_exempt_is_read_by_those_who_may_and_that_is_audited(
    client: Client, places: Places, published: Minute
) -> None:
    client.force_login(places.accounts["clerk"])
    day = {"day_day": "7", "day_month": "6", "day_year": "2022"}
    typed = {**day, "body": places.cabinet.slug, "outcome": "rejected", "reason": "The contract is secret."}
    both = client.post(address("decide"), {**typed, "publish": "on", "exempt": "3"})
    assert "What is exempt is not public. Choose one of the two." in text_of(both.content)
    assert client.post(address("decide"), {**typed, "exempt": "3"}).status_code == 302
    said = page(client)
    assert "The contract is secret." in said
    assert "Exempt Paragraph 3 of Schedule 12A. Not shown to the public." in said
    assert "Rejected" in said
    audit.seal_pending()
    seen_by = [entry for entry in AuditEntry.objects.filter(kind="seen") if "scrutiny.decision" in str(entry.__dict__)]
    assert f"account:{places.accounts['clerk'].pk}" in str(seen_by[-1].__dict__)
    for other in ("officer", "other-clerk", None):
        client.logout()
        if other:
            client.force_login(places.accounts[other])
        seen = page(client)
        assert "The contract is secret." not in seen
        assert "Rejected" not in seen.split("The passage it came from")[0].split("Where it stands")[1]


def test_that_it_was_decided_in_exempt_session_can_be_known_without_what(
    client: Client, places: Places, published: Minute
) -> None:
    """The page, the lists, the tracker report and the letters to followers say so; what was decided stays exempt."""
    client.force_login(places.accounts["clerk"])
    day = {"day_day": "7", "day_month": "6", "day_year": "2022", "fact_public": "on"}
    typed = {**day, "body": places.cabinet.slug, "outcome": "rejected", "reason": "The contract is secret."}
    not_exempt = client.post(address("decide"), typed)
    assert "Say under which paragraph it is exempt" in text_of(not_exempt.content)
    deferred = client.post(address("decide"), {**typed, "outcome": "deferred", "exempt": "3"})
    assert "A deferral leaves the council’s answer open" in text_of(deferred.content)
    assert not Decision.objects.exists()
    assert client.post(address("decide"), {**typed, "exempt": "3"}).status_code == 302
    assert "The public sees that it was decided, and not what." in page(client)
    recommendation = Recommendation.objects.get(reference="R2022-001")
    referral = recommendation.referrals.get(council=places.north)
    assert {referral.state, referral.public_state} == {"decided-exempt"}
    assert not recommendation.diverges
    for other in ("officer", "other-clerk", None):
        client.logout()
        if other:
            client.force_login(places.accounts[other])
        seen = page(client)
        where = seen.split("Where it stands")[1].split("The passage it came from")[0]
        assert "Decided in exempt session" in where
        assert f"Decided by {places.cabinet.name}, without the public. What was decided is exempt." in where
        assert ("The contract is secret." in seen, "Rejected" in where) == (False, False)
    printed = text_of(client.get(reverse("council-decisions", args=[places.north.slug])).content)
    assert f"Decided in exempt session by {places.cabinet.name}, 7 June 2022." in printed
    rows = json.loads(b"".join(client.get(reverse("recommendations-json")).streaming_content))
    (row,) = (one for one in rows if "decided-exempt" in one.values())
    assert (row["council"], row["decided_on"], "rejected" in row.values()) == (places.north.name, "2022-06-07", False)
    report = tracker_queries.report(
        AnonymousUser(), places.panel, until=datetime.date(2022, 7, 1), made_on=datetime.date(2022, 7, 1)
    )
    told = next(one for one in report.asked if one.reference == "R2022-001")
    assert [(one.state, str(one.decided[0])) for one in told.councils if one.council == places.north.name] == [
        ("decided-exempt", f"Decided in exempt session by {places.cabinet.name}, 7 June 2022")
    ]
    says = [change.says for change in follower_queries.changes(recommendation)]
    assert says == [f"{places.north.name}: {places.cabinet.name} decided on 7 June 2022, in exempt session."]
    # Entered once more without the choice, it is known to nobody; a public decision of a later day is what stands.
    clerk = places.accounts["clerk"]
    decide(places, outcome=DecisionOutcome.REJECTED, reason="The contract is secret.", exempt_paragraph=3, by=clerk)
    assert "Decided in exempt session" not in page(client)
    decide(places, decided_on=datetime.date(2022, 6, 8), publish=True)
    assert "Accepted" in page(client).split("Where it stands")[1]
