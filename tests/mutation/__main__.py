"""`python -m tests.mutation`: every mistake in every rule tried against cases and oracles.

Writes docs/measurements/mutation.json and ends with 0 only when every module reaches the score that is asked.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tests.mutation.score import Score, modules, score

TOLD = Path(__file__).parents[2] / "docs" / "measurements" / "mutation.json"
WANTED = 90.0


def scores(chosen: Sequence[str], jobs: int) -> list[Score]:
    """The score of each module; several at a time."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    found = []
    with Progress(*columns, console=Console(stderr=True)) as bars, ProcessPoolExecutor(jobs) as pool:
        bar = bars.add_task("modules of rules", total=len(chosen))
        for done in as_completed([pool.submit(score, module) for module in chosen]):
            found.append(done.result())
            bars.advance(bar)
    return sorted(found, key=lambda one: one.module)


def as_data(found: Sequence[Score]) -> dict[str, Any]:
    """What is written down of each module."""
    return {
        one.module.removeprefix("schakel.engine."): {
            "percent": one.percent,
            "killed_by": dict(sorted(one.killed_by.items())),
            "refused_when_traced": one.refused,
            "the_same_program": one.same,
            "equivalent": one.equivalent,
            "survived": one.survived,
        }
        for one in found
    }


def together(told: dict[str, Any]) -> dict[str, Any]:
    """All modules, and what they come to."""
    killed = sum(sum(one["killed_by"].values()) for one in told.values())
    survived = sum(len(one["survived"]) for one in told.values())
    return {
        "percent": round(100 * killed / max(killed + survived, 1), 1),
        "killed": killed,
        "survived": survived,
        "equivalent": sum(len(one["equivalent"]) for one in told.values()),
        "refused_when_traced": sum(one["refused_when_traced"] for one in told.values()),
        "the_same_program": sum(one["the_same_program"] for one in told.values()),
        "modules": dict(sorted(told.items())),
    }


def main() -> int:
    """Read the options, try every mutant, write down, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--only", action="append", help="modules with this in their name; of others what was written stays"
    )
    options = parser.parse_args()
    chosen = [m for m in modules() if not options.only or any(part in m for part in options.only)]
    every = {module.removeprefix("schakel.engine.") for module in modules()}
    before = json.loads(TOLD.read_text(encoding="utf-8"))["modules"] if TOLD.exists() else {}
    told = {**before, **as_data(scores(chosen, options.jobs))}
    data = together({name: one for name, one in told.items() if name in every})
    text = json.dumps(data, indent=2, ensure_ascii=False)
    TOLD.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    below = [name for name, one in data["modules"].items() if one["percent"] < WANTED]
    return 1 if below or data["percent"] < WANTED else 0


if __name__ == "__main__":
    sys.exit(main())
