"""`sightline software …`: what the names of installed software mean.

`recognise` touches no database and starts without the web framework.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

FILE = click.Path(path_type=Path)
_SHOWN_FROM = 20_000
_STEP = 5_000


@click.group()
def software() -> None:
    """Tell what names of software and devices mean."""


@software.command()
@click.argument("file", type=FILE, metavar="FILE.csv")
@click.option(
    "--catalogue",
    "catalogues",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="Lifecycle data as JSON Lines, plain or gzip; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a row, in order.")
def recognise(file: Path, catalogues: tuple[Path, ...], as_json: bool) -> None:
    """Tell what each row of FILE means: product, release line, edition and version.

    FILE is CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252) with the columns raw_name, raw_version and,
    where it is known, publisher.
    """
    from sightline.estate.domain.catalogue import read_catalogue
    from sightline.estate.domain.recognition import Recogniser
    from sightline.estate.domain.recognition.rows import count_rows, rows_in

    if not catalogues:
        raise click.UsageError("There is no catalogue to recognise against. Give one with --catalogue FILE.")
    recogniser = Recogniser(read_catalogue(*catalogues))
    # Looked through first, so that a faulty file prints nothing.
    total = count_rows(file)
    with click.progressbar(length=total, label="Recognising", file=sys.stderr, hidden=total < _SHOWN_FROM) as progress:
        for number, (name, version, publisher) in enumerate(rows_in(file), start=1):
            answer = recogniser.recognise(name, version, publisher)
            if as_json:
                line = json.dumps(answer.as_json(), ensure_ascii=False)
            else:
                meant = " ".join(part for part in (answer.product, answer.cycle) if part) or "unknown"
                line = f"{name}\t{meant}\t{answer.why}"
            sys.stdout.write(f"{line}\n")
            if number % _STEP == 0:
                progress.update(_STEP)
