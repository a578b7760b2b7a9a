"""Real providers on loopback: the certified one of a council, and one that lies. Also what a browser does there."""

from __future__ import annotations

import json
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jwt
import requests  # noqa: TID251  (the browser's part, at a provider that the test itself has started)
from cryptography.hazmat.primitives.asymmetric import rsa

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parents[2] / "scripts" / "tools"
NODE = Path(sys.executable).with_name("node")
STARTS_WITHIN_SECONDS = 60
SECRET = "known to everybody, used by tests alone"


def make_key(name: str) -> dict[str, Any]:
    """A private key as a JSON Web Key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private))
    # Without what it says it is good for: the provider also checks with it what it signed itself.
    del made["key_ops"]
    return {**made, "kid": name, "alg": "RS256", "use": "sig"}


def public(key: dict[str, Any]) -> dict[str, Any]:
    """What a provider shows of a key."""
    return {name: value for name, value in key.items() if name in {"kty", "n", "e", "kid", "alg", "use"}}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def _process(script: str, settings: dict[str, Any]) -> Iterator[None]:
    """A script of node's, until the ``with`` ends. It also ends by itself when this process does."""
    assert (TOOLS / "node_modules" / "oidc-provider").exists(), "not installed: run scripts/checks/validator.py"
    command = [str(NODE), str(HERE / script), json.dumps(settings)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            began, said = time.monotonic(), b""
            while b"ready" not in said:
                readable, _, _ = select.select([process.stdout], [], [], 1)
                if readable:
                    said += process.stdout.read1(1000)
                if process.poll() is not None or time.monotonic() - began > STARTS_WITHIN_SECONDS:
                    process.kill()
                    assert process.stderr is not None
                    raise AssertionError(f"{script} did not start: {process.stderr.read().decode()[-2000:]}")
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@dataclass
class Provider:
    """A council's provider. ``people`` are its claims by the name that is typed there."""

    port: int
    council: str
    redirect: str
    people: dict[str, dict[str, Any]]
    key: dict[str, Any]
    also_show: list[dict[str, Any]] = field(default_factory=list)
    back_to: str = "http://testserver/"

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    @contextmanager
    def running(self, **more: Any) -> Iterator[Provider]:
        settings = {
            "tools": str(TOOLS),
            "port": self.port,
            "people": self.people,
            "keys": {"keys": [self.key]},
            "clients": [
                {
                    "client_id": "sightline",
                    "client_secret": SECRET,
                    "redirect_uris": [self.redirect],
                    "post_logout_redirect_uris": [self.back_to],
                    "token_endpoint_auth_method": "client_secret_post",
                }
            ],
            **more,
        }
        with _process("council.mjs", settings):
            yield self

    def now_says(self, people: dict[str, dict[str, Any]]) -> None:
        """Change what the provider says of people."""
        requests.post(f"{self.issuer}/set-people", data=json.dumps(people), timeout=10).raise_for_status()


@dataclass
class Hostile:
    """A provider that says what it is told to."""

    port: int

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def say(self, **what: Any) -> None:
        requests.post(f"{self.issuer}/say", data=json.dumps(what), timeout=10).raise_for_status()

    def asked(self) -> dict[str, str]:
        """What the token endpoint was last asked with."""
        answer: dict[str, str] = requests.get(f"{self.issuer}/asked", timeout=10).json()
        return answer


@contextmanager
def hostile() -> Iterator[Hostile]:
    found = Hostile(free_port())
    with _process("hostile.mjs", {"port": found.port}):
        yield found


class Visitor:
    """A browser at the provider: keeps its cookies, and stops where the provider sends it back to the site."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def sign_in(self, place: str, person: str) -> str:
        """Go where the site sends, give a name if asked for one, and say where the provider sends back to."""
        host = re.match(r"https?://[^/]+", place)
        assert host is not None
        here = place
        answer = self.session.get(here, allow_redirects=False, timeout=20)
        for _ in range(12):
            if answer.is_redirect:
                here = urljoin(here, answer.headers["Location"])
                if not here.startswith(host[0]):
                    return here
                answer = self.session.get(here, allow_redirects=False, timeout=20)
            else:
                assert answer.status_code == 200, answer.text
                answer = self.session.post(here, data={"person": person}, allow_redirects=False, timeout=20)
        raise AssertionError("the provider sends in circles")

    def sign_out(self, place: str) -> str:
        """Go where the site sends to sign out, agree, and say where the provider sends back to."""
        page = self.session.get(place, timeout=20)
        assert page.status_code == 200, page.text
        target = re.search(r'action="([^"]+)"', page.text)
        secret = re.search(r'name="xsrf" value="([^"]+)"', page.text)
        assert target is not None, page.text
        assert secret is not None, page.text
        answer = self.session.post(
            target[1], data={"xsrf": secret[1], "logout": "yes"}, allow_redirects=False, timeout=20
        )
        return answer.headers["Location"]
