"""CycloneDX bills of materials in JSON: the components that one thing is made of.

A bill says what it is of (`metadata.component`) and lists components, which may hold components. What refers to itself
is read once, and a version that its package URL contradicts is not believed; a bill that says it is of a version of the
format that there is not is refused.

Source: CycloneDX 1.2 to 1.7, https://cyclonedx.org/docs/1.6/json/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from sightline.estate.domain.inventory.rows import Found, UnreadableInventory

__all__ = ["device_of_bill", "is_bill", "rows_of_bill"]

_KNOWN = re.compile(r"1\.[2-9]$")
_MOST_DEEP = 50


def is_bill(start: str) -> bool:
    """Whether a file that begins so may be a CycloneDX bill in JSON."""
    return start.lstrip()[:1] == "{"


def parsed(content: bytes) -> Mapping[str, Any]:
    """The bill in a file. Raises UnreadableInventory (without the file's name) where it is none."""
    try:
        bill = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableInventory("is not JSON. Give a CycloneDX bill of materials.") from error
    if not isinstance(bill, dict) or bill.get("bomFormat") != "CycloneDX":
        raise UnreadableInventory("is JSON, but no CycloneDX bill of materials: “bomFormat” is not CycloneDX.")
    if not _KNOWN.match(str(bill.get("specVersion"))):
        raise UnreadableInventory(f"is CycloneDX {bill.get('specVersion')!r}; versions 1.2 to 1.9 are read.")
    if not isinstance(bill.get("components", []), list):
        raise UnreadableInventory("“components” is not a list.")
    return bill


def device_of_bill(bill: Mapping[str, Any]) -> str:
    """What a bill is of; empty where it does not say."""
    metadata = bill.get("metadata")
    component = metadata.get("component") if isinstance(metadata, dict) else None
    return str(component.get("name") or "") if isinstance(component, dict) else ""


def rows_of_bill(bill: Mapping[str, Any], device: str) -> Iterator[Found]:
    """The components, those within others too, each once. Raises UnreadableInventory with the component's number."""
    seen: set[tuple[str, str, str]] = set()
    number = 0
    left: list[tuple[Any, int]] = [(one, 0) for one in reversed(bill.get("components") or [])]
    while left:
        component, depth = left.pop()
        number += 1
        if not isinstance(component, dict) or not isinstance(component.get("name"), str) or not component["name"]:
            raise UnreadableInventory(f"component {number}: has no name.")
        if depth > _MOST_DEEP:
            raise UnreadableInventory(f"component {number}: stands more than {_MOST_DEEP} deep within others.")
        name, version = component["name"], str(component.get("version") or "")
        purl = str(component.get("purl") or "").partition("?")[0]
        if "@" in purl:
            name, _, told = purl.rpartition("@")
            # Where the component and its package URL contradict each other, neither is believed.
            version = version if unquote(told) == version else ""
        supplier = component.get("supplier")
        publisher = component.get("publisher") or (supplier.get("name") if isinstance(supplier, dict) else "") or ""
        if (name, version, str(publisher)) not in seen:
            seen.add((name, version, str(publisher)))
            yield Found(number, device, name, version, str(publisher))
        inner = component.get("components") or []
        if not isinstance(inner, list):
            raise UnreadableInventory(f"component {number}: “components” is not a list.")
        left += [(one, depth + 1) for one in reversed(inner)]
