"""The actor of what is loaded from the partnership file, where nobody is logged in.

It stands alone: most who ask for its name read no file, and need none of what checks one.
"""

from __future__ import annotations

FILE_ACCOUNT = "partnership-file"
