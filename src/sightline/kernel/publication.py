"""Whether a record may be seen by everybody."""

from __future__ import annotations

from enum import StrEnum


class Publication(StrEnum):
    """Every record is one of these; new records start internal."""

    PUBLIC = "public"
    INTERNAL = "internal"
    EXEMPT = "exempt"
