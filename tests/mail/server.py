"""A real mail server on this machine, for tests: keeps the letters it takes, and can be told to misbehave."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# What the server answers instead of taking a letter; None: it takes it.
Answer = Callable[[Envelope], str | None]


def take_all(_envelope: Envelope) -> str | None:
    return None


@dataclass
class Letter:
    """One letter as it arrived."""

    to: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """Listens on a port of its own, which stays the same when it is stopped and started again.

    at_recipient: asked when a recipient is named, before the letter itself comes.
    before_answer: asked when a whole letter is kept, before that is answered.
    """

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    at_recipient: Answer = take_all
    before_answer: Answer = take_all
    _controller: Controller | None = None

    def __post_init__(self) -> None:
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if (said := self.at_recipient(envelope)) is not None:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        said = self.before_answer(envelope)
        if said is None:
            self.letters.extend(Letter(to, message) for to in envelope.rcpt_tos)
        return said or "250 OK"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
