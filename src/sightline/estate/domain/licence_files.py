"""Licences as a council lists them in a table: CSV or XLSX, a row a licence, read whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sightline.estate.domain.entitlement_values import Metric
from sightline.estate.domain.inventory import tables
from sightline.estate.domain.inventory.rows import UnreadableInventory, the_day
from sightline.kernel.errors import SightlineError

__all__ = ["COLUMNS", "LicenceRow", "UnreadableLicences", "read_licences"]

MOST_ROWS = 5_000
MOST_TOLD = 50
_ZIP = b"PK\x03\x04"
_OF_SPREADSHEETS = ("'=", "'+", "'-", "'@")
"""How a download keeps text that begins like a formula from becoming one."""


class UnreadableLicences(SightlineError):
    """A file of licences that cannot be taken. problems: one sentence each, with its row and what to do."""

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        told = self.problems[:MOST_TOLD]
        more = f"\n  and {len(self.problems) - MOST_TOLD} more" if len(self.problems) > MOST_TOLD else ""
        super().__init__(f"{name} was not taken, and nothing was changed:\n  " + "\n  ".join(told) + more)


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """One licence as a row tells it. number: of the row, from 1. "" and None: not told.

    reference: of the licence on record that it is. council: whose it is, in whatever form the file names it.
    products, system, release_line: in the file's words. cost_pence: a year.
    """

    number: int
    name: str
    metric: Metric
    quantity: int | None = None
    reference: str = ""
    council: str = ""
    supplier: str = ""
    products: tuple[str, ...] = ()
    release_line: str = ""
    product_named: str = ""
    covers_together: bool = False
    upgrade: bool = False
    downgrade: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    cost_pence: int | None = None
    system: str = ""


COLUMNS = {
    "reference": "licence number on record",
    "name": "licence name",
    "council": "",
    "council_gss": "gss code",
    "supplier": "vendor publisher",
    "metric": "counted_in licence_type",
    "quantity": "how_many count seats",
    "products": "product",
    "release_line": "release version",
    "product_named": "product_in_its_own_words",
    "covers_together": "",
    "upgrade": "newer",
    "downgrade": "older",
    "starts_on": "start starts start_date first_day",
    "ends_on": "end ends end_date expires expiry last_day",
    "notice_on": "notice notice_date",
    "cost_pence": "",
    "cost": "cost_a_year annual_cost cost_pounds",
    "system": "",
}
"""Every column that is known, with the other headings by which it goes."""

_CALLED = {name: column for column, others in COLUMNS.items() for name in (column, *others.split())}
_METRICS = {
    re.sub(r"[^a-z]", "", word.casefold()): metric
    for metric in Metric
    for word in (metric.value, metric.label, f"{metric.label}s")
}


def read_licences(path: Path, *, name: str = "") -> tuple[LicenceRow, ...]:
    """Every licence of a file.

    Raises UnreadableLicences with all that is wrong: a heading that is missing, doubled or not known, a row without a
    name, a metric or a product, a negative quantity, days that are none or contradict each other.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            is_workbook = file.read(4) == _ZIP
        every = (tables.rows_of_xlsx if is_workbook else tables.rows_of_csv)(path)
        _, heading = next(every, (0, []))
        places = _places(name, heading)
        rows: list[LicenceRow] = []
        problems: list[str] = []
        for number, cells in every:
            if number > MOST_ROWS:
                raise UnreadableLicences(name, [f"it holds more than {MOST_ROWS:,} rows. Give it in parts."])
            reading = _Reading(number, {column: _plain(cells[place]) for column, place in places.items()})
            if (row := reading.row()) is not None:
                rows.append(row)
            problems += reading.problems
    except UnreadableInventory as error:
        raise UnreadableLicences(name, [str(error)]) from error
    except OSError as error:
        raise UnreadableLicences(name, [f"it cannot be read ({error.strerror}). Give the file again."]) from error
    problems += _named_twice(rows)
    if not rows and not problems:
        problems.append("it holds no licence below its heading.")
    if problems:
        raise UnreadableLicences(name, problems)
    return tuple(rows)


def _plain(cell: str) -> str:
    return " ".join((cell[1:] if cell.startswith(_OF_SPREADSHEETS) else cell).split())


