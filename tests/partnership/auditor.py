"""Adds to the audit log from several processes at once, and kills some of them; prints what became of the chain.

Run by test_audit_kill.py in a process of its own, with DATABASE_URL naming a database that nothing else uses.
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
    from django.db import connection, transaction

    from sightline.partnership import audit
    from sightline.partnership.audit_models import AuditEntry, AuditPending
    from sightline.partnership.domain.audit_chain import Kind
    from sightline.strategy.models import GlossaryTerm

    draw = random.Random(seed)

    def work(worker: str, times: int) -> None:
        for number in range(times):
            with transaction.atomic():
                name = f"{worker}-{number}"
                GlossaryTerm.objects.create(term=name, slug=name, explanation="Made by a test.")
                audit.note(Kind.CHANGED, by=None, what="changed", worker=worker, place=number)

    def start(worker: str, times: int) -> int:
        connection.close()
        child = os.fork()
        if child == 0:
            failed = 1
            try:
                work(worker, times)
                failed = 0
            finally:
                os._exit(failed)
        return child

    # A crowd: nothing is lost and nothing is there twice.
    workers, each = 4, 15
    children = [start(f"crowd{place}", each) for place in range(workers)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    verdict = audit.verify()
    told = [
        (facts["details"]["worker"], facts["details"]["place"])
        for content in AuditEntry.objects.values_list("content", flat=True)
        if "worker" in (facts := json.loads(bytes(content))).get("details", {})
    ]
    outcomes = {
        "crowd_codes": codes,
        "crowd_holds": verdict.holds,
        "crowd_whole": sorted(told) == [(f"crowd{w}", n) for w in range(workers) for n in range(each)],
        "broken": 0,
        "apart": 0,
        "cut_short": 0,
    }
    # How long a child takes that is left alone, so that on any machine most kills hit one at work.
    started = time.perf_counter()
    os.waitpid(start("alone", 40), 0)
    whole_seconds = time.perf_counter() - started
    # Kills: after each the chain holds, and every change that was kept has its entry, no other.
    for place in range(rounds):
        child = start(f"killed{place}", 40)
        time.sleep(draw.uniform(0, whole_seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kept = GlossaryTerm.objects.filter(slug__startswith=f"killed{place}-").count()
        outcomes["cut_short"] += 0 < kept < 40
        outcomes["broken"] += not audit.verify().holds
        entries = sum(
            f'"worker":"killed{place}"' in bytes(content).decode()
            for content in AuditEntry.objects.filter(kind="changed").values_list("content", flat=True)
        )
        outcomes["apart"] += entries != kept
    outcomes["waiting"] = AuditPending.objects.count()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]), seed=int(sys.argv[2]))
