"""Inventories of installed software, as discovery tools, package managers and bills of materials write them."""

from __future__ import annotations

from sightline.estate.domain.inventory.reading import Inventory, open_inventory
from sightline.estate.domain.inventory.rows import Found, LeftOut, UnreadableInventory

__all__ = ["Found", "Inventory", "LeftOut", "UnreadableInventory", "open_inventory"]
