"""Every command that takes `--as`, found from the commands themselves, as everybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sightline.project.command import BAD_INPUT, NOUNS, run, sightline
from tests.matrix.agreed import NO_RECORD, Actor, Answer, Record
from tests.matrix.calling import NOTED_BY_READING, leaving_nothing
from tests.matrix.commands import COMMANDS, Command
from tests.matrix.world import MINUTES, World


def verbs_with_an_actor() -> Iterator[str]:
    """Every noun and verb that says who does it; a noun that is a verb itself too."""
    context = click.Context(sightline)
    for noun in NOUNS:
        command = sightline.get_command(context, noun)
        verbs = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for verb, found in verbs:
            if any("--as" in parameter.opts for parameter in found.params):
                yield f"{noun} {verb}".strip()


def test_every_command_with_an_actor_is_declared() -> None:
    undeclared = sorted(set(verbs_with_an_actor()) - set(COMMANDS))
    assert undeclared == [], (
        f"Say in tests/matrix/commands.py what these commands ask: {', '.join(undeclared)}. Each needs its arguments"
        " and its line of the table of rights."
    )
    assert sorted(set(COMMANDS) - set(verbs_with_an_actor())) == [], "commands are declared that are gone"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_everybody_is_answered_as_the_table_of_rights_says(
    name: str, world: World, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGHTLINE_ADMIN_PASSWORD", "three quiet meadows")
    today = datetime.date(2024, 6, 30)
    (tmp_path / "backlog").mkdir()
    (tmp_path / "backlog" / "minutes.txt").write_text(MINUTES.format(day=today.day, mark="zzz"), encoding="utf-8")
    (tmp_path / "software").mkdir()
    (tmp_path / "software" / "inventory.csv").write_text("AssetName,Software\nfen-1,Quillbase\n", encoding="utf-8")
    licences = "name,metric,product_named\nDrawing boards,site,Drawing boards\n"
    (tmp_path / "software" / "licences.csv").write_text(licences, encoding="utf-8")
    found = list(differences(world, name, COMMANDS[name], capfd, str(tmp_path / "backlog" / "minutes.txt")))
    if found:
        pytest.fail("\n".join([f"{len(found)} answers are not as agreed:", *found[:30]]), pytrace=False)


def differences(
    world: World, name: str, command: Command, capfd: pytest.CaptureFixture[str], file: str
) -> Iterator[str]:
    records = world.records_of(command.record) if command.record else [NO_RECORD]
    for actor in world.actors:
        if not actor.signed_in or not actor.second_factor:
            continue  # A command is always somebody's; the machine that runs it stands for the second factor.
        for record in records:
            words = [*name.split(), *command.words(record, file), "--as", actor.name]
            code, out, err, written = call(words, capfd)
            where = f"sightline {' '.join(words)}: "
            expected = command.ask.answer(actor, record, world.owners)
            let_in = code == 0 or bool(command.nothing_to_do and command.nothing_to_do in err)
            answer = Answer.OPEN if let_in else Answer.REFUSED
            if (answer is Answer.OPEN) != (expected is Answer.OPEN):
                yield f"{where}should be {expected.value}, and is {answer.value} ({code}): {err or out}"
            if code not in (0, BAD_INPUT) or (code and not err.startswith("Error: ")):
                yield f"{where}exit code {code}, and it said {err or out}"
            changed = written - NOTED_BY_READING
            if changed and (code or command.reads):
                yield f"{where}exit code {code}, and yet something was written: {', '.join(sorted(changed))}"
            if not code and command.ask.changes and not changed:
                yield f"{where}is let in, and yet nothing was changed: {out}"
            if leaked := world.leaks(actor, (out + err).replace(str(record.key[0]) if record.key else "\0", "…")):
                yield f"{where}is shown what they may not see: {', '.join(sorted(leaked))}"
            if expected is Answer.HIDDEN:
                nothing = world.missing[command.record]
                absent = call([*name.split(), *command.words(nothing, file), "--as", actor.name], capfd)
                if _plain(code, out, err, record) != _plain(*absent[:3], nothing):
                    yield f"{where}the answer is not that for one that does not exist: {err}"


def _plain(code: int, out: str, err: str, record: Record) -> tuple[int, str]:
    return code, (out + err).replace(str(record.key[0]), "…")


def call(words: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str, frozenset[str]]:
    capfd.readouterr()
    with leaving_nothing() as written:
        code = run(words)
    output = capfd.readouterr()
    return code, output.out, output.err, frozenset(written)


@pytest.mark.django_db
def test_a_former_clerk_is_told_when_their_role_ended(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    actor: Actor = next(actor for actor in world.actors if actor.name == "clerk-former")
    record = next(record for record in world.records_of("minute") if record.publication == "public" and record.owner)
    code, _, err, _ = call(["minutes", "publish", str(record.key[0]), "--as", actor.name], capfd)
    assert code == BAD_INPUT
    assert "Your role of clerk ended on" in err
