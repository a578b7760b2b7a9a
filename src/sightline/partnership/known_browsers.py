"""Which browsers an account has signed in from before: kept in a cookie of the browser, and nowhere else.

The cookie holds a keyed digest for each of the last accounts that signed in there. It tells nobody which, it lets
nobody in, and without it a sign-in merely brings one e-mail more.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from sightline.partnership.models import User

COOKIE = "sightline_known"
KEPT_SECONDS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 5
_TAG = re.compile(r"[0-9a-f]{32}")
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Windows", "Windows"),
    ("Macintosh", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def is_known(request: HttpRequest, user: User) -> bool:
    """Whether an account has signed in from the browser of a request before."""
    tags = _tags(request)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(tag, _tag_of(user, key)) for tag in tags for key in keys)


def know(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Have the browser remember that an account signed in there."""
    mine = _tag_of(user, settings.SECRET_KEY)
    tags = [mine, *(tag for tag in _tags(request) if tag != mine)][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        ".".join(tags),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _tags(request: HttpRequest) -> list[str]:
    tags = request.COOKIES.get(COOKIE, "").split(".")[:MOST_ACCOUNTS]
    return [tag for tag in tags if _TAG.fullmatch(tag)]


def _tag_of(user: User, key: str) -> str:
    # With the password in it, so that a new password makes every browser a new one.
    value = f"{user.pk}:{user.password}"
    return salted_hmac("sightline.partnership.known-browser", value, secret=key, algorithm="sha256").hexdigest()[:32]


def in_words(request: HttpRequest) -> str:
    """The browser of a request, as its owner would say: "Firefox on Windows"."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for word, name in _BROWSERS if word in said), "A browser")
    system = next((name for word, name in _SYSTEMS if word in said), "")
    return f"{browser} on {system}" if system else browser
