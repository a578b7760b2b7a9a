"""What recognition answers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Line", "Recognition", "unknown"]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a raw name and version mean.

    product: slug of the catalogue, None for unknown. cycle: its release line, None where it cannot be told. version:
    the vendor's version without packaging. edition: as the name says, None where it says nothing. confidence: 0
    (unknown) to 1. why: one sentence that says what the answer rests on.
    """

    product: str | None
    cycle: str | None
    version: str | None
    edition: str | None
    confidence: float
    why: str

    def as_json(self) -> dict[str, str | float | None]:
        """The answer in the shape that `sightline software recognise --json` prints."""
        return {
            "product": self.product,
            "cycle": self.cycle,
            "version": self.version,
            "edition": self.edition,
            "confidence": self.confidence,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A version and the release line it belongs to, with the reason as the end of a sentence.

    known: the release is known, though not which of its lines (editions of Windows that end on different days).
    """

    cycle: str | None
    version: str | None
    why: str
    known: bool = False


def unknown(why: str) -> Recognition:
    """The answer for a name that means nothing, or nothing that can be told."""
    return Recognition(None, None, None, None, 0.0, why)
