"""What a council may use against what it uses: sums can be added up again, and no use is left over needlessly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.entitlements import Entitlement, Line, Metric, Need, Standing, positions

DAY = date(2026, 11, 24)
NEWER, OLDER = Line("editor", "2024", 0), Line("editor", "2019", 1)


def uses(number: int, line: Line = NEWER, council: str = "ABC", metric: Metric = Metric.DEVICE):
    return [(metric, Need(council, line, 1, f"pc{council}{n}")) for n in range(number)]


@pytest.mark.parametrize(
    ("quantity", "used", "standing"),
    [(10, 12, Standing.SHORT), (10, 10, Standing.RIGHT), (10, 9, Standing.RIGHT), (10, 8, Standing.OVER),
     (0, 1, Standing.SHORT), (None, 3, Standing.UNKNOWN)],
)  # fmt: skip
def test_one_licence_for_one_product(quantity: int | None, used: int, standing: Standing) -> None:
    [one] = positions([Entitlement("L1", Metric.DEVICE, quantity, (Line("editor"),), "ABC")], uses(used), on=DAY)
    assert (one.standing, one.used) == (standing, used)
    assert one.missing == max(used - (quantity or 0), 0)
    assert f"{one.used} − {one.covered} covered = {one.missing} without a licence" in one.arithmetic or quantity is None


def test_what_nobody_knows_is_unknown_and_what_is_unlimited_is_right() -> None:
    core = Entitlement("L1", Metric.CORE, 8, (Line("database"),), "ABC")
    site = Entitlement("L2", Metric.UNLIMITED, None, (Line("maps"),), "")
    found = positions([core, site], uses(700, Line("maps", "1", 0)), on=DAY)
    assert [(one.product, one.council, one.standing) for one in found] == [
        ("database", "ABC", Standing.UNKNOWN),
        ("maps", "ABC", Standing.RIGHT),
    ]
    assert "How much is used is not known. L1 covers 8: 0 here, 8 spare." in found[0].arithmetic
    assert "L2 covers any number: 700 counted here." in found[1].arithmetic


@pytest.mark.parametrize(
    ("rights", "used", "standing"),
    [({}, OLDER, Standing.SHORT), ({"downgrade": True}, OLDER, Standing.RIGHT),
     ({"upgrade": True}, OLDER, Standing.SHORT),
     ({"downgrade": True}, Line("editor"), Standing.UNKNOWN),
     ({"downgrade": True, "upgrade": True}, Line("editor"), Standing.RIGHT)],
)  # fmt: skip
def test_older_lines_need_the_right_to_downgrade(rights: dict[str, bool], used: Line, standing: Standing) -> None:
    [one] = positions([Entitlement("L1", Metric.DEVICE, 3, (NEWER,), "ABC", **rights)], uses(3, used), on=DAY)
    assert one.standing is standing
    [back] = positions([Entitlement("L1", Metric.DEVICE, 3, (OLDER,), "ABC", upgrade=True)], uses(3, NEWER), on=DAY)
    assert back.standing is Standing.RIGHT


def test_one_licence_covers_several_products_on_a_device_and_others_cover_the_rest() -> None:
    suite = Entitlement("L1", Metric.DEVICE, 2, (Line("editor"), Line("sums")), "ABC", together=True)
    alone = Entitlement("L2", Metric.DEVICE, 1, (Line("editor"),), "ABC")
    needs = [
        (Metric.DEVICE, Need("ABC", Line(product, "1", 0), 1, device))
        for device, products in {"a": ["editor", "sums"], "b": ["editor", "sums"], "c": ["editor"]}.items()
        for product in products
    ]
    editor, sums = positions([suite, alone], needs, on=DAY)
    assert (editor.standing, editor.covered, sums.standing, sums.covered) == (Standing.RIGHT, 3, Standing.RIGHT, 2)
    assert "L1 covers 2: 2 here, 0 spare. L2 covers 1: 1 here, 0 spare." in editor.arithmetic


def test_shared_licences_go_round_and_ended_ones_do_not_count() -> None:
    shared = Entitlement("L1", Metric.DEVICE, 5, (Line("editor"),), "")
    own = Entitlement("L2", Metric.DEVICE, 4, (Line("editor"),), "ABC", ends=date(2026, 11, 23))
    abc, tdc = positions([shared, own], uses(4) + uses(2, council="TDC"), on=DAY)
    assert abc.missing + tdc.missing == 1
    assert abc.ended == ("L2",)
    assert "Ended and no longer counted: L2." in abc.arithmetic
    before = positions([shared, own], uses(4) + uses(2, council="TDC"), on=date(2026, 11, 23))
    assert [one.missing for one in before] == [0, 0]


def test_two_metrics_are_never_added_up() -> None:
    device = Entitlement("L1", Metric.DEVICE, 1, (Line("editor"),), "ABC")
    person = Entitlement("L2", Metric.NAMED_USER, 9, (Line("editor"),), "ABC")
    by_device, by_person = positions([device, person], uses(3), on=DAY)
    assert (by_device.metric, by_device.standing, by_device.missing) == (Metric.DEVICE, Standing.UNKNOWN, 2)
    assert "not added in: L2" in by_device.arithmetic
    assert by_person.standing is Standing.UNKNOWN


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="L1 has a quantity of -1"):
        Entitlement("L1", Metric.DEVICE, -1, ())
    with pytest.raises(ValueError, match="L1 ends before it starts"):
        Entitlement("L1", Metric.DEVICE, 1, (), starts=DAY, ends=date(2026, 11, 23))
    with pytest.raises(ValueError, match="-2 uses of editor"):
        Need("ABC", NEWER, -2)
    assert positions([Entitlement("L1", Metric.DEVICE, 5, ())], uses(2), on=DAY) == ()


def most_covered(entitlements: list[Entitlement], needs: list[Need]) -> int:
    """Kuhn's matching of single licences with single uses: another way to the same number."""
    units = [one for one in entitlements for _ in range(one.quantity or 0)]
    held: dict[int, int] = {}

    def place(unit: int, seen: set[int]) -> bool:
        for number, need in enumerate(needs):
            if number not in seen and units[unit].allows(need):
                seen.add(number)
                if number not in held or place(held[number], seen):
                    held[number] = unit
                    return True
        return False

    return sum(place(unit, set()) for unit in range(len(units)))


