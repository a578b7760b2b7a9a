"""What the partnership's domain answers by itself: likeness of names, refusals in a sentence, and codes of apps."""

from __future__ import annotations

import base64
import datetime

import pytest

from sightline.partnership.domain import demonstration, rights
from sightline.partnership.domain.bodies import Likeness, is_called, likeness
from sightline.partnership.domain.rights import HeldRole, RoleKind

TODAY = datetime.date(2026, 11, 24)
UPLOAD = "scrutiny.upload_minute"


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("the Cabinet", Likeness.SAYS_LESS),
        ("Cabinet of Northmere Council", Likeness.SAME),
        ("Meeting of the Northmere Council Cabinet held jointly", Likeness.SAYS_MORE),
        ("Licensing Committee", Likeness.NONE),
        ("of the", Likeness.NONE),
    ],
)
def test_how_well_what_minutes_say_fits_a_body(said: str, fits: Likeness) -> None:
    names = ["Northmere Council Cabinet", "Northmere Full Council Assembly"]
    assert likeness(names, said) is fits
    assert is_called(names, said) == (fits is not Likeness.NONE)


def held(kind: RoleKind, ended_on: datetime.date | None = None) -> HeldRole:
    return HeldRole(kind, "E07999001", datetime.date(2020, 1, 1), ended_on)


def test_a_refusal_everywhere_is_explained_in_a_sentence() -> None:
    assert rights.why_nowhere(UPLOAD, [held(RoleKind.CLERK)], on=TODAY) == ""
    assert rights.why_nowhere(UPLOAD, [], on=TODAY).endswith("you hold no role.")
    assert "yours is member" in rights.why_nowhere(UPLOAD, [held(RoleKind.MEMBER)], on=TODAY)
    yesterday = TODAY - datetime.timedelta(days=1)
    assert "23 November 2026" in rights.why_nowhere(UPLOAD, [held(RoleKind.CLERK, yesterday)], on=TODAY)


def test_the_role_that_allows_something_is_named() -> None:
    clerk, member = held(RoleKind.CLERK), held(RoleKind.MEMBER)
    assert rights.role_that_allows(UPLOAD, [member, clerk], council="E07999001", on=TODAY) == clerk
    assert rights.role_that_allows(UPLOAD, [member], council="E07999001", on=TODAY) is None
    assert rights.role_that_allows("partnership.see_public", [clerk], council=None, on=TODAY) is None


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert demonstration.code_at(secret, seconds) == code


def test_each_demonstration_account_has_its_own_secret_always() -> None:
    first = demonstration.second_factor_secret("vale-and-fen", "aurelia.finch")
    assert first == demonstration.second_factor_secret("vale-and-fen", "aurelia.finch")
    assert first != demonstration.second_factor_secret("vale-and-fen", "cordelia.nyman")
    assert len(base64.b32decode(first)) == 20
