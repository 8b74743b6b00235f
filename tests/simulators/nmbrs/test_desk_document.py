"""The document of the desk: every action, field and kind as they are."""

import re
from pathlib import Path

import pytest

from schakel_simulators.nmbrs.desk.actions import ACTIONS
from schakel_simulators.nmbrs.desk.kinds import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "links" / "nmbrs-simulator.md"


@pytest.fixture(scope="module")
def section() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text[text.index("## The payroll clerk's desk") :]


def test_every_action_is_described_with_its_fields(section: str) -> None:
    entering = section[section.index("### Entering") :]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", entering, re.MULTILINE)

    assert dict(rows) == {
        action.name: ", ".join(f"`{field.name}`{'' if field.is_required else '?'}" for field in action.fields)
        for action in ACTIONS.values()
    }


def test_every_kind_of_employee_is_described(section: str) -> None:
    looking = section[section.index("### Looking") : section.index("### Entering")]
    table = looking[looking.index("| kind |") :]
    named = {
        word
        for row in table.splitlines()
        for word in re.findall(r"`(\w+)`", row.partition("|")[2].partition("|")[0])
    }

    assert named == set(KINDS)
