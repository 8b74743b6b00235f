"""`schakel demo --once`: the whole product as a stranger first meets it, and what is said when a step fails."""

import json
import signal
import urllib.request
from io import StringIO
from pathlib import Path

from rich.console import Console
from tests.cli.programs import schakel, started

from schakel.cli.demo.outcome import Outcome, Story
from schakel.cli.demo.scenario import STORY, check


def test_every_step_of_the_story_holds(tmp_path: Path) -> None:
    var = tmp_path / "var"
    done = schakel("demo", "--once", "--employees", "40", var=var, timeout=1200)
    assert done.returncode == 0, done.stderr
    story = json.loads((var / "demo.json").read_text(encoding="utf-8"))
    assert story["holds"]
    assert (story["not_verified"], story["open_differences"]) == (0, 0)
    steps = {step["step"]: step for step in story["steps"]}
    assert list(steps) == ["first_sync", *(step.name for step in STORY)]
    assert steps["nothing"]["messages_sent"] == 0
    assert steps["first_sync"]["messages_verified"] == steps["first_sync"]["messages_sent"] > 0
    # Two months back and this month: three months of pension, each with a higher base.
    assert steps["raise"]["cents"]["pension_base"] > 0
    assert steps["correction"]["cents"]["contribution"] < 0


def test_the_portal_stays_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with started("demo", "--employees", "20", "--port", "0", var=tmp_path / "var") as demo:
        assert demo.stderr is not None
        portal = next(line for line in demo.stderr if "Portal" in line).split()[-1]
        with urllib.request.urlopen(portal) as page:  # noqa: S310 - an address this test just read
            assert page.status == 200
            assert "login" in page.url
        told = "".join(line for line, _ in zip(demo.stderr, range(12), strict=False))
        assert "adviseur@noorderlicht.example" in told
        demo.send_signal(signal.SIGINT)
        demo.stderr.read()
    assert demo.returncode in {0, 1}  # with 20 people not every step finds its person


def test_what_does_not_hold_is_said() -> None:
    step = next(one for one in STORY if one.name == "raise")
    wrong = Outcome("raise", step.title, employees_recalculated=2, messages_sent=3, messages_verified=2)
    check(step, wrong)
    assert "employees recalculated: 1 expected, 2 found" in wrong.problems
    assert "messages verified: 3 expected, 2 found" in wrong.problems
    assert "contribution is not higher" in wrong.problems
    assert not wrong.holds


def test_a_quiet_day_that_changes_something_does_not_hold() -> None:
    quiet = STORY[-1]
    outcome = Outcome(quiet.name, quiet.title, facts_changed=1)
    check(quiet, outcome)
    assert outcome.problems == ["something changed while nothing was entered"]


def test_a_message_that_is_not_verified_spoils_the_story() -> None:
    story = Story(1, [Outcome("first_sync", "First sync")])
    assert story.holds
    story.not_verified = 1
    assert not story.holds
    assert not story.as_data()["holds"]


def test_the_table_fits_eighty_columns() -> None:
    console = Console(width=80, record=True, file=StringIO())
    steps = [
        Outcome("raise", step.title, 1224, 3120, 117, 14521, {"contribution": 62_021_543}, 336, 336, 82.1)
        for step in STORY
    ]
    console.print(Story(120, steps).as_table())
    assert "€620,215.43" in console.export_text()
