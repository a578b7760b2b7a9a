"""Every page is valid HTML, where there is no Chromium to get the pages: else test_every_page.py sees to it.

`make test` runs only one of the two: to load the demonstration once more takes three times as long as the validator.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import html

from sightline.partnership import queries as partnership
from sightline.partnership.domain import partnership_file
from tests.browser import demonstration
from tests.browser.pages import EXAMPLES
from tests.browser.validity import faults_in


def pressed(client: Client, address: str, page: bytes, button: str) -> HttpResponse:
    """What answers when a button is pressed with nothing filled in: its form is sent as a browser would."""
    for form in html.document_fromstring(page.decode()).forms:
        found = [one for one in form.iter("button") if button in " ".join(one.text_content().split())]
        if found:
            filled = {name: value or "" for name, value in form.fields.items()}
            if name := found[0].get("name"):
                filled[name] = found[0].get("value", "")
            target = urljoin(address, form.action or address)
            answer: HttpResponse = client.post(target, filled) if form.method == "POST" else client.get(target, filled)
            return answer
    raise AssertionError(f"there is no button {button} at {address}")


def signed_in(account: str) -> Client:
    """A client that is signed in, and has confirmed that with the password, as pages of the second factor ask."""
    client = Client(raise_request_exception=False)
    if account:
        user = partnership.user_called(account)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        password = partnership_file.read("demonstration").partnership.demonstration_password
        client.post("/accounts/reauthenticate/", {"password": password})
    return client


@pytest.mark.slow
@pytest.mark.either_database
@pytest.mark.django_db
@pytest.mark.urls("tests.browser.urls")
def test_every_page_is_valid_html(tmp_path: Path) -> None:
    demonstration.load()
    clients: dict[str, Client] = {}
    for example in EXAMPLES:
        # Each account signs in once: that takes longer than a page.
        client = clients.get(example.account) or clients.setdefault(example.account, signed_in(example.account))
        address = example.address()
        response = client.get(address, follow=True)
        if example.press:
            response = pressed(client, address, response.content, example.press)
        assert response.status_code == example.status, f"{example.name} at {address}"
        assert response["Content-Type"].startswith("text/html"), example.name
        (tmp_path / f"{example.name}.html").write_bytes(response.content)
    faults = faults_in(tmp_path)
    assert faults == [], "\n".join(faults)
