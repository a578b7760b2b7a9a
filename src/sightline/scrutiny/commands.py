"""`sightline minutes …`: read, record and publish the minutes of meetings.

`text` and `read` touch no database and start without the web framework.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from sightline.kernel.errors import SightlineError
from sightline.scrutiny.outline import outline

FILE = click.Path(path_type=Path)


@click.group()
def minutes() -> None:
    """Read, record and publish the minutes of meetings."""


@minutes.command()
@click.argument("file", type=FILE)
def text(file: Path) -> None:
    """Print the plain text of FILE, into which every offset of `read --json` points."""
    from sightline.scrutiny.domain import documents

    click.echo(documents.read_document(file).text, nl=False)


@minutes.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file; JSON Lines for several files.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Print what was recommended, said, promised and resolved in each FILE (txt, md, html, docx or pdf)."""
    from sightline.scrutiny.domain import documents
    from sightline.scrutiny.domain import minutes as reader

    failed = False
    with _progress(len(files)) as advance:
        for file in files:
            try:
                found = reader.read_minute(documents.read_document(file))
            except SightlineError as error:
                # The other files are still worth reading; the exit code says that one was not.
                click.echo(f"Error: {error}", err=True)
                failed = True
            else:
                click.echo(json.dumps(reader.as_json(found), ensure_ascii=False) if as_json else outline(found))
            advance()
    if failed:
        raise click.exceptions.Exit(2)


@minutes.command()
@click.argument("file", type=FILE)
@click.option("--body", "body_slug", required=True, metavar="SLUG", help="The body whose minutes they are.")
@click.option("--as", "username", required=True, metavar="USER", help="The account that records them.")
@click.option(
    "--date",
    "held_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the meeting, where the minutes do not say it.",
)
@click.option("--for", "colleague", metavar="USER", help="The clerk on whose behalf they are recorded; both are kept.")
@click.option("--json", "as_json", is_flag=True, help="Print what was recorded as one JSON object.")
def record(file: Path, body_slug: str, username: str, held_on: Any, colleague: str | None, as_json: bool) -> None:
    """Keep the minutes in FILE as records: internal until published. The same file twice changes nothing."""
    import django

    django.setup()
    from sightline.partnership import queries as partnership
    from sightline.scrutiny import actions, queries
    from sightline.scrutiny.domain import documents
    from sightline.scrutiny.reading import read_minutes_file

    body = partnership.body_called(body_slug)
    by = partnership.user_called(username)
    on_behalf_of = partnership.person_called(colleague) if colleague else None
    actions.require_may_record(body=body, by=by, on_behalf_of=on_behalf_of)
    content = documents.read_bytes(file)
    reading = read_minutes_file(name=file.name, content=content)
    if said := actions.called_otherwise(reading=reading, body=body):
        click.echo(f"Note: the minutes call their body “{said}”; they are recorded as those of {body}.", err=True)
    recorded = actions.record_minute(
        reading=reading,
        body=body,
        by=by,
        held_on=held_on.date() if held_on is not None else None,
        on_behalf_of=on_behalf_of,
    )
    counted = queries.counted(recorded.minute)
    references = queries.references_of(recorded.minute)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "minute": recorded.minute.pk,
                    "new": recorded.new,
                    "body": body.slug,
                    "date": recorded.minute.meeting.held_on.isoformat(),
                    "publication": recorded.minute.publication,
                    "counted": counted,
                    "recommendations": references,
                },
                ensure_ascii=False,
            )
        )
        return
    verb = "Recorded" if recorded.new else "Recorded before, nothing changed:"
    click.echo(f"{verb} minute {recorded.minute.pk}: {recorded.minute.meeting}, {recorded.minute.publication}")
    for kind, number in counted.items():
        click.echo(f"  {kind:15} {number:5}")
    for reference in references:
        click.echo(f"  {reference}")


