"""`make run`: assets, then the installation itself, then the server. Runs in the environment that setup.py made."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from sightline.project import places

CHECKOUT = Path(__file__).resolve().parents[1]


def main() -> None:
    options = _options()
    os.chdir(CHECKOUT)
    # On this machine alone, so without HTTPS.
    os.environ["SIGHTLINE_HTTPS"] = "0"
    os.environ["SIGHTLINE_PARTNERSHIP"] = options.partnership
    os.environ["PYTHONUNBUFFERED"] = "1"
    sightline = [sys.executable, "-m", "sightline.project.command"]
    for command in (
        [sys.executable, "scripts/build_assets.py"],
        [*sightline, "site", "prepare"],
    ):
        code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
        if code != 0:
            sys.exit(code)
    log = os.path.relpath(places.var() / "sightline.log")
    serve = [*sightline, "site", "serve", "--port", options.port, "--log", log]
    sys.stdout.flush()
    # The server takes this process's place, so that it alone hears of Ctrl-C.
    os.execv(sys.executable, serve)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--partnership", default="demonstration", help="a name that ships with Sightline, or a path")
    options = parser.parse_args()
    if "/" in options.partnership or options.partnership.endswith(".toml"):
        # From here on commands run in the checkout.
        options.partnership = str(Path(options.partnership).resolve())
    return options


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on from here.", file=sys.stderr)
        sys.exit(130)
