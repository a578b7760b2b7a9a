"""The framework's score on record, which makes red systems exempt, and the exceptions that are agreed."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sightline.estate import legacy_actions as doing
from sightline.estate.assessing import Assessor
from sightline.estate.domain.legacy import CRITERIA, Verdict
from sightline.estate.models import System
from sightline.partnership import access
from sightline.partnership.access import Refused
from tests.estate.licences.conftest import Estate

pytestmark = pytest.mark.django_db


def test_a_red_system_is_exempt_and_ict_still_sees_it(estate: Estate) -> None:
    low = doing.assess(system=estate.directory, answers={one.code: 1 for one in CRITERIA}, by=estate.ict)
    assert (low.publication, low.assessment.red) == ("internal", False)
    red = {one.code: one.highest for one in CRITERIA}
    high = doing.assess(system=estate.directory, answers=red, by=estate.ict, reasons={"L1": " out of  support "})
    estate.directory.refresh_from_db()
    assert (high.assessment.red, high.publication, high.exempt_paragraph) == (True, "exempt", 7)
    assert (estate.directory.publication, high.reasons) == ("exempt", {"L1": "out of support"})
    assert doing.assess(system=estate.directory, answers=red, by=estate.ict, reasons={"L1": "out of support"}) == high
    seen = {
        who: access.visible(account, System.objects.filter(pk=estate.directory.pk)).exists()
        for who, account in {"ict": estate.ict, "own ict": estate.second, "officer": estate.owner,
                             "clerk": estate.places.accounts["clerk"],
                             "other clerk": estate.places.accounts["other-clerk"]}.items()
    }  # fmt: skip
    assert seen == {"ict": True, "own ict": True, "officer": False, "clerk": True, "other clerk": False}
    with pytest.raises(Refused):
        doing.assess(system=estate.directory, answers={}, by=estate.owner)


def test_an_exception_has_an_owner_and_a_last_day_and_one_holds_at_a_time(estate: Estate) -> None:
    today = timezone.localdate()
    ahead = today + datetime.timedelta(days=200)
    given = {"system": estate.directory, "owner": estate.owner.person, "by": estate.ict}
    for wrong, field in (({"reason": "…"}, "reason"), ({"expires_on": today}, "expires_on"),
                         ({"expires_on": today + datetime.timedelta(days=2000)}, "expires_on")):  # fmt: skip
        with pytest.raises(doing.CannotAgree) as refused:
            doing.agree_exception(**{"reason": "It is replaced in May.", "expires_on": ahead, **given, **wrong})
        assert refused.value.field == field
    first = doing.agree_exception(reason="It is replaced in May.", expires_on=ahead, **given)
    second = doing.agree_exception(reason="It is replaced in June.", expires_on=ahead, **given)
    first.refresh_from_db()
    assert (first.ended_on, doing.in_force(estate.directory, today)) == (today, [second])
    assert doing.in_force(estate.directory, ahead + datetime.timedelta(days=1)) == []
    # The verdict rests on it for as long as it holds, and says who answers for it.
    stands = Assessor(today).standing(estate.directory, [])
    assert stands.judgement.verdict is Verdict.NOT_LEGACY
    assert f"{estate.owner.person.name} answers for an agreed exception" in stands.sentence
    doing.end_exception(exception=second, reason="It was replaced.", by=estate.ict)
    assert doing.in_force(estate.directory, today) == []
    assert Assessor(today).standing(estate.directory, []).judgement.verdict is Verdict.LEGACY
    with pytest.raises(doing.CannotAgree, match="over already"):
        doing.end_exception(exception=second, reason="Again.", by=estate.ict)
