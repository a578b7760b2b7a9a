"""What a raw name and version from a discovery tool mean: product, release line, edition and version.

recogniser = Recogniser(read_catalogue(Path("products.jsonl.gz")))
recogniser.recognise("Microsoft SQL Server 2012 (64-bit)", "11.4.7001.0", "Microsoft Corporation")
"""

from __future__ import annotations

from sightline.estate.domain.recognition.outcome import Recognition
from sightline.estate.domain.recognition.recogniser import Recogniser

__all__ = ["Recogniser", "Recognition"]
