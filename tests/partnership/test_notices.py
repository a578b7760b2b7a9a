"""A notice is kept until the mail server has it, and is never sent twice."""

from __future__ import annotations

import datetime
import json

import pytest
from aiosmtpd.smtp import Envelope
from click.testing import CliRunner
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership import notices
from sightline.partnership.domain import posting
from sightline.partnership.domain.posting import NoticeState
from sightline.partnership.models import Notice
from sightline.partnership.notice_commands import notices as command
from tests.mail.server import MailServer
from tests.partnership.conftest import Posting

pytestmark = [pytest.mark.django_db, pytest.mark.measured]

TO = "ida.brook@example.invalid"


def put(key: str = "letter:1", **given: object) -> Notice:
    facts = {"to": TO, "subject": "Your commitment", "text": "It is due on 1 May 2024."}
    return notices.put(key=key, **{**facts, **given})  # type: ignore[arg-type]


def state_of(notice: Notice) -> NoticeState:
    notice.refresh_from_db()
    return NoticeState(notice.state)


def let_the_claim_end(notice: Notice) -> None:
    notice.refresh_from_db()
    notice.claimed_until = timezone.now() - datetime.timedelta(seconds=1)
    notice.save()


def make_due(notice: Notice) -> None:
    notice.refresh_from_db()
    notice.next_try_at = timezone.now()
    notice.save()


def test_the_worker_sends_it_once_the_transaction_is_through(mail_server: MailServer, posting: Posting) -> None:
    with posting():
        notice = put()
        assert mail_server.letters == []
    [letter] = mail_server.letters
    assert (letter.to, letter.subject) == (TO, "Your commitment")
    assert letter.text.strip() == "It is due on 1 May 2024."
    assert letter.message["Message-ID"] == notice.message_id
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message.get_content_type() == "text/plain"
    assert state_of(notice) is NoticeState.SENT
    assert notices.send(notice.pk) is None
    assert len(mail_server.letters) == 1


def test_the_same_key_is_one_letter_whatever_it_says(mail_server: MailServer) -> None:
    first = put(text="One")
    assert put(text="Another", to="else@example.invalid").pk == first.pk
    notices.send_due()
    assert [letter.text.strip() for letter in mail_server.letters] == ["One"]


def test_a_mail_server_that_is_down_costs_no_letter_and_doubles_none(mail_server: MailServer) -> None:
    mail_server.stop()
    kept = [put(f"letter:{number}") for number in range(3)]
    posted = notices.send_due()
    assert (posted.sent, posted.kept) == (0, 3)
    # The first attempt has told that nobody answers; the others have not even been tried.
    assert [state_of(notice) for notice in kept] == [NoticeState.WAITING] * 3
    assert [notice.attempts for notice in kept] == [1, 0, 0]
    assert kept[0].next_try_at > timezone.now()
    assert "No connection" in kept[0].problem
    mail_server.start()
    assert notices.send_due(again=True).sent == 3
    assert notices.send_due(again=True).sent == 0
    assert sorted(letter.message["Message-ID"] for letter in mail_server.letters) == sorted(
        notice.message_id for notice in kept
    )


def test_what_was_not_taken_is_tried_again_later_by_the_worker(mail_server: MailServer) -> None:
    mail_server.at_recipient = lambda _envelope: "451 Come back later"
    notice = put()
    assert notices.send(notice.pk) is NoticeState.WAITING
    [job] = DBTaskResult.objects.filter(task_path="sightline.partnership.tasks.post")
    notice.refresh_from_db()
    assert job.run_after == notice.next_try_at
    assert notices.send(notice.pk) is None  # not due yet
    mail_server.at_recipient = lambda _envelope: None
    make_due(notice)
    assert notices.send(notice.pk) is NoticeState.SENT
    assert len(mail_server.letters) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(mail_server: MailServer) -> None:
    mail_server.at_recipient = lambda _envelope: "550 Nobody of that name"
    notice = put()
    assert notices.send(notice.pk) is NoticeState.FAILED
    assert notices.send_due(again=True).sent == 0
    notice.refresh_from_db()
    assert notice.problem == "550 Nobody of that name"


def test_after_the_last_pause_it_is_given_up(mail_server: MailServer) -> None:
    mail_server.before_answer = lambda _envelope: "452 Out of room"
    notice = put()
    for _ in posting.PAUSES_MINUTES:
        make_due(notice)
        assert notices.send(notice.pk) is NoticeState.WAITING
    make_due(notice)
    assert notices.send(notice.pk) is NoticeState.FAILED
    mail_server.before_answer = lambda _envelope: None
    notices.send_again(notice.pk)
    assert notices.send_due().sent == 1


