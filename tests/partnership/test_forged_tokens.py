"""What a provider would never send: forged, stale, foreign and replayed tokens, from a process that lies."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sightline.partnership import group_roles, id_tokens
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.sign_on_file import CouncilSignOn
from sightline.partnership.models import Council, User
from tests.partnership.providers import running
from tests.partnership.providers.running import Hostile

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.either_database]

COUNCIL = "E07999003"
KEY, OTHER_KEY = running.make_key("first"), running.make_key("first")
ADDRESS = f"/accounts/oidc/{COUNCIL.lower()}/login/"


def signed(claims: dict[str, Any], key: dict[str, Any] = KEY, algorithm: str = "RS256", **header: Any) -> str:
    private = jwt.PyJWK(key, algorithm="RS256").key
    return jwt.encode(claims, private, algorithm=algorithm, headers={"kid": "first", **header})


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def liar() -> Iterator[Hostile]:
    with running.hostile() as found:
        yield found


@pytest.fixture
def attempt(client: Client, liar: Hostile, settings: Any, demonstration: PartnershipFile) -> Attempt:
    cache.clear()
    settings.SIGN_ON = (
        CouncilSignOn(COUNCIL.lower(), COUNCIL, "", liar.issuer, "sightline", running.SECRET, scopes=("openid",)),
    )
    group_roles.add(
        council=Council.objects.get(gss_code=COUNCIL),
        group="readers",
        kind=RoleKind.OFFICER,
        by=User.objects.get(username="perpetua.lowe"),
    )
    return Attempt(client, liar)


class Attempt:
    """One sign-in, of which the test decides what the provider says in the end."""

    def __init__(self, client: Client, liar: Hostile) -> None:
        self.client, self.liar = client, liar

    def begin(self) -> None:
        self.liar.say()
        page = self.client.post(ADDRESS).content.decode()
        found = re.search(r'content="0; url=([^"]+)"', page)
        assert found is not None, page
        asked = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
        self.state, self.nonce = asked["state"][0], asked["nonce"][0]

    def claims(self, **other: Any) -> dict[str, Any]:
        now = int(timezone.now().timestamp())
        claims = {
            "iss": self.liar.issuer,
            "sub": "moll",
            "aud": "sightline",
            "exp": now + 600,
            "iat": now,
            "nonce": self.nonce,
            "email": "moll.quince@thornfen.example",
            "email_verified": True,
            "groups": ["readers"],
            **other,
        }
        return {name: value for name, value in claims.items() if value is not ...}

    def end(self, token: Any, **said: Any) -> int:
        said.setdefault("keys", {"keys": [running.public(KEY)]})
        said.setdefault("userinfo", {"sub": "moll"})
        self.liar.say(id_token=token, **said)
        return self.client.get(f"{ADDRESS}callback/?code=a-code&state={self.state}").status_code

    @property
    def let_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def test_an_honest_token_lets_in(attempt: Attempt) -> None:
    """Or else the refusals below would say nothing."""
    attempt.begin()
    assert attempt.end(signed(attempt.claims())) == 302
    assert attempt.let_in
    asked = attempt.liar.asked()
    assert asked["grant_type"] == "authorization_code"
    assert len(asked["code_verifier"]) >= 43


NOW = int(timezone.now().timestamp())

CLAIMS = {
    "another audience": {"aud": "another-client"},
    "no audience": {"aud": ...},
    "two audiences and no party": {"aud": ["sightline", "another-client"]},
    "another party": {"azp": "another-client"},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": ...},
    "another sign-in's nonce": {"nonce": "of-another-sign-in"},
    "no nonce": {"nonce": ...},
    "an empty nonce": {"nonce": ""},
    "expired": {"exp": NOW - 3600, "iat": NOW - 7200},
    "no end": {"exp": ...},
    "an end that is no number": {"exp": "tomorrow"},
    "made in the future": {"iat": NOW + 3600, "exp": NOW + 7200},
    "good only later": {"nbf": NOW + 3600},
    "no moment of making": {"iat": ...},
    "nobody": {"sub": ...},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": ["moll"]},
    "a subject without end": {"sub": "x" * 5000},
}


@pytest.mark.parametrize("other", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_token_that_is_not_for_us_now_is_refused(attempt: Attempt, other: dict[str, Any]) -> None:
    attempt.begin()
    claims = attempt.claims(**other)
    if isinstance(claims.get("sub"), list):
        token = f"{part({'alg': 'RS256', 'kid': 'first'})}.{part(claims)}"
        private = jwt.PyJWK(KEY, algorithm="RS256").key
        signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(token.encode(), private)
        token = f"{token}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    else:
        token = signed(claims) if not isinstance(claims.get("iss"), list) else ""
    assert attempt.end(token) == 401
    assert not attempt.let_in
    assert not User.objects.filter(email__startswith="moll").exists()


@pytest.mark.parametrize("seconds", [-600 - 59, 59])
def test_clocks_may_differ_by_a_minute(attempt: Attempt, seconds: int) -> None:
    attempt.begin()
    made = int(timezone.now().timestamp()) + seconds
    assert attempt.end(signed(attempt.claims(iat=made, exp=made + 600 + 2))) == 302


@pytest.mark.parametrize("seconds", [-600 - 65, 65])
def test_clocks_may_differ_by_no_more(attempt: Attempt, seconds: int) -> None:
    attempt.begin()
    made = int(timezone.now().timestamp()) + seconds
    assert attempt.end(signed(attempt.claims(iat=made, exp=made + 600))) == 401


class TestSignatures:
    def refused(self, attempt: Attempt, token: Any, **said: Any) -> bool:
        """Whether the token is answered 401 and nobody is signed in by it."""
        return attempt.end(token, **said) == 401 and not attempt.let_in

    def test_none(self, attempt: Attempt) -> None:
        attempt.begin()
        assert self.refused(attempt, f"{part({'alg': 'none'})}.{part(attempt.claims())}.")

    def test_one_that_is_cut_off(self, attempt: Attempt) -> None:
        attempt.begin()
        assert self.refused(attempt, signed(attempt.claims()).rpartition(".")[0] + ".")

    def test_by_another_key_under_the_same_name(self, attempt: Attempt) -> None:
        attempt.begin()
        assert self.refused(attempt, signed(attempt.claims(), OTHER_KEY))

    def test_by_a_key_that_was_withdrawn(self, attempt: Attempt) -> None:
        attempt.begin()
        assert self.refused(
            attempt, signed(attempt.claims()), keys={"keys": [{**running.public(OTHER_KEY), "kid": "next"}]}
        )

    def test_by_a_key_that_the_token_brings_along(self, attempt: Attempt) -> None:
        attempt.begin()
        token = signed(attempt.claims(), OTHER_KEY, jwk=running.public(OTHER_KEY), jku="https://evil.example/keys")
        assert self.refused(attempt, token)

    def test_with_the_public_key_as_a_shared_secret(self, attempt: Attempt) -> None:
        """The classic confusion: an HMAC whose secret everybody can fetch."""
        attempt.begin()
        body = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part(attempt.claims())}"
        algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
        signature = algorithm.sign(body.encode(), json.dumps(running.public(KEY)).encode())
        assert self.refused(attempt, f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}")

    def test_with_the_client_secret(self, attempt: Attempt) -> None:
        attempt.begin()
        token = jwt.encode(attempt.claims(), running.SECRET, algorithm="HS256", headers={"kid": "first"})
        assert self.refused(attempt, token)

    @pytest.mark.parametrize("token", ["", "a", "a.b.c", "....", None, 7, {"alg": "none"}, "\u0000.é.\n"])
    def test_what_is_no_token(self, attempt: Attempt, token: Any) -> None:
        attempt.begin()
        assert self.refused(attempt, token)

    @pytest.mark.parametrize("keys", [None, [], {"keys": "none"}, {"keys": [7]}, {"keys": [{"kid": "first"}]}])
    def test_with_keys_that_cannot_be_read(self, attempt: Attempt, keys: Any) -> None:
        attempt.begin()
        assert self.refused(attempt, signed(attempt.claims()), keys=keys)


class TestReplay:
    def test_a_token_of_an_earlier_sign_in(self, attempt: Attempt) -> None:
        attempt.begin()
        stolen = signed(attempt.claims())
        assert attempt.end(stolen) == 302
        attempt.client.post("/accounts/logout/")
        attempt.begin()
        assert attempt.end(stolen) == 401
        assert not attempt.let_in

    def test_a_state_that_was_used(self, attempt: Attempt) -> None:
        attempt.begin()
        token = signed(attempt.claims())
        assert attempt.end(token) == 302
        attempt.client.post("/accounts/logout/")
        assert attempt.end(token) == 401

    def test_an_answer_under_another_providers_name(self, attempt: Attempt) -> None:
        attempt.begin()
        attempt.liar.say(id_token=signed(attempt.claims()), keys={"keys": [running.public(KEY)]})
        answer = attempt.client.get(f"{ADDRESS}callback/?code=1&state={attempt.state}&iss=https://evil.example")
        assert answer.status_code == 401
        assert not attempt.let_in


class TestConfiguration:
    @pytest.mark.parametrize(
        "said",
        [
            {"issuer": "https://evil.example"},
            {"token_endpoint": "http://evil.example/token"},
            {"configuration": {"authorization_endpoint": "javascript:alert(1)"}},
            {"configuration": {"jwks_uri": 7}},
            {"configuration": {"jwks_uri": "http://169.254.169.254/keys"}},
            {"configuration_status": 500},
            {"configuration_status": 302},
        ],
    )
    def test_a_provider_that_sends_elsewhere_is_not_followed(self, attempt: Attempt, said: dict[str, Any]) -> None:
        attempt.liar.say(**said)
        answer = attempt.client.post(ADDRESS)
        assert answer.status_code == 401
        assert "evil" not in answer.content.decode()

    def test_what_it_says_of_somebody_else_is_not_taken(self, attempt: Attempt) -> None:
        """The token lacks the address, and the other place names another person's."""
        attempt.begin()
        token = signed(attempt.claims(email=..., groups=...))
        said = {"sub": "another", "email": "desmond.varga@aldersby.example", "groups": ["readers"]}
        assert attempt.end(token, userinfo=said) == 401
        attempt.begin()
        said = {"sub": "moll", "email": "moll@thornfen.example", "email_verified": True, "groups": ["readers"]}
        assert attempt.end(signed(attempt.claims(email=..., groups=...)), userinfo=said) == 302

    def test_the_signed_token_counts_more_than_the_other_place(self, attempt: Attempt) -> None:
        attempt.begin()
        said = {"sub": "moll", "email": "other@thornfen.example", "email_verified": True, "groups": ["readers"]}
        assert attempt.end(signed(attempt.claims(groups=...)), userinfo=said) == 302
        assert User.objects.filter(email="moll.quince@thornfen.example").exists()


