"""What each command that takes `--as` asks: the one declaration for commands, as routes.py is for addresses.

Name a command as it is typed, give its arguments (RECORD stands for the record's key, FILE for a file of minutes,
INVENTORY for one of installed software, LICENCES
for one of licences) and the Ask of agreed.py::

    "minutes publish": Command(("RECORD",), Ask(sees=True, right="scrutiny.publish_minute"), record="minute"),
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.matrix.agreed import Ask, Record
from tests.matrix.routes import HANDLE, MANAGE, PUBLISH, RECORD, SEE_AUDIT, SEE_RIGHTS


@dataclass(frozen=True)
class Command:
    """arguments: what is typed behind noun and verb. record: the kind of record among them; "" for none.

    nothing_to_do: what is said to somebody who is let in, and finds that there is nothing to be done.
    reads: whether it only reads, so that nothing may be changed by it.
    """

    arguments: tuple[str, ...]
    ask: Ask
    record: str = ""
    nothing_to_do: str = ""
    reads: bool = False

    def words(self, record: Record, file: str) -> list[str]:
        key = str(record.key[0]) if record.key else ""
        known = {"RECORD": key, "FILE": file, "FOLDER": str(Path(file).parent)}
        known["INVENTORY"] = str(Path(file).parents[1] / "software" / "inventory.csv")
        known["LICENCES"] = str(Path(file).parents[1] / "software" / "licences.csv")
        return [known.get(word, word) for word in self.arguments]


LOOKED_AFTER = Ask(anywhere=MANAGE, right=MANAGE, hides=True)
LOOKED_AFTER_AND_CHANGED = Ask(anywhere=MANAGE, right=MANAGE, hides=True, changes=True)
SUBJECT = Ask(anywhere=HANDLE, right=HANDLE, hides=True)
# Roles are given for one council here: whose it is stands in the declaration, not in a record.
NEW_ROLE = ("zqownperson", "clerk", "--from", "2026-01-05")

COMMANDS: dict[str, Command] = {
    "inventory import": Command(("INVENTORY",), Ask(right="estate.import_inventory", changes=True)),
    "inventory recognise-again": Command((), Ask(right="estate.import_inventory")),
    "licences import": Command(("LICENCES",), Ask(right="estate.keep_licence", changes=True)),
    "licences show": Command((), Ask(anywhere="partnership.see_internal"), reads=True),
    "systems retire": Command(
        ("RECORD", "--why", "Replaced."), Ask(sees=True, right="estate.keep_system", changes=True), record="system"
    ),
    "systems run-again": Command(
        ("RECORD", "--why", "Needed."),
        Ask(sees=True, right="estate.keep_system"),
        record="system",
        nothing_to_do="It is not retired",
    ),
    "systems hand-over": Command(
        ("RECORD",), Ask(right="estate.keep_system"), record="council", nothing_to_do="has not ended"
    ),
    "lifecycle load": Command(("shipped",), Ask(right="estate.load_lifecycle")),
    "minutes list": Command((), Ask(), reads=True),
    "minutes record": Command(("FILE", "--body", "partnership-task-group"), Ask(right=RECORD, changes=True)),
    "minutes import": Command(
        ("FOLDER", "--body", "partnership-task-group", "--jobs", "1"), Ask(right=RECORD, changes=True)
    ),
    "tracker report": Command(("--body", "thornfen-joint-panel", "--output", "FILE"), Ask(), reads=True),
    "followers forget": Command(("somebody@example.invalid",), Ask(right=HANDLE)),
    "minutes publish": Command(("RECORD",), Ask(sees=True, right=PUBLISH), record="minute"),
    "partnership load": Command(("demonstration",), Ask(right="partnership.load_file")),
    "people why-not": Command(("zqsharedperson", "scrutiny.record_minute"), Ask(right=SEE_RIGHTS), reads=True),
    "people add": Command(("--name", "Nora Pine"), Ask(anywhere=MANAGE, changes=True)),
    "people give-role": Command(NEW_ROLE, Ask(right=MANAGE, changes=True)),
    "people end-role": Command(("RECORD",), LOOKED_AFTER_AND_CHANGED, record="role"),
    "people leave": Command(("RECORD",), LOOKED_AFTER_AND_CHANGED, record="account"),
    "people set-password": Command(("RECORD",), LOOKED_AFTER_AND_CHANGED, record="account"),
    "people forget-second-factor": Command(("RECORD",), LOOKED_AFTER_AND_CHANGED, record="account"),
    "people unlock": Command(("RECORD",), LOOKED_AFTER, record="account", nothing_to_do="is not locked"),
    "people export": Command(("RECORD",), SUBJECT, record="account", reads=True),
    "people erase": Command(("RECORD",), SUBJECT, record="account", nothing_to_do="still holds a role"),
    "audit list": Command((), Ask(anywhere=SEE_AUDIT), reads=True),
}
