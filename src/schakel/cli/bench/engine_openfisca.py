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


def rounded(above: Any, below: float) -> Any:
    """Halves up; both are whole numbers, so that a half is a half."""
    return np.floor(above / below + 0.5)


def full_time_wage(salary: Any) -> Any:
    return rounded(np.minimum(salary, 100_000_000) * 1_080_000, MILLION)


FORMULAS: dict[str, Any] = {
    "full_time_salary": lambda p, m, _: p("salary_amount", m) * 12,
    "allowance_full_time": lambda p, m, _: rounded(
        p("allowance", m) * 12 * MILLION, p("part_time_factor", m)
    ),
    "wage_with_allowance": lambda p, m, _: full_time_wage(
        p("full_time_salary", m) + p("allowance_full_time", m)
    ),
    "wage_without": lambda p, m, _: full_time_wage(p("full_time_salary", m)),
    "age": lambda p, m, _: m.start.year * 12 + m.start.month - 1 - p("birth_month", m),
    "takes_part": lambda p, m, _: (
        (p("is_employed", m) == 1) & (p("age", m) >= 216) & (p("age", m) < p("pension_age", m))
    ),
    "salary_of_base": lambda p, m, given: np.minimum(p("wage_with_allowance", m), given(m).pension_cap),
    "pension_base": lambda p, m, given: (
        p("takes_part", m)
        * rounded(
            np.maximum(p("salary_of_base", m) - given(m).franchise, 0) * p("part_time_factor", m), MILLION
        )
    ),
    "contribution": lambda p, m, _: rounded(p("pension_base", m) * 265_000, 12 * MILLION),
    "employee_contribution": lambda p, m, _: rounded(p("pension_base", m) * 47_500, 12 * MILLION),
    "employer_contribution": lambda p, m, _: p("contribution", m) - p("employee_contribution", m),
    "risk_salary": lambda p, m, given: (
        p("takes_part", m)
        * rounded(np.minimum(p("wage_without", m), given(m).pension_cap) * p("part_time_factor", m), MILLION)
    ),
    "partner_sum_insured": lambda p, m, _: rounded(p("risk_salary", m) * 375_000, MILLION),
    "partner_premium": lambda p, m, _: rounded(p("risk_salary", m) * 9_500, 12 * MILLION),
    "orphan_sum_insured": lambda p, m, _: rounded(p("risk_salary", m) * 125_000, MILLION),
    "orphan_premium": lambda p, m, _: rounded(p("risk_salary", m) * 625, 12 * MILLION),
    "wage": lambda p, m, _: (
        p("takes_part", m) * rounded(p("wage_without", m) * p("part_time_factor", m), MILLION)
    ),
    "insured_wage_a_year": lambda p, m, given: np.minimum(p("wage", m), given(m).insured_wage_cap),
    "insured_wage": lambda p, m, _: rounded(p("insured_wage_a_year", m), 12),
    "employee_share": lambda p, m, _: rounded(p("insured_wage_a_year", m) * 3_125, 12 * MILLION),
    "sum_insured_death": lambda p, m, _: rounded(np.minimum(p("wage", m) * 125, 15_000_000 * 100), 100),
    "sum_insured_disability": lambda p, m, _: rounded(np.minimum(p("wage", m) * 250, 25_000_000 * 100), 100),
    "accident_premium": lambda p, m, _: rounded(
        p("sum_insured_death", m) * 375 + p("sum_insured_disability", m) * 312, 12 * MILLION
    ),
}
INPUTS = ("salary_amount", "part_time_factor", "is_employed", "allowance", "birth_month", "pension_age")


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
