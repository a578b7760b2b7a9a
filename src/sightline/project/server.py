"""How gunicorn serves Sightline; `sightline site serve` starts it with this file. docs/decisions/server.md says why.

gunicorn's own words go through the same JSON logs as ours, and like them without the addresses of callers.
"""

from __future__ import annotations

import os
from typing import Any

from gunicorn.glogging import Logger

from sightline.project import logs, places

wsgi_app = "sightline.project.wsgi:application"

# Two processes keep both cores of a small machine busy; threads let one wait for the database while others answer.
workers = int(os.environ.get("SIGHTLINE_SERVER_PROCESSES") or 2)
threads = int(os.environ.get("SIGHTLINE_SERVER_THREADS") or 4)
worker_class = "gthread"
# Loaded once, then forked: half the memory, half the start.
preload_app = True

# Reading an upload of the largest size over a slow line takes a while; a page never does.
timeout = 120
graceful_timeout = 20
keepalive = 5

# Nothing is written outside the installation's own folder.
worker_tmp_dir = str(places.var())
control_socket_disable = True


class JsonLogger(Logger):
    """Hands everything to the root logger; `sightline.request` already has a line for each request."""

    def setup(self, cfg: Any) -> None:
        logs.configure({"level": os.environ.get("SIGHTLINE_LOG_LEVEL") or "INFO"})
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel("INFO")

    def access(self, *_args: Any) -> None:
        """Say nothing: an access log holds addresses."""


logger_class = JsonLogger
