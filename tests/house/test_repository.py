"""What is in the repository is the product alone: no trace of a machine it was written on."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT

TOP = ("src", "tests", "docs", "requirements", "scripts", ".ci")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".txt",
    ".in",
    ".lock",
    ".html",
    ".json",
    ".po",
    ".wsdl",
    ".css",
    "",
}
# Folders of one machine or one person; /home/ only with a name behind it.
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work/|root/|opt/|Users/|home/\w+/)|--(?:extra-)?index-url")


def texts() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT)
    for name in TOP:
        folder = ROOT / name
        yield from (
            path
            for path in folder.rglob("*")
            if path.is_file()
            and path.suffix in TEXT
            and "__pycache__" not in path.parts
            and "vendor" not in path.parts
        )


def test_no_path_of_a_machine_and_no_address_of_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if OF_A_MACHINE.search(line)
    ]
    assert found == []


def test_the_look_finds_what_it_looks_for() -> None:
    for text in ("open('/root/x')", "see /home/jan/notes", "--extra-index-url https://x"):
        assert OF_A_MACHINE.search(text)
    assert not OF_A_MACHINE.search("https://example.org/home/jan/1")


def test_every_requirement_is_locked_with_hashes() -> None:
    for name in ("run", "dev"):
        wanted = _names((ROOT / "requirements" / f"{name}.in").read_text())
        text = (ROOT / "requirements" / f"{name}.lock").read_text()
        locked = {
            line.split("==")[0].split("[")[0].lower() for line in text.splitlines() if re.match(r"\w", line)
        }
        assert wanted <= locked
        assert text.count("==") <= text.count("--hash=sha256:")


def _names(text: str) -> set[str]:
    lines = (line.strip() for line in text.splitlines())
    return {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in lines if re.match(r"\w", line)}
