"""Headers that tell browsers what a page may do, and that nobody else may keep what a signed-in person saw.

Those that Django and django-csp set (Content-Security-Policy, Strict-Transport-Security, X-Content-Type-Options,
Referrer-Policy, Cross-Origin-Opener-Policy, X-Frame-Options) are in the settings.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here uses any of these; passkeys alone are asked for by our own pages.
_NEVER = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
_OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _NEVER), *(f"{name}=(self)" for name in _OURS)])


class HeadersMiddleware:
    """Sets them on every answer, static files and failures too. Stands outside all that makes answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _has_session(request, response) and not _is_for_all(request, response):
            # Not kept on the disk of a shared computer, nor shown again by its back button after signing out.
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _has_session(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page was made for one person. Asks for the cookie, not the account: that would cost a query."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is the same for everybody: static files, and what says so itself."""
    return request.path.startswith(settings.STATIC_URL) or "public" in response.get("Cache-Control", "")
