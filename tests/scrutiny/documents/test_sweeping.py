"""The collector waits while a document is read, and nothing is left for it."""

from __future__ import annotations

import gc

import pytest

from sightline.scrutiny.domain.documents import read_document_bytes
from sightline.scrutiny.domain.documents.sweeping import no_sweeps
from sightline.scrutiny.domain.minutes import read_minute
from tests.scrutiny.minutes.reading import HEAD


def test_the_collector_waits_and_goes_on_even_after_an_error() -> None:
    assert gc.isenabled()
    with no_sweeps():
        with pytest.raises(ZeroDivisionError), no_sweeps():
            1 // int(gc.isenabled())
        assert not gc.isenabled()
    assert gc.isenabled()


def test_reading_leaves_nothing_for_the_collector() -> None:
    # What the readers make must not point back at itself: with no sweeps it would stay till the reading is over.
    content = (
        HEAD + "1. PARKS\n\nCouncillor Ash asked why. The Clerk would write to her.\n\nRESOLVED: that it be noted.\n"
    )
    items = read_minute(read_document_bytes(content.encode(), "warm.txt")).items
    gc.collect()
    with no_sweeps():
        again = read_minute(read_document_bytes(content.encode(), "minutes.txt")).items
        assert gc.collect() == 0
    assert again == items
    assert len(items) == 1
