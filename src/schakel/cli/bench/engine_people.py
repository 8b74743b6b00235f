"""People and schemes that every way of calculating gets: made once, kept in a file, read by each in its own process."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.catalogue import check_terms
from schakel.engine.choices import Choices
from schakel.engine.parameters import statutory
from schakel.engine.runners.histories import UNKNOWN, Column, History, People
from schakel.engine.runners.invented import Numbered, people, schemes
from schakel.engine.runners.leaves import figure_of
from schakel.engine.runners.segments import horizon
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import year_of

YEAR = 2026
SEED = 1
SCALE = {str(age): f"{4 + age // 5}.25" for age in range(15, 70)}
TERMS: Mapping[str, Mapping[str, Any]] = {
    "retirement_pension": {
        "contribution_rate": "26.5",
        "employee_rate": "4.75",
        "includes_fixed_allowance": True,
    },
    "partner_pension": {"partner_share": "37.5", "premium_rate": "0.95"},
    "orphan_pension": {"orphan_share": "12.5", "premium_rate": "0.0625"},
    "career_average_pension": {"accrual_rate": "1.875", "contribution_rate": "26.5", "employee_rate": "4.75"},
    "excedent_pension": {"lower_cap": "75864", "contribution_rate": "12.5", "employee_rate": "2.25"},
    "net_pension": {"contribution_scale": SCALE, "employer_rate": "2.5"},
    "wga_gap": {"premium_rate": "0.625", "employee_rate": "0.3125"},
    "accident": {
        "death_multiple": "1.25",
        "disability_multiple": "2.5",
        "death_maximum": "150000",
        "disability_maximum": "250000",
        "death_rate": "0.375",
        "disability_rate": "0.312",
    },
}
"""Rates that make halves of cents; where nothing is said, what the benefit has as its usual course."""
SHAPES: Sequence[Mapping[str, Mapping[str, Any]]] = (
    {},
    {"retirement_pension": {"contribution_form": "by_age", "contribution_scale": SCALE}},
    {
        "retirement_pension": {"includes_fixed_allowance": False},
        "wga_gap": {"includes_fixed_allowance": True},
    },
    {
        "retirement_pension": {"base_order": "actual_with_scaled_franchise"},
        "accident": {"thirteenth_month_rate": "8.33"},
    },
)
"""What some of the employers have otherwise: another form, another base, another order."""


def make(folder: Path, employees: int, employers: int) -> None:
    """Invent everybody and write them down, with what programs that count in months are given."""
    everybody = people(employees, employers, SEED, YEAR)
    kept: dict[str, Any] = {"employers": everybody.employers}
    for name, history in everybody.facts.items():
        kept |= {f"{name}.offsets": history.offsets, f"{name}.starts": history.starts}
        kept[f"{name}.values"] = history.values
    np.savez(folder / "people.npz", allow_pickle=False, **kept)
    np.savez(folder / "months.npz", allow_pickle=False, **months(everybody))


def read(folder: Path) -> People:
    """Everybody again."""
    with np.load(folder / "people.npz") as kept:
        names = {name.partition(".")[0] for name in kept.files} - {"employers"}
        facts = {
            name: History(kept[f"{name}.offsets"], kept[f"{name}.starts"], kept[f"{name}.values"])
            for name in sorted(names)
        }
        employers = kept["employers"]
    return People(Numbered(len(employers)), employers, facts)


def one_scheme() -> dict[str, Sequence[Timeline[Choices]]]:
    """The same terms for everybody."""
    return {name: [Timeline.always(check_terms(name, terms))] for name, terms in TERMS.items()}


def own_schemes(employers: int) -> dict[str, Sequence[Timeline[Choices]]]:
    """Each employer's own numbers, in schemes of several shapes."""
    shapes = [
        schemes({name: {**terms, **shape.get(name, {})} for name, terms in TERMS.items()}, employers, place)
        for place, shape in enumerate(SHAPES)
    ]
    return {name: [shapes[at % len(SHAPES)][name][at] for at in range(employers)] for name in TERMS}


def of_one_employer(everybody: People) -> People:
    """The same people, as if all had the first employer."""
    return People(everybody.keys, np.zeros_like(everybody.employers), everybody.facts, everybody.lists)


def figures() -> dict[str, int]:
    """The statutory figures the terms point to, in cents, and how many employees they are of."""
    known, day = statutory(), np.array([horizon(year_of("month", YEAR)).starts[0]])
    names = {
        "franchise": "statutory_franchise",
        "pension_cap": "statutory_pensionable_salary_cap",
        "insured_wage_cap": "statutory_sv_wage_cap",
    }
    return {name: int(figure_of(known[one], day)[0][0]) for name, one in names.items()}


def months(everybody: People) -> dict[str, NDArray[Any]]:
    """What holds on each first of the month, and whether it holds all month: month × employee."""
    over = horizon(year_of("month", YEAR))
    count, size = len(everybody), len(over.periods)
    owners = np.arange(count)
    found: dict[str, NDArray[Any]] = {}
    whole = np.ones((size, count), dtype=bool)
    for name in ("salary_amount", "part_time_factor", "is_employed"):
        history = everybody.facts[name]
        steps = [history.step_at(owners, np.full(count, day)) for day in over.starts]
        ends = [history.step_at(owners, np.full(count, day - 1)) for day in over.ends]
        whole &= np.array(steps) == np.array(ends)
        values = [history.at(owners, np.full(count, day)) for day in over.starts]
        found[name] = np.where(np.array(values) == UNKNOWN, 0, values).astype(np.float64)
    birth = everybody.facts["birth_on"].values
    ages, _ = figure_of(statutory()["state_pension_age"], np.full(count, over.starts[0]), birth)
    return {
        **found,
        "is_whole": whole,
        "allowance": everybody.facts["fixed_allowance"].values.astype(np.float64),
        "birth_month": _month(birth).astype(np.float64),
        "salary_kind": everybody.facts["salary_kind"].values.astype(np.float64),
        "wage_period_kind": everybody.facts["wage_period_kind"].values.astype(np.float64),
        "full_time_hours_per_week": np.full(count, 4_000.0),
        "is_wia_insured": everybody.facts["is_wia_insured"].values.astype(np.float64),
        "pension_age": ages.astype(np.float64),
    }


def _month(days: Column) -> Column:
    from schakel.engine.runners import calendar  # noqa: PLC0415 - a name that is short here alone

    return calendar.months(days)
