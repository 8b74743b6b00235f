"""The files we serve for others: unchanged since they were looked at, complete, and used safely."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "src/schakel/portal"
FOLDERS = (PORTAL / "static/portal/vendor", ROOT / "tests/browser/vendor")
TEMPLATES = sorted((PORTAL / "templates").rglob("*.html"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.parent.name)
def test_every_vendored_file_is_the_one_that_was_noted(folder: Path) -> None:
    lines = (folder / "SHA256SUMS.txt").read_text().splitlines()
    noted = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name != "SHA256SUMS.txt"
    }
    assert found == noted


@pytest.mark.parametrize("library", ["tabler", "tabler-icons", "htmx", "echarts", "inter"])
def test_every_library_brings_its_licence(library: str) -> None:
    assert (FOLDERS[0] / f"LICENSE-{library}.txt").stat().st_size > 500


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (FOLDERS[0] / "icons.svg").read_text()))
    used = {
        name
        for template in TEMPLATES
        for name in re.findall(r'(?:icon|picture=)\s*"([a-z0-9-]+)"', template.read_text())
    }
    used |= set(re.findall(r'\("([a-z-]+)", _\(', (PORTAL / "words.py").read_text()))
    assert len(used) > 30
    assert used <= drawn


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.relative_to(PORTAL / "templates")))
def test_no_template_needs_the_policy_to_allow_inline_code(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "script in the page"
    assert not re.search(r"<style|\sstyle=", text), "style in the page"
    assert not re.search(r"\son[a-z]+=|javascript:", text), "handler in the page"
    assert "|safe" not in text
    assert "autoescape off" not in text
