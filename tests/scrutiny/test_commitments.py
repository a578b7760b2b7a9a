"""Who may do what about a commitment, and what is kept of it."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from sightline.partnership.access import Refused
from sightline.partnership.models import Attachment, Notice, Role
from sightline.scrutiny import commitment_actions as doing
from sightline.scrutiny import commitment_queries as queries
from sightline.scrutiny.commitment_actions import CannotKeepCommitment
from sightline.scrutiny.domain.commitments import CommitmentState, NotNow
from sightline.scrutiny.models import Commitment, Evidence, Update
from sightline.scrutiny.update_actions import LONGEST_TEXT, CannotTell, Shown
from tests.scrutiny.commitment_world import LINK, World, again

pytestmark = pytest.mark.django_db
DUE = datetime.date(2022, 6, 30)


def state(world: World) -> CommitmentState:
    return world.commitment.standing


def test_the_post_is_read_from_the_minutes_words(world: World) -> None:
    found = world.commitment
    assert found.said_by == "Head of ICT"
    assert found.owner_title == world.head_of_ict
    assert found.asked_by == world.places.panel
    assert (found.owner, found.due_on, found.standing) == (None, None, CommitmentState.OPEN)


def test_an_owner_is_put_down_told_and_claims_and_the_panel_accepts(world: World) -> None:
    world.assign(DUE)
    letter = Notice.objects.get(recipient="north-ict@example.invalid")
    assert letter.subject == f"{world.reference}: this is yours to do, by 30 June 2022"
    update = world.tell()
    assert state(world) is CommitmentState.CLAIMED
    # The claim and its evidence are kept; the commitment is not done by that.
    assert [piece.address for piece in update.evidence.all()] == [LINK.address]
    assert Notice.objects.filter(subject__contains="claimed done", recipient="north-clerk@example.invalid").exists()
    world.decide(True, by=again(world.member))
    assert state(world) is CommitmentState.ACCEPTED
    history = world.commitment.history.first()
    assert history is not None
    assert (history.history_user, history.history_change_reason) == (world.member, "commitment: accept")


def test_returned_it_is_the_owners_again(world: World) -> None:
    world.assign(DUE)
    world.tell()
    with pytest.raises(NotNow, match="Give the reason"):
        world.decide(False)
    world.decide(False, reason="The libraries of the south are missing.")
    assert state(world) is CommitmentState.RETURNED
    letter = Notice.objects.get(subject__contains="returned, more is needed")
    assert "The libraries of the south are missing." in letter.text
    world.tell()
    assert state(world) is CommitmentState.CLAIMED


@pytest.mark.parametrize("who", ["outsider", "owner", "portfolio_holder"])
def test_nobody_else_accepts_it(world: World, who: str) -> None:
    world.assign(DUE)
    world.tell()
    with pytest.raises(Refused):
        world.decide(True, by=again(getattr(world, who)))
    assert state(world) is CommitmentState.CLAIMED


def test_a_member_of_another_body_of_the_council_does_not_accept_it(world: World) -> None:
    Role.objects.filter(person=world.member.person).update(body=world.places.cabinet)
    world.assign(DUE)
    world.tell()
    with pytest.raises(Refused, match="which asked, accepts or returns this"):
        world.decide(True, by=again(world.member))


def test_a_clerk_who_claims_for_an_owner_does_not_accept_it_too(world: World) -> None:
    world.assign(DUE)
    world.tell(by=world.clerk)
    with pytest.raises(Refused, match="what they have claimed themselves"):
        world.decide(True)
    world.decide(True, by=again(world.member))
    assert state(world) is CommitmentState.ACCEPTED


@pytest.mark.parametrize("who", ["outsider", "portfolio_holder", "member"])
def test_only_its_owner_and_a_clerk_tell_of_it(world: World, who: str) -> None:
    world.assign(DUE)
    with pytest.raises(Refused):
        world.tell(by=getattr(world, who))
    assert not Update.objects.exists()


def test_the_clerk_of_another_council_changes_nothing(world: World) -> None:
    other = again(world.places.accounts["other-clerk"])
    with pytest.raises(Refused):
        world.assign(DUE, by=other)
    for act in (doing.withdraw, doing.reopen):
        with pytest.raises(Refused):
            act(commitment=world.commitment, by=other, reason="no")
    assert world.commitment.history.count() == 2  # recorded, published


@pytest.mark.parametrize(
    ("due_on", "says"),
    [(datetime.date(2022, 5, 3), "cannot lie before that"), (datetime.date(2999, 1, 1), "ten years ahead")],
)
def test_a_day_that_cannot_be_is_refused(world: World, due_on: datetime.date, says: str) -> None:
    with pytest.raises(CannotKeepCommitment, match=says) as refused:
        world.assign(due_on)
    assert refused.value.field == "due_on"


def test_an_owner_from_another_council_is_refused(world: World) -> None:
    with pytest.raises(CannotKeepCommitment, match="holds no role for Northmere Council today"):
        world.assign(DUE, owner=world.outsider.person)


def test_an_owner_whose_role_has_ended_is_refused(world: World) -> None:
    Role.objects.filter(person=world.owner.person).update(ended_on=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(CannotKeepCommitment, match="holds no role"):
        world.assign(DUE)


@pytest.mark.parametrize("claims", ["done", "progress"])
def test_progress_needs_evidence_and_a_delay_does_not(world: World, claims: str) -> None:
    world.assign(DUE)
    with pytest.raises(CannotTell, match="at least one piece of evidence") as refused:
        world.tell(claims, evidence=[])
    assert refused.value.field == "evidence"
    assert not Update.objects.exists()
    world.tell("nothing", evidence=[], text="The printer is broken until July.")
    assert state(world) is CommitmentState.OPEN


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/x",
        "//example.org/x",
        "www.example.org",
        "https://",
        "/people/",
        "/minutes/upload/",
        "/no-such-page/",
        "/../etc/passwd",
        "https://example.org/\u202egpj.exe" * 40,
        " ",
    ],
)
def test_an_address_that_shows_nothing_is_refused(world: World, address: str) -> None:
    world.assign(DUE)
    with pytest.raises(CannotTell):
        world.tell(evidence=[Shown(address=address)])
    assert not Evidence.objects.exists()


def test_a_record_here_is_kept_by_its_place(world: World, settings: pytest.FixtureRequest) -> None:
    settings.SITE_ADDRESS = "https://sightline.example"  # type: ignore[attr-defined]
    own = f"https://sightline.example{world.commitment.get_absolute_url()}"
    update = world.tell(by=world.clerk, evidence=[Shown(address=own), Shown(address="/councils/northmere/")])
    assert [(piece.kind, piece.address) for piece in update.evidence.all()] == [
        ("record", world.commitment.get_absolute_url()),
        ("record", "/councils/northmere/"),
    ]


def test_a_document_is_kept_as_it_was_sent(world: World, settings: pytest.FixtureRequest) -> None:
    name = "../../etc/<script>letters.pdf"
    update = world.tell(by=world.clerk, evidence=[Shown(name=name, content=b"%PDF-1.7 letters")])
    [piece] = update.evidence.all()
    assert piece.title == "<script>letters.pdf"
    assert piece.attachment is not None
    assert (bytes(piece.attachment.content), piece.attachment.name) == (b"%PDF-1.7 letters", "<script>letters.pdf")
    settings.UPLOAD_LIMIT_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(CannotTell, match="larger than"):
        world.tell("progress", by=world.clerk, evidence=[Shown(name="large.pdf", content=b"x" * 11)])
    with pytest.raises(CannotTell, match="is empty"):
        world.tell("progress", by=world.clerk, evidence=[Shown(name="empty.pdf", content=b"")])
    assert Attachment.objects.filter(name__contains="pdf").count() == 1


def test_the_same_form_sent_twice_is_one_update(world: World) -> None:
    world.assign(DUE)
    number = uuid.uuid4()
    first = world.tell(submission=number)
    letters = Notice.objects.count()
    again_sent = world.tell(submission=number, text="Something else")
    assert again_sent == first
    assert Update.objects.count() == 1
    assert Notice.objects.count() == letters
    assert state(world) is CommitmentState.CLAIMED


def test_a_decision_sent_twice_is_one_decision(world: World) -> None:
    world.assign(DUE)
    world.tell()
    world.decide(True)
    before = world.commitment.history.count()
    world.decide(True)
    assert world.commitment.history.count() == before
    with pytest.raises(NotNow, match="somebody was quicker"):
        world.decide(False, reason="No.")


def test_enormous_and_tricky_text(world: World) -> None:
    with pytest.raises(CannotTell, match="10,001 characters"):
        world.tell(by=world.clerk, text="x" * (LONGEST_TEXT + 1))
    for nothing in ("", "  \n ", "\u202e\u200f", "…", "\x00"):
        with pytest.raises(CannotTell, match="Say in a few words"):
            world.tell(by=world.clerk, text=nothing)
    update = world.tell(by=world.clerk, text="Done\x00 \u202eecnedive\u202c\r\n<b>now</b> e" + "\u0301" * 400)
    assert update.text.startswith("Done ecnedive\n<b>now</b> é")
    assert len(update.text) < 60


def test_what_is_over_is_told_no_more_of_until_it_is_opened_again(world: World) -> None:
    world.assign(DUE)
    withdrawn = doing.withdraw(commitment=world.commitment, by=world.clerk, reason="The libraries have closed.")
    assert withdrawn.standing is CommitmentState.WITHDRAWN
    doing.withdraw(commitment=world.commitment, by=world.clerk, reason="The libraries have closed.")
    with pytest.raises(NotNow, match="Nothing more is to be told"):
        world.tell()
    with pytest.raises(NotNow, match="Open it again first"):
        world.assign(DUE)
    assert not Update.objects.exists()
    doing.reopen(commitment=world.commitment, by=world.clerk, reason="One has opened again.")
    world.tell()
    assert state(world) is CommitmentState.CLAIMED


def test_what_is_told_is_public_when_a_clerk_says_so_and_no_sooner_than_the_commitment(world: World) -> None:
    world.assign(DUE)
    update = world.tell()
    from django.contrib.auth.models import AnonymousUser

    resident = AnonymousUser()
    assert queries.updates_of(resident, world.commitment) == []
    with pytest.raises(Refused):
        doing.publish(update=update, by=again(world.owner))
    doing.publish(update=update, by=world.clerk)
    assert queries.updates_of(resident, world.commitment) == [update]


def test_an_internal_commitment_publishes_nothing(places: object) -> None:
    from tests.scrutiny.commitment_world import make_world

    world = make_world(places, publish=False)  # type: ignore[arg-type]
    world.assign(DUE)
    update = world.tell()
    with pytest.raises(NotNow, match="Publish the minutes"):
        doing.publish(update=update, by=world.clerk)


def test_accepting_publishes_the_claim_where_that_is_asked_for(world: World) -> None:
    world.assign(DUE)
    update = world.tell()
    world.decide(True, publish=True)
    update.refresh_from_db()
    assert update.publication == "public"


def test_the_timeline_tells_all_of_it(world: World) -> None:
    world.assign(DUE)
    world.tell()
    world.decide(False, reason="One is missing.")
    world.assign(datetime.date(2022, 7, 31))
    events = queries.timeline(world.clerk, queries.commitment(world.clerk, world.reference), DUE, with_people=True)  # type: ignore[arg-type]
    titles = [event.title for event in events if event.done]
    assert titles[0] == "Promised at Joint Scrutiny Panel, Northmere Council"
    for said in (
        "North Ict is put down as its owner",
        "Due: 30 June 2022",
        "Due: 31 July 2022",
        "North Ict claims that it is done",
    ):
        assert said in titles
    assert [event.text for event in events if event.title.startswith("Returned by")] == ["One is missing."]
    assert [event.done for event in events] == sorted((event.done for event in events), reverse=True)
    assert [event.title for event in events if not event.done] == [
        "The owner is reminded",
        "The owner is reminded again",
        "The owner is told that it is late",
        "The portfolio holder is told that it is late",
        "The panel that asked is told that it is late",
    ]


def test_a_suggested_day_waits_for_a_clerk(world: World) -> None:
    commitment = world.commitment
    commitment.text = "The Head of ICT would write to every library by the end of June."
    due = queries.due_suggested(commitment)
    assert due is not None
    assert due.on == datetime.date(2022, 6, 30)
    assert Commitment.objects.get().due_on is None


def test_what_a_leaver_has_promised_goes_to_another(world: World) -> None:
    from sightline.partnership import actions as partnership
    from sightline.partnership.domain.rights import RoleKind
    from sightline.scrutiny.models import AnswerLink
    from tests.scrutiny.conftest import account

    world.assign(DUE)
    administrator = account("north-admin", RoleKind.ADMINISTRATOR, world.places.north)
    officer = again(world.places.accounts["officer"])
    left = partnership.leave(person=world.owner.person, at_once=True, take_over=officer, by=administrator)
    assert left.items == 1
    assert world.commitment.owner == officer.person
    assert Notice.objects.filter(recipient=officer.email, subject__contains="this is yours to do").exists()
    assert AnswerLink.objects.filter(person=world.owner.person, revoked_at__isnull=True).count() == 0


def test_a_file_that_is_evidence_outlives_its_upload(world: World, settings: pytest.FixtureRequest) -> None:
    from sightline.scrutiny import actions, retention
    from sightline.scrutiny.models import MinuteUpload
    from tests.scrutiny.conftest import MINUTES

    content = (MINUTES + "\nAgain.\n").encode()
    upload = actions.upload_minute(name="again.txt", content=content, body=world.places.panel, by=world.clerk)
    world.tell(by=world.clerk, evidence=[Shown(name="again.txt", content=content)])
    MinuteUpload.objects.filter(pk=upload.pk).update(uploaded_at=timezone.now() - datetime.timedelta(days=1000))
    assert retention.clear_uploads(timezone.localdate())["removed"] == 1
    assert bytes(Evidence.objects.get().attachment.content) == content  # type: ignore[union-attr]
