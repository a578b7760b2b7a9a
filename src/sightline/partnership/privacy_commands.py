"""`sightline privacy …`; and `sightline people export` and `people erase`, which commands.py adds to its own noun."""

from __future__ import annotations

import json
from pathlib import Path

import click

BY = click.option("--as", "acting", required=True, metavar="ADMIN", help="The administrator who does it.")
WHO = click.argument("who", metavar="USER_OR_NAME")


@click.group()
def privacy() -> None:
    """What is held of people, why and how long."""


@privacy.command()
@click.option("--defaults", is_flag=True, help="As the product ships, whatever this installation's settings are.")
def register(defaults: bool) -> None:
    """Print the register of personal data, as Markdown, made from the records themselves."""
    import django

    django.setup()
    from sightline.partnership import privacy as held

    click.echo(held.as_markdown(defaults=defaults), nl=False)


@click.command()
@WHO
@BY
@click.option("--zip", "archive", type=click.Path(path_type=Path), help="Write an archive, with a page to read, here.")
def export(who: str, acting: str, archive: Path | None) -> None:
    """Print everything that is held on a person, as one JSON object, to be given to them."""
    import django

    django.setup()
    from sightline.partnership import queries, subject

    by = queries.user_called(acting)
    facts = subject.export(person=subject.find_for(by, who), by=by)
    if archive is None:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    try:
        archive.write_bytes(subject.as_zip(facts))
    except OSError as error:
        raise click.ClickException(f"{archive} cannot be written: {error.strerror}. Give another place.") from error
    click.echo(f"Everything that is held on {facts['person']['name']} stands in {archive}.")


@click.command()
@WHO
@BY
def erase(who: str, acting: str) -> None:
    """Make a person and their account a number that stands for nobody, in history too; says what is kept and why."""
    import django

    django.setup()
    from sightline.partnership import erasing, queries, subject

    by = queries.user_called(acting)
    told = erasing.erase_person(person=subject.find_for(by, who), by=by)
    for what in told.erased:
        click.echo(f"Erased: {what}.")
    for what in told.kept:
        click.echo(f"Kept: {what}")
