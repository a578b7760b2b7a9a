"""`sightline systems …`: the register of systems."""

from __future__ import annotations

import json
import sys

import click


@click.group()
def systems() -> None:
    """The systems that the councils' services run on."""


@systems.command("hand-over")
@click.argument("council", metavar="COUNCIL")
@click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
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
