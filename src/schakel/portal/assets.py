"""Static files, straight from the package: an address that changes when the file does, and small over the line."""

import gzip
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

COMPRESSIBLE = frozenset({".css", ".js", ".svg"})
FOREVER = f"max-age={WhiteNoiseMiddleware.FOREVER}, public, immutable"


class StampedStaticFiles(StaticFilesStorage):
    """`portal.css?v=3f2a…`: stamped from the file itself, so that nothing has to be collected first."""

    def url(self, name: str | None) -> str:
        address, stamp = super().url(name), _stamp(name or "")
        return f"{address}?v={stamp}" if stamp else address


@cache
def _stamp(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if isinstance(found, str) else ""


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise tells no types
    """Hands files over compressed, from copies made once, and to be kept for good under a stamped address."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """As WhiteNoise does, with the compressed copy in a folder of ours instead of beside the file."""
        if not settings.COMPRESSED_FILES or Path(path).suffix not in COMPRESSIBLE:
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        smaller = _compressed(path, Path(settings.COMPRESSED_FILES))
        return StaticFile(path, headers.items(), encodings={"gzip": str(smaller)})

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A stamped address is never used for other bytes."""
        response: HttpResponseBase = super().__call__(request)
        stamp = request.GET.get("v") if request.path_info in self.files else None
        if stamp and stamp == _stamp(request.path_info.removeprefix(self.static_prefix)):
            response.headers["Cache-Control"] = FOREVER
        return response


def _compressed(path: str, folder: Path) -> Path:
    """The compressed copy of a file, made when it is not there; several processes may want it at once."""
    whole = Path(path).read_bytes()
    made = folder / f"{Path(path).name}.{hashlib.sha256(whole).hexdigest()[:12]}.gz"
    if not made.exists():
        descriptor, unfinished = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as copy:
            copy.write(gzip.compress(whole, mtime=0))
        Path(unfinished).replace(made)
    return made
