"""`sightline followers …`: whom letters about recommendations go to."""

from __future__ import annotations

import click


@click.group()
def followers() -> None:
    """Followers of recommendations by e-mail."""


@followers.command()
@click.argument("address")
@click.option("--as", "username", required=True, metavar="USER", help="The account that does it.")
def forget(address: str, username: str) -> None:
    """Forget ADDRESS wherever it follows a recommendation, and what letters to it said: its owner has asked for it."""
    import django

    django.setup()
    from sightline.partnership import queries as partnership
    from sightline.scrutiny import follower_actions

    count = follower_actions.forget_address(address=address, by=partnership.user_called(username))
    click.echo(f"Forgotten: {count} recommendation{'' if count == 1 else 's'} followed from this address")
