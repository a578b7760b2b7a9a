"""Writes the page of the documentation that lists every command, from what the commands say of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from sightline.project.command import NOUNS, sightline

HEADING = """\
# Commands

Written by `sightline site document`; a test fails when it is out of date.

Results go to standard output, progress and errors to standard error. Exit code 0; 1 for a failed check; 2 for bad
usage or input, with one line that says what is wrong and what to do. Commands that write take `--as USER` and obey the
same rules as pages.
"""


def every_command() -> str:
    """The whole page, as Markdown."""
    context = click.Context(sightline, info_name="sightline")
    parts = [HEADING]
    for noun in sorted(NOUNS):
        group = sightline.get_command(context, noun)
        if isinstance(group, click.Group):
            parts.append(f"\n## sightline {noun}\n\n{_prose(group)}\n")
            within = click.Context(group, info_name=noun, parent=context)
            parts.extend(_command(group.commands[verb], verb, within) for verb in sorted(group.commands))
    return "".join(parts)


def _command(command: click.Command, verb: str, parent: click.Context) -> str:
    context = click.Context(command, info_name=verb, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    rows = list(_options(command, context))
    table = "\n| option | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n" if rows else ""
    return f"\n### {context.command_path}\n\n```\n{context.command_path} {usage}\n```\n\n{_prose(command)}\n{table}"


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            names, meaning = record
            yield f"| `{names}` | {' '.join(meaning.split()).replace('|', '&#124;')} |"


def _prose(command: click.Command) -> str:
    """The help of a command: its paragraphs, unwrapped."""
    paragraphs = inspect.cleandoc(command.help or "").replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
