"""What a load balancer asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


@pytest.mark.django_db
def test_a_site_that_can_answer_says_so_and_no_more(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise ConnectionError("the database is gone")

    client.raise_request_exception = False
    monkeypatch.setattr(connection, "cursor", unreachable)
    assert client.get("/healthz").status_code == 500


@pytest.mark.django_db
def test_health_is_only_asked_never_changed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
