"""The outbox of notices by e-mail: kept with what they tell of, sent once the transaction is through, tried again.

A notice is put in the transaction of the act it tells of: both are there or neither. It is sent by the worker, so that
a mail server that is down keeps nobody waiting. See ``domain/posting.py`` for how it is sent once.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import smtplib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import tasks
from sightline.partnership.domain.posting import CLAIM, NoticeState, pause_after
from sightline.partnership.models import Notice

log = structlog.get_logger("sightline.notices")


class CannotPut(SightlineError):
    """A notice cannot be written; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a letter's link leads to; its secret part is made by the room that registered ``kind``, as it is sent."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


_unsent: ContextVar[bool] = ContextVar("letters that are not sent", default=False)


@contextlib.contextmanager
def unsent() -> Iterator[None]:
    """Within it, letters are kept as withdrawn and never sent: what they tell of is long past, or invented."""
    before = _unsent.set(True)
    try:
        yield
    finally:
        _unsent.reset(before)


MakeLink = Callable[[int], str | None]

_links: dict[str, MakeLink] = {}


def register_link(kind: str, make: MakeLink) -> None:
    """Make links of a kind with ``make``: it gets the number and gives the path of the page, or None where the link
    is of no use any more, so that the letter is not sent."""
    _links[kind] = make


def put(
    *, key: str, to: str, subject: str, text: str, link: Link | None = None, unsubscribe: str | Link = ""
) -> Notice:
    """Write a notice, to be sent once the transaction is through. The same key again changes nothing.

    key: what it is about and to whom; at most 200 characters.
    link: stands under the text, on a line of its own.
    unsubscribe: the address (or link) by which its reader leaves with one click (RFC 8058).

    Raises:
        CannotPut: ``to`` is no e-mail address.
    """
    if len(key) > 200:
        raise ValueError(f"A notice's key has at most 200 characters: {key[:60]}…")
    try:
        validate_email(to)
    except ValidationError as error:
        raise CannotPut(f"“{to}” is no e-mail address, so no notice can be sent to it. Mend the address.") from error
    notice, new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "message_id": _message_id(key),
            "recipient": to,
            # A subject is one line, whatever stood in a name.
            "subject": _one_line(subject)[:200],
            "text": text.strip() + "\n",
            "link": str(link or ""),
            "unsubscribe": str(unsubscribe or ""),
            "next_try_at": timezone.now(),
            "state": (NoticeState.WITHDRAWN if _unsent.get() else NoticeState.WAITING).value,
        },
    )
    if new and notice.state == NoticeState.WAITING:
        transaction.on_commit(lambda: tasks.post.enqueue(notice.pk))
    return notice


