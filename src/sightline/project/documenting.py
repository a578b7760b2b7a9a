"""Writes the pages of the documentation that say again what the product says: its commands, and its glossary."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import click

from sightline.partnership.domain import partnership_file
from sightline.project.command import NOUNS, sightline

COMMANDS_HEADING = """\
# Commands

Written by `sightline site document commands`; a test fails when it is out of date.

Results go to standard output, progress and errors to standard error. Exit code 0; 1 for a failed check; 2 for bad
usage or input, with one line that says what is wrong and what to do. Commands that write take `--as USER` and obey the
same rules as pages.
"""

GLOSSARY_HEADING = """\
# Glossary

Written by `sightline site document glossary`; a test fails when it is out of date.

These terms ship with the partnership files. Each installation's own glossary is one of its pages, kept by its clerks
and ICT officers.
"""


def every_command() -> str:
    """The whole page, as Markdown."""
    context = click.Context(sightline, info_name="sightline")
    parts = [COMMANDS_HEADING]
    for noun in sorted(NOUNS):
        group = sightline.get_command(context, noun)
        if isinstance(group, click.Command) and not isinstance(group, click.Group):
            # A noun that is its own verb.
            parts.append("\n" + _command(group, noun, context).lstrip("\n").removeprefix("#"))
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


def every_term() -> str:
    """The whole page, as Markdown: each term once, with the explanation of the first file that has it."""
    terms = {
        term.term: term
        for name in reversed(partnership_file.shipped())
        for term in partnership_file.read(name).glossary
    }
    parts = [GLOSSARY_HEADING]
    for name in sorted(terms, key=str.casefold):
        term = terms[name]
        parts.append(f"\n## {name}\n\n{' '.join(term.explanation.split())}\n")
        if term.aliases:
            parts.append(f"\nAlso: {', '.join(term.aliases)}.\n")
        if term.source:
            parts.append(f"\nSource: {f'[{term.source}]({term.source_url})' if term.source_url else term.source}.\n")
    return "".join(parts)


PAGES: dict[str, Callable[[], str]] = {"commands": every_command, "glossary": every_term}
