"""`sightline lifecycle …`: until when software is supported, from published data."""

from __future__ import annotations

import json

import click

from sightline.estate.domain.lifecycle_feed import PUBLIC_ADDRESS


@click.group()
def lifecycle() -> None:
    """Until when software and devices are supported."""


@lifecycle.command()
@click.argument("source", metavar="[FILE|ADDRESS|shipped]", default=PUBLIC_ADDRESS)
@click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
@click.option("--confirm-shrunk", is_flag=True, help="Take it although it tells less than half of the last one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(source: str, acting: str, confirm_shrunk: bool, as_json: bool) -> None:
    """Take lifecycle data in: a file of endoflife.date's data, its public address, or the small table that ships.

    Without an argument it is fetched from the public address, and not again while its ETag is the same. Nothing is
    deleted: what the data no longer names stays. The partnership's own entries are left as they are.
    """
    import django

    django.setup()
    from sightline.estate import lifecycle_actions
    from sightline.partnership import queries

    told = lifecycle_actions.load_lifecycle(source, by=queries.user_called(acting), confirmed=confirm_shrunk)
    if as_json:
        facts = {
            "source": told.source,
            "products": told.extent.products,
            "releases": told.extent.releases,
            "dated_releases": told.extent.dated,
            "new": told.new,
            "changed": told.changed,
            "gone": told.gone,
            "left": told.left,
            "unchanged": told.unchanged,
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for one in told.left:
        click.echo(f"Left as it is, since another entry stands in its place: {one}")
    for one in told.gone:
        click.echo(f"Kept, though the data no longer names it: {one}")
    did = "nothing new" if told.unchanged else f"{told.new} new, {told.changed} changed"
    click.echo(f"{told.source}: {told.extent.products} products, {told.extent.releases} release lines; {did}.")
