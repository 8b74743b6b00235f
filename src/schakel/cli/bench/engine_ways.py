"""One way of calculating, in a process of its own, so that its peak memory is its own: prints one JSON object."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.cli.bench import engine_decimal, engine_people
from schakel.engine.runners.histories import UNKNOWN, People
from schakel.engine.runners.portfolio import BLOCK, calculate_all
from schakel.engine.wage_periods import year_of

TIMES = 5
SAMPLE = 2_000
PERIODS = year_of("month", engine_people.YEAR)


def peak_mb() -> float:
    """The most memory this process ever had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def median_of(work: Callable[[], object], times: int = TIMES) -> float:
    """Median seconds."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def fill(arrays: list[NDArray[Any]], threads: int) -> None:
    """The same memory with one number, by as many threads: no program that writes it can be faster."""
    flat = [array.reshape(-1) for array in arrays]

    def part(place: int) -> None:
        for array in flat:
            array[len(array) * place // threads : len(array) * (place + 1) // threads].fill(1)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, range(threads)))


def numba(folder: Path, threads: int) -> dict[str, Any]:
    """One scheme for everybody, its numbers in the source; the memory is filled in the same minute."""
    from schakel.engine.runners.kernel import Kernel  # noqa: PLC0415 - its memory counts here alone

    everybody = engine_people.of_one_employer(engine_people.read(folder))
    kernel = Kernel(engine_people.one_scheme(), PERIODS, fixed=True)
    run = kernel.compiled(everybody, folder / "kernels")
    count = len(everybody)
    compiled_in = _timed(lambda: run.calculate(everybody.part(0, 100)))
    started = time.perf_counter()
    whys, outs = run.reasons(count), run.outputs(count)
    run.fill(count, run.prepared(everybody), whys, outs, threads)
    fresh = time.perf_counter() - started
    filled = median_of(lambda: fill([whys, outs], threads))
    seconds = median_of(lambda: run.fill(count, run.prepared(everybody), whys, outs, threads))
    alone = median_of(lambda: run.fill(count, run.prepared(everybody), whys, outs), 3)
    filled = min(filled, median_of(lambda: fill([whys, outs], threads)))
    run.fill(count, run.prepared(everybody), whys, outs, threads)
    tenth = count // 10
    few = everybody.part(0, tenth)
    small = (run.reasons(tenth), run.outputs(tenth))
    run.fill(tenth, run.prepared(few), *small, threads)
    of_tenth = median_of(lambda: run.fill(tenth, run.prepared(few), *small, threads))
    np.save(folder / "ours.npy", outs)
    np.save(folder / "whys.npy", whys)
    return {
        "seconds": seconds,
        "seconds_one_thread": alone,
        "seconds_fresh_memory": fresh,
        "seconds_a_tenth": of_tenth,
        "seconds_to_compile": compiled_in,
        "memory_fill_seconds": filled,
        "output_mb": round((outs.nbytes + whys.nbytes) / 1e6, 1),
        "amounts": [f"{of}__{quantity.name}" for of, quantity in kernel.outputs],
        "benefits": [part.one.name for part in kernel.parts],
        "peak_mb": peak_mb(),
    }


def numba_own_terms(folder: Path, threads: int) -> dict[str, Any]:
    """Every employer's own scheme, in several shapes: the numbers are data."""
    from schakel.engine.runners.kernels import Kernels  # noqa: PLC0415 - its memory counts here alone

    everybody = engine_people.read(folder)
    employers = int(everybody.employers.max()) + 1
    kernels = Kernels(engine_people.own_schemes(employers), PERIODS)
    runs = kernels.compiled(everybody, folder / "kernels")
    whys, outs = runs.room(len(everybody))
    compiled_in = _timed(lambda: runs.fill(everybody, whys, outs, threads))
    seconds = median_of(lambda: runs.fill(everybody, whys, outs, threads))
    return {
        "seconds": seconds,
        "seconds_to_compile": compiled_in,
        "kernels": len(kernels.groups),
        "employers": employers,
        "total_cents": int(sum(int(column.sum(dtype=np.int64)) for column in outs)),
        "peak_mb": peak_mb(),
    }


def numba_totals(folder: Path, threads: int) -> dict[str, Any]:
    """Amounts only added up and counted by size, as for a what-if."""
    from schakel.engine.runners.kernel import Kernel  # noqa: PLC0415 - its memory counts here alone

    everybody = engine_people.of_one_employer(engine_people.read(folder))
    inputs, before = _size(everybody), peak_mb()
    run = Kernel(engine_people.one_scheme(), PERIODS, fixed=True).compiled(everybody, folder / "kernels")
    run.totals(everybody.part(0, 100), threads)
    compiled = peak_mb()
    seconds = median_of(lambda: run.totals(everybody, threads))
    found = run.totals(everybody, threads)
    ours = np.load(folder / "ours.npy", mmap_mode="r")
    totals = [total for total, _ in found.amounts.values()]
    return {
        "seconds": seconds,
        "inputs_mb": inputs,
        "peak_mb_with_inputs": before,
        "peak_mb_compiled": compiled,
        "peak_mb": peak_mb_now(),
        "is_equal": totals == [int(column.sum(dtype=np.int64)) for column in ours],
        "total_cents": sum(totals),
    }


def peak_mb_now() -> float:
    """The peak, taken before anything else is read."""
    return peak_mb()


