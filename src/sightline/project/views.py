"""Pages that belong to no one context: home, statements, health, and what is said when something goes wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sightline.partnership import queries as partnership
from sightline.scrutiny import queries as scrutiny


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "project/home.html",
        {
            "latest_recommendations": scrutiny.latest_recommendations(request.user, 5),
            "latest_minutes": scrutiny.latest_minutes(request.user, 5),
            "councils": partnership.current_councils(timezone.localdate()),
        },
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "project/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    days = settings.RETENTION_DAYS["closed-accounts"]
    return render(request, "project/privacy.html", {"closed_accounts_days": days})


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "project/cookies.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the installation can answer: for a load balancer, so it names no detail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # No database, no context: whatever failed may fail again.
    context: dict[str, Any] = {}
    return render(request, "500.html", context, status=500)
