"""What the pages load comes compressed, and under its stamped address once for good."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from schakel.portal.assets import FOREVER, StampedStaticFiles, StaticFiles

# An answer that is closed lets Django look after its connections.
pytestmark = pytest.mark.django_db

CSS = Path(__file__).resolve().parents[2] / "src/schakel/portal/static/portal/portal.css"


def fetch(address: str, accepts: str = "gzip, deflate") -> tuple[HttpResponse, bytes]:
    serve = StaticFiles(lambda _request: HttpResponse("not a file", status=404))
    response = serve(RequestFactory().get(address, HTTP_ACCEPT_ENCODING=accepts))
    body = b"".join(response)
    response.close()
    return response, body


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.COMPRESSED_FILES = str(tmp_path)
    return tmp_path


def test_a_style_sheet_comes_compressed_to_who_can_read_it(kept: Path) -> None:
    response, body = fetch("/static/portal/portal.css")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Type"].startswith("text/css")
    assert gzip.decompress(body) == CSS.read_bytes()
    plain, body = fetch("/static/portal/portal.css", accepts="identity")
    assert "Content-Encoding" not in plain.headers
    assert body == CSS.read_bytes()


def test_a_copy_is_made_once_and_nothing_unfinished_is_left(kept: Path) -> None:
    fetch("/static/portal/portal.css")
    made = {one.name: one.stat().st_mtime_ns for one in kept.iterdir()}
    fetch("/static/portal/portal.css")
    assert {one.name: one.stat().st_mtime_ns for one in kept.iterdir()} == made
    assert all(name.endswith(".gz") for name in made)


def test_a_stamped_address_is_kept_for_good_and_a_stale_one_is_not(kept: Path) -> None:
    address = StampedStaticFiles().url("portal/portal.css")
    assert fetch(address)[0].headers["Cache-Control"] == FOREVER
    assert (
        fetch("/static/portal/portal.css?v=0123456789ab")[0].headers["Cache-Control"]
        == "max-age=3600, public"
    )
    assert fetch("/static/portal/nothing.css?v=1")[0].status_code == 404


def test_without_a_folder_files_come_as_they_are() -> None:
    response, body = fetch("/static/portal/portal.css")
    assert "Content-Encoding" not in response.headers
    assert body == CSS.read_bytes()
