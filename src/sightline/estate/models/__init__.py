"""What is recorded of the estate: products and until when they are supported, systems, and the software found."""

from __future__ import annotations

from sightline.estate.models.audits import AuditAnswer, AuditCampaign, AuditLink, AuditQuestion
from sightline.estate.models.catalogue import LifecycleLoad, Product, Release
from sightline.estate.models.installations import Installation, InstallationChange, InventoryImport, InventoryUpload
from sightline.estate.models.legacy import LegacyException, RiskAssessment
from sightline.estate.models.licences import CountedUse, Licence
from sightline.estate.models.systems import System

__all__ = [
    "AuditAnswer",
    "AuditCampaign",
    "AuditLink",
    "AuditQuestion",
    "CountedUse",
    "Installation",
    "InstallationChange",
    "InventoryImport",
    "InventoryUpload",
    "LegacyException",
    "Licence",
    "LifecycleLoad",
    "Product",
    "Release",
    "RiskAssessment",
    "System",
]
