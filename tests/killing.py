"""How often the tests that kill children at random moments do so: some in every run, more when asked for.

``SIGHTLINE_KILLS=200 .venv/bin/pytest -m slow -k kill`` is the long run, whenever writing or its transactions change.
"""

from __future__ import annotations

import os

KILLS = int(os.environ.get("SIGHTLINE_KILLS", "12"))
# Kills that all came too early or too late would show nothing.
OF_EACH_KIND = max(1, KILLS // 20)
