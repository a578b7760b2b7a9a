"""Runs the escalation and the weekly letters in child processes and kills them at random moments; prints what was left.

Run by test_escalation_kill.py in a process of its own, with DATABASE_URL naming a database that nothing else uses.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import signal
import sys
import time
from collections import Counter

import django

# How many commitments fall late in a round.
LATE = 6


def main(rounds: int, seed: int) -> None:
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from sightline.partnership import daily, digests
    from sightline.partnership.audit_models import DailyRun
    from sightline.partnership.models import Notice
    from sightline.scrutiny.escalating import run_escalation
    from sightline.scrutiny.models import AnswerLink, Commitment, EscalationStep, Passage
    from tests.scrutiny import conftest
    from tests.scrutiny.commitment_world import make_world

    world = make_world(conftest.make_places())
    today = timezone.localdate()
    world.assign(today - datetime.timedelta(days=1))
    Notice.objects.all().delete()
    draw = random.Random(seed)
    first = world.commitment
    kept = first.pk  # late in every round, and told of in the first
    passage = first.passage

    def fall_late(number: int) -> None:
        """LATE new commitments that were due yesterday, each with its own passage."""
        for place in range(LATE):
            passage.pk, passage.position = None, 1000 + number * LATE + place
            passage.save()
            first.pk, first.passage = None, passage
            first.reference = f"C2022-{1000 + number * LATE + place}"
            first.save()

    def work(number: int, *, through_daily: bool) -> None:
        if through_daily:
            # As `sightline daily` does it: a job and the note that it is done in one transaction.
            for job in daily.jobs():
                if job.name == "commitments":
                    daily._run(job, today)
        else:
            run_escalation(today)
        digests.run_digests(today + datetime.timedelta(weeks=number))

    def clear() -> None:
        """Leave nothing of a round for the next, so that a round costs the same whenever it comes."""
        of_this_round = Commitment.objects.filter(passage__position__gte=1000).values("pk")
        Notice.objects.exclude(key__startswith=f"commitment:{kept}:").delete()
        EscalationStep.objects.filter(commitment__in=of_this_round).delete()
        AnswerLink.objects.filter(commitment__in=of_this_round).delete()
        Commitment.objects.filter(passage__position__gte=1000).delete()
        Passage.objects.filter(position__gte=1000).delete()

    def start(number: int, *, through_daily: bool) -> int:
        connection.close()
        child = os.fork()
        if child == 0:
            try:
                work(number, through_daily=through_daily)
            finally:
                os._exit(0)
        return child

    def state() -> tuple[int, int, int]:
        """Steps taken, letters about them, and weekly letters."""
        letters = Counter(key.partition(":")[0] for key in Notice.objects.values_list("key", flat=True))
        return EscalationStep.objects.count(), letters["commitment"], letters["digest"]

    def half_done() -> int:
        """Steps that told somebody who has no letter, or letters about no step."""
        wrong = 0
        keys = set(Notice.objects.filter(key__startswith="commitment:").values_list("key", flat=True))
        wanted = set()
        for step in EscalationStep.objects.prefetch_related("told"):
            told = [person.pk for person in step.told.all()]
            wrong += not told
            wanted |= {f"commitment:{step.commitment_id}:{step.stage}:{step.due_on}:{person}" for person in told}
        return wrong + len(wanted ^ keys)

    fall_late(0)
    started = time.perf_counter()
    os.waitpid(start(0, through_daily=False), 0)
    whole_seconds = time.perf_counter() - started
    outcomes = {"half": half_done(), "cut short": 0, "nothing": 0, "whole": 0}
    # Everybody for whom something waits gets one.
    weekly = state()[2]
    assert weekly > 0
    clear()
    for number in range(1, rounds + 1):
        fall_late(number)
        before = state()
        through_daily = number % 2 == 0
        DailyRun.objects.filter(job="commitments").delete()
        child = start(number, through_daily=through_daily)
        time.sleep(draw.uniform(0, whole_seconds * 1.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = state()
        outcomes["half"] += half_done()
        done = after[0] - before[0]
        whole = done == LATE and after[2] == before[2] + weekly
        outcomes["whole" if whole else "cut short" if done else "nothing"] += 1
        if through_daily and done not in (0, LATE):
            outcomes["half"] += 1  # the daily job is one transaction
        # Asked for again, the rest is done, and what was done is not done twice: nor is it after the last round, when
        # all is done.
        for _ in range(1 + (number == rounds)):
            work(number, through_daily=False)
        final = state()
        outcomes["half"] += final != (before[0] + LATE, before[1] + LATE, before[2] + weekly)
        clear()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]), seed=int(sys.argv[2]))
