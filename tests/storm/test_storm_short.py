"""A short storm in every run of the tests, and a look at whether the oracles would see what they look for."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FROM_OUTSIDE = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def storm(*options: str) -> tuple[int, dict[str, Any]]:
    """One storm in a process of its own, away from the database and the settings of the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in FROM_OUTSIDE and not name.startswith("SCHAKEL_")
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.storm", *options],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_few_kills_lose_nothing() -> None:
    status, told = storm("--kills", "6", "--seed", "11")
    assert (status, told["holds"]) == (0, True), told
    assert told["kills"]["all"] == 6
    assert told["changes_acknowledged"] > 0
    assert told["readings_kept"] == told["readings_promised"] > 0


def message(state: str, receipt: str = "") -> Any:
    return SimpleNamespace(message_id="m", state=state, receipt=receipt)


def book(*messages: str, applied: int = 1) -> dict[str, Any]:
    told = {
        one: {"policy_number": "P", "reference": "r", "sequence": number, "applied": applied}
        for number, one in enumerate(messages)
    }
    totals = {"wire_duplicates": 0, "byte_differences": 0, "rejected": 0, "superseded": 0}
    return {"messages": told, "totals": totals}


@pytest.mark.parametrize(
    ("hub", "books", "seen"),
    [
        ({"a": message("verified")}, [book("a")], (0, 0, 0)),
        ({"a": message("sent")}, [book()], (1, 0, 0)),
        ({"a": message("superseded", "PF-1")}, [book()], (1, 0, 0)),
        ({"a": message("superseded")}, [book()], (0, 0, 0)),
        ({"a": message("drafted")}, [book()], (0, 0, 0)),
        ({}, [book("a")], (0, 1, 0)),
        ({"a": message("verified")}, [book("a", applied=2)], (0, 0, 1)),
    ],
)
def test_the_oracle_sees_what_was_lost_invented_or_done_twice(
    hub: dict[str, Any], books: list[dict[str, Any]], seen: tuple[int, int, int]
) -> None:
    from tests.storm import oracle  # noqa: PLC0415 - only after Django is set up

    found = oracle.Found()
    oracle.compare_messages(hub, books, found)
    assert (found.lost, found.phantom, found.doubled) == seen
