"""Calls an address as somebody, leaves nothing behind, and says in a word what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import RequestFactory
from django.urls import reverse

from tests.matrix.agreed import Actor, Answer, Record, Route
from tests.matrix.world import World

TOKEN = "a" * CSRF_SECRET_LENGTH
_WRITE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?([a-z_0-9]+)\"?", re.IGNORECASE)
# What reading itself writes down, by table: who looked at what is exempt.
NOTED_BY_READING = {"partnership_auditentry", "partnership_auditpending", "partnership_audithead"}
_CHANGES_EACH_TIME = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'), ""),
    (re.compile(r'nonce="[^"]*"'), ""),
)


@dataclass(frozen=True)
class Called:
    """What came of a call. written: tables of ours that it wrote to."""

    answer: Answer
    status: int
    page: str
    written: frozenset[str] = field(default=frozenset())
    headers: tuple[tuple[str, str], ...] = ()

    def same_as(self, other: Called, *keys: str) -> bool:
        """Whether two answers cannot be told apart but for what stood in the address."""
        return (self.status, self.headers, self.plain(keys)) == (other.status, other.headers, other.plain(keys))

    def plain(self, keys: tuple[str, ...]) -> str:
        page = self.page
        for pattern, by in _CHANGES_EACH_TIME:
            page = pattern.sub(by, page)
        for key in keys:
            page = page.replace(key, "…")
        return page


@cache
def our_tables() -> frozenset[str]:
    """The tables of our rooms' records and of their history."""
    return frozenset(
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith("sightline.")
    )  # fmt: skip


@contextmanager
def leaving_nothing() -> Iterator[set[str]]:
    """Whatever is written within it is rolled back; gives the tables of ours that were written to."""
    ours, written = our_tables(), set()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if (found := _WRITE.match(sql)) and found[1] in ours:
            written.add(found[1])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)


def call(
    world: World, name: str, route: Route, method: str, actor: Actor, record: Record, *, token: bool = True
) -> Called:
    """Call the address of a record, or of none, as an actor would."""
    # A browser of its own, with nothing left of the call before.
    browser = RequestFactory()
    if actor.signed_in:
        browser.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[actor.name]
    address = reverse(name, args=record.key)
    sent = dict(route.post.form) if route.post else {}
    if token:
        browser.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        sent["csrfmiddlewaretoken"] = TOKEN
    # Limits on how often something may be tried are kept in the database too, so that no call counts for the next.
    with leaving_nothing() as written:
        request = browser.get(address) if method == "GET" else browser.post(address, sent)
        response = world.site.get_response(request)
        page = response.getvalue().decode("utf-8", "replace")
    kept = tuple(sorted((key, value) for key, value in response.headers.items() if key in ("Content-Type", "Location")))
    return Called(_in_a_word(response, page), response.status_code, page, frozenset(written), kept)


def _in_a_word(response: Any, page: str) -> Answer:
    status = response.status_code
    if status in (301, 302, 303):
        place = response.headers["Location"]
        if place.startswith(reverse("account_login") + "?"):
            return Answer.SIGN_IN
        return Answer.SET_UP if place.startswith(reverse("mfa_index") + "?next=") else Answer.OPEN
    if status == 403:
        return Answer.NO_TOKEN if "Your form was not sent" in page else Answer.REFUSED
    if status == 401:
        return Answer.SIGN_IN
    return {200: Answer.OPEN, 422: Answer.OPEN, 404: Answer.HIDDEN, 405: Answer.NO_SUCH_WAY}.get(status, Answer.BROKEN)
