"""Sends notices in child processes and kills them at random moments; prints what the mail server got.

Run by test_notices_kill.py in a process of its own, with DATABASE_URL naming a database that nothing else uses.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter

import django


def main(rounds: int, seed: int) -> None:
    django.setup()
    from aiosmtpd.smtp import Envelope
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from sightline.partnership import notices
    from sightline.partnership.domain.posting import NoticeState
    from sightline.partnership.models import Notice
    from tests.mail.server import MailServer

    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    draw = random.Random(seed)

    def put(number: int) -> int:
        text = f"Number {number}"
        return notices.put(key=f"letter:{number}", to="a@example.invalid", subject=text, text=text).pk

    def start_sending(number: int) -> int:
        connection.close()
        child = os.fork()
        if child == 0:
            try:
                notices.send(number)
            finally:
                os._exit(0)
        return child

    def recover() -> None:
        """What happens when the claims of the dead have run out."""
        for notice in Notice.objects.filter(state__in=["claimed", "handed-over"]):
            notice.claimed_until = timezone.now() - datetime.timedelta(seconds=1)
            notice.save()
        notices.send_due(again=True)

    whole_seconds = 0.0
    for number in range(rounds, rounds + 3):
        started = time.perf_counter()
        os.waitpid(start_sending(put(number)), 0)
        whole_seconds = max(whole_seconds, time.perf_counter() - started)
    Notice.objects.all().delete()
    server.letters.clear()

    hits = 0
    for number in range(rounds):
        notice = put(number)
        child = start_sending(notice)
        time.sleep(draw.uniform(0, whole_seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        hits += Notice.objects.get(pk=notice).state != NoticeState.SENT.value
        recover()

    # The window itself: the server has taken the letter, and we are gone before its answer comes.
    notice = put(rounds)
    victim, killed = 0, 0
    known = threading.Event()

    def kill_before_answering(_envelope: Envelope) -> str | None:
        nonlocal killed
        # The server may have the letter before this process knows whom it has sent: 0 would mean everybody here.
        assert known.wait(60)
        os.kill(victim, signal.SIGKILL)
        killed += 1
        return None

    server.before_answer = kill_before_answering
    victim = start_sending(notice)
    known.set()
    os.waitpid(victim, 0)
    server.before_answer = lambda _envelope: None
    recover()
    recover()
    server.stop()

    got = Counter(letter.subject for letter in server.letters)
    states = Counter(Notice.objects.values_list("state", flat=True))
    lost = [one.pk for one in Notice.objects.exclude(state=NoticeState.UNCERTAIN.value) if got[one.subject] != 1]
    print(
        json.dumps(
            {
                "twice": sum(count > 1 for count in got.values()),
                "lost": len(lost),
                "sent": states["sent"],
                "uncertain": states["uncertain"],
                "kills that hit": hits,
                "killed in the window": killed,
                "in the window": Notice.objects.get(pk=notice).state,
            }
        )
    )


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]), seed=int(sys.argv[2]))
