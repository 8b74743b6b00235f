"""The same formulas for OpenFisca-Core, written by hand. Runs in an environment of its own: `python THIS FOLDER`.

Amounts are whole cents in floats of 64 bits: the 32 bits that OpenFisca keeps by itself lose cents. The terms of the
one scheme stand in its parameters. Each quantity is a variable by the month, as OpenFisca is written.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = build_entity(key="person", plural="persons", label="An employee", is_person=True)
MILLION = 1_000_000
SCALE = np.array([0] * 15 + [(4 + age // 5) * 10_000 + 2_500 for age in range(15, 131)])
SCALE[70:] = SCALE[69]


def rounded(above: Any, below: float) -> Any:
    """Halves up; both are whole numbers, so that a half is a half."""
    return np.floor(above / below + 0.5)


def _wage(counted: Any) -> Any:
    return rounded(np.minimum(counted, 100_000_000) * 1_080_000, MILLION)


def _salary_a_year(p: Any, m: Any, _: Any) -> Any:
    kind = p("salary_kind", m)
    by_the_hour = rounded(p("salary_amount", m) * p("full_time_hours_per_week", m) * 52, 100)
    by_the_period = p("salary_amount", m) * p("wage_periods_per_year", m)
    return np.where(
        kind == 0, by_the_period, np.where(kind == 1, p("part_time_salary_as_full_time", m), by_the_hour)
    )


def _periods(p: Any, m: Any, _: Any) -> Any:
    kind = p("wage_period_kind", m)
    return np.where(kind == 0, 12, np.where(kind == 1, 13, 52))


def _as_full_time(name: str) -> Any:
    return lambda p, m, _: rounded(
        p(name, m) * p("wage_periods_per_year", m) * MILLION, p("part_time_factor", m)
    )


def _a_period(of: str) -> Any:
    return lambda p, m, _: rounded(p(of, m), p("wage_periods_per_year", m) * MILLION)


# A rule of ours is a variable here; two benefits that count the same thing in the same way share it.
FORMULAS: dict[str, Any] = {
    "wage_periods_per_year": _periods,
    "part_time_salary_as_full_time": _as_full_time("salary_amount"),
    "full_time_salary_per_year": _salary_a_year,
    "fixed_allowance_as_full_time": _as_full_time("allowance"),
    "counted_salary_per_year": lambda p, m, _: (
        p("full_time_salary_per_year", m) + p("fixed_allowance_as_full_time", m)
    ),
    "full_time_wage_with_allowance": lambda p, m, _: _wage(p("counted_salary_per_year", m)),
    "full_time_wage": lambda p, m, _: _wage(p("full_time_salary_per_year", m)),
    "age_months": lambda p, m, _: m.start.year * 12 + m.start.month - 1 - p("birth_month", m),
    "has_reached_entry_age": lambda p, m, _: p("age_months", m) >= 216,
    "is_before_end_age": lambda p, m, _: p("age_months", m) < p("pension_age", m),
    "takes_part": lambda p, m, _: (
        (p("is_employed", m) == 1) & (p("has_reached_entry_age", m) == 1) & (p("is_before_end_age", m) == 1)
    ),
    "takes_part_for_wia": lambda p, m, _: (p("takes_part", m) == 1) & (p("is_wia_insured", m) == 1),
    "pensionable_salary_with_allowance": lambda p, m, given: np.minimum(
        p("full_time_wage_with_allowance", m), given(m).pension_cap
    ),
    "pensionable_salary": lambda p, m, given: np.minimum(p("full_time_wage", m), given(m).pension_cap),
    "salary_above_franchise": lambda p, m, given: rounded(
        np.maximum(p("pensionable_salary_with_allowance", m) - given(m).franchise, 0)
        * p("part_time_factor", m),
        MILLION,
    ),
    "retirement_pension__pension_base": lambda p, m, _: p("takes_part", m) * p("salary_above_franchise", m),
    "actual_pensionable_salary": lambda p, m, _: rounded(
        p("pensionable_salary", m) * p("part_time_factor", m), MILLION
    ),
    "partner_pension__partner_sum_insured": lambda p, m, _: (
        p("takes_part", m) * rounded(p("actual_pensionable_salary", m) * 375_000, MILLION)
    ),
    "partner_pension__partner_premium_per_year": lambda p, m, _: (
        p("takes_part", m) * p("actual_pensionable_salary", m) * 9_500
    ),
    "partner_pension__partner_premium": _a_period("partner_pension__partner_premium_per_year"),
    "orphan_pension__orphan_sum_insured": lambda p, m, _: (
        p("takes_part", m) * rounded(p("actual_pensionable_salary", m) * 125_000, MILLION)
    ),
    "orphan_pension__orphan_premium_per_year": lambda p, m, _: (
        p("takes_part", m) * p("actual_pensionable_salary", m) * 625
    ),
    "orphan_pension__orphan_premium": _a_period("orphan_pension__orphan_premium_per_year"),
    "wage_per_year": lambda p, m, _: rounded(p("full_time_wage", m) * p("part_time_factor", m), MILLION),
    "wga_gap__insured_wage_per_year": lambda p, m, given: (
        p("takes_part_for_wia", m) * np.minimum(p("wage_per_year", m), given(m).insured_wage_cap)
    ),
    "wga_gap__employee_share_per_year": lambda p, m, _: p("wga_gap__insured_wage_per_year", m) * 3_125,
    "wga_gap__insured_wage": lambda p, m, _: rounded(
        p("wga_gap__insured_wage_per_year", m), p("wage_periods_per_year", m)
    ),
    "wga_gap__employee_share": _a_period("wga_gap__employee_share_per_year"),
    "accident__sum_insured_death": lambda p, m, _: (
        p("takes_part", m) * rounded(np.minimum(p("wage_per_year", m) * 125, 15_000_000 * 100), 100)
    ),
    "accident__sum_insured_disability": lambda p, m, _: (
        p("takes_part", m) * rounded(np.minimum(p("wage_per_year", m) * 250, 25_000_000 * 100), 100)
    ),
    "accident__accident_premium_per_year": lambda p, m, _: (
        p("accident__sum_insured_death", m) * 375 + p("accident__sum_insured_disability", m) * 312
    ),
    "accident__accident_premium": _a_period("accident__accident_premium_per_year"),
}


def _contributory(of: str, base: str, rate: int, own: int) -> dict[str, Any]:
    """A contribution over a base, a part of it the employee's; what is left the employer's."""
    return {
        f"{of}__contribution_per_year": lambda p, m, _: p(base, m) * rate,
        f"{of}__employee_part_per_year": lambda p, m, _: p(base, m) * own,
        f"{of}__employee_contribution_per_year": lambda p, m, _: np.minimum(
            p(f"{of}__employee_part_per_year", m), p(f"{of}__contribution_per_year", m)
        ),
        f"{of}__contribution": _a_period(f"{of}__contribution_per_year"),
        f"{of}__employee_contribution": _a_period(f"{of}__employee_contribution_per_year"),
        f"{of}__employer_contribution": lambda p, m, _: (
            p(f"{of}__contribution", m) - p(f"{of}__employee_contribution", m)
        ),
    }


FORMULAS |= _contributory("retirement_pension", "retirement_pension__pension_base", 265_000, 47_500)
FORMULAS |= {
    "career_average_pension__pension_base": lambda p, m, given: (
        p("takes_part", m)
        * rounded(
            np.maximum(p("pensionable_salary", m) - given(m).franchise, 0) * p("part_time_factor", m), MILLION
        )
    ),
    "career_average_pension__accrual_per_year": lambda p, m, _: (
        p("career_average_pension__pension_base", m) * 18_750
    ),
    "career_average_pension__accrual": _a_period("career_average_pension__accrual_per_year"),
    **_contributory("career_average_pension", "career_average_pension__pension_base", 265_000, 47_500),
    "excedent_pension__excedent_base": lambda p, m, _: (
        p("takes_part", m)
        * rounded(np.maximum(p("pensionable_salary", m) - 7_586_400, 0) * p("part_time_factor", m), MILLION)
    ),
    **_contributory("excedent_pension", "excedent_pension__excedent_base", 125_000, 22_500),
    "net_pension__net_base": lambda p, m, given: (
        p("takes_part", m)
        * rounded(
            np.maximum(p("full_time_wage", m) - given(m).pension_cap, 0) * p("part_time_factor", m), MILLION
        )
    ),
    "age_years": lambda p, m, _: np.minimum(np.maximum(p("age_months", m), 0) // 12, len(SCALE) - 1),
    "net_pension__net_rate": lambda p, m, _: SCALE[p("age_years", m).astype(int)],
    "net_pension__contribution_per_year": lambda p, m, _: (
        p("net_pension__net_base", m) * p("net_pension__net_rate", m)
    ),
    "net_pension__employer_contribution_per_year": lambda p, m, _: np.minimum(
        p("net_pension__net_base", m) * 25_000, p("net_pension__contribution_per_year", m)
    ),
    "net_pension__contribution": _a_period("net_pension__contribution_per_year"),
    "net_pension__employer_contribution": _a_period("net_pension__employer_contribution_per_year"),
    "net_pension__employee_contribution": lambda p, m, _: (
        p("net_pension__contribution", m) - p("net_pension__employer_contribution", m)
    ),
}
INPUTS = (
    *("salary_amount", "part_time_factor", "is_employed", "allowance", "birth_month", "pension_age"),
    *("salary_kind", "wage_period_kind", "full_time_hours_per_week", "is_wia_insured"),
)


def system(figures: dict[str, int]) -> TaxBenefitSystem:
    """Every quantity a variable; the figures are parameters."""
    made = TaxBenefitSystem([PERSON])
    made.parameters = ParameterNode(
        "", data={name: {"values": {"2000-01-01": {"value": value}}} for name, value in figures.items()}
    )
    for name in INPUTS:
        _add(made, name, None)
    for name, formula in FORMULAS.items():
        _add(made, name, formula)
    return made


def _add(made: TaxBenefitSystem, name: str, formula: Any) -> None:
    given = {"value_type": float, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name}
    if formula is not None:
        given["formula"] = formula
    made.add_variable(type(name, (Variable,), given))
    made.variables[name].dtype = np.dtype(np.float64)


def main(folder: Path) -> None:
    """Reads months.npz and asked.json, prints seconds, memory and how many amounts differ from ours.npy."""
    asked = json.loads((folder / "asked.json").read_text())
    given = np.load(folder / "months.npz")
    count = len(given["allowance"])
    simulation = SimulationBuilder().build_default_simulation(system(asked["figures"]), count=count)
    months = [f"{asked['year']}-{month:02d}" for month in range(1, 13)]
    started = time.perf_counter()
    for name in INPUTS:
        values = given[name]
        for place, month in enumerate(months):
            simulation.set_input(name, month, values[place] if values.ndim > 1 else values)
    set_up = time.perf_counter() - started
    started = time.perf_counter()
    for name in asked["amounts"]:
        for month in months:
            simulation.calculate(name, month)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours, whole = np.load(folder / "ours.npy", mmap_mode="r"), given["is_whole"]
    differing = compared = 0
    for at, name in enumerate(asked["amounts"]):
        for place, month in enumerate(months):
            differs = simulation.calculate(name, month) != ours[at, :, place]
            differing += int((differs & whole[place]).sum())
            compared += int(whole[place].sum())
    print(
        json.dumps(
            {
                "seconds": seconds,
                "seconds_to_set_inputs": set_up,
                "peak_mb": peak,
                "compared": compared,
                "differing": differing,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
