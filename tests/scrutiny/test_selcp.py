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

from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, Person, Role, User
from sightline.project.command import run
from sightline.scrutiny.models import Link, Minute, Recommendation

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
