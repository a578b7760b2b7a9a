"""Each room is known to every fence, says what it owns, and is entered by its doors alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture import house

# Everybody may use these: they know no context.
COMMON = {"kernel", "govuk"}

# What a room offers to others. More stand in `partnership`, for what is shared: `access` asks the table of rights,
# `records` keeps a record of any room with its history, `second_factor` tells who has one, `notices` is the outbox of
# e-mail, `audit` writes the audit log, `tables` writes downloads; `sections`, `open_items`, `histories`, `privacy`,
# `daily`, `searching` and `waiting` are the named hooks with which higher rooms register; `api` is what every room's
# face for programs shares; `signed_answers` keeps the links by which one person answers one question.
DOORS = {
    "actions", "queries", "domain", "access", "records", "second_factor", "notices", "audit", "tables",
    "sections", "open_items", "histories", "privacy", "daily", "searching", "waiting", "fetching", "api",
    "succession", "signed_answers",
}  # fmt: skip

# What the one command may use before the web framework is there.
DOORS_FOR_COMMAND = {"seeing"}

# What the project alone may use besides, when it puts an installation together.
DOORS_FOR_PROJECT = DOORS | {"demonstrating", "rest"}

LONGEST_LINES = 400


def test_every_room_stands_in_the_layers_once() -> None:
    placed = sorted(room for rooms in house.layers() for room in rooms)
    assert placed == house.rooms()
    assert house.contract("layers")["exhaustive"] is True


def test_the_layers_stand_in_the_order_of_the_house() -> None:
    order = [
        "project", "assurance", "roadmap", "security", "resilience", "skills", "scrutiny", "services", "estate",
        "strategy", "partnership", "govuk", "kernel",
    ]  # fmt: skip
    standing = [room for rooms in house.layers() for room in sorted(rooms)]
    assert standing == sorted(standing, key=order.index)


def test_every_room_with_models_is_ordered_inside() -> None:
    inside = {name.rpartition(".")[2] for name in house.contract("inside")["containers"]}
    with_models = {room for room in house.rooms() if (house.PACKAGE / room / "models.py").exists()}
    assert with_models <= inside, "add them to the containers of the contract 'inside' in pyproject.toml"


def test_every_room_with_an_app_is_installed() -> None:
    installed = {config.name for config in apps.get_app_configs()}
    wanted = {f"sightline.{room}" for room in house.rooms() if (house.PACKAGE / room / "apps.py").exists()}
    assert wanted <= installed


@pytest.mark.parametrize("room", house.rooms())
def test_every_room_says_in_a_few_lines_what_it_owns_and_refuses(room: str) -> None:
    readme = house.PACKAGE / room / "README.md"
    assert readme.exists(), f"{room} needs a README.md: ten lines on what it owns and what it refuses"
    lines = [line for line in readme.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert 3 <= len(lines) <= 20


def others(path: Path) -> Iterator[tuple[house.Import, str]]:
    """What a file imports of other contexts: each with the part of the room it comes from."""
    own = house.room_of(path)
    for found in house.imports(path):
        parts = found.full.split(".")
        if parts[0] == "sightline" and len(parts) > 2 and parts[1] not in {own, *COMMON}:
            yield found, parts[2]


def wrong_doors(path: Path) -> list[str]:
    """Imports of another context's inner parts, in words."""
    wrong = []
    for found, part in others(path):
        if part in (DOORS_FOR_PROJECT if house.room_of(path) == "project" else DOORS):
            continue
        if path.name == "command.py" and part in DOORS_FOR_COMMAND:
            continue
        if part != "models":
            wrong.append(f"{found}: use the room's actions, queries or domain")
        elif path.name != "models.py":
            wrong.extend(f"{found}, and {use}" for use in reads_or_writes(path, found.bound_as))
    return wrong


def reads_or_writes(path: Path, name: str) -> Iterator[str]:
    """Where a file goes to the table of an imported model itself; naming it as a type is no harm."""
    for node in ast.walk(house.tree_of(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == name
            and node.attr in {"objects", "history", "_default_manager", "_base_manager"}
        ):
            yield f"reads or writes its table in line {node.lineno}: use the room's queries or actions"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield f"makes one in line {node.lineno}: use the room's actions"


@pytest.mark.parametrize("room", sorted(set(house.rooms()) - COMMON))
def test_another_context_uses_only_actions_queries_and_domain(room: str) -> None:
    assert [line for path in house.files(room) for line in wrong_doors(path)] == []


def test_the_fence_between_contexts_sees_a_broken_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "scrutiny"
    room.mkdir()
    culprit = room / "views.py"
    culprit.write_text(
        "from sightline.partnership.loading import also_load\n"
        "from sightline.partnership.models import Council, User\n"
        "from sightline.partnership import queries\n"
        "def f(user: User) -> None:\n    Council.objects.all()\n    Council(name='x')\n"
    )
    monkeypatch.setattr(house, "PACKAGE", tmp_path)
    monkeypatch.setattr(house, "CHECKOUT", tmp_path)
    wrong = wrong_doors(culprit)
    assert [line.split(" imports ")[1].split(":")[0].split(",")[0] for line in wrong] == [
        "sightline.partnership.loading.also_load",
        "sightline.partnership.models.Council",
        "sightline.partnership.models.Council",
    ]
    assert {"line 5", "line 6"} == {word for line in wrong for word in ("line 5", "line 6") if word in line}


@pytest.mark.parametrize("room", house.rooms())
def test_files_can_be_read_in_one_sitting(room: str) -> None:
    long = {
        str(path.relative_to(house.CHECKOUT)): count
        for path in house.files(room)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_LINES
    }
    assert long == {}


def test_no_file_is_named_for_nothing() -> None:
    empty_names = {"utils", "util", "common", "helpers", "core", "misc", "base", "manager", "services", "selectors"}
    named = {path for path in house.PACKAGE.rglob("*") if path.stem in empty_names and path.suffix in {"", ".py"}}
    assert {path for path in named if path.parent != house.PACKAGE} == set()
