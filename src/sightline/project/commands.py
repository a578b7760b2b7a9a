"""`sightline site …`: set up, check and serve this installation."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def site() -> None:
    """Set up, check and serve this installation."""


@site.command()
def prepare() -> None:
    """Set this installation up, or bring it up to date after an upgrade.

    Makes its folder and secret key, brings the database up to date, gathers the static files and loads the
    partnership file. What has not changed since the last time is left as it is; run it as often as you like.
    """
    import django

    from sightline.partnership.domain import partnership_file
    from sightline.project import places, secrets

    # First of all, so that a wrong name or file leaves nothing behind.
    partnership_file.read(places.partnership_file())
    secrets.make_folder_and_key(places.var(), _say)
    django.setup()
    from sightline.project import preparing

    preparing.migrate(_say)
    preparing.seal_second_factors(_say)
    preparing.collect_static_files(_say)
    preparing.load_partnership(_say)


@site.command()
@click.option("--host", default="localhost", show_default=True, help="The address to listen on; 0.0.0.0 for every one.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--log", type=click.Path(path_type=Path), help="A file for the logs; without it, standard error.")
def serve(host: str, port: int, log: Path | None) -> None:
    """Serve this installation, with one worker for background jobs, until Ctrl-C or SIGTERM.

    Prints the address once the first page can be asked for. When the server or the worker ends by itself, says so,
    stops the other and ends with exit code 1.
    """
    from sightline.project import places, serving

    places.tell_port(port)

    def set_up() -> None:
        import django

        django.setup()

    def ready() -> None:
        from sightline.project import welcoming

        for line in welcoming.lines(host=host, port=port):
            click.echo(line)
        if log is not None:
            click.echo(f"Logs: {log}")
        click.echo("Stop with Ctrl-C.")
        sys.stdout.flush()

    code = serving.serve(host=host, port=port, log=log, say=_say, while_it_starts=set_up, when_ready=ready)
    if code == 0:
        click.echo("Stopped.")
    sys.exit(code)


@site.command()
def work() -> None:
    """Do background jobs as they come in, until Ctrl-C or SIGTERM. `serve` starts one such worker itself."""
    import django

    django.setup()
    from sightline.project import working

    working.work()


@site.command()
def check() -> None:
    """Check this installation's settings as a public site needs them; exit code 1 when something is amiss."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=True, fail_level="WARNING")
    except SystemCheckError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@site.command()
@click.argument("page", type=click.Choice(["commands", "glossary"]))
def document(page: str) -> None:
    """Print a page of the documentation that is written from the product itself, as Markdown.

    `commands` lists every command and option, `glossary` every term that ships with a partnership file.
    """
    from sightline.project import documenting

    click.echo(documenting.PAGES[page](), nl=False)


def _say(line: str) -> None:
    click.echo(line, err=True)
