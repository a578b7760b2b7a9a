"""What the database knows of how its tables are filled, by which it chooses how to look things up.

PostgreSQL keeps that by itself. SQLite has to be asked; without it, it takes "every public record" for a few.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import connection

from sightline.partnership import daily

# How many rows of each index are looked at: enough to tell few from many, and done within a second at any size.
ROWS_LOOKED_AT = 1000


def refresh() -> bool:
    """Let the database look at its tables; whether it needed to be asked."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True


def register() -> None:
    """Ask for it every day."""
    daily.register("table-statistics", "How the tables are filled", _daily)


def _daily(_day: datetime.date) -> Mapping[str, int]:
    return {"database asked": int(refresh())}
