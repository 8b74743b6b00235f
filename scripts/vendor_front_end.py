"""Refresh the vendored front-end files: pinned npm packages, the few files we serve, and their hashes.

For maintainers only; nobody needs Node to install, run or test. Run it as
`python scripts/vendor_front_end.py` after changing a version or `icons.txt`, look at the difference, commit.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "src/schakel/portal/static/portal/vendor"
TESTED = ROOT / "tests/browser/vendor"

PACKAGES: Mapping[str, Mapping[str, Path]] = {
    "@tabler/core@1.6.1": {
        "dist/css/tabler.min.css": SERVED / "tabler.min.css",
        "dist/js/tabler.min.js": SERVED / "tabler.min.js",
    },
    # 2.x on purpose: the next major changed the attributes the portal is written in.
    "htmx.org@2.0.11": {
        "dist/htmx.min.js": SERVED / "htmx.min.js",
        "LICENSE": SERVED / "LICENSE-htmx.txt",
    },
    "echarts@6.1.0": {
        # The common build has lines, bars, SVG and the description for screen readers.
        "dist/echarts.common.min.js": SERVED / "echarts.common.min.js",
        "i18n/langNL.js": SERVED / "echarts-nl.js",
        "LICENSE": SERVED / "LICENSE-echarts.txt",
        "NOTICE": SERVED / "NOTICE-echarts.txt",
    },
    "@fontsource-variable/inter@5.3.0": {
        "files/inter-latin-wght-normal.woff2": SERVED / "inter-latin-wght-normal.woff2",
        "LICENSE": SERVED / "LICENSE-inter.txt",
    },
    "@tabler/icons@3.52.0": {"LICENSE": SERVED / "LICENSE-tabler-icons.txt"},
    "axe-core@4.14.1": {
        "axe.min.js": TESTED / "axe.min.js",
        "LICENSE": TESTED / "LICENSE-axe-core.txt",
        "LICENSE-3RD-PARTY.txt": TESTED / "LICENSE-axe-core-3rd-party.txt",
    },
}

ICONS = (ROOT / "scripts/icons.txt").read_text().split()

DRAWN = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

MIT = """MIT License

Copyright 2018-2026 The Tabler Authors
Copyright 2018-2026 codecalm.net Paweł Kuna

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""The package of Tabler names its licence and authors in the file itself but brings no licence text."""


def fetched(package: str, folder: Path) -> Path:
    """The unpacked npm package."""
    run = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / run.stdout.split()[-1]) as archive:
        target = folder / package.replace("/", "-")
        archive.extractall(target, filter="data")
    return target / "package"


def kept(content: bytes) -> bytes:
    """The file without the pointer to a source map that we do not serve."""
    return re.sub(rb"(/\*|//)# sourceMappingURL=[^\s*]+( ?\*/)?\s*$", b"", content)


def sprite(icons: Path) -> bytes:
    """One SVG with every icon as a symbol."""
    symbols = []
    for name in sorted(ICONS):
        svg = (icons / f"{name}.svg").read_text()
        inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
        paths = [line.strip() for line in inside.splitlines() if line.strip() and 'stroke="none"' not in line]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" {DRAWN}>{"".join(paths)}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'.encode()


def write_sums(folder: Path) -> None:
    """SHA256SUMS.txt over everything in the folder; a test compares it."""
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}"
        for file in sorted(folder.iterdir())
        if file.name != "SHA256SUMS.txt"
    ]
    (folder / "SHA256SUMS.txt").write_text("\n".join(lines) + "\n")


def main() -> int:
    """Fetch, keep, note."""
    for folder in (SERVED, TESTED):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        for package, files in PACKAGES.items():
            unpacked = fetched(package, Path(scratch))
            for source, target in files.items():
                target.write_bytes(kept((unpacked / source).read_bytes()))
            if package.startswith("@tabler/icons"):
                (SERVED / "icons.svg").write_bytes(sprite(unpacked / "icons/outline"))
    (SERVED / "LICENSE-tabler.txt").write_text(MIT)
    write_sums(SERVED)
    write_sums(TESTED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