def already_put(keys: Iterable[str]) -> set[str]:
    """Which of some keys stand for a letter that is in the outbox, or was sent from it."""
    return set(Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def is_put(key: str) -> bool:
    """Whether a notice with a key was written already."""
    return Notice.objects.filter(key=key).exists()


def _one_line(text: str) -> str:
    return " ".join("".join(" " if not letter.isprintable() else letter for letter in text).split())


def _message_id(key: str) -> str:
    # A key may name a person; what every mail server on the way reads does not.
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


@transaction.atomic
def withdraw(key: str) -> None:
    """Do not send a notice that nobody needs any more; one that is on its way already is left alone."""
    notice = Notice.objects.select_for_update().filter(key=key, state=NoticeState.WAITING.value).first()
    if notice is not None:
        _keep(notice, state=NoticeState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Posted:
    """How many notices went how."""

    sent: int = 0
    kept: int = 0
    uncertain: int = 0
    failed: int = 0


def send_due(*, again: bool = False) -> Posted:
    """Send every notice that is due, through one connection; when the mail server is down, the rest simply waits.

    again: those too whose next attempt lies ahead.

    Raises:
        RuntimeError: it was called within a transaction. How far a letter has come must be kept as it happens.
    """
    counted = dict.fromkeys(NoticeState, 0)
    with contextlib.ExitStack() as stack:
        connection: Any = None
        for number in _due(again=again):
            if connection is None:
                connection = get_connection()
                stack.callback(_close, connection)
            state = send(number, connection=connection, again=again)
            if state is not None:
                counted[state] += 1
            if state is NoticeState.WAITING and getattr(connection, "connection", True) is None:
                break  # Nobody answers: each further letter would wait for the time limit.
    waiting = Notice.objects.filter(state=NoticeState.WAITING.value).count()
    return Posted(
        sent=counted[NoticeState.SENT],
        kept=waiting,
        uncertain=counted[NoticeState.UNCERTAIN],
        failed=counted[NoticeState.FAILED],
    )


def _due(*, again: bool) -> list[int]:
    now = timezone.now()
    waiting = Q(state=NoticeState.WAITING.value)
    if not again:
        waiting &= Q(next_try_at__lte=now)
    abandoned = Q(state__in=[NoticeState.CLAIMED.value, NoticeState.HANDED_OVER.value], claimed_until__lt=now)
    return list(Notice.objects.filter(waiting | abandoned).order_by("pk").values_list("pk", flat=True))


def send(number: int, *, connection: Any = None, again: bool = False) -> NoticeState | None:
    """Send one notice, and say where it then stands; None where it is not due, or somebody else has it in hand."""
    claimed = _claim(number, again=again)
    if not isinstance(claimed, Notice):
        return claimed
    own = connection is None
    connection = connection or get_connection()
    handed_over = False

    def hand_over() -> None:
        nonlocal handed_over
        _hand_over(claimed)
        handed_over = True

    try:
        message = _message(claimed, connection)
        if message is None:
            return _keep_claimed(claimed, state=NoticeState.WITHDRAWN)
        connection.open()
        with _told_before_the_text(connection, hand_over):
            connection.send_messages([message])
    except smtplib.SMTPResponseException as error:
        # The server has answered, so we know: it did not take the letter.
        return _not_taken(claimed, f"{error.smtp_code} {_words(error.smtp_error)}", for_good=error.smtp_code >= 500)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _not_taken(claimed, f"{code} {_words(said)}", for_good=code >= 500)
    except (OSError, smtplib.SMTPException) as error:
        _close(connection)
        if handed_over:
            return _keep_claimed(claimed, state=NoticeState.UNCERTAIN, problem=f"No answer: {type(error).__name__}")
        return _not_taken(claimed, f"No connection: {type(error).__name__}", for_good=False)
    else:
        return _keep_claimed(claimed, state=NoticeState.SENT, sent_at=timezone.now(), problem="")
    finally:
        if own:
            _close(connection)


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _close(connection: Any) -> None:
    # What became of the letter is known by now, whatever becomes of the goodbye.
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.close()
    if hasattr(connection, "connection"):
        connection.connection = None


@contextlib.contextmanager
def _told_before_the_text(connection: Any, tell: Callable[[], None]) -> Iterator[None]:
    """Call ``tell`` as late as can be: when everything is agreed with the server and only the text is left to send.

    smtplib sends its commands as words and nothing but a letter's text as bytes, in one piece with the final dot.
    """
    server = getattr(connection, "connection", None)
    if not isinstance(server, smtplib.SMTP):
        tell()  # Printed, or kept in memory.
        yield
        return
    plain_send = server.send

    def send(piece: Any) -> None:
        if isinstance(piece, bytes):
            tell()
        plain_send(piece)

    server.send = send  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        server.send = plain_send  # type: ignore[method-assign]


class _LostClaim(smtplib.SMTPException):
    """Somebody else has taken the notice in hand meanwhile, so it is theirs to send."""


@transaction.atomic(durable=True)
def _claim(number: int, *, again: bool) -> Notice | NoticeState | None:
    now = timezone.now()
    notice = Notice.objects.select_for_update().filter(pk=number).first()
    if notice is None:
        return None
    state = NoticeState(notice.state)
    if state in (NoticeState.CLAIMED, NoticeState.HANDED_OVER):
        if notice.claimed_until is not None and notice.claimed_until >= now:
            return None
        if state is NoticeState.HANDED_OVER:
            _keep(notice, state=NoticeState.UNCERTAIN, problem="Whoever sent it ended before the answer came")
            return NoticeState.UNCERTAIN
    elif state is not NoticeState.WAITING or (notice.next_try_at > now and not again):
        return None
    notice.attempts += 1
    notice.claim, notice.claimed_until = uuid.uuid4().hex, now + CLAIM
    _keep(notice, state=NoticeState.CLAIMED)
    return notice


@transaction.atomic(durable=True)
def _hand_over(claimed: Notice) -> None:
    _keep(_still(claimed, NoticeState.CLAIMED), state=NoticeState.HANDED_OVER)


@transaction.atomic(durable=True)
def _keep_claimed(claimed: Notice, **facts: Any) -> NoticeState:
    try:
        notice = _still(claimed, NoticeState.CLAIMED, NoticeState.HANDED_OVER)
    except _LostClaim:
        return NoticeState(Notice.objects.get(pk=claimed.pk).state)
    _keep(notice, claim="", claimed_until=None, **facts)
    return NoticeState(notice.state)


def _still(claimed: Notice, *states: NoticeState) -> Notice:
    notice = Notice.objects.select_for_update().get(pk=claimed.pk)
    if notice.claim != claimed.claim or notice.state not in states:
        raise _LostClaim
    return notice


def _not_taken(claimed: Notice, problem: str, *, for_good: bool) -> NoticeState:
    """Keep a notice that the server did not take, for another attempt where one may help."""
    pause = None if for_good else pause_after(claimed.attempts)
    if pause is None:
        log.error("notice could not be sent", notice=claimed.pk, attempts=claimed.attempts)
        return _keep_claimed(claimed, state=NoticeState.FAILED, problem=problem[:300])
    next_try_at = timezone.now() + pause
    state = _keep_claimed(claimed, state=NoticeState.WAITING, problem=problem[:300], next_try_at=next_try_at)
    if state is NoticeState.WAITING and tasks.post.get_backend().supports_defer:
        tasks.post.using(run_after=next_try_at).enqueue(claimed.pk)
    return state


def _keep(notice: Notice, *, state: NoticeState, **facts: Any) -> None:
    notice.state = state.value
    for name, value in facts.items():
        setattr(notice, name, value)
    notice.save()


def _message(notice: Notice, connection: Any) -> EmailMessage | None:
    """The letter; None where the link that it is about is of no use any more."""
    text = notice.text
    if notice.link:
        path = _path(notice.link)
        if path is None:
            return None
        text = f"{text}\n{settings.SITE_ADDRESS}{path}\n"
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    if notice.unsubscribe:
        leave = notice.unsubscribe
        if not leave.startswith(("https://", "http://")):
            path = _path(leave)
            if path is None:
                return None
            leave = f"{settings.SITE_ADDRESS}{path}"
        headers["List-Unsubscribe"] = f"<{leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        notice.subject, text, settings.DEFAULT_FROM_EMAIL, [notice.recipient], headers=headers, connection=connection
    )


def _path(link: str) -> str | None:
    kind, _, number = link.rpartition(":")
    return _links[kind](int(number))


@transaction.atomic
def send_again(number: int) -> Notice:
    """Let a notice that is uncertain or failed be sent once more: somebody at the machine knows better.

    Raises:
        CannotPut: there is no such notice, or it needs no help.
    """
    notice = Notice.objects.select_for_update().filter(pk=number).first()
    if notice is None:
        raise CannotPut(f"There is no notice {number}. `sightline notices list` prints the number of each.")
    if notice.state not in (NoticeState.UNCERTAIN, NoticeState.FAILED) or not notice.recipient:
        raise CannotPut(f"Notice {number} is not to be sent again: {NoticeState(notice.state).label.lower()}.")
    notice.attempts = 0
    _keep(notice, state=NoticeState.WAITING, next_try_at=timezone.now(), problem="")
    transaction.on_commit(lambda: tasks.post.enqueue(notice.pk))
    return notice


def notices(state: NoticeState | None = None) -> QuerySet[Notice]:
    """Notices in the order in which they were written; in one state, or all that are not sent."""
    found = Notice.objects.defer("text")
    return found.filter(state=state.value) if state else found.exclude(state=NoticeState.SENT.value)


# For how long what a letter said is kept, for whoever asks why they got it or did not.
KEPT_DAYS = 90


def forget_old(on: datetime.date) -> int:
    """Empty the notices that were over KEPT_DAYS before a day: what they were about stays, so that none is sent twice;
    to whom and what they said goes. Returns how many."""
    before = on - datetime.timedelta(days=KEPT_DAYS)
    over = [state.value for state in NoticeState if state.is_over]
    count = 0
    for notice in Notice.objects.filter(state__in=over, put_at__date__lt=before).exclude(recipient=""):
        notice.recipient = notice.subject = notice.text = notice.unsubscribe = notice.problem = ""
        notice.save()
        count += 1
    return count
