"""`sightline audit …`: check the audit log, note its head, read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sightline.partnership.domain.audit_chain import Head, Kind

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def audit() -> None:
    """Check and read the audit log."""


class HeadType(click.ParamType):  # type: ignore[type-arg]
    """A head as `sightline audit head` prints it: the number of the entry, a colon, its digest."""

    name = "NUMBER:DIGEST"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        found = re.fullmatch(r"(\d+):([0-9a-f]{64})", str(value).strip())
        if found is None:
            self.fail(f"“{value}” is no head. Give it as `sightline audit head` prints it: 214:6d0f….", param, ctx)
        return Head(int(found[1]), found[2])


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def head(as_json: bool) -> None:
    """Print the number and digest of the newest entry. Note it where nobody who can change this log can change it."""
    import django

    django.setup()
    from sightline.partnership import audit as log

    newest = log.head()
    if as_json:
        click.echo(json.dumps({"number": newest.number, "digest": newest.digest}))
    else:
        click.echo(f"{newest.number}:{newest.digest}")


@audit.command()
@click.option("--noted", type=HeadType(), help="A head that was noted elsewhere, which the log must still hold.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(noted: Head | None, as_json: bool) -> None:
    """Check that no entry was changed, removed or added; exit code 1 and the first broken entry where one was.

    Without --noted, newest entries that were removed together with the log's own memory of them cannot be missed.
    """
    import django

    django.setup()
    from sightline.partnership import audit as log

    with _progress() as told:
        verdict = log.verify(noted=noted, told=told)
    broken = verdict.broken
    if as_json:
        click.echo(
            json.dumps(
                {
                    "holds": verdict.holds,
                    "checked": verdict.head.number,
                    "sealed_with_key": verdict.sealed_with_key,
                    "head": {"number": verdict.head.number, "digest": verdict.head.digest},
                    "broken": None if broken is None else {"number": broken.number, "why": broken.why},
                },
                ensure_ascii=False,
            )
        )
    elif broken is not None:
        click.echo(f"Broken at entry {broken.number}: {broken.why}. The {verdict.head.number} before it hold.")
    else:
        keyed = f", {verdict.sealed_with_key} of them with a key" if verdict.sealed_with_key else ""
        click.echo(f"All {verdict.head.number} entries are as they were written{keyed}.")
        click.echo(f"Head {verdict.head.number}:{verdict.head.digest}")
    if broken is not None:
        raise click.exceptions.Exit(1)


@audit.command("list")
@click.option("--as", "acting", required=True, metavar="USER", help="The administrator who reads it.")
@click.option("--who", metavar="USER", default="", help="Only what this account did.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only entries of this kind.")
@click.option("--record", default="", help="Only entries on one record or kind of record: scrutiny.minute/12.")
@click.option("--council", metavar="COUNCIL", help="Only entries on a council's records.")
@click.option("--from", "first_day", type=DAY, help="Only entries from this day on, as 2026-05-07.")
@click.option("--to", "last_day", type=DAY, help="Only entries up to this day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry (JSON Lines).")
def list_entries(
    acting: str,
    who: str,
    kind: str | None,
    record: str,
    council: str | None,
    first_day: Any,
    last_day: Any,
    as_json: bool,
) -> None:
    """Print entries of the audit log, the newest first."""
    import django

    django.setup()
    from sightline.partnership import audit_actions, audit_queries, queries

    narrowed = audit_queries.Narrowed(
        who=who,
        kind=kind or "",
        record=record,
        council=queries.council_called(council) if council else None,
        first_day=first_day.date() if first_day else None,
        last_day=last_day.date() if last_day else None,
    )
    by = queries.user_called(acting)
    for entry in audit_actions.read_out(by=by, narrowed=narrowed):
        if as_json:
            click.echo(json.dumps(entry.as_json(), ensure_ascii=False))
        else:
            click.echo("  ".join(word for word in (f"{entry.number:7}", entry.local_time, *entry.in_words) if word))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, of: None
        return
    with Progress(
        TextColumn("Checking entries"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
