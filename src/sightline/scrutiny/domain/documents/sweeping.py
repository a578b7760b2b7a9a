"""When the collector of cyclic garbage may sweep.

Reading makes objects by the hundred thousand and keeps most of them. Each batch of new ones calls the collector,
which looks through what is kept again and again and finds nothing: what the readers make points in one direction
only, so that counting references frees it. Sweeps would take a tenth of the time of a long minute book.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sweeps() -> Iterator[None]:
    """Hold the collector off while a block runs, and put it back as it was, also after an error.

    Only for work that makes no cycles. May be nested, and used from several threads: whoever found the collector
    running sets it going again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
