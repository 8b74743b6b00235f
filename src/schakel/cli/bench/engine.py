"""How fast whole portfolios are calculated: every way in a process of its own, on the same people and formulas."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from schakel.cli.bench import engine_people

Say = Callable[[str, int], None]
OPENFISCA = "openfisca-core==46.0.1"
OWN_WAYS = ("numba", "numba_own_terms", "numba_totals", "numpy", "daft", "decimal")


def measure(
    employees: int, employers: int, threads: int, *, ways: tuple[str, ...], say: Say
) -> dict[str, Any]:
    """Every way that can run here; one that cannot says why, the others go on."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="schakel-bench-engine-") as name:
        folder = Path(name)
        say("people", 0)
        _in_a_process(
            "import sys; from pathlib import Path; from schakel.cli.bench import engine_people as made; "
            f"made.make(Path(sys.argv[1]), {employees}, {employers})",
            folder,
        )
        for place, way in enumerate(ways, start=1):
            say(way, place)
            found[way] = _openfisca(folder) if way == "openfisca" else _one(way, folder, threads)
            if way == "numba" and "amounts" in found[way]:
                asked = {
                    "figures": engine_people.figures(),
                    "year": engine_people.YEAR,
                    "amounts": found[way]["amounts"],
                }
                (folder / "asked.json").write_text(json.dumps(asked))
    say("", len(ways) + 1)
    return summary(found, employees, employers, threads)


def _in_a_process(code: str, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)


def _one(way: str, folder: Path, threads: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "schakel.cli.bench.engine_ways", way, str(folder), str(threads)]
    return _told(subprocess.run(command, capture_output=True, text=True, check=False))


def _told(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return {"not_possible": lines[-1]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _openfisca(folder: Path) -> dict[str, Any]:
    """OpenFisca-Core in an environment of its own, kept in the user's cache: it is no part of the product."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "schakel" / OPENFISCA
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        try:
            venv.create(home, with_pip=True, clear=True)
            installing = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", OPENFISCA]
            subprocess.run(installing, check=True, capture_output=True, text=True)
            (home / "ready").touch()
        except (OSError, subprocess.SubprocessError) as error:
            return {"not_possible": f"{OPENFISCA} could not be installed: {error}"}
    script = Path(__file__).with_name("engine_openfisca.py")
    return _told(
        subprocess.run([str(python), str(script), str(folder)], capture_output=True, text=True, check=False)
    )


def summary(
    found: Mapping[str, Mapping[str, Any]], employees: int, employers: int, threads: int
) -> dict[str, Any]:
    """What every way took, and how they stand to each other."""
    seconds = {way: round(one["seconds"], 4) for way, one in found.items() if "seconds" in one}
    benefits = found.get("numba", {}).get("benefits", [])
    lines = employees * len(benefits) * 12 / 1e6
    result: dict[str, Any] = {
        "employees": employees,
        "employers": employers,
        "benefits": benefits,
        "wage_periods": 12,
        "threads": threads,
        "seconds": seconds,
        "million_lines_per_second": {way: round(lines / taken, 2) for way, taken in seconds.items()},
        "peak_mb": {way: round(one["peak_mb"], 1) for way, one in found.items() if "peak_mb" in one},
        "not_possible": {way: one["not_possible"] for way, one in found.items() if "not_possible" in one},
    }
    ours = found.get("numba", {})
    if "seconds" in ours:
        result |= {
            "memory_fill_seconds": round(ours["memory_fill_seconds"], 4),
            "memory_is": "warm for both: the same arrays were written before; fresh memory in seconds_of_numba",
            "ratio_memory": round(ours["seconds"] / ours["memory_fill_seconds"], 2),
            "growth_from_a_tenth": round(ours["seconds"] / ours["seconds_a_tenth"], 2),
            "seconds_of_numba": {
                name: round(ours[f"seconds_{name}"], 4)
                for name in ("one_thread", "fresh_memory", "a_tenth", "to_compile")
            },
            "output_mb": ours["output_mb"],
        }
        others = {"openfisca": "ratio_openfisca", "decimal": "ratio_decimal", "numpy": "ratio_numpy"}
        for way, name in others.items():
            if way in seconds:
                result[name] = round(seconds[way] / ours["seconds"], 1)
        if "numba_own_terms" in seconds:
            result["ratio_own_terms"] = round(seconds["numba_own_terms"] / ours["seconds"], 2)
    result |= _equality(found)
    result["details"] = {
        way: {name: value for name, value in one.items() if name not in {"amounts", "benefits"}}
        for way, one in found.items()
    }
    return result


def _equality(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """How many amounts are another cent than the kernel's, of those that can be compared."""
    differing = {way: one["differing"] for way, one in found.items() if "differing" in one}
    exact = [differing[way] == 0 for way in ("numpy", "decimal") if way in differing]
    exact += [one["is_equal"] for one in found.values() if "is_equal" in one]
    return {"differing_amounts": differing, "equal_to_the_cent": bool(exact) and all(exact)}
