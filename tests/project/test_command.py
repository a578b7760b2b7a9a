"""The one command: where its words go, and what its exit code says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from sightline.kernel.errors import SightlineError
from sightline.project import command
from tests.project.installations import command as full_command
from tests.project.installations import environment, sightline


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = command.run(list(arguments))
    output, errors = capsys.readouterr()
    return code, output, errors


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A noun with verbs that end in every way there is."""

    @click.group()
    def thing() -> None:
        """For tests."""

    ends = {
        "refuses": SightlineError("row 3:\n  the date is missing"),
        "is-interrupted": KeyboardInterrupt(),
        "is-not-set-up": ImproperlyConfigured("No secret key: set one."),
        "has-no-tables": OperationalError("no such table: partnership_council"),
        "has-old-tables": ProgrammingError('relation "partnership_council" does not exist\nLINE 1: SELECT'),
        "finds-no-database": OperationalError("connection refused"),
        "is-at-fault": RuntimeError("ours"),
    }
    for name, error in ends.items():

        def ends_badly(error: BaseException = error) -> None:
            raise error

        thing.command(name)(ends_badly)

    @thing.command("fails-its-check")
    @click.pass_context
    def fails_its_check(context: click.Context) -> None:
        context.exit(1)

    @thing.command("prints")
    @click.option("--count", type=int, required=True)
    def prints(count: int) -> None:
        click.echo("result " * count)
        click.echo("progress", err=True)

    monkeypatch.setitem(command.NOUNS, "thing", ("tests.project.test_command", "thing", "For tests."))
    monkeypatch.setitem(globals(), "thing", thing)


@pytest.mark.usefixtures("verb")
@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("thing", "refuses"), 2, "Error: row 3: the date is missing\n"),
        (("thing", "is-interrupted"), 130, "Stopped. Nothing was left half done.\n"),
        (("thing", "is-not-set-up"), 2, "Error: No secret key: set one.\n"),
        (
            ("thing", "has-no-tables"),
            2,
            "Error: The database is not up to date (no such table: partnership_council)."
            " Run `sightline site prepare`.\n",
        ),
        (
            ("thing", "has-old-tables"),
            2,
            'Error: The database is not up to date (relation "partnership_council" does not exist).'
            " Run `sightline site prepare`.\n",
        ),
        (
            ("thing", "finds-no-database"),
            2,
            "Error: The database does not answer: connection refused. See DATABASE_URL, or try again in a moment.\n",
        ),
        (("thing", "fails-its-check"), 1, ""),
        (("thing", "prints"), 2, "Error: Missing option '--count'. Try 'sightline thing prints --help'.\n"),
        (
            ("thing", "prints", "--count", "many"),
            2,
            "Error: Invalid value for '--count': 'many' is not a valid integer. Try 'sightline thing prints --help'.\n",
        ),
        (("thing", "sings"), 2, "Error: No such command 'sings'. Try 'sightline thing --help'.\n"),
        (("--loud",), 2, "Error: No such option '--loud'. Try 'sightline --help'.\n"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_code(
    arguments: tuple[str, ...], code: int, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, *arguments) == (code, "", error)


def test_an_unknown_noun_is_told_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, error = run(capsys, "minuets", "read")
    assert (code, output) == (2, "")
    assert error.startswith("Error: There is no “minuets”. Sightline knows these nouns: ")
    assert "minutes" in error
    assert error.count("\n") == 1


@pytest.mark.usefixtures("verb")
def test_results_and_progress_go_their_own_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "thing", "prints", "--count", "2") == (0, "result result \n", "progress\n")


@pytest.mark.usefixtures("verb")
def test_a_fault_of_ours_is_not_made_to_look_like_the_persons(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="ours"):
        run(capsys, "thing", "is-at-fault")


def test_help_names_every_noun(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = run(capsys, "--help")
    assert code == 0
    assert all(noun in output for noun in command.NOUNS)


def test_without_a_noun_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, error = run(capsys)
    assert (code, output) == (2, "")
    assert "Nouns:" in error


@pytest.mark.parametrize("noun", sorted(command.NOUNS))
def test_every_noun_has_its_verbs(noun: str) -> None:
    group = command.sightline.get_command(click.Context(command.sightline), noun)
    assert group is not None
    assert group.help
    if noun == "daily":
        assert not isinstance(group, click.Group), "a scheduler's line should be as short as it can be"
        return
    assert isinstance(group, click.Group)
    assert group.commands
    assert all(verb.help for verb in group.commands.values())


def test_version(tmp_path: Path) -> None:
    result = sightline("--version", folder=tmp_path)
    assert result.returncode == 0
    assert result.stdout.startswith("sightline, version ")


@pytest.mark.slow
@pytest.mark.either_database
def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    process = subprocess.Popen(
        full_command("site", "document", "glossary"),
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.slow
@pytest.mark.either_database
def test_a_command_before_the_installation_is_prepared_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = sightline("site", "check", folder=folder, SIGHTLINE_PARTNERSHIP="demonstration")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: No secret key: {folder / 'secret-key'} cannot be read")
    assert "sightline site prepare" in result.stderr
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.either_database
def test_reading_minutes_does_not_wait_for_the_web_framework(tmp_path: Path) -> None:
    script = (
        "import sys; from sightline.project import command; command.sightline.get_command(None, 'minutes');"
        " print('django' in sys.modules)"
    )
    result = subprocess.run(
        [full_command()[0], "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
