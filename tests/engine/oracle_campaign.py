"""`python -m tests.engine.oracle_campaign`: a million employee-months, each calculated by its oracle and by the engine.

Writes docs/measurements/oracle.json and ends with 0 only when not one cent differs.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from tests.engine.oracle_comparison import Difference, by_loop, differences, months, names, oracle

from schakel.engine.targets.loops import Unfit

TOLD = Path(__file__).parents[2] / "docs" / "measurements" / "oracle.json"
CHUNK = 4_000
IN_A_LOOP = 4_000
"""Months of each scheme that a compiled loop calculates as well; compiling costs more than they do."""
KEPT = 5
"""Differences that are written down for each benefit."""

Piece = tuple[str, int, int]


def pieces(total: int, seed: int, chosen: list[str]) -> Iterator[Piece]:
    """The months of every benefit in pieces, each with a seed of its own."""
    each = -(-total // len(chosen))
    for place, name in enumerate(chosen):
        for first in range(0, each, CHUNK):
            yield name, min(CHUNK, each - first), seed + place * 1_000_000 + first


def compared(piece: Piece) -> tuple[Piece, int, list[Difference]]:
    """One piece: how many months, and what differs; one by one and over columns."""
    name, count, seed = piece
    of = oracle(name)
    drawn = months(of, count, seed)
    return piece, sum(1 for month in drawn if month.wanted), list(differences(name, of.SCHEMES, drawn))


def in_loops(name: str, seed: int, most: int, folder: Path) -> tuple[str, Counter[str], list[Difference]]:
    """Schemes of a benefit in a compiled loop: how many months, schemes that loops do not reach, differences."""
    of = oracle(name)
    told: Counter[str] = Counter()
    found: list[Difference] = []
    drawn = months(of, IN_A_LOOP * len(of.SCHEMES), seed)
    for place, terms in enumerate(of.SCHEMES[:most]):
        some = [month for month in drawn if month.scheme == place]
        try:
            found += by_loop(name, terms, some, folder)
            told["months_in_loops"] += len(some)
        except Unfit:
            told["schemes_loops_do_not_reach"] += 1
    return name, told, found


class Told:
    """What came out so far, by benefit."""

    def __init__(self, seed: int, chosen: list[str]) -> None:
        self.seed, self.started = seed, time.monotonic()
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in chosen}
        self.examples: dict[str, list[str]] = {name: [] for name in chosen}

    def add(self, name: str, counted: Mapping[str, int], found: list[Difference]) -> None:
        """A piece of a benefit."""
        self.counts[name].update(counted)
        self.counts[name].update(differences=len(found))
        self.examples[name] += [str(one) for one in found[: KEPT - len(self.examples[name])]]

    def as_data(self) -> dict[str, Any]:
        """What is written down."""
        sums = {
            what: sum(one[what] for one in self.counts.values())
            for what in ("months", "taking_part", "months_in_loops", "differences")
        }
        return {
            **sums,
            "seed": self.seed,
            "seconds": round(time.monotonic() - self.started),
            "python": platform.python_version(),
            "benefits": {name: dict(sorted(one.items())) for name, one in sorted(self.counts.items())},
            "examples": {name: some for name, some in sorted(self.examples.items()) if some},
        }


def run(total: int, seed: int, jobs: int, chosen: list[str], loops: int) -> Iterator[dict[str, Any]]:
    """Every piece, then the compiled loops; what it comes to after each, so that a long run leaves something."""
    told = Told(seed, chosen)
    with _bars() as bars, ProcessPoolExecutor(jobs) as pool, tempfile.TemporaryDirectory() as folder:
        bar = bars.add_task(
            "employee-months", total=sum(count for _, count, _ in pieces(total, seed, chosen))
        )
        for done in as_completed([pool.submit(compared, piece) for piece in pieces(total, seed, chosen)]):
            (name, count, _), taking_part, found = done.result()
            told.add(name, {"months": count, "taking_part": taking_part}, found)
            bars.advance(bar, count)
        yield told.as_data()
        bar = bars.add_task("benefits in compiled loops", total=len(chosen))
        for future in as_completed(
            [pool.submit(in_loops, name, seed, loops, Path(folder)) for name in chosen if loops]
        ):
            name, counted, found = future.result()
            told.add(name, counted, found)
            bars.advance(bar)
    yield told.as_data()


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def main() -> int:
    """Read the options, compare, write down, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.engine.oracle_campaign", description=__doc__)
    parser.add_argument("--months", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--benefit", action="append", choices=names(), help="only these; nothing is written then"
    )
    parser.add_argument(
        "--loops", type=int, default=1, help="schemes of each benefit in a compiled loop as well"
    )
    options = parser.parse_args()
    chosen = options.benefit or names()
    if not chosen:
        parser.error("there are no oracles")
    found: dict[str, Any] = {}
    text = ""
    for found in run(options.months, options.seed, options.jobs, chosen, options.loops):
        text = json.dumps(found, indent=2, ensure_ascii=False)
        if not options.benefit:
            TOLD.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return 1 if found["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
