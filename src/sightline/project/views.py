"""Pages that belong to no one context: home, statements, health, and what is said when something goes wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sightline.partnership import queries as partnership
from sightline.partnership import waiting as waiting_hook
from sightline.partnership.models import User
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


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for whoever is logged in, in every room."""
    assert isinstance(request.user, User)
    kinds = waiting_hook.waiting_for(request.user, timezone.localdate())
    return render(request, "project/waiting.html", {"kinds": kinds, "count": sum(kind.count for kind in kinds)})


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


def _asked_by_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _asked_by_program(request):
        return JsonResponse({"detail": "The request cannot be understood."}, status=400)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _asked_by_program(request):
        return JsonResponse({"detail": str(exception)}, status=403)
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _asked_by_program(request):
        return JsonResponse({"detail": "There is no such address."}, status=404)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if _asked_by_program(request):
        return JsonResponse({"detail": "Sightline failed. Its operators can read why in the log."}, status=500)
    # No database, no context: whatever failed may fail again.
    context: dict[str, Any] = {}
    return render(request, "500.html", context, status=500)
