"""Reading lifecycle data, and refusing what cannot be taken."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from sightline.estate import models
from sightline.estate.domain.catalogue import Catalogue, Product, UnreadableCatalogue, read_catalogue
from sightline.estate.domain.lifecycle import State
from tests.estate.small_catalogue import lines

ONE = '{"slug": "ledger", "title": "Ledger", "releases": [{"releaseCycle": 7, "eol": true}]}\n'


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "data.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_plain_and_gzip_are_told_apart_by_their_bytes(tmp_path: Path) -> None:
    text = "\n".join(lines()).encode()
    plain = read_catalogue(write(tmp_path, text))
    zipped = read_catalogue(write(tmp_path, gzip.compress(text)))
    assert plain == zipped
    assert len(plain) > 40


def test_a_product_is_read(catalogue: Catalogue) -> None:
    product = catalogue.product("mssqlserver")
    assert product is not None
    assert product.cpe == "cpe:2.3:a:microsoft:sql_server"
    assert product.purl is None
    assert product.tags == ("microsoft",)
    release = catalogue.release("mssqlserver", "16.0")
    assert release is not None
    assert product.release("16.0") is release
    assert release.lifecycle.released == date(2020, 2, 29)
    assert release.lifecycle.state(date(2030, 7, 1)) is State.UNSUPPORTED
    assert catalogue.release("mssqlserver", "1.0") is None
    assert catalogue.release("no-such", "1.0") is None
    assert catalogue.product("no-such") is None
    assert "mssqlserver" in catalogue
    debian = catalogue.release("debian", "12")
    assert debian is not None
    assert debian.codename == "Bookworm"


def test_a_number_as_release_is_text(tmp_path: Path) -> None:
    read = read_catalogue(write(tmp_path, ONE))
    release = read.release("ledger", "7")
    assert release is not None
    assert release.lifecycle.security.over is True
    product = read.product("ledger")
    assert product is not None
    assert (product.category, product.tags, product.cpe, product.purl) == ("", (), None, None)


@pytest.mark.parametrize(
    ("label", "codename", "reads"),
    [
        ("2014 '__CODENAME__' SP3", "Hekaton", "2014 'Hekaton' SP3"),
        ("2014 '__CODENAME__' SP3", None, "2014 SP3"),
        ("__RELEASE_CYCLE__ (__CODENAME__)", None, "7"),
    ],
)
def test_a_label_is_filled_in(tmp_path: Path, label: str, codename: str | None, reads: str) -> None:
    facts = {"releaseCycle": "7", "releaseLabel": label, "codename": codename}
    text = json.dumps({"slug": "ledger", "title": "Ledger", "releases": [facts]})
    release = read_catalogue(write(tmp_path, text + "\n")).release("ledger", "7")
    assert release is not None
    assert release.label == reads


def test_what_a_title_and_a_release_line_share_is_said_once() -> None:
    server = models.Product(title="Microsoft Windows Server")
    said = {
        label: str(models.Release(product=server, cycle="2012-r2", label=label))
        for label in ("", "2012 R2", "Windows Server 2012 R2", "Windows Server", "Server")
    }
    assert said == {
        "": "Microsoft Windows Server 2012-r2",
        "2012 R2": "Microsoft Windows Server 2012 R2",
        "Windows Server 2012 R2": "Microsoft Windows Server 2012 R2",
        "Windows Server": "Microsoft Windows Server Windows Server",
        "Server": "Microsoft Windows Server Server",
    }


def test_the_older_cpe_spelling_is_taken_where_there_is_no_newer() -> None:
    product = Product("ledger", "Ledger", "app", identifiers=(("purl", "pkg:npm/ledger"), ("cpe", "cpe:/a:x:ledger")))
    assert (product.cpe, product.purl) == ("cpe:/a:x:ledger", "pkg:npm/ledger")


def test_a_version_has_its_own_identifiers(catalogue: Catalogue) -> None:
    server, django = catalogue.product("mssqlserver"), catalogue.product("django")
    assert server is not None
    assert django is not None
    assert server.cpe_of("11.4.7001.0") == "cpe:2.3:a:microsoft:sql_server:11.4.7001.0:*:*:*:*:*:*:*"
    assert server.cpe_of("16.0+CU8") == "cpe:2.3:a:microsoft:sql_server:16.0\\+cu8:*:*:*:*:*:*:*"
    assert server.purl_of("1") is None
    assert django.purl_of("4.2.7") == "pkg:pypi/django@4.2.7"
    assert django.cpe_of("4.2.7") is None
    image = Product("rota", "Rota", "app", identifiers=(("purl", "pkg:oci/rota?repository_url=example.org"),))
    assert image.purl_of("1:2+3") == "pkg:oci/rota@1:2%2B3?repository_url=example.org"


def test_release_dates_are_added_from_their_own_lines(tmp_path: Path) -> None:
    dates = '{"slug": "ledger", "versions": {"7.1": "2024-05-01", "7.2": "later"}, "releases": {}}\n'
    read = read_catalogue(write(tmp_path, ONE + dates))
    assert read.released == {"ledger": {"7.1": date(2024, 5, 1)}}


def test_several_files_make_one_catalogue(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(ONE.replace("ledger", "rota"), encoding="utf-8")
    assert {product.slug for product in read_catalogue(write(tmp_path, ONE), other)} == {"ledger", "rota"}


def test_the_partnerships_own_products_are_added_and_win(catalogue: Catalogue) -> None:
    own = Product("nginx", "nginx, kept by us", "server-app", source="register of the partnership")
    more = catalogue.with_products([own, Product("rota", "Rota", "app")])
    assert more.product("nginx") == own
    assert "rota" in more
    assert "rota" not in catalogue


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "there is no product in it"),
        ("\n\n", "there is no product in it"),
        ("slug: ledger\n", "line 1: is not JSON"),
        ("[1]\n", "is not a JSON object"),
        ('{"title": "Ledger"}\n', "there is no “slug”"),
        (ONE + ONE, "line 2: “ledger” was described before"),
        ('{"slug": "a", "title": "A", "releases": [1]}', "is not a list of objects"),
        ('{"slug": "a", "title": "A", "releases": [{"eol": true}]}', "has no “releaseCycle”"),
        ('{"slug": "a", "versions": [1]}', "“versions” is not an object"),
        (gzip.compress(ONE.encode(), mtime=0)[:-9], "cannot be read"),
        (gzip.compress(ONE.encode(), mtime=0)[:12] + b"xxxxxxxxxxxxxxxxxxx", "cannot be read"),
        (b"[" * 100_000, "is not JSON"),
        (b" " * (8 * 1024 * 1024 + 2), "longer than 8 MB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(tmp_path: Path, text: str | bytes, part: str) -> None:
    with pytest.raises(UnreadableCatalogue, match=r"data\.jsonl") as refused:
        read_catalogue(write(tmp_path, text))
    assert part in str(refused.value)


def test_a_missing_file_and_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCatalogue, match="No such file"):
        read_catalogue(tmp_path / "nothing.jsonl")
    with pytest.raises(UnreadableCatalogue, match="No file"):
        read_catalogue()


@pytest.mark.samples
def test_the_published_data_is_read_whole(published: Catalogue, samples: Path) -> None:
    assert len(published) == 464
    assert sum(len(product.releases) for product in published) == 8_351
    both = read_catalogue(
        samples / "data" / "lifecycle" / "endoflife_products.jsonl.gz",
        samples / "data" / "lifecycle" / "release_versions.jsonl.gz",
    )
    assert len(both.released) == 403
    assert both.released["alpine-linux"]["3.23.5"] == date(2026, 6, 21)
