"""What the amounts must be, written a second time by hand in Decimal, from docs/calculations and nothing else.

One wage period in which nothing changes. It shares no code with the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
PERIODS = {"month": 12, "four_weeks": 13, "week": 52}


@dataclass(frozen=True)
class Given:
    """Facts and terms of one employee in euros, fractions and counts."""

    kind: str
    salary_kind: str
    salary: Decimal
    part_time: Decimal
    full_time_hours: Decimal
    allowance: Decimal
    terms: Mapping[str, Decimal | bool]


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def full_time_salary(given: Given) -> Decimal:
    if given.salary_kind == "full_time":
        return cents(given.salary * PERIODS[given.kind])
    if given.salary_kind == "part_time":
        return cents(given.salary * PERIODS[given.kind] / given.part_time)
    return cents(given.salary * given.full_time_hours * 52)


def full_time_wage(given: Given) -> Decimal:
    counted = full_time_salary(given)
    if given.terms["includes_fixed_allowance"]:
        counted += cents(given.allowance * PERIODS[given.kind] / given.part_time)
    return cents(
        min(counted, Decimal(given.terms["highest_wage"])) * (1 + given.terms["holiday_allowance_rate"])
    )


def wage(given: Given) -> Decimal:
    return cents(full_time_wage(given) * given.part_time)


def pensionable(given: Given) -> Decimal:
    return min(full_time_wage(given), Decimal(given.terms["pensionable_salary_cap"]))


def per_period(given: Given, yearly: Decimal) -> Decimal:
    return cents(yearly / PERIODS[given.kind])


def retirement_pension(given: Given) -> dict[str, Decimal]:
    base = cents(max(pensionable(given) - Decimal(given.terms["franchise"]), Decimal(0)) * given.part_time)
    whole = per_period(given, base * given.terms["contribution_rate"])
    own = per_period(given, base * given.terms["employee_rate"])
    return {
        "pension_base": base,
        "contribution": whole,
        "employee_contribution": own,
        "employer_contribution": whole - own,
    }


def partner_pension(given: Given) -> dict[str, Decimal]:
    salary = cents(pensionable(given) * given.part_time)
    return {
        "partner_sum_insured": cents(salary * given.terms["partner_share"]),
        "partner_premium": per_period(given, salary * given.terms["premium_rate"]),
    }


def orphan_pension(given: Given) -> dict[str, Decimal]:
    salary = cents(pensionable(given) * given.part_time)
    return {
        "orphan_sum_insured": cents(salary * given.terms["orphan_share"]),
        "orphan_premium": per_period(given, salary * given.terms["premium_rate"]),
    }


def wga_gap(given: Given) -> dict[str, Decimal]:
    insured = min(wage(given), Decimal(given.terms["sv_wage_cap"]))
    return {
        "insured_wage": per_period(given, insured),
        "employee_share": per_period(given, insured * given.terms["employee_rate"]),
    }


def accident(given: Given) -> dict[str, Decimal]:
    death = cents(min(wage(given) * given.terms["death_multiple"], Decimal(given.terms["death_maximum"])))
    disability = cents(
        min(wage(given) * given.terms["disability_multiple"], Decimal(given.terms["disability_maximum"]))
    )
    premium = death * given.terms["death_rate"] + disability * given.terms["disability_rate"]
    return {
        "sum_insured_death": death,
        "sum_insured_disability": disability,
        "accident_premium": per_period(given, premium),
    }


BENEFITS = {
    "retirement_pension": retirement_pension,
    "partner_pension": partner_pension,
    "orphan_pension": orphan_pension,
    "wga_gap": wga_gap,
    "accident": accident,
}
