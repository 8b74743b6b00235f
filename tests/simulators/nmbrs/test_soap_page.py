"""The page about the simulator tells every setting and everything that can be made to go wrong."""

import re
from pathlib import Path
from typing import get_args, get_type_hints

from schakel_simulators.nmbrs.soap.mishaps import KINDS
from schakel_simulators.nmbrs.soap.profile import Profile

PAGE = (Path(__file__).parents[3] / "docs/links/nmbrs-simulator.md").read_text("utf-8")


def table(heading: str) -> dict[str, str]:
    """The rows of the first table with that heading: first cell without its code marks, and the rest."""
    rows = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return {name: rest.strip() for name, rest in re.findall(r"^\| `(\w+)` \| (.*) \|$", rows, re.MULTILINE)}


def test_every_setting_of_the_profile_with_its_default_first() -> None:
    told = {name: re.findall(r"`(\w+)`", rest.partition("|")[0]) for name, rest in table("setting").items()}
    assert told == {name: list(get_args(hint)) for name, hint in get_type_hints(Profile).items()}
    assert {name: values[0] for name, values in told.items()} == {
        name: getattr(Profile(), name) for name in told
    }


def test_every_kind_of_mishap_in_its_own_words() -> None:
    assert table("kind | what the caller sees") == dict(KINDS)
