"""Imports again and again and kills the import; run by test_import_kill.py in an installation of its own.

Prints one JSON object: how many kills left the register as before, as after, and as neither.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

MACHINES = 12


def export(path: Path, version: int) -> Path:
    """An export in which everything differs from one version to the next."""
    rows = [
        f"fen-{n},{name} {version},{version}.{n},Quill,2023-03-06"
        for n in range(MACHINES + version % 2)
        for name in ("Quillbase", "Fencast", "Marlowe")
    ]
    path.write_text("AssetName,Software,Version,Publisher,InstallDate\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def register() -> tuple[object, ...]:
    """What the register holds: of it all must stand or nothing."""
    from sightline.estate.models import Installation, InstallationChange, InventoryImport

    here = Installation.objects.filter(gone_on=None)
    return (
        InventoryImport.objects.count(),
        sorted(here.values_list("device", "raw_name", "raw_version")),
        InstallationChange.objects.count(),
        Installation.history.count(),
    )


def main(rounds: int, seed: int, folder: Path) -> None:
    import django
    from django.db import connection

    django.setup()

    from sightline.estate.domain.inventory import open_inventory
    from sightline.estate.inventory_actions import import_inventory
    from sightline.partnership.domain.rights import RoleKind
    from tests.scrutiny.conftest import account, make_places

    places = make_places()
    ict = account("ict", RoleKind.ICT, places.north)

    def take(version: int) -> None:
        import_inventory(open_inventory(export(folder / f"{os.getpid()}.csv", version)), council=places.north, by=ict)

    def in_a_child(version: int) -> int:
        connection.close()
        child = os.fork()
        if child == 0:
            take(version)
            os._exit(0)
        return child

    take(0)
    began = time.perf_counter()
    os.waitpid(in_a_child(1), 0)
    lasts = time.perf_counter() - began
    chance = random.Random(seed)
    became = {"before": 0, "after": 0, "neither": 0}
    for version in range(2, rounds + 2):
        before = register()
        child = in_a_child(version)
        time.sleep(chance.uniform(0, lasts * 1.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = register()
        whole = {(f"fen-{n}", f"{name} {version}", f"{version}.{n}")
                 for n in range(MACHINES + version % 2) for name in ("Quillbase", "Fencast", "Marlowe")}  # fmt: skip
        if now == before:
            became["before"] += 1
        elif set(now[1]) == whole and now[0] == before[0] + 1:  # type: ignore[call-overload,operator]
            became["after"] += 1
        else:
            became["neither"] += 1
    print(json.dumps(became))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
