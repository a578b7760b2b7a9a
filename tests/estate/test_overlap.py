"""The overlap map: its arithmetic, and what it does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.estate.domain.overlap import Runs, overlaps

pytestmark = pytest.mark.measured

ONE = Runs("S1", "Payroll", "Quill Pay", ("NC",), 100, 10_000_00, date(2027, 3, 31), date(2026, 12, 31))
TWO = Runs("S2", "payroll ", "Fen Pay", ("EC",), 50, 10_000_00, date(2028, 3, 31), date(2027, 9, 30))


def test_one_function_and_several_products() -> None:
    same = replace(ONE, key="S3", function="Parking")
    (found,) = overlaps([TWO, ONE, same, replace(same, key="S4")])
    assert (found.function, [run.key for run in found.runs]) == ("payroll ", ["S1", "S2"])
    # 150 users at £100 each are £15,000; today they cost £20,000.
    assert (found.cost_pence, found.cheapest, found.saving_pence) == (20_000_00, ONE, 5_000_00)
    assert (found.door_opens, found.next_notice(date(2027, 1, 1))) == (date(2028, 3, 31), date(2027, 9, 30))


def test_what_is_not_known_is_not_reckoned() -> None:
    (found,) = overlaps([ONE, replace(TWO, users=None, ends=None, notice=None)])
    assert (found.cheapest, found.saving_pence, found.door_opens) == (None, None, None)
    (costless,) = overlaps([ONE, replace(TWO, cost_pence=None)])
    assert (costless.cost_pence, costless.saving_pence) == (None, None)
