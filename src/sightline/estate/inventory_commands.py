"""`sightline inventory …`: what discovery tools, package managers and bills of materials found."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

FILE = click.Path(path_type=Path)
PROFILE = click.option(
    "--profile", default="", metavar="SLUG", help="The tool that wrote it, where its heading does not tell."
)
MACHINE = click.option(
    "--machine", default="", metavar="NAME", help="The machine, for a listing of packages or a bill of materials."
)
_COUNTS = ("rows", "doubled", "recognised", "came", "went", "changed", "same")


@click.group()
def inventory() -> None:
    """Inventories of installed software."""


@inventory.command()
@click.argument("file", type=FILE)
@PROFILE
@MACHINE
def show(file: Path, profile: str, machine: str) -> None:
    """Say how FILE would be read: its kind, its columns and its first rows. Changes nothing and needs no database."""
    from sightline.estate.domain.inventory import open_inventory

    found = open_inventory(file, profile=profile, device=machine)
    click.echo(f"{found.name}: {found.profile}{'' if found.certain else ', to be confirmed'}")
    if found.columns is not None:
        for fact, place in found.columns.places.items():
            click.echo(f"  {fact}: {found.heading[place]}")
    for row, _ in zip(found.rows(), range(5), strict=False):
        click.echo(f"{row.device}\t{row.name}\t{row.version}\t{row.publisher}")


@inventory.command("import")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--council", metavar="COUNCIL", help="Whose machines they are; left out for those the councils share.")
@click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
@PROFILE
@MACHINE
@click.option("--confirm-columns", is_flag=True, help="Take the columns as they are guessed from their headings.")
@click.option("--only-these-machines", is_flag=True, help="FILE tells of some machines alone; others have not gone.")
@click.option("--leave-out", is_flag=True, help="Leave out rows that cannot be read, and list them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
def import_files(
    files: tuple[Path, ...],
    council: str | None,
    acting: str,
    profile: str,
    machine: str,
    confirm_columns: bool,
    only_these_machines: bool,
    leave_out: bool,
    as_json: bool,
) -> None:
    """Keep what each FILE found: CSV or XLSX of a discovery tool, CycloneDX, `dpkg -l` or `rpm -qa`.

    A file is taken whole or not at all. What an earlier one of the same tool named and this one does not has gone; it
    stays on record.
    """
    import django

    django.setup()
    from sightline.estate import inventory_actions
    from sightline.estate.domain.inventory import open_inventory
    from sightline.partnership import queries

    by = queries.user_called(acting)
    whose = queries.council_called(council) if council else None
    opened = [open_inventory(file, profile=profile, device=machine, partly=leave_out) for file in files]
    for found in opened:
        if not found.certain and not confirm_columns:
            columns = found.columns.places.items() if found.columns else ()
            said = ", ".join(f"{fact} from “{found.heading[place]}”" for fact, place in columns)
            raise click.ClickException(
                f"{found.name}: its columns are guessed: {said}. If that is right, add --confirm-columns; if not, "
                "name the tool with --profile."
            )
    for found in opened:
        quiet = not sys.stderr.isatty()
        with click.progressbar(length=100, label=found.name, file=sys.stderr, hidden=quiet) as progress:
            came_to = 0

            def tell(percent: int, doing: str, progress: Any = progress) -> None:
                nonlocal came_to
                progress.update(max(0, percent - came_to))
                came_to = max(came_to, percent)

            done = inventory_actions.import_inventory(
                found, council=whose, by=by, only_these=only_these_machines, told=tell
            )
        click.echo(_told(done, as_json=as_json))


@inventory.command("recognise-again")
@click.option("--council", metavar="COUNCIL", help="Whose machines; left out for those the councils share.")
@click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
def recognise_again(council: str | None, acting: str) -> None:
    """Recognise what is on record again: the catalogue has learnt something since, or systems have moved."""
    import django

    django.setup()
    from sightline.estate import recognising
    from sightline.partnership import queries

    by = queries.user_called(acting)
    changed = recognising.recognise_again(council=queries.council_called(council) if council else None, by=by)
    click.echo(f"{changed} installations mean another thing now.")


def _told(done: Any, *, as_json: bool) -> str:
    record = done.record
    counts = {name: getattr(record, name) for name in _COUNTS}
    if as_json:
        facts = {"file": record.file_name, "import": record.pk, "new": done.new, "scope": record.scope, **counts}
        return json.dumps({**facts, "left_out": record.left_out}, ensure_ascii=False)
    if not done.new:
        return f"{record.file_name}: the same file was imported last. Nothing was changed."
    lines = [
        f"{record.file_name}: {record.rows} rows, {record.recognised} recognised; {record.came} came,"
        f" {record.went} went, {record.changed} changed, {record.same} the same."
    ]
    lines += [f"Left out, row {one['row']}: {one['why']}" for one in record.left_out]
    return "\n".join(lines)
