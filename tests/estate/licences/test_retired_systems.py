"""Systems that are retired and run again, and what systems depend on."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.estate import audit_actions, legacy_queries, licence_queries, queries, retiring
from sightline.estate.actions import CannotKeepSystem, keep_system
from sightline.estate.assessing import Assessor
from sightline.estate.domain.campaigns import QuestionState
from sightline.estate.legacy_actions import agree_exception
from sightline.estate.models import AuditQuestion, System
from sightline.partnership.access import Refused
from sightline.partnership.models import Person
from sightline.project.command import run
from tests.estate.licences.conftest import Estate

pytestmark = pytest.mark.django_db


def counted(estate: Estate) -> tuple[int, int]:
    """How many installations the totals of the council count, and how many of them are legacy."""
    on = timezone.localdate()
    [here] = [
        one
        for one in queries.totals(on, Assessor(on), queries.grouped())
        if one.council is not None and one.council.pk == estate.places.north.pk
    ]
    return here.all, here.legacy


def test_a_retired_system_is_kept_and_counted_nowhere_until_it_is_run_again(estate: Estate) -> None:
    today = timezone.localdate()
    one, two = estate.found("pc1", estate.older), estate.found("pc2", estate.newer)
    until = today + datetime.timedelta(days=90)
    person = Person.objects.get(user=estate.ict)
    agree_exception(system=estate.directory, owner=person, reason="A month more", expires_on=until, by=estate.ict)
    opened = audit_actions.open_campaign(
        name="All", scope="Why?", closes_on=until, council=estate.places.north, kind="", by=estate.ict
    )
    assert (opened.asked, counted(estate), len(legacy_queries.scored(estate.ict, today))) == (2, (2, 0), 1)

    with pytest.raises(Refused):
        retiring.retire_system(record=estate.directory, by=estate.owner, on=today, reason="Why not?")
    for on, reason, said in (
        (today + datetime.timedelta(days=1), "Replaced", "lies ahead"),
        (today, " – ", "Say why"),
    ):
        with pytest.raises(CannotKeepSystem, match=said):
            retiring.retire_system(record=estate.directory, by=estate.ict, on=on, reason=reason)
    gone = retiring.retire_system(
        record=estate.directory, by=estate.ict, on=today, reason="Single sign-on took its place", switched_off=True
    )
    assert (gone.retired_on, gone.retired_why, gone.history.count()) == (today, "Single sign-on took its place", 2)
    assert counted(estate) == (0, 0)
    ours = estate.ict
    assert [row.name for row in queries.systems(ours)] == ["Planning"]
    assert [row.name for row in queries.systems(ours, retired=True)] == ["Directory"]
    assert (legacy_queries.scored(ours, today), len(queries.runs_of(queries.systems(ours)))) == ([], 1)
    assert [term.title for term in licence_queries.terms(ours)] == ["Planning"]
    question = AuditQuestion.objects.get(system=gone)
    assert question.standing is QuestionState.EXCEPTED
    assert "Single sign-on took its place" in question.state_reason
    with pytest.raises(CannotKeepSystem, match="retired already"):
        retiring.retire_system(record=gone, by=estate.ict, on=today, reason="Once more")

    back = retiring.run_again(record=gone, by=estate.ict, reason="Leisure still signs in by it")
    assert (back.retired_on, back.retired_why) == (None, "")
    assert back.history.latest().history_change_reason == "run again: Leisure still signs in by it"
    one.refresh_from_db()
    two.refresh_from_db()
    assert ((one.gone_on, two.gone_on), counted(estate)) == ((None, None), (2, 0))
    with pytest.raises(CannotKeepSystem, match="not retired"):
        retiring.run_again(record=back, by=estate.ict, reason="Twice")
    # Its machines are still on: they are counted, and no exception of a system that is gone speaks for them.
    retiring.retire_system(record=back, by=estate.ict, on=today, reason="Replaced", switched_off=False)
    assert counted(estate) == (2, 1)


def test_the_page_retires_with_date_and_why_and_undoes_it(
    estate: Estate, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(estate.ict)
    estate.planning.depends_on.add(estate.directory)
    estate.found("pc1", estate.older)
    place, here = reverse("system-retire", args=["S1"]), reverse("system", args=["S1"])
    page = client.get(place).content.decode()
    assert "A system that is run depends on it" in page
    assert "1 installation is still found" in page
    assert "Its contract runs to 31 March 2099" in page
    assert client.post(place, {"reason": ""}).status_code == 422
    on = timezone.localdate()
    day = {"on_day": on.day, "on_month": on.month, "on_year": on.year}
    sent = {**day, "reason": "Replaced by the cloud", "switched_off": "yes"}
    page = client.post(place, sent, follow=True).content.decode()
    assert "Directory is retired." in page
    assert "Replaced by the cloud" in page
    assert "Directory" not in client.get("/systems/").content.decode()
    assert "Replaced by the cloud" in client.get("/systems/?retired=on").content.decode()
    assert "(retired)" in client.get(reverse("system", args=["S2"])).content.decode()
    assert "Directory is run again." in client.post(place, {"reason": "Too early"}, follow=True).content.decode()
    assert "Retire it" in client.get(here).content.decode()
    assert "Too early" in client.get(reverse("history", args=["estate.system", estate.directory.pk])).content.decode()
    assert run(["systems", "retire", "s1", "--why", "Now it is time", "--on", "2026-01-31", "--as", "ict"]) == 0
    assert run(["systems", "run-again", "S1", "--why", "Not yet", "--as", "ict"]) == 0
    assert run(["systems", "retire", "S9", "--why", "Gone", "--as", "ict"]) == 2
    said = capsys.readouterr()
    assert said.out == "S1: Directory: retired, since 2026-01-31.\nS1: Directory: run again.\n"
    assert "There is no system “S9” that you may see" in said.err
    client.force_login(estate.owner)
    assert client.get(place).status_code == 403


def test_dependencies_are_written_on_the_form_and_no_loop_is_kept(estate: Estate, client: Client) -> None:
    north = estate.places.north
    hidden = keep_system(by=estate.ict, council=north, councils=[north], name="Vault", function="Keys", kind="business")
    System.objects.filter(pk=hidden.pk).update(publication="exempt", exempt_paragraph=7)
    estate.planning.depends_on.add(hidden)
    client.force_login(estate.ict)
    facts = {"function": "x", "whose": "northmere", "councils": ["northmere"], "hosting": "unknown"}
    planning = {**facts, "name": "Planning", "kind": "business"}
    change = reverse("system-change", args=["S2"])

    def sent(lines: str) -> str:
        return client.post(change, {**planning, "depends_on": lines}, follow=True).content.decode()

    assert "Did you mean S1 Directory?" in sent("direct")
    assert "No system is called “Ledger”. Look it up" in sent("Ledger")
    assert "is kept as S2" in sent(f"s1 Directory\n{hidden.reference}\nDirectory")
    assert {one.name for one in estate.planning.depends_on.all()} == {"Directory", "Vault"}
    assert "A system cannot depend on itself" in sent("Planning")
    other = {**facts, "name": "Directory", "kind": "centralised", "depends_on": "Planning"}
    refused = client.post(reverse("system-change", args=["S1"]), other).content.decode()
    assert "Planning depends on Directory already. Two systems cannot depend on each other" in refused
    # By way of another, one that is exempt is not named to whoever may not see it.
    keep = {"by": estate.ict, "council": north, "councils": [north], "reason": "again"}
    portal = keep_system(**keep, name="Portal", function="Forms", kind="business", depends_on=[estate.planning])
    with pytest.raises(CannotKeepSystem, match="Portal depends on Directory already, by way of Planning"):
        keep_system(**keep, record=estate.directory, depends_on=[portal])
    page = client.get(reverse("system", args=["S1"])).content.decode()
    assert "and by way of them" in page
    assert "Portal" in page
    assert "S1 Directory" in client.get(change).content.decode()
    lines = b"".join(client.get("/systems.csv").streaming_content).decode()
    assert f"S1 {hidden.reference}" in lines
    assert "is kept as S2" in sent("")
    assert not estate.planning.depends_on.exists()