LINES = st.builds(Line, st.sampled_from(["a", "b"]), st.sampled_from(["1", "2", "3"]), st.none()).map(
    lambda line: Line(line.product, line.cycle, 3 - int(line.cycle))
)
COVERS = st.lists(LINES | st.sampled_from([Line("a"), Line("b")]), min_size=1, max_size=2, unique=True).map(tuple)
ENTITLEMENTS = st.lists(
    st.tuples(st.integers(0, 3), COVERS, st.sampled_from(["", "X", "Y"]), st.booleans(), st.booleans()), max_size=5
)


@given(ENTITLEMENTS, st.lists(st.tuples(st.sampled_from(["X", "Y"]), LINES), max_size=8))
def test_no_use_is_left_over_needlessly(held: list[tuple], used: list[tuple[str, Line]]) -> None:
    entitlements = [
        Entitlement(f"L{n}", Metric.DEVICE, quantity, covers, council, up, down)
        for n, (quantity, covers, council, up, down) in enumerate(held)
    ]
    needs = [Need(council, line, 1, f"pc{n}") for n, (council, line) in enumerate(used)]
    found = positions(entitlements, [(Metric.DEVICE, need) for need in needs], on=DAY)
    assert sum(one.covered for one in found) == most_covered(entitlements, needs)
    for one in found:
        assert sum(held.here for held in one.held) == one.covered
        assert all(held.spare >= 0 for held in one.held)
        assert (one.used or 0) == one.covered + one.missing
