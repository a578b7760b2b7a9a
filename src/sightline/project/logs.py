"""Logs as JSON lines on standard error, without personal data.

A request is logged with its route (the pattern, not the address: addresses hold search words), its method, status
and duration. Never the user, the IP address, the query or the body.
"""

from __future__ import annotations

import logging
import logging.config
import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

ROUTE_UNKNOWN = "(no route)"


def configure(config: dict[str, Any]) -> None:
    """Send Django's logs and ours through one JSON formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        without_addresses,
                        without_locals,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {
                # Django gives these two handlers of their own, which would write the same again and in full.
                "django": {"handlers": [], "level": "INFO"},
                # Django logs the address of each refused request here, with whatever was typed into it;
                # our own line per request says the same without it.
                "django.request": {"level": "CRITICAL"},
                "django.server": {"handlers": [], "level": "CRITICAL"},
                # It names accounts and places; whoever guesses too often is seen in our line per request (429).
                "axes": {"level": "CRITICAL"},
            },
        }
    )


# What gunicorn says of a caller or of the address that was asked for.
ADDRESS = re.compile(r"(ip=)\S+|(request )(?:[A-Z]+ )?/\S*")


def without_addresses(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out of others' messages what was typed or sent: hosts, file names, addresses."""
    logger = str(event.get("logger", ""))
    if logger.startswith("django.security."):
        # The class of the refusal is in the logger's name; the message repeats what was refused.
        event["event"] = "request refused"
    elif logger.startswith("gunicorn"):
        event["event"] = ADDRESS.sub(lambda found: f"{found[1] or found[2]}(left out)", str(event.get("event", "")))
    return event


def without_locals(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Render an exception as type and places only: messages and local values may hold what a person typed."""
    exc_info = event.pop("exc_info", None)
    if exc_info:
        _, error, trace = exc_info
        event["exception"] = type(error).__name__
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["traceback"] = places
    return event


class RequestLogMiddleware:
    """One line a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = structlog.get_logger("sightline.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        self.log.info(
            "request",
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else ROUTE_UNKNOWN,
            status=response.status_code,
            duration_ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        self.log.error(
            "request failed",
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else ROUTE_UNKNOWN,
            exc_info=(type(error), error, error.__traceback__),
        )
