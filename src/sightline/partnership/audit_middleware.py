"""What each request leaves in the audit log: exempt material that was shown, and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from sightline.partnership import audit, seeing

# What is shown with one of these has been shown; 422 is a form that is shown again.
SHOWN = frozenset({*range(200, 300), 422})


class AuditMiddleware:
    """Watches what a request reads. What it saw is in the log before the first byte leaves: fail closed.

    Costs a page that shows nothing exempt no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        watch = seeing.Watch(how=request.method or "")
        with seeing.watching(watch):
            response = self.get_response(request)
        if response.status_code == 403:
            self._refused(request)
        if response.status_code in SHOWN and request.method != "HEAD":
            if isinstance(response, StreamingHttpResponse):
                parts: Any = response.streaming_content
                response.streaming_content = _telling(request, watch, iter(parts))
            elif watch.exempt or watch.unsure:
                audit.note_seen(watch, by=request.user)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        if (watch := seeing.current()) is not None:
            watch.how = _how(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        request.refusal = error  # type: ignore[attr-defined]

    def _refused(self, request: HttpRequest) -> None:
        """Only of accounts: what strangers try is turned away in any number, and says nothing of anybody here."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return
        with seeing.watching(seeing.Watch(how=_how(request))):
            audit.note_refusal(getattr(request, "refusal", None), by=request.user)


def _how(request: HttpRequest) -> str:
    """The page as the log names it: the method and the name of the address, never what was typed into it."""
    match = request.resolver_match
    return f"{request.method} {match.url_name or match.route}" if match else str(request.method)


def _telling(request: HttpRequest, watch: seeing.Watch, parts: Iterator[Any]) -> Iterator[Any]:
    """A download that is made while it is sent: each part leaves once the log holds what it shows."""
    while True:
        with seeing.watching(watch):
            part = next(parts, None)
        if watch.exempt or watch.unsure:
            audit.note_seen(watch, by=request.user)
        if part is None:
            return
        yield part
