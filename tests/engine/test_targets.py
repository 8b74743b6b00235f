"""The oracle, the scalar target and the columnar target give the same cents, ties on purpose among them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.engine import oracle

from schakel.engine.calculation import calculate
from schakel.engine.case_file import read_case
from schakel.engine.catalogue import BENEFITS, amounts_graph, benefit, check_terms, condition_graph
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.graph import Graph, Leaf
from schakel.engine.targets import numpy as columns
from schakel.engine.targets import scalar
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import wage_period

Value = int | tuple[int, ...]

# Factors that make halves: a half, quarters, eighths, and thirds that never end.
TIES = [Decimal(text) for text in ("1", "0.5", "0.25", "0.125", "0.375", "0.8", "0.888889", "0.333333")]
CHOSEN: dict[str, dict[str, str | bool]] = {
    "retirement_pension": {"contribution_rate": "26.5", "employee_rate": "4.75", "franchise": "19172"},
    "partner_pension": {"partner_share": "37.5", "premium_rate": "0.95"},
    "orphan_pension": {"orphan_share": "12.5", "premium_rate": "0.0625"},
    "wga_gap": {"premium_rate": "0.625", "employee_rate": "0.3125", "sv_wage_cap": "79409"},
    "accident": {
        "death_multiple": "1.25",
        "disability_multiple": "2.5",
        "death_maximum": "150000",
        "disability_maximum": "250000",
        "death_rate": "0.375",
        "disability_rate": "0.312",
    },
}
COMMON: dict[str, str | bool] = {
    "includes_fixed_allowance": True,
    "holiday_allowance_rate": "8",
    "highest_wage": "500000",
}
SALARIES = st.integers(0, 2_500_000) | st.sampled_from([0, 1, 50, 250, 399_950, 400_000, 1_063_272])


@st.composite
def employees(draw: st.DrawFn) -> oracle.Given:
    salary_kind = draw(st.sampled_from(["full_time", "part_time", "hourly"]))
    cents = draw(st.integers(1_000, 15_000)) if salary_kind == "hourly" else draw(SALARIES)
    factor = draw(
        st.sampled_from(TIES) | st.integers(10_000, 1_000_000).map(lambda n: Decimal(n) / 1_000_000)
    )
    return oracle.Given(
        kind=draw(st.sampled_from(["month", "four_weeks", "week"])),
        salary_kind=salary_kind,
        salary=Decimal(cents) / 100,
        part_time=factor,
        full_time_hours=Decimal(draw(st.sampled_from([3600, 3800, 4000]))) / 100,
        allowance=Decimal(draw(st.integers(0, 50_000))) / 100,
        terms={},
    )


def terms_of(name: str) -> dict[str, str | bool]:
    known = benefit(name).terms
    return {**{key: value for key, value in COMMON.items() if key in known}, **CHOSEN[name]}


def as_fractions(name: str, chosen: dict[str, str | bool]) -> dict[str, Decimal | bool]:
    """Terms as the oracle reads them: percentages divided by hundred, the statutory cap of 2026 filled in."""
    found: dict[str, Decimal | bool] = {"pensionable_salary_cap": Decimal(137_800)}
    for key, value in chosen.items():
        kind = benefit(name).terms[key].kind
        divisor = {"percent": 100, "per_mille": 1000}.get(kind, 1)
        found[key] = value if isinstance(value, bool) else Decimal(value) / divisor
    return found


def timeline(one: oracle.Given) -> EmployeeTimeline:
    facts = {
        "birth_on": date(1984, 5, 17),
        "is_employed": True,
        "salary_amount": int(one.salary * 100),
        "salary_kind": one.salary_kind,
        "part_time_factor": int(one.part_time * 1_000_000),
        "full_time_hours_per_week": int(one.full_time_hours * 100),
        "fixed_allowance": int(one.allowance * 100),
        "wage_period_kind": one.kind,
        "has_partner": True,
        "children_birth_on": (date(2015, 1, 1),),
        "is_wia_insured": True,
    }
    return EmployeeTimeline("x", {name: Timeline.always(Sourced(value)) for name, value in facts.items()})


@pytest.mark.parametrize("name", sorted(oracle.BENEFITS))
@settings(max_examples=examples(120))
@given(one=employees())
def test_the_engine_equals_the_oracle_to_the_cent(name: str, one: oracle.Given) -> None:
    chosen = terms_of(name)
    (result,) = calculate(name, timeline(one), Timeline.always(chosen), [wage_period(one.kind, 2026, 3)])
    assert result.refusal is None, result.refusal
    wanted = oracle.BENEFITS[name](
        oracle.Given(
            one.kind,
            one.salary_kind,
            one.salary,
            one.part_time,
            one.full_time_hours,
            one.allowance,
            as_fractions(name, chosen),
        )
    )
    assert {key: Decimal(value) / 100 for key, value in result.amounts.items()} == wanted


@cache
def programs(name: str) -> tuple[tuple[Graph, scalar.Evaluate, columns.Evaluate], ...]:
    """The same, compiled for one and for many."""
    return tuple((graph, scalar.compiled(graph), columns.compiled(graph)) for graph in graphs(name))


@cache
def graphs(name: str) -> tuple[Graph, ...]:
    """The graph of whatever any scheme might read, and those of the shapes that the cases have."""
    files = sorted((Path(__file__).with_name("cases") / name).glob("*.yaml"))
    cases = [read_case(path.read_text(encoding="utf-8")) for path in files]
    shapes = {check_terms(name, step.value).shape for case in cases for step in case.terms.steps}
    ordered = sorted(shapes, key=repr)
    conditions = [condition_graph(name, one) for one in benefit(name).conditions]
    return (amounts_graph(name), *conditions, *(amounts_graph(name, shape) for shape in ordered))


def value(leaf: Leaf, draw: random.Random, *, extreme: bool) -> Value:
    """A number a leaf can be, or a table of them: at the ends of its range, or anywhere in it."""
    if leaf.size:
        some = [value(replace(leaf, size=0), draw, extreme=extreme) for _ in range(3)]
        return tuple(int(draw.choice(some)) for _ in range(leaf.size))  # type: ignore[arg-type]  # tables and numbers together
    ends = (leaf.lowest, leaf.highest)
    if extreme or draw.random() < 0.2:
        return draw.choice(ends)
    return draw.randint(*ends)


def as_column(leaf: Leaf, values: Sequence[Value]) -> "columns.Column | columns.Tables":
    """The values of several employees: a column, or of tables a row for each of them."""
    column = np.array(values, dtype=np.int64)
    return (column, np.arange(len(values), dtype=np.int64)) if leaf.size else column


@pytest.mark.parametrize("name", [one.name for one in BENEFITS])
@settings(max_examples=examples(20))
@given(seed=st.integers(0, 2**32))
def test_one_by_one_equals_by_the_column(name: str, seed: int) -> None:
    draw = random.Random(seed)
    for graph, alone, together in programs(name):
        leaves = graph.leaves.values()
        rows = [{leaf.name: value(leaf, draw, extreme=False) for leaf in leaves} for _ in range(3)]
        one_by_one = [alone(row) for row in rows]
        by_column = together(
            {leaf.name: as_column(leaf, [row[leaf.name] for row in rows]) for leaf in leaves}
        )
        for quantity, column in by_column.items():
            found = [int(one) for one in np.broadcast_to(column, len(rows))]
            assert found == [int(row[quantity]) for row in one_by_one], quantity


@pytest.mark.parametrize("name", [one.name for one in BENEFITS])
@settings(max_examples=examples(20))
@given(seed=st.integers(0, 2**32))
def test_no_intermediate_leaves_its_proved_bounds(name: str, seed: int) -> None:
    draw = random.Random(seed)
    for graph, alone, _ in programs(name):
        extremes = {leaf.name: value(leaf, draw, extreme=True) for leaf in graph.leaves.values()}
        for quantity, found in alone(extremes).items():
            bounds = graph.expressions[quantity]
            assert bounds.low <= int(found) <= bounds.high, quantity


def test_tables_and_tranches_are_among_what_is_drawn() -> None:
    drawn = [leaf for graph in graphs("retirement_pension") for leaf in graph.leaves.values()]
    assert any(leaf.size for leaf in drawn)
    assert any(leaf.name.endswith("_up_to") for leaf in drawn)


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_terms_of_these_tests_are_terms_of_the_benefit(name: str) -> None:
    assert check_terms(name, terms_of(name))
