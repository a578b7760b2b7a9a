"""`sightline tracker …`: the report that a clerk brings to a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.group()
def tracker() -> None:
    """The report of what was asked and promised, and what became of it."""


@tracker.command()
@click.option("--body", "body_slug", required=True, metavar="SLUG", help="The body that asked.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the meeting; today without it."
)
@click.option("--format", "form", type=click.Choice(["html", "pdf", "docx"]), default="html", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE",
    help="Where to write it.",
)  # fmt: skip
@click.option("--as", "username", metavar="USER", help="The account that looks; without it, what everybody may see.")
def report(body_slug: str, until: Any, form: str, output: Path, username: str | None) -> None:
    """Write the tracker report of a body as HTML, tagged PDF (PDF/UA-1) or Word."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.utils import timezone

    from sightline.kernel.errors import SightlineError
    from sightline.partnership import queries as partnership
    from sightline.scrutiny import tracker_files, tracker_queries
    from sightline.scrutiny.tracker_page import as_page

    body = partnership.body_called(body_slug)
    account = partnership.user_called(username) if username else AnonymousUser()
    today = timezone.localdate()
    made = tracker_queries.report(account, body, until=until.date() if until else today, made_on=today)
    make = {"html": as_page, "pdf": tracker_files.as_pdf, "docx": tracker_files.as_word}[form]
    content = make(made)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise SightlineError(f"{output}: it cannot be written ({error.strerror}). Choose another place.") from error
    click.echo(f"{output}: {made.title}. {made.summary}")
