"""Takes in a backlog in child processes and kills them at random moments; prints what was left.

Run by test_kill.py in a process of its own, with DATABASE_URL naming a database that nothing else uses.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import django


def main(rounds: int, seed: int) -> None:
    django.setup()
    from django.db import connection

    from sightline.partnership.audit import seal_pending, verify
    from sightline.scrutiny.importing import Backlog, import_files
    from sightline.scrutiny.models import Meeting, Minute
    from tests.scrutiny import conftest, test_recording

    places = conftest.make_places()
    draw = random.Random(seed)
    folder = Path(os.environ["SIGHTLINE_VAR"]) / "backlog"
    folder.mkdir()
    backlog = Backlog(folder=folder, by=places.accounts["clerk"], body=places.panel)
    # The meeting is kept once, with the first minute of that day.
    kept = [model for model in test_recording.KEPT if model is not Meeting]

    def file(number: int) -> Path:
        path = folder / f"{number:04}.txt"
        if not path.exists():
            path.write_text(conftest.MINUTES + f"\nCopy {number}.\n", encoding="utf-8")
        return path

    def take_in(files: list[Path]) -> None:
        for _ in import_files(backlog, files):
            pass

    def start(recorded: int) -> int:
        """A child that is given a file which is recorded already, and two new ones."""
        files = [file(number) for number in range(recorded - 1, recorded + 2)]
        child = os.fork()
        if child == 0:
            try:
                take_in(files)
            finally:
                os._exit(0)
        return child

    def counted() -> list[int]:
        found = [count for model in kept for count in (model.objects.count(), model.history.count())]
        connection.close()
        return found

    empty = counted()
    take_in([file(0)])
    one = [after - before for after, before in zip(counted(), empty, strict=True)]
    started = time.perf_counter()
    os.waitpid(start(1), 0)
    whole_seconds = time.perf_counter() - started
    outcomes = {"half": 0, "nothing": 0, "recorded": 0}
    before = Minute.objects.count()
    for _ in range(rounds):
        connection.close()
        child = start(before)
        time.sleep(draw.uniform(0, whole_seconds * 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = counted()
        minutes = Minute.objects.count()
        outcomes["half"] += [count - first for count, first in zip(after, empty, strict=True)] != [
            each * minutes for each in one
        ]
        outcomes["recorded" if minutes > before else "nothing"] += 1
        before = minutes
    # Asked for again, what is missing is done, and nothing is done twice.
    files = sorted(folder.iterdir())
    take_in(files)
    outcomes["files"], outcomes["minutes"] = len(files), Minute.objects.count()
    outcomes["half"] += counted() != [first + each * len(files) for first, each in zip(empty, one, strict=True)]
    seal_pending()
    outcomes["audit holds"] = int(verify().holds)
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]), seed=int(sys.argv[2]))
