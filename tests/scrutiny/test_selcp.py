"""The real partnership's file and the joint panel's real minute, from the command to the public page."""

from __future__ import annotations

import datetime
import html
import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership import second_factor
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Person, Role, User
from sightline.project.command import run
from sightline.scrutiny import desk_queries
from sightline.scrutiny.models import Commitment, Link, Minute, Passage, Recommendation

COUNCILS = ["Boston Borough Council", "East Lindsey District Council", "South Holland District Council"]


@pytest.fixture
def clerk(db: None) -> User:
    """A clerk of South Holland in the real partnership, which begins without any account."""
    assert run(["partnership", "load", "selcp"]) == 0
    user = User.objects.create_user("clerk", "clerk@example.invalid", "a long enough password")
    Role.objects.create(
        person=Person.objects.create(name="A Clerk", user=user),
        kind=RoleKind.CLERK,
        council=Council.objects.get(gss_code="E07000140"),
        started_on=datetime.date(2020, 1, 1),
    )
    return user


@pytest.mark.samples
def test_the_joint_panels_minute_becomes_four_public_recommendations_with_three_referrals_each(
    samples: Path, clerk: User, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    file = samples / "minutes" / "2023-03-06-joint-panel-digital-strategy.txt"
    words = ["minutes", "record", str(file), "--body", "south-holland-joint-panel", "--as", "clerk", "--json"]
    capsys.readouterr()
    assert run(words) == 0
    recorded = capsys.readouterr()
    assert recorded.err == ""
    told = json.loads(recorded.out)
    assert (told["date"], told["counted"]["recommendation"], told["counted"]["resolution"]) == ("2023-03-06", 4, 1)
    assert client.get(reverse("minute", args=[told["minute"]])).status_code == 404

    assert run(["minutes", "publish", str(told["minute"]), "--as", "clerk"]) == 0

    minute = Minute.objects.get()
    assert client.get(minute.get_absolute_url()).status_code == 200
    listed = client.get(reverse("recommendations")).content.decode()
    assert Recommendation.objects.count() == 4
    for recommendation in Recommendation.objects.all():
        assert recommendation.get_absolute_url() in listed
        page = client.get(recommendation.get_absolute_url()).content.decode()
        assert [council for council in COUNCILS if council in page] == COUNCILS
        marked = re.search(r"<mark[^>]*>(.*?)</mark>", page, re.S)
        assert marked is not None
        assert " ".join(html.unescape(marked[1]).split()) == recommendation.text
        assert sorted(r.council.name for r in recommendation.referrals.all()) == COUNCILS


@pytest.mark.samples
def test_the_panels_own_resolution_proposes_that_south_holland_noted_all_four(samples: Path, clerk: User) -> None:
    file = samples / "minutes" / "2023-03-06-joint-panel-digital-strategy.txt"
    assert run(["minutes", "record", str(file), "--body", "south-holland-joint-panel", "--as", "clerk"]) == 0
    links = list(Link.objects.select_related("passage", "referral__council", "referral__recommendation"))
    assert sorted(link.referral.recommendation.number for link in links) == ["1", "2", "3", "4"]
    assert {(link.referral.council.name, link.step, link.outcome, link.state) for link in links} == {
        ("South Holland District Council", "consideration", "noted", "proposed")
    }
    (passage,) = {link.passage for link in links}
    assert passage.label == "1"
    assert "associated recommendations" in passage.text
    assert {link.referral.state for link in links} == {"waiting"}


@pytest.mark.samples
def test_the_joint_panels_minute_goes_through_the_desk_and_its_proposals(
    samples: Path, clerk: User, client: Client
) -> None:
    file = samples / "minutes" / "2023-03-06-joint-panel-digital-strategy.txt"
    assert run(["minutes", "record", str(file), "--body", "south-holland-joint-panel", "--as", "clerk"]) == 0
    minute = Minute.objects.get()
    second_factor.activate(clerk, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    client.force_login(clerk)
    address = reverse("minute-desk", args=[minute.pk])

    def desk(act: str, **answers: object) -> str:
        answer = client.post(address, {"act": act, "version": desk_queries.version(minute), **answers})
        assert answer.status_code == 302, answer.content.decode()
        return said(client.get(answer.headers["Location"]).content)

    # All that is certain at once, and the rest one by one, as the desk shows them.
    desk("accept-certain")
    for one in Passage.objects.filter(state="proposed").order_by("parent", "start"):
        page = desk("accept", passage=one.pk)
    assert "Everything is confirmed." in said(client.get(address).content)
    assert f"{Passage.objects.count()} of {Passage.objects.count()} confirmed" in said(client.get(address).content)

    # Four recommendations of the Task Group, and the two-yearly Task Group from resolution 2, which the clerk marks as
    # something that somebody is to do.
    asked = list(Recommendation.objects.order_by("number"))
    assert [one.number for one in asked] == ["1", "2", "3", "4"]
    assert {one.asked_by.slug for one in asked} <= {"south-holland-joint-panel", "partnership-task-group"}
    two = Passage.objects.get(kind="part", label="2")
    assert "a Task Group meet every two years" in two.text
    words = {"kind": "commitment", "first": "a Task Group meet every two years", "last": "review progress."}
    page = desk("mark", **words, said_by="Task Group")
    assert "You marked the commitment “a Task Group meet every two years" in page
    # A promise of which the minutes do not say whose it is gets its owner from the clerk.
    for one in Passage.objects.filter(kind="commitment", said_by="").exclude(state="rejected"):
        span = {"first": " ".join(one.text.split()[:6]), "start": one.start, "end": one.end}
        last = " ".join(one.text.split()[-6:])
        desk("correct", passage=one.pk, kind="commitment", **span, last=last, said_by="The Chairman")
    promises = list(Commitment.objects.order_by("passage__start"))
    assert promises[-1].said_by == "Task Group"
    assert {one.state for one in promises} == {"open"}
    for promise in promises:
        # Whose it is to do stands on its page, in the minutes' own words until the clerk names a post.
        its_page = said(client.get(promise.get_absolute_url()).content)
        assert promise.said_by, promise.text
        assert promise.said_by in its_page

    # Resolution 1: South Holland noted all four, put on record from the proposals.
    links = list(Link.objects.order_by("referral__recommendation__number"))
    assert len(links) == 4
    for link in links:
        to = client.post(reverse("minute-link", args=[minute.pk, link.pk]), {"say": "yes"}).headers["Location"]
        form = client.get(to).context["form"]
        day = form.initial["day"]
        sent = {"body": form.initial["body"], "outcome": form.initial["outcome"], "passage": form.initial["passage"]}
        sent |= {"day_day": day.day, "day_month": day.month, "day_year": day.year, "publish": "on"}
        assert client.post(to, sent).status_code == 302
    assert client.post(reverse("minute-publish", args=[minute.pk])).status_code == 302
    client.logout()
    for one in asked:
        assert sorted(one.referrals.values_list("council__abbreviation", "public_state")) == sorted(
            (council.abbreviation, "considered" if council.gss_code == "E07000140" else "waiting")
            for council in Council.objects.all()
        )
        page = said(client.get(one.get_absolute_url()).content)
        assert page.count("Noted") == 1
    assert "every two years" in said(client.get(minute.get_absolute_url()).content)


def said(content: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())