def test_an_answer_that_is_lost_leaves_it_uncertain_and_unsent(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has the letter and its answer never comes: to send it again could double it."""
    notice = put()

    def keep_and_hang_up(envelope: Envelope) -> str | None:
        mail_server.before_answer = lambda _envelope: None
        return "421 Going away"

    # An answer is an answer: not taken, so it is kept.
    mail_server.before_answer = keep_and_hang_up
    assert notices.send(notice.pk) is NoticeState.WAITING
    make_due(notice)

    import smtplib

    original = smtplib.SMTP.getreply

    def deaf_after_the_text(server: smtplib.SMTP) -> tuple[int, bytes]:
        answer = original(server)
        if mail_server.letters:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return answer

    monkeypatch.setattr(smtplib.SMTP, "getreply", deaf_after_the_text)
    assert notices.send(notice.pk) is NoticeState.UNCERTAIN
    monkeypatch.undo()
    assert notices.send_due(again=True).sent == 0
    assert len(mail_server.letters) == 1


def test_whoever_died_before_the_text_is_followed_by_another(mail_server: MailServer) -> None:
    notice = put()
    claimed = notices._claim(notice.pk, again=False)
    assert isinstance(claimed, Notice)
    assert notices.send(notice.pk) is None  # in somebody's hands
    let_the_claim_end(notice)
    assert notices.send(notice.pk) is NoticeState.SENT
    # The first was only slow: it finds that the letter is no longer its own, and sends nothing.
    with pytest.raises(notices._LostClaim):
        notices._hand_over(claimed)
    assert len(mail_server.letters) == 1


def test_whoever_died_after_the_text_is_followed_by_nobody(mail_server: MailServer) -> None:
    notice = put()
    claimed = notices._claim(notice.pk, again=False)
    assert isinstance(claimed, Notice)
    notices._hand_over(claimed)
    assert notices.send_due().uncertain == 0
    let_the_claim_end(notice)
    assert notices.send_due().uncertain == 1
    assert state_of(notice) is NoticeState.UNCERTAIN
    assert notices.send_due(again=True).sent == 0
    assert mail_server.letters == []


def test_a_link_is_made_when_the_letter_is_sent_and_never_kept(
    mail_server: MailServer, settings: pytest.FixtureRequest
) -> None:
    settings.SITE_ADDRESS = "https://sightline.example"  # type: ignore[attr-defined]
    notices.register_link("test.answer", lambda number: f"/answer/secret-{number}/" if number == 7 else None)
    good = put("a", link=notices.Link("test.answer", 7), unsubscribe=notices.Link("test.answer", 7))
    moot = put("b", link=notices.Link("test.answer", 8))
    notices.send_due()
    [letter] = mail_server.letters
    assert letter.text.endswith("\n\nhttps://sightline.example/answer/secret-7/\n")
    assert letter.message["List-Unsubscribe"] == "<https://sightline.example/answer/secret-7/>"
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    kept = Notice.objects.filter(pk=good.pk).values()[0]
    assert "secret" not in json.dumps(kept, default=str)
    assert state_of(moot) is NoticeState.WITHDRAWN


def test_a_subject_is_one_line_and_no_header(mail_server: MailServer) -> None:
    put(subject="Promised\r\nBcc: all@example.invalid\x00 \u202eevil", text="x" * 100_000)
    notices.send_due()
    [letter] = mail_server.letters
    assert letter.subject == "Promised Bcc: all@example.invalid evil"
    assert letter.message["Bcc"] is None
    assert letter.text.strip() == "x" * 100_000


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a@example.invalid\nBcc: all@example.invalid", "@x.y"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(notices.CannotPut, match="is no e-mail address"):
        put(to=address)
    assert not Notice.objects.exists()


def test_withdrawn_is_not_sent(mail_server: MailServer) -> None:
    notice = put()
    notices.withdraw(notice.key)
    assert notices.send_due(again=True).sent == 0
    assert state_of(notice) is NoticeState.WITHDRAWN


def test_what_it_said_goes_and_what_it_was_about_stays() -> None:
    today = timezone.localdate()
    notice, waiting = put(), put("waiting")
    notices.send_due()
    assert notices.forget_old(today + datetime.timedelta(days=notices.KEPT_DAYS)) == 0
    waiting.refresh_from_db()
    waiting.state = NoticeState.WAITING.value
    waiting.save()
    assert notices.forget_old(today + datetime.timedelta(days=notices.KEPT_DAYS + 1)) == 1
    notice.refresh_from_db()
    assert (notice.recipient, notice.subject, notice.text) == ("", "", "")
    assert put().pk == notice.pk
    assert state_of(waiting) is NoticeState.WAITING


def test_the_command_lists_and_sends_and_says_what_failed(mail_server: MailServer) -> None:
    mail_server.at_recipient = lambda envelope: "550 Nobody" if mail_server.letters else None
    put("a"), put("b")
    run = CliRunner()
    listed = run.invoke(command, ["list", "--json"])
    assert [json.loads(line)["state"] for line in listed.output.splitlines()] == ["waiting", "waiting"]
    sent = run.invoke(command, ["send"])
    assert sent.exit_code == 1
    assert sent.output == "Sent: 1; still waiting: 0; perhaps sent: 0; failed: 1.\n"
    listed = run.invoke(command, ["list"])
    assert "550 Nobody" in listed.output
    assert "It is due" not in listed.output
    failed = Notice.objects.get(key="b")
    mail_server.at_recipient = lambda _envelope: None
    assert run.invoke(command, ["send", "--again", str(failed.pk)]).exit_code == 0
    with pytest.raises(notices.CannotPut, match="not to be sent again: sent"):
        notices.send_again(failed.pk)
    with pytest.raises(notices.CannotPut, match="There is no notice"):
        notices.send_again(failed.pk + 1)


@given(st.integers(min_value=1, max_value=50))
def test_pauses_grow_and_end(attempts: int) -> None:
    pause = posting.pause_after(attempts)
    if attempts > len(posting.PAUSES_MINUTES):
        assert pause is None
    else:
        assert pause is not None
        assert attempts == 1 or pause >= posting.pause_after(attempts - 1)  # type: ignore[operator]


def test_no_pause_before_the_first_attempt() -> None:
    with pytest.raises(ValueError, match="no pause before the first"):
        posting.pause_after(0)
