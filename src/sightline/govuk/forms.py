"""What a form needs from this room: one import for the fields that the Design System does otherwise than Django."""

from __future__ import annotations

from sightline.govuk.dates import DateField, DateWidget

__all__ = ["DateField", "DateWidget"]
