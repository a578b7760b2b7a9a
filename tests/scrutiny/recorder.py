"""Records minutes in child processes and kills them at random moments; prints what was left behind.

Run by test_kill.py in a process of its own, with DATABASE_URL naming a database that nothing else uses.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time

import django


def main(rounds: int, seed: int) -> None:
    django.setup()
    from django.db import connection

    from sightline.scrutiny import actions
    from sightline.scrutiny.models import Meeting, MinuteUpload
    from tests.scrutiny import conftest, test_recording

    places = conftest.make_places()
    draw = random.Random(seed)
    kept = (*test_recording.KEPT, MinuteUpload)

    def record(number: int) -> None:
        reading = conftest.make_reading(conftest.MINUTES + f"\nCopy {number}.\n", f"{number}.txt")
        actions.record_minute(reading=reading, body=places.panel, by=places.accounts["clerk"])

    def counted() -> list[int]:
        found = [model.objects.count() for model in kept]
        found += [model.history.count() for model in kept]
        connection.close()
        return found

    empty = counted()
    record(0)
    whole = [after - first for after, first in zip(counted(), empty, strict=True)]

    def start_recording(number: int) -> int:
        child = os.fork()
        if child == 0:
            try:
                record(number)
            finally:
                os._exit(0)
        return child

    # How long a child takes that is left alone: three of them, the slowest.
    whole_seconds = 0.0
    for number in range(1, 4):
        started = time.perf_counter()
        os.waitpid(start_recording(number), 0)
        whole_seconds = max(whole_seconds, time.perf_counter() - started)
    before = counted()
    # The meeting is kept once, with the first minute of that day.
    meeting = kept.index(Meeting)
    whole[meeting] = whole[meeting + len(kept)] = 0
    outcomes: dict[str, int] = {"nothing": 0, "whole": 0, "half": 0}
    for number in range(4, rounds + 4):
        child = start_recording(number)
        time.sleep(draw.uniform(0, whole_seconds * 1.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = counted()
        change = [late - early for late, early in zip(after, before, strict=True)]
        outcomes["nothing" if not any(change) else "whole" if change == whole else "half"] += 1
        before = after
    outcomes["intact"] = 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            outcomes["intact"] = int(cursor.fetchone() == ("ok",))
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]), seed=int(sys.argv[2]))