def numpy(folder: Path, threads: int) -> dict[str, Any]:
    """Over columns, a block at a time, and compared with what the kernel wrote."""
    everybody = engine_people.of_one_employer(engine_people.read(folder))
    ours, whys = (np.load(folder / name, mmap_mode="r") for name in ("ours.npy", "whys.npy"))
    schemes = engine_people.one_scheme()
    differing, taken = 0, 0.0
    started = time.perf_counter()
    for blocks in _in_blocks(everybody, schemes, threads):
        taken += time.perf_counter() - started
        place = 0
        for at, block in enumerate(blocks):
            last = block.first + len(block.amounts.why)
            differing += int(((whys[at, block.first : last] == 0) != (block.amounts.why == 0)).sum())
            for column in block.amounts.amounts.values():
                differing += int((column != ours[place, block.first : last]).sum())
                place += 1
        started = time.perf_counter()
    return {"seconds": taken, "differing": differing, "peak_mb": peak_mb()}


def _in_blocks(everybody: People, schemes: Any, threads: int) -> Any:
    """Blocks of all benefits together; several beside each other."""
    bounds = [(first, min(first + BLOCK, len(everybody))) for first in range(0, len(everybody), BLOCK)]

    def block(ends: tuple[int, int]) -> list[Any]:
        part = everybody.part(*ends)
        found = list(calculate_all(part, schemes, PERIODS))
        return [type(one)(one.benefit, ends[0], one.amounts, one.reasons) for one in found]

    with ThreadPoolExecutor(threads) as pool:
        for at in range(0, len(bounds), threads):
            together = list(pool.map(block, bounds[at : at + threads]))
            yield from together


def daft(folder: Path, _threads: int) -> dict[str, Any]:
    """From a Parquet file by Daft on this machine, the kernel as its batch function."""
    import daft as engine  # noqa: PLC0415 - its memory counts here alone
    from pyarrow import compute, parquet  # noqa: PLC0415

    from schakel.engine.runners.arrow import Portfolio, table_of_people  # noqa: PLC0415
    from schakel.engine.runners.daft import amounts  # noqa: PLC0415

    everybody = engine_people.of_one_employer(engine_people.read(folder))
    file = folder / "people.parquet"
    terms = {name: [terms] for name, terms in engine_people.TERMS.items()}
    portfolio = Portfolio(terms, engine_people.YEAR, kernels=str(folder / "kernels"))
    parquet.write_table(table_of_people(everybody.part(0, 1_000)), file)
    amounts(portfolio, engine.read_parquet(str(file))).to_arrow()
    parquet.write_table(table_of_people(everybody), file)
    del everybody
    started = time.perf_counter()
    table = amounts(portfolio, engine.read_parquet(str(file))).to_arrow()
    seconds = time.perf_counter() - started
    asked = json.loads((folder / "asked.json").read_text())
    ours = np.load(folder / "ours.npy", mmap_mode="r")
    totals = [
        compute.sum(compute.list_flatten(table[name.replace("__", ".")])).as_py() for name in asked["amounts"]
    ]
    is_equal = totals == [int(column.sum(dtype=np.int64)) for column in ours]
    return {"seconds": seconds, "is_equal": is_equal, "peak_mb": peak_mb()}


def decimal(folder: Path, _threads: int) -> dict[str, Any]:
    """A sample the long way, and compared to the cent."""
    everybody = engine_people.read(folder)
    asked = json.loads((folder / "asked.json").read_text())
    given = engine_decimal.Figures(
        *(Decimal(asked["figures"][name]) / 100 for name in ("franchise", "pension_cap", "insured_wage_cap"))
    )
    ages = np.load(folder / "months.npz")["pension_age"]
    sample = range(0, len(everybody), max(len(everybody) // SAMPLE, 1))
    employees = [_for_decimal(everybody, at, int(ages[at])) for at in sample]
    started = time.perf_counter()
    years = [engine_decimal.year_of_amounts(one, given, engine_people.YEAR) for one in employees]
    seconds = time.perf_counter() - started
    ours = np.load(folder / "ours.npy", mmap_mode="r")
    differing = sum(
        int((np.array(engine_decimal.as_mapping(year, asked["amounts"])) != ours[:, at]).sum())
        for at, year in zip(sample, years, strict=True)
    )
    return {
        "seconds_sample": seconds,
        "sample": len(employees),
        "seconds": seconds / len(employees) * len(everybody),
        "differing": differing,
        "peak_mb": peak_mb(),
    }


def _for_decimal(everybody: People, at: int, pension_age: int) -> engine_decimal.Employee:
    def steps(name: str, parts: int) -> engine_decimal.Steps:
        history = everybody.facts[name]
        begin, end = history.offsets[at], history.offsets[at + 1]
        return [
            (date.fromordinal(int(day)), None if value == UNKNOWN else Decimal(int(value)) / parts)
            for day, value in zip(history.starts[begin:end], history.values[begin:end], strict=True)
        ]

    return engine_decimal.Employee(
        date.fromordinal(int(everybody.facts["birth_on"].values[at])),
        pension_age,
        Decimal(int(everybody.facts["fixed_allowance"].values[at])) / 100,
        steps("salary_amount", 100),
        steps("part_time_factor", 1_000_000),
        steps("is_employed", 1),
    )


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _size(everybody: People) -> float:
    arrays: list[NDArray[Any]] = [everybody.employers]
    for history in everybody.facts.values():
        arrays += [history.offsets, history.starts, history.values]
    return round(sum(array.nbytes for array in arrays) / 1e6, 1)


WAYS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "numba": numba,
    "numba_own_terms": numba_own_terms,
    "numba_totals": numba_totals,
    "numpy": numpy,
    "daft": daft,
    "decimal": decimal,
}


def main() -> None:
    """`python -m schakel.cli.bench.engine_ways WAY FOLDER THREADS`."""
    way, folder, threads = sys.argv[1:]
    print(json.dumps(WAYS[way](Path(folder), int(threads))))


if __name__ == "__main__":
    main()
