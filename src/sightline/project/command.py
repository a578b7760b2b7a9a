"""The one `sightline` command: `sightline <noun> <verb>`.

Results go to standard output, progress and errors to standard error. Exit code 0; 1 for a failed check; 2 for bad
usage or input. Each context adds its verbs in its `commands.py`, imported only when its noun is called: reading a
minute must not wait for the web framework.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from sightline.kernel.errors import SightlineError
from sightline.partnership import seeing

NOUNS = {
    "audit": ("sightline.partnership.audit_commands", "audit", "Check and read the audit log."),
    "daily": ("sightline.partnership.daily_commands", "daily", "Do what is due today: the one entry for a scheduler."),
    "followers": ("sightline.scrutiny.follower_commands", "followers", "Followers of recommendations by e-mail."),
    "inventory": ("sightline.estate.inventory_commands", "inventory", "Inventories of installed software."),
    "licences": ("sightline.estate.licence_commands", "licences", "What the councils may use."),
    "lifecycle": ("sightline.estate.lifecycle_commands", "lifecycle", "Until when software is supported."),
    "minutes": ("sightline.scrutiny.commands", "minutes", "Read, record and publish the minutes of meetings."),
    "notices": ("sightline.partnership.notice_commands", "notices", "E-mail that waits to be sent."),
    "partnership": ("sightline.partnership.commands", "partnership", "Load and show the partnership's own facts."),
    "privacy": ("sightline.partnership.privacy_commands", "privacy", "What is held of people, why and how long."),
    "people": ("sightline.partnership.commands", "people", "Accounts and roles."),
    "site": ("sightline.project.commands", "site", "Set up, check and serve this installation."),
    "tracker": ("sightline.scrutiny.tracker_commands", "tracker", "The report that a clerk brings to a meeting."),
    "software": ("sightline.estate.commands", "software", "Tell what names of software and devices mean."),
    "systems": ("sightline.estate.system_commands", "systems", "The systems that services run on."),
}

FAILED_CHECK = 1
BAD_INPUT = 2
INTERRUPTED = 130


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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in NOUNS:
            raise click.UsageError(
                f"There is no “{args[0]}”. Sightline knows these nouns: {', '.join(self.list_commands(ctx))}.", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Nouns"):
            formatter.write_dl([(noun, NOUNS[noun][2]) for noun in self.list_commands(ctx)])


@click.command(cls=Nouns, subcommand_metavar="NOUN VERB [ARGS]...")
@click.version_option(package_name="sightline")
def sightline() -> None:
    """Sightline: line of sight for partnerships of councils."""


def main() -> NoReturn:
    """Run the command; what a person can mend is one line on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.project.settings")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with some arguments, and return its exit code."""
    watch = seeing.Watch(how=_how(arguments))
    try:
        # Not click's own main(): that one answers a broken pipe with a failure.
        # What it reads of exempt material stands in the audit log before the command ends, as for a page.
        with seeing.watching(watch), sightline.make_context("sightline", arguments) as context:
            try:
                sightline.invoke(context)
            finally:
                _tell_what_was_seen(watch)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return BAD_INPUT
    except click.ClickException as error:
        return _complain(_in_one_line(error))
    except SightlineError as error:
        _tell_of_refusal(error, watch)
        return _complain(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing was left half done.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong, and Python must not complain when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if (reason := _not_set_up(error)) is None:
            raise
        return _complain(reason)
    return 0


def _how(arguments: list[str]) -> str:
    """The command as the audit log names it: noun and verb, never what they were given."""
    words = [word for word in arguments[:2] if not word.startswith("-")]
    return " ".join(["sightline", *words]) if words and words[0] in NOUNS else "sightline"


def _tell_what_was_seen(watch: seeing.Watch) -> None:
    if watch.exempt or watch.unsure:
        from sightline.partnership import audit

        audit.note_seen(watch, by=watch.account)


def _tell_of_refusal(error: SightlineError, watch: seeing.Watch) -> None:
    if "django" not in sys.modules or not hasattr(error, "council_code"):
        return
    from sightline.partnership import audit

    with seeing.watching(watch):
        audit.note_refusal(error)


def _complain(message: str) -> int:
    click.echo(f"Error: {' '.join(message.split())}", err=True)
    return BAD_INPUT


def _in_one_line(error: click.ClickException) -> str:
    message = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message += f" Try '{error.ctx.command_path} --help'."
    return message


def _not_set_up(error: Exception) -> str | None:
    """What to do where an installation is not ready, from what the web framework says; None for any other fault."""
    if "django" not in sys.modules:
        return None
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError, ProgrammingError

    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OperationalError | ProgrammingError):
        said = str(error)
        if "no such table" in said or "no such column" in said or "does not exist" in said:
            return f"The database is not up to date ({said.splitlines()[0]}). Run `sightline site prepare`."
        if isinstance(error, OperationalError):
            return f"The database does not answer: {said}. See DATABASE_URL, or try again in a moment."
    return f"The database refused: {error}" if type(error) is DatabaseError else None


if __name__ == "__main__":
    main()
