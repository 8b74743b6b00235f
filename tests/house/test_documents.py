"""The documents keep their word: links lead somewhere, commands exist, and every decision has its five parts."""

import re
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from schakel.cli.main import PARTS

DECISION_PARTS = ["Context", "Decision", "Consequences", "Rejected"]
# A link or a picture in Markdown, up to its title or the place within the page.
LINK = re.compile(r"\]\((?!https?:|mailto:|#)<?([^)#\s>]+)")
FENCE = re.compile(r"^\s*```.*?^\s*```", re.DOTALL | re.MULTILINE)
CODE = re.compile(rf"{FENCE.pattern}|`[^`\n]+`", re.DOTALL | re.MULTILINE)
# In what is set as code, a word after `make` is a target, one after `schakel` a command.
MAKE = re.compile(r"\bmake ((?:[A-Z]+=\S+ )*)([a-z]\w*)")
SCHAKEL = re.compile(
    r"(?<![\w/.=-])(?<!CREATE DATABASE )(?:\.venv/bin/)?schakel ((?:[a-z][a-z-]* \| )*[a-z][a-z-]*)\b"
)


def documents() -> list[Path]:
    """Every page of ours, at the top and in docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_of(path: Path) -> str:
    return "\n".join(found[0] for found in CODE.finditer(path.read_text()))


@pytest.mark.parametrize("document", documents(), ids=named)
def test_its_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(FENCE.sub("", document.read_text()))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", documents(), ids=named)
def test_its_commands_exist(document: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    code = code_of(document)
    assert {target for _, target in MAKE.findall(code)} - set(targets) == set()
    commands = {command for part in PARTS.values() for command in part}
    named = {command for several in SCHAKEL.findall(code) for command in several.split(" | ")}
    assert named - commands == set()


def test_the_first_page_names_every_command() -> None:
    code = code_of(ROOT / "README.md")
    assert {"demo", "test"} <= {target for _, target in MAKE.findall(code)}
    commands = {command for part in PARTS.values() for command in part}
    assert {command for several in SCHAKEL.findall(code) for command in several.split(" | ")} == commands


def test_decisions_are_numbered_without_a_gap() -> None:
    assert len(decisions()) >= 10
    assert [path.name[:5] for path in decisions()] == [
        f"{number:04}-" for number in range(1, len(decisions()) + 1)
    ]


@pytest.mark.parametrize("decision", decisions(), ids=lambda path: path.name[:4])
def test_a_decision_has_its_five_parts(decision: Path) -> None:
    first, _, title, *_ = lines = decision.read_text().splitlines()
    assert re.fullmatch(r"Status: (accepted|superseded by \d{4})", first)
    assert title.startswith(f"# {int(decision.name[:4])}. ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == DECISION_PARTS
    for part in re.split(r"^## .*$", decision.read_text(), flags=re.MULTILINE)[1:]:
        assert part.strip(), "a part says something"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("make demo ONCE=1", ["demo"]),
        ("make PYTHON=python3.12 test", ["test"]),
        (".venv/bin/schakel demo | serve", ["demo | serve"]),
        ("/usr/lib/schakel serve", []),
        ("CREATE DATABASE schakel OWNER schakel_owner", []),
    ],
)
def test_the_look_finds_what_it_looks_for(code: str, found: list[str]) -> None:
    assert [target for _, target in MAKE.findall(code)] + SCHAKEL.findall(code) == found
