"""The demonstration's licences and software audit come by the actions that people use, once, and send no letter."""

from __future__ import annotations

import pytest

from sightline.estate import licence_demonstrating, licence_queries
from sightline.estate.domain.entitlements import Standing
from sightline.estate.models import AuditQuestion, Licence
from sightline.partnership import queries as partnership
from sightline.partnership.models import Notice

pytestmark = pytest.mark.measured


@pytest.mark.django_db
def test_every_standing_is_shown_and_nothing_is_sent() -> None:
    from django.utils import timezone

    from sightline.partnership import actions
    from sightline.partnership.domain import partnership_file
    from tests.browser import demonstration

    actions.load_partnership(partnership_file.read("demonstration"))
    demonstration._add_estate()
    kept = Licence.objects.count()
    licence_demonstrating.load(lambda _line: None)
    assert (kept, Licence.objects.count()) == (20, 20)
    rows = licence_queries.positions(partnership.user_called("imogen.hartwell"), timezone.localdate())
    assert {Standing.SHORT, Standing.RIGHT, Standing.OVER} <= {row.standing for row in rows}
    states = set(AuditQuestion.objects.values_list("state", flat=True))
    assert {"answered", "returned", "countersigned"} <= states
    assert set(Notice.objects.values_list("state", flat=True)) == {"withdrawn"}
