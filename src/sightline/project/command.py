"""The one `sightline` command: `sightline <noun> <verb>`.

Results go to standard output, progress and errors to standard error. Exit code 0; 1 for a failed check; 2 for bad
usage or input. Each context adds its verbs in its `commands.py`, imported only when its noun is called: reading a
minute must not wait for the web framework.
"""

from __future__ import annotations

import importlib
import sys

import click

from sightline.kernel.errors import SightlineError

NOUNS = {
    "minutes": ("sightline.scrutiny.commands", "minutes", "Read, record and publish the minutes of meetings."),
    "partnership": ("sightline.partnership.commands", "partnership", "Load and show the partnership's own facts."),
    "people": ("sightline.partnership.commands", "people", "Accounts and roles."),
    "site": ("sightline.project.commands", "site", "Set up, check and serve this installation."),
}


class Nouns(click.Group):
    """Finds a noun's verbs in its context."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NOUNS:
            return None
        module, name, _ = NOUNS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Nouns"):
            formatter.write_dl([(noun, NOUNS[noun][2]) for noun in self.list_commands(ctx)])


@click.command(cls=Nouns)
@click.version_option(package_name="sightline")
def sightline() -> None:
    """Sightline: line of sight for partnerships of councils."""


def main() -> None:
    """Run the command; what a person can mend is one line on standard error and exit code 2."""
    try:
        sightline.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except SightlineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing was left half done.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
