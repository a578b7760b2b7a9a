"""Find Chromium, or install it where that is possible: as root, from Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The build without windows first: it is the same browser, and opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = "apt-get install -y --no-install-recommends"
TO_INSTALL = f"apt-get update && {{ {INSTALL} chromium-headless-shell || {INSTALL} chromium; }}"


def found() -> Path | None:
    """The browser of this machine."""
    for name in NAMES:
        if place := shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin"):
            return Path(place)
    return None


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def why_not() -> str:
    """Why there will be no browser; empty where there is one or can be."""
    if found() or may_install():
        return ""
    return f"Chromium is not installed. Run, as root: {TO_INSTALL}"


def main() -> int:
    if reason := why_not():
        print(f"Error: {reason}", file=sys.stderr)
        return 1
    if found() is None:
        print("Installing Chromium from Debian's packages", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["sh", "-c", TO_INSTALL], stdin=subprocess.DEVNULL, env=environment, check=False)
    browser = found()
    if browser is None:
        print(f"Error: Chromium was not installed; what apt-get said stands above. Try: {TO_INSTALL}", file=sys.stderr)
        return 1
    return subprocess.run([browser, "--version"], stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
