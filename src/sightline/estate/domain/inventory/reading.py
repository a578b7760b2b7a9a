"""Opening an inventory of whatever kind, and reading its rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sightline.estate.domain.inventory import bills, packages, tables
from sightline.estate.domain.inventory.profiles import GUESSED, Columns, columns_of
from sightline.estate.domain.inventory.rows import Found, LeftOut, UnreadableInventory, the_day

__all__ = ["Inventory", "open_inventory"]

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NAME_LIMIT, _SHORT_LIMIT = 400, 200
_MOST_LEFT_OUT = 1000
_BILL_LIMIT_BYTES = 256 * 1024 * 1024


@dataclass
class Inventory:
    """An inventory that can be read.

    profile: the shape it has. scope: what it tells of; the next one of the same scope is compared with it. heading,
    columns: of a table. sample: its first rows. left_out: after reading in part, the rows that were left out.
    """

    path: Path
    name: str
    profile: str
    scope: str
    rows: Callable[[], Iterator[Found]]
    heading: Sequence[str] = ()
    columns: Columns | None = None
    sample: Sequence[Sequence[str]] = ()
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def certain(self) -> bool:
        """Whether it is known what its columns mean, and not guessed."""
        return self.columns is None or self.columns.certain


def open_inventory(
    path: Path,
    *,
    name: str = "",
    profile: str = "",
    columns: Mapping[str, str] | None = None,
    device: str = "",
    partly: bool = False,
) -> Inventory:
    """Look at a file and say how it is read. Its rows are read only when they are asked for.

    name: the file's own name, where it differs from that of the path. profile: of a table, by its slug. columns: which
    column holds which fact, by their headings. device: the machine, for a listing of packages or a bill that does not
    say. partly: leave out rows that cannot be read instead of refusing the file.

    Raises UnreadableInventory, naming the file, where it is none of the kinds or its heading does not tell enough.
    """
    name = name or path.name
    try:
        return _opened(path, name, profile, columns, device.strip().lower(), partly)
    except UnreadableInventory as error:
        raise UnreadableInventory(f"{name}: {error}") from error
    except OSError as error:
        raise UnreadableInventory(f"{name}: cannot be read ({error.strerror}). Give the file again.") from error


def _opened(
    path: Path, name: str, profile: str, columns: Mapping[str, str] | None, device: str, partly: bool
) -> Inventory:
    with path.open("rb") as file:
        start = file.read(8192)
    if not start.strip():
        raise UnreadableInventory("is empty.")
    if start.startswith(_ZIP):
        return _table(path, name, tables.rows_of_xlsx, profile, columns, partly)
    if start.startswith(_OLD_OFFICE):
        raise UnreadableInventory("is a workbook of the old kind, or protected. Save it as XLSX or CSV.")
    text = start.decode("utf-8-sig", errors="replace")
    lines = text.splitlines()[:40]
    if bills.is_bill(text):
        return _bill(path, name, device)
    if packages.is_dpkg(lines):
        return _listing(path, name, "dpkg", packages.dpkg_rows, device)
    if packages.is_rpm(lines):
        return _listing(path, name, "rpm", packages.rpm_rows, device)
    return _table(path, name, tables.rows_of_csv, profile, columns, partly)


def _named(name: str, rows: Iterator[Found]) -> Iterator[Found]:
    try:
        yield from rows
    except UnreadableInventory as error:
        raise UnreadableInventory(f"{name}, {error}") from error


def _listing(
    path: Path, name: str, kind: str, read: Callable[[Iterator[str], str], Iterator[Found]], device: str
) -> Inventory:
    if not device:
        raise UnreadableInventory(f"is a listing of `{kind}`, which does not name its machine. Say which it is of.")

    def rows() -> Iterator[Found]:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from _named(name, read(file, device))

    return Inventory(path, name, kind, f"{kind} {device}", rows)


def _bill(path: Path, name: str, device: str) -> Inventory:
    if path.stat().st_size > _BILL_LIMIT_BYTES:
        raise UnreadableInventory("is a bill of materials of more than 256 MB.")
    bill = bills.parsed(path.read_bytes())
    device = (device or bills.device_of_bill(bill)).strip().lower()[:_SHORT_LIMIT]
    if not device:
        raise UnreadableInventory("is a bill of materials that does not name what it is of. Say which machine it is.")
    return Inventory(
        path, name, "cyclonedx", f"cyclonedx {device}", lambda: _named(name, bills.rows_of_bill(bill, device))
    )


def _table(
    path: Path,
    name: str,
    read: Callable[[Path], Iterator[tables.Row]],
    profile: str,
    said: Mapping[str, str] | None,
    partly: bool,
) -> Inventory:
    looking = read(path)
    _, heading = next(looking, (0, []))
    columns = columns_of(heading, profile=profile, said=said)
    sample = [cells for (_, cells), _ in zip(looking, range(5), strict=False)]
    looking.close()  # type: ignore[attr-defined]
    left_out: list[LeftOut] = []

    def rows() -> Iterator[Found]:
        left_out.clear()
        every = read(path)
        next(every)
        for number, cells in every:
            try:
                found = _found(number, cells, columns)
            except ValueError as error:
                if not partly:
                    raise UnreadableInventory(
                        f"row {number}: {error}. Mend it, or ask to leave out rows that cannot be read."
                    ) from error
                if len(left_out) < _MOST_LEFT_OUT:
                    left_out.append(LeftOut(number, f"{error}."))
                continue
            yield found

    scope = columns.profile if columns.profile not in (GUESSED, "said") else "table"
    return Inventory(
        path, name, columns.profile, scope, lambda: _named(name, rows()), heading, columns, sample, left_out
    )


def _found(number: int, cells: Sequence[str], columns: Columns) -> Found:
    def cell(fact: str) -> str:
        place = columns.places.get(fact)
        return cells[place] if place is not None else ""

    device, software = cell("device"), cell("name")
    if not device:
        raise ValueError("no machine is named; a merged cell names it in its first row only")
    if not software:
        raise ValueError("no software is named")
    try:
        installed_on = the_day(cell("installed_on"), month_first=columns.month_first)
    except ValueError as error:
        said = str(error) if "no day" in str(error) else f"“{cell('installed_on')[:40]}” is no day"
        raise ValueError(f"{said} on which it was installed") from error
    return Found(
        number,
        device.lower()[:_SHORT_LIMIT],
        software[:_NAME_LIMIT],
        cell("version")[:_SHORT_LIMIT],
        cell("publisher")[:_SHORT_LIMIT],
        installed_on,
        cell("person")[:_SHORT_LIMIT],
    )
