"""What stands between a request and every page: sessions that are over, and accounts that lack a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from sightline.partnership import second_factor, sessions

GetResponse = Callable[[HttpRequest], HttpResponse]

# Where an account goes to set up its second factor, and what every page needs.
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "account_change_password",
        "account_set_password",
        "sign-out-everywhere",
        "council-colours",
        "accessibility",
        "privacy",
        "cookies",
        "healthz",
        "commitment-answer",
        "commitment-answered",
        "commitment-answer-new-link",
        "audit-answer",
        "audit-answered",
        "audit-answer-new-link",
        "renewals-calendar",
    }
)


class SessionLimitsMiddleware:
    """Signs out whoever was quiet for too long, signed in too long ago, or lost a role meanwhile."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (reason := sessions.why_ended(request)):
            logout(request)
            messages.warning(request, reason)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Lets an account with a role that writes reach nothing but the set-up, until it has a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated or name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        if not second_factor.is_missing(request):
            return None
        for_program = request.path.startswith("/api/") or request.headers.get("Accept", "").startswith(
            "application/json"
        )
        if request.method not in ("GET", "HEAD") or for_program:
            raise PermissionDenied(second_factor.WHY)
        return never_cache(_set_up_first)(request)


def _set_up_first(request: HttpRequest) -> HttpResponse:
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_index')}?{query}")