@pytest.mark.parametrize("verified", [False, "false", None, 1, "yes", ...])
def test_an_address_counts_only_where_the_provider_says_that_it_is_verified(attempt: Attempt, verified: Any) -> None:
    attempt.begin()
    assert attempt.end(signed(attempt.claims(email_verified=verified))) == 403
    assert not attempt.let_in


@pytest.mark.parametrize(
    "address", ["", "nobody", "@", "a b@c.example", "a@b.example\nBcc: c@d.example", ["a@b.example"], 7, ...]
)
def test_an_address_that_is_none_lets_nobody_in(attempt: Attempt, address: Any) -> None:
    attempt.begin()
    assert attempt.end(signed(attempt.claims(email=address))) == 403
    assert not attempt.let_in


@pytest.mark.parametrize("groups", ["readers", ["readers"], ["x", "readers", 7, None], ["readers"] * 3])
def test_groups_in_whatever_form(attempt: Attempt, groups: Any) -> None:
    attempt.begin()
    assert attempt.end(signed(attempt.claims(groups=groups))) == 302


@pytest.mark.parametrize(
    "groups", [..., None, [], "", ["Readers"], ["readers "], {"readers": True}, [["readers"]], True]
)
def test_groups_that_are_not_the_one(attempt: Attempt, groups: Any) -> None:
    attempt.begin()
    assert attempt.end(signed(attempt.claims(groups=groups))) == 403


def test_the_check_alone_names_no_part_of_a_token() -> None:
    with pytest.raises(id_tokens.NotTrusted) as refused:
        id_tokens.check("secret.token.text", {"keys": []}, issuer="x", client_id="y", nonce="z")
    assert "secret" not in str(refused.value)