def _places(name: str, heading: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    problems = []
    for place, text in enumerate(heading):
        column = _CALLED.get(re.sub(r"[\s_-]+", "_", text.strip().casefold()))
        if column is None:
            problems.append(f"the column “{text}” is not known. Name it one of {', '.join(COLUMNS)}, or take it out.")
        elif column in places:
            problems.append(f"“{column}” stands in two columns. Take one out.")
        else:
            places[column] = place
    for needed in ("name", "metric"):
        if needed not in places:
            problems.append(f"there is no column “{needed}”. Add it; {_NEEDED[needed]}.")
    if not {"products", "product_named"} & set(places):
        problems.append("there is no column “products”. Add it; it names what each licence covers, with ; between.")
    if {"cost", "cost_pence"} <= set(places):
        problems.append("there are two columns of costs, “cost” in pounds and “cost_pence”. Take one out.")
    if problems:
        raise UnreadableLicences(name, problems)
    return places


_NEEDED = {
    "name": "it says what each licence is called",
    "metric": f"it says what each is counted in: {', '.join(metric.value for metric in Metric)}",
}


def _named_twice(rows: Iterable[LicenceRow]) -> Iterator[str]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row.reference.casefold(),) if row.reference else (row.name.casefold(), row.supplier.casefold())
        if key in first:
            yield (
                f"row {row.number}: is the same licence as row {first[key]}. Take one out, or give each a name of its"
                " own."
            )
        first.setdefault(key, row.number)


class _Reading:
    """One row being read: each cell that cannot be taken leaves a problem."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.cells = cells
        self.problems: list[str] = []

    def row(self) -> LicenceRow | None:
        """The licence; None where something is wrong with it."""
        text = self._text
        if not text("name"):
            self._wrong("no licence is named. Fill in “name”, or take the row out.")
        metric = self._metric()
        quantity = self._quantity(metric)
        starts, ends, notice = (self._day(column) for column in ("starts_on", "ends_on", "notice_on"))
        if starts and ends and ends < starts:
            self._wrong(f"ends on {ends.isoformat()}, before it starts on {starts.isoformat()}. Mend one of the days.")
        if notice and ends and notice > ends:
            self._wrong(
                f"notice by {notice.isoformat()} comes after its end on {ends.isoformat()}. Mend one of the days."
            )
        products = tuple(dict.fromkeys(part for one in text("products").split(";") if (part := one.strip())))
        if not products and not text("product_named"):
            self._wrong("nothing says what it covers. Fill in “products”, or “product_named” in its own words.")
        flags = {column: self._flag(column) for column in ("covers_together", "upgrade", "downgrade")}
        cost = self._cost()
        if self.problems or metric is None:
            return None
        return LicenceRow(
            number=self.number, name=text("name")[:200], metric=metric, quantity=quantity, reference=text("reference"),
            council=text("council_gss") or text("council"), supplier=text("supplier")[:200], products=products,
            release_line=text("release_line"), product_named=text("product_named")[:200], **flags, starts_on=starts,
            ends_on=ends, notice_on=notice, cost_pence=cost, system=text("system"),
        )  # fmt: skip

    def _text(self, column: str) -> str:
        return self.cells.get(column, "")

    def _wrong(self, says: str) -> None:
        self.problems.append(f"row {self.number}: {says}")

    def _metric(self) -> Metric | None:
        said = self._text("metric")
        metric = _METRICS.get(re.sub(r"[^a-z]", "", said.casefold()))
        if metric is None:
            known = ", ".join(one.value for one in Metric)
            self._wrong(
                f"“{said[:40]}” is no metric. Write one of {known}." if said else f"no metric. Write one of {known}."
            )
        return metric

    def _quantity(self, metric: Metric | None) -> int | None:
        said = self._text("quantity")
        if not said:
            return None
        number = self._number(said, "quantity", "Write a whole number, or leave it empty where nobody knows")
        if number is None:
            return None
        if metric is Metric.UNLIMITED:
            self._wrong("an unlimited licence has no quantity. Leave “quantity” empty.")
        elif number < 0 or number != int(number) or number > 2_000_000_000:
            self._wrong(f"“{said[:40]}” in “quantity” must be a whole number of 0 or more. Mend it.")
        else:
            return int(number)
        return None

    def _cost(self) -> int | None:
        for column, pence in (("cost", 100), ("cost_pence", 1)):
            if said := self._text(column):
                number = self._number(said.lstrip("£ "), column, "Write a number, such as 1234.50")
                if number is None:
                    return None
                if number < 0 or number * pence != int(number * pence) or number * pence > 10**14:
                    self._wrong(f"“{said[:40]}” in “{column}” must be 0 or more, in whole pence. Mend it.")
                    return None
                return int(number * pence)
        return None

    def _number(self, said: str, column: str, what_to_do: str) -> Decimal | None:
        try:
            number = Decimal(re.sub(r"(?<=\d),(?=\d{3})", "", said))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self._wrong(f"“{said[:40]}” in “{column}” is no number. {what_to_do}.")
            return None
        return number

    def _day(self, column: str) -> date | None:
        try:
            return the_day(self._text(column))
        except ValueError:
            self._wrong(
                f"“{self._text(column)[:40]}” in “{column}” is no day. Write it as 2027-03-31, 31/03/2027, 31 Mar 2027"
                " or 20270331."
            )
            return None

    def _flag(self, column: str) -> bool:
        said = self._text(column).casefold()
        if said in ("", "no", "n", "false", "0"):
            return False
        if said not in ("yes", "y", "true", "1"):
            self._wrong(f"“{said[:40]}” in “{column}” is neither yes nor no. Write one of the two.")
        return True
