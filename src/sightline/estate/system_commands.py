"""`sightline systems …`: the register of systems."""

from __future__ import annotations

import json
import sys
from typing import Any

import click


@click.group()
def systems() -> None:
    """The systems that the councils' services run on."""


ACTING = click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
DAY = click.DateTime(["%Y-%m-%d"])


@systems.command()
@click.argument("reference")
@click.option("--why", required=True, metavar="TEXT", help="Why it is no longer run, or what took its place.")
@click.option("--on", "day", type=DAY, help="The day, as 2026-05-07; today if left out.")
@click.option("--switched-off", is_flag=True, help="Its machines are off too: what was found on them has gone.")
@ACTING
def retire(reference: str, why: str, day: Any, switched_off: bool, acting: str) -> None:
    """Say that a system is no longer run. It stays on record; verdicts, overlaps and renewals leave it out."""
    import django

    django.setup()
    from django.utils import timezone

    from sightline.estate import queries, retiring
    from sightline.partnership.queries import user_called

    by = user_called(acting)
    on = day.date() if day else timezone.localdate()
    record = queries.system_called(by, reference)
    kept = retiring.retire_system(record=record, by=by, on=on, reason=why, switched_off=switched_off)
    click.echo(f"{kept}: retired, since {kept.retired_on}.")


@systems.command("run-again")
@click.argument("reference")
@click.option("--why", required=True, metavar="TEXT", help="Why it is run again.")
@ACTING
def run_again(reference: str, why: str, acting: str) -> None:
    """Say that a retired system is run after all, or again."""
    import django

    django.setup()
    from sightline.estate import queries, retiring
    from sightline.partnership.queries import user_called

    by = user_called(acting)
    kept = retiring.run_again(record=queries.system_called(by, reference), by=by, reason=why)
    click.echo(f"{kept}: run again.")


@systems.command("hand-over")
@click.argument("council", metavar="COUNCIL")
@ACTING
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def hand_over(council: str, acting: str, as_json: bool) -> None:
    """Hand what COUNCIL, which has ended, had of the estate over to its successor.

    Its systems, licences, counts, open software audits and what is still found on its machines become the successor's,
    each with its history: all of it, or nothing. What is over stays where it was. Doing it twice changes nothing more.
    """
    import django

    django.setup()
    from sightline.estate import succeeding
    from sightline.partnership import queries

    by, whose = queries.user_called(acting), queries.council_called(council)

    def tell(rows: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{rows:,} records handed over", err=True, nl=False)

    done = succeeding.hand_over(council=whose, by=by, told=tell)
    if sys.stderr.isatty():
        click.echo(err=True)
    if as_json:
        click.echo(json.dumps({"council": whose.gss_code, **done}))
        return
    said = ", ".join(f"{many:,} {what}" for what, many in done.items() if many) or "nothing was left to hand over"
    click.echo(f"{whose.name}: {said}.")
