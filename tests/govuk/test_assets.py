"""What is served of GOV.UK Frontend is fit for a council: no crown, no Transport, no address that leads nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from django.test import override_settings

from scripts import build_assets

OURS = Path(__file__).resolve().parents[2] / "src/sightline/govuk/static/govuk"


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


def test_the_package_names_one_pinned_dependency() -> None:
    package = json.loads((build_assets.CHECKOUT / "package.json").read_text())
    lock = json.loads((build_assets.CHECKOUT / "package-lock.json").read_text())
    assert list(package["dependencies"]) == ["govuk-frontend"]
    assert lock["packages"]["node_modules/govuk-frontend"]["version"] == package["dependencies"]["govuk-frontend"]


def test_a_second_build_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_assets, "install", lambda: pytest.fail("it fetched again what is here"))
    assert build_assets.build() is False


def test_a_copy_from_another_release_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "govuk-frontend.min.css").write_text("@font-face{src:url(/assets/fonts/a.woff2)}p{color:red}\n")
    (dist / "govuk-frontend.min.js").write_text("export{a};\n//# sourceMappingURL=a.map\n")
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / build_assets.STAMP).write_text("govuk-frontend 5.0.0 another\n")
    (vendor / "left-over.css").write_text("")
    monkeypatch.setattr(build_assets, "install", lambda: None)
    monkeypatch.setattr(build_assets, "DIST", dist)
    monkeypatch.setattr(build_assets, "VENDOR", vendor)
    assert build_assets.build() is True
    assert {path.name for path in vendor.iterdir()} == {
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "LICENCE.txt",
        build_assets.STAMP,
    }
    assert (vendor / "govuk-frontend.min.css").read_text() == "p{color:red}\n"
    assert "sourceMappingURL" not in (vendor / "govuk-frontend.min.js").read_text()


def test_a_stylesheet_that_asks_for_more_than_is_copied_is_refused() -> None:
    with pytest.raises(build_assets.AssetsError, match=r"photo\.png"):
        build_assets.council_stylesheet("p{background:url(/assets/images/photo.png)}")


def test_neither_typeface_nor_crest_nor_dead_address_is_left() -> None:
    css = (build_assets.VENDOR / "govuk-frontend.min.css").read_text()
    assert "Transport" not in css
    assert "crest" not in css
    assert re.findall(r"url\((?!data:)", css) == []
    assert "font-family:Arial,sans-serif" in css
    shipped = {path.suffix for path in build_assets.VENDOR.iterdir()}
    assert shipped == {".css", ".js", ".txt"}


def test_hashed_names_can_be_made_of_all(tmp_path: Path) -> None:
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=str(tmp_path),
        STORAGES={"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}, "staticfiles": storage},
    ):
        call_command(collectstatic.Command(), interactive=False, verbosity=0)
        manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert manifest["govuk/vendor/govuk-frontend.min.css"].startswith("govuk/vendor/govuk-frontend.min.")
    assert {"govuk/sightline.css", "govuk/sightline.js", "govuk/supported.js", "govuk/favicon.svg"} <= set(manifest)


PAIRS = re.findall(
    r"--passage-colour: (#[0-9a-f]{6});\s*--passage-tint: (#[0-9a-f]{6});", (OURS / "sightline.css").read_text()
)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_rightly() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("colour", "tint"), PAIRS)
def test_marks_can_be_read(colour: str, tint: str) -> None:
    assert contrast("#0b0c0c", tint) >= 7  # the text upon its tint
    assert contrast("#ffffff", colour) >= 4.5  # the label
    assert contrast(colour, "#ffffff") >= 3  # the line beside it, upon the page


def test_every_kind_of_passage_has_its_own_line() -> None:
    css = (OURS / "sightline.css").read_text()
    assert len(PAIRS) == 7  # six kinds, and what is unknown
    lines = {}
    for kind in ("recommendation", "point", "response", "commitment", "resolution", "part"):
        rule = re.search(rf"\n\.passage--{kind} {{([^}}]*border[^}}]*)}}", css)
        lines[kind] = " ".join(re.findall(r"border-left(?:-style|-width)?: [^;]+", rule[1])) if rule else "as all"
    # Told apart without colour. A resolution's line is as heavy as a recommendation's, which is underlined too.
    assert len(set(lines.values())) == len(lines)
