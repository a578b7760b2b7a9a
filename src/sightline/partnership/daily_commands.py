"""`sightline daily`: the one entry for a scheduler."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command()
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day, as 2026-05-07; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def daily(day: Any, as_json: bool) -> None:
    """Do what is due today: retention, clearing up, and whatever else each room does once a day.

    Once a day is enough, and oftener does no harm: what is done for a day is not done again. A job that was broken off
    is done when this is called again. Exit code 1 when a job failed; the others are done all the same.
    """
    import django

    django.setup()
    from django.utils import timezone

    from sightline.partnership import daily as jobs

    on = day.date() if day else timezone.localdate()
    outcomes = []
    for outcome in jobs.run(on):
        outcomes.append(outcome)
        if not as_json:
            did = ", ".join(f"{count} {what}" for what, count in outcome.did.items() if count) or "nothing to do"
            failed = f"FAILED: {outcome.why}" if outcome.why else "FAILED, see the log"
            said = {"failed": failed, "done before": f"done before ({did})"}.get(outcome.became, did)
            click.echo(f"{outcome.job.says}: {said}")
    if as_json:
        told = [
            {"job": one.job.name, "became": one.became, "did": dict(one.did), **({"why": one.why} if one.why else {})}
            for one in outcomes
        ]
        click.echo(json.dumps({"date": on.isoformat(), "jobs": told}))
    if any(outcome.became == "failed" for outcome in outcomes):
        raise click.exceptions.Exit(1)
