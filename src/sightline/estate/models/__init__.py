"""What is recorded of the estate: products and until when they are supported, systems, and the software found."""

from __future__ import annotations

from sightline.estate.models.catalogue import LifecycleLoad, Product, Release
from sightline.estate.models.installations import Installation, InstallationChange, InventoryImport, InventoryUpload
from sightline.estate.models.systems import System

__all__ = [
    "Installation",
    "InstallationChange",
    "InventoryImport",
    "InventoryUpload",
    "LifecycleLoad",
    "Product",
    "Release",
    "System",
]
