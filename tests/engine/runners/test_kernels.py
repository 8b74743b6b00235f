"""Kernels give what columns give, and what one by one gives: the same cents, the same reason where there are none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.engine.runners.test_columns import FIRST, UNTIL, cases_of, of, told

from schakel.cli.bench import engine_people
from schakel.engine.calculation import Calculation, calculate
from schakel.engine.catalogue import BENEFITS, benefit, check_terms
from schakel.engine.parameters import statutory
from schakel.engine.runners import kernel as kernel_module
from schakel.engine.runners.histories import people_of
from schakel.engine.runners.invented import people
from schakel.engine.runners.kernel import Kernel
from schakel.engine.runners.kernel_blocks import calculate_quickest
from schakel.engine.runners.kernels import Kernels
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.wage_periods import wage_periods, year_of

pytest.importorskip("numba", reason="Numba is optional; requirements/bulk.lock has it")

EMPLOYERS = 8
FEWER = ("retirement_pension", "net_pension", "wga_gap", "accident")
"""Of the eight of the benchmark: tables, percentages, caps and sums; compiling all takes longer than it tells."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kernels")


def reason_of(block: Block, employee: int, period: int) -> tuple[str, str]:
    why = int(block.amounts.why[employee, period])
    return ("", "") if not why else (block.reasons[why - 1].code, block.reasons[why - 1].about)


def blocks(found: Iterator[Block]) -> dict[str, Block]:
    return {block.benefit: block for block in found}


def test_kernels_columns_and_one_by_one_agree(folder: Path) -> None:
    """20,000 employee-months and more, of several employers with schemes of several shapes; halves are common."""
    everybody = people(2_000, EMPLOYERS, seed=7)
    own = engine_people.own_schemes(EMPLOYERS)
    schemes = {name: own[name] for name in FEWER}
    periods = year_of("month", 2026)
    assert len(Kernels(schemes, periods).groups) == len(engine_people.SHAPES)
    quick = blocks(calculate_quickest(everybody, schemes, periods, folder, threads=2))
    plain = blocks(calculate_all(everybody, schemes, periods, block=len(everybody)))
    for name, block in plain.items():
        mine = quick[name]
        for quantity, column in block.amounts.amounts.items():
            assert (mine.amounts.amounts[quantity] == column).all(), (name, quantity)
        for employee, period in np.argwhere(block.amounts.why != 0).tolist():
            assert reason_of(mine, employee, period) == reason_of(block, employee, period)
        assert ((mine.amounts.why == 0) == (block.amounts.why == 0)).all()
        for employee in range(0, len(everybody), 40):
            terms = schemes[name][int(everybody.employers[employee])]
            alone = Calculation(benefit(name), everybody.timeline(employee), terms, statutory())
            for at, wage_period in enumerate(periods):
                result = alone.of(wage_period)
                amounts, why = of(mine, employee, at)
                wanted, said = told(result)
                assert (why, amounts if why is None else {}) == (said, wanted), (name, employee, at)


@pytest.mark.parametrize("kind", ["four_weeks", "week"])
def test_other_wage_periods(kind: str, folder: Path) -> None:
    """Rows of thirteen are written at once, rows of fifty-two run by run."""
    everybody = people(60, 1, seed=11)
    schemes = {"wga_gap": engine_people.one_scheme()["wga_gap"]}
    periods = year_of(kind, 2026)
    (quick,) = calculate_quickest(everybody, schemes, periods, folder)
    (plain,) = calculate_all(everybody, schemes, periods)
    assert (quick.amounts.why != 0).any()
    assert ((quick.amounts.why == 0) == (plain.amounts.why == 0)).all()
    for name, column in plain.amounts.amounts.items():
        assert (quick.amounts.amounts[name] == column).all(), name


def test_totals_are_the_sums(folder: Path) -> None:
    everybody = people(1_000, 1, seed=5)
    schemes = {name: engine_people.one_scheme()[name] for name in FEWER}
    run = Kernel(schemes, year_of("month", 2026)).compiled(everybody, folder)
    every, totals = run.calculate(everybody), run.totals(everybody, threads=2)
    for (name, quantity), (cents, sizes) in totals.amounts.items():
        column = every[name].amounts[quantity]
        assert cents == int(column.sum(dtype=np.int64))
        assert sizes.sum() == column.size
        assert sizes[0] == int((column <= 0).sum())
    for name, counted in totals.reasons.items():
        assert (np.bincount(every[name].why.ravel(), minlength=len(counted)) == counted).all()


def interpreted(text: str, _folder: Path) -> Callable[..., None]:
    """A kernel run as the Python it is written in: a case has a shape of its own, and compiling each takes long."""
    names: dict[str, Any] = {"written": written}
    text = text.replace("@njit(nogil=True, cache=True, error_model='numpy')\n", "")
    text = text.replace("from schakel.engine.runners.splat import written\n", "")
    exec(text, names)  # noqa: S102 - made from our own traced rules alone
    kernel: Callable[..., None] = names["kernel"]

    def quiet(*given: Any) -> None:
        with np.errstate(all="ignore"):
            kernel(*given)

    return quiet


def written(  # noqa: PLR0917 - as the compiled one
    to: Any, base: int, stride: int, source: Any, run_k: Any, run_at: Any, *rest: Any
) -> None:
    """What `splat.written` does, run by run."""
    first, count, (_, rows, lanes, before, capacity) = rest
    for row in range(rows):
        for run in range(first, first + count):
            into = slice(run_at[run] + row * stride, base + lanes + row * stride)
            to[into] = source[run_k[run] + (before + row) * capacity]


@pytest.mark.parametrize("name", [one.name for one in BENEFITS])
def test_every_case_the_quickest_way(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel where one fits; what does not fit is calculated all the same."""
    monkeypatch.setattr(kernel_module, "_function", interpreted)
    for (kind, _), cases in cases_of(name).items():
        periods = wage_periods(kind, FIRST, UNTIL)
        everybody = people_of([case.facts for case in cases], range(len(cases)))
        schemes = {name: [case.terms.map(lambda chosen: check_terms(name, chosen)) for case in cases]}
        (block,) = calculate_quickest(everybody, schemes, periods, folder, parameters=cases[0].parameters)
        for place, case in enumerate(cases):
            alone = calculate(name, case.facts, case.terms, periods, parameters=case.parameters)
            for at, result in enumerate(alone):
                amounts, reason = of(block, place, at)
                wanted, why = told(result)
                where = f"{case.title}: {result.wage_period}"
                assert reason == why, where
                assert {one: amounts[one] for one in wanted} == wanted, where
