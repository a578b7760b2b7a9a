"""Every address of the site, found from the list of addresses, as everybody, for reading and for writing."""

from __future__ import annotations

import pytest

from tests.browser.pages import named_routes
from tests.matrix.checking import differences
from tests.matrix.routes import ROUTES
from tests.matrix.world import World


def test_every_address_is_declared() -> None:
    undeclared = sorted(set(named_routes()) - set(ROUTES))
    assert undeclared == [], (
        f"Say in tests/matrix/routes.py what these addresses ask: {', '.join(undeclared)}. Each needs a Route: an Ask"
        " for reading (get) and for writing (post), naming its line of the table of rights, and the kind of record"
        " that stands in its address."
    )
    assert sorted(set(ROUTES) - set(named_routes())) == [], "tests/matrix/routes.py declares addresses that are gone"


@pytest.mark.slow
@pytest.mark.either_database
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_everybody_is_answered_as_the_table_of_rights_says(name: str, world: World) -> None:
    if found := list(differences(world, name, ROUTES[name])):
        pytest.fail("\n".join([f"{len(found)} answers are not as agreed:", *found[:40]]), pytrace=False)
