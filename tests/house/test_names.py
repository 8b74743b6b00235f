"""The glossary holds: its identifiers are used, its forbidden words are not, and no room is called `utils`."""

import re
from dataclasses import dataclass

import pytest
from tests.house.sources import ROOT, SOURCES, identifiers, modules, words

NAMELESS = {"utils", "util", "core", "common", "helpers", "helper", "services", "base", "misc"}


@dataclass(frozen=True, slots=True)
class Entry:
    dutch: str
    identifier: str
    forbidden: tuple[str, ...]


def glossary() -> list[Entry]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if line.startswith("|")
    ]
    return [Entry(row[0], row[1].strip("`"), tuple(re.findall(r"`(\w+)`", row[3]))) for row in rows[2:]]


FORBIDDEN = [(entry.identifier, word) for entry in glossary() for word in entry.forbidden]


def test_the_glossary_is_read() -> None:
    assert len(glossary()) > 40
    assert ("employer", "company") in FORBIDDEN


@pytest.mark.parametrize("identifier", [entry.identifier for entry in glossary()])
def test_every_term_is_used_in_the_code(identifier: str) -> None:
    wanted = words(identifier)
    for module in modules():
        if module.is_vendors:
            continue
        for name, _ in identifiers(module):
            found = words(name)
            if any(found[at : at + len(wanted)] == wanted for at in range(len(found))):
                return
        if re.search(rf"\b{identifier}\b", module.text):  # a quantity or a fact, named in a table of them
            return
    pytest.fail(f"{identifier} stands in the glossary and nowhere in the code")


@pytest.mark.parametrize(("identifier", "forbidden"), FORBIDDEN)
def test_a_forbidden_word_is_no_identifier(identifier: str, forbidden: str) -> None:
    unwanted = words(forbidden)
    found = [
        f"{module.name}:{line} {name}"
        for module in modules()
        if not module.is_vendors
        for name, line in identifiers(module)
        for parts in [words(name)]
        if any(_singular(parts[at : at + len(unwanted)]) == unwanted for at in range(len(parts)))
    ]
    assert found == [], f"say {identifier}"


def _singular(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not parts:
        return parts
    last = parts[-1]
    last = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
    return (*parts[:-1], last)


def test_no_room_has_a_name_that_says_nothing() -> None:
    paths = [path for path in SOURCES.rglob("*") if path.is_dir() or path.suffix == ".py"]
    assert [str(path) for path in paths if path.stem in NAMELESS] == []