@minutes.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--body", "body_slug", metavar="SLUG", help="The body whose minutes all of them are.")
@click.option("--map", "map_file", type=FILE, help="A TOML file that says which files are whose, and of which day.")
@click.option("--as", "username", required=True, metavar="USER", help="The account that records them.")
@click.option("--publish-certain", is_flag=True, help="Accept all that is certain in each, and make it public.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file (JSON Lines).")
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="How many processes read; as many as there are processors."
)
def import_backlog(
    folder: Path,
    body_slug: str | None,
    map_file: Path | None,
    username: str,
    publish_certain: bool,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Record every file of minutes in FOLDER and below it, and report what became of each.

    Whose minutes they are is told by --body or --map, or else by their own words; what is not clear is reported, not
    guessed. The same folder again changes nothing, and goes on where an import was stopped.
    """
    import django

    django.setup()
    from sightline.partnership import queries as partnership
    from sightline.scrutiny import actions, importing, whose

    if body_slug and map_file:
        raise click.UsageError("Give --body or --map, not both.")
    backlog = importing.Backlog(
        folder=folder,
        by=partnership.user_called(username),
        body=partnership.body_called(body_slug) if body_slug else None,
        map=whose.read_map(map_file) if map_file else whose.Map(),
        publish=publish_certain,
    )
    if backlog.body is not None:
        # Refused before a file is looked at.
        actions.require_may_record(body=backlog.body, by=backlog.by)
    files = importing.files_in(folder)
    counted = dict.fromkeys(importing.Outcome, 0)
    try:
        with _progress(len(files), "Importing") as advance:
            for one in importing.import_files(backlog, files, jobs=jobs or os.cpu_count() or 1):
                counted[one.outcome] += 1
                click.echo(json.dumps(one.as_json(), ensure_ascii=False) if as_json else _told(one))
                advance()
    finally:
        done = ", ".join(f"{outcome.value} {number}" for outcome, number in counted.items())
        rest = len(files) - sum(counted.values())
        more = f"; {rest} not looked at: run the same command again to go on" if rest else ""
        click.echo(f"Of {len(files)} files: {done}{more}.", err=True)
    if counted[importing.Outcome.REFUSED]:
        raise click.exceptions.Exit(2)


def _told(one: Any) -> str:
    """What became of a file of a backlog, on one line."""
    said = f"{one.outcome.value:13} {one.file}"
    if one.minute is not None:
        said += f": minute {one.minute.pk}, {one.minute.meeting}, {one.minute.publication}"
    if one.why:
        said += f": {one.why}"
    return said + "".join(f" ({note})" for note in one.notes)


@minutes.command("list")
@click.option("--as", "username", metavar="USER", help="The account that looks; without it, what everybody may see.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a minute (JSON Lines).")
def list_minutes(username: str | None, as_json: bool) -> None:
    """List the minutes that are recorded here."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser

    from sightline.partnership import queries as partnership
    from sightline.scrutiny import queries

    account = partnership.user_called(username) if username else AnonymousUser()
    for minute in queries.minutes(account).defer("text"):
        if as_json:
            click.echo(
                json.dumps(
                    {
                        "minute": minute.pk,
                        "body": minute.meeting.body.slug,
                        "date": minute.meeting.held_on.isoformat(),
                        "publication": minute.publication,
                    }
                )
            )
        else:
            click.echo(f"{minute.pk:6}  {minute.publication:9} {minute.meeting}")


@minutes.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--as", "username", required=True, metavar="USER", help="The account that publishes them.")
def publish(number: int, username: str) -> None:
    """Make minute ID public, with the recommendations and commitments read in it."""
    import django

    django.setup()
    from sightline.partnership import queries as partnership
    from sightline.scrutiny import actions, queries

    by = partnership.user_called(username)
    minute = actions.publish_minute(minute=queries.minute_numbered(by, number), by=by)
    click.echo(f"Public: minute {minute.pk}, {minute.meeting}")


@contextmanager
def _progress(how_many: int, doing: str = "Reading") -> Iterator[Any]:
    """A progress bar on standard error where several files are read and somebody watches."""
    console = Console(stderr=True)
    if how_many < 2 or not console.is_terminal:
        yield lambda: None
        return
    with Progress(
        SpinnerColumn(),
        BarColumn(),
        TextColumn(f"{doing} {{task.completed}} of {{task.total}}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        # What is piped elsewhere is not for the screen.
        redirect_stdout=sys.stdout.isatty(),
    ) as progress:
        task = progress.add_task("", total=how_many)
        yield lambda: progress.advance(task)
