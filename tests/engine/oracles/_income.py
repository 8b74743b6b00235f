"""What the incapacity and absence oracles share, by hand in Decimal: a person, the wage, who takes part, rounding."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT, FINE, SHARE = Decimal("0.01"), Decimal("0.00000001"), Decimal("0.000001")
NOTHING = Decimal(0)


def person(draw: random.Random) -> dict[str, Any]:
    """One employee in a month in which nothing changes; round salaries and parts make ties likely."""
    return {
        "wage_period_kind": "month",
        "birth_on": date(2026 - draw.randrange(16, 70), draw.randrange(1, 13), draw.randrange(1, 29)),
        "is_employed": draw.random() < 0.92,
        "is_wia_insured": draw.random() < 0.92,
        "salary_kind": "full_time",
        "salary_amount": draw.choice([0, 250_000, 400_000, 612_724, draw.randrange(100_000, 1_500_000)]),
        "part_time_factor": draw.choice([1_000_000, 500_000, 250_000, 833_333, 416_667]),
        "stated_wage_per_year": draw.choice([5_184_002, 7_940_925, draw.randrange(0, 20_000_000)]),
    }


def incapacity(draw: random.Random) -> dict[str, Any]:
    """Incapacity at and around the limits of the classes, with some WIA benefit."""
    return {
        "incapacity_percent": draw.choice([0, 14, 15, 24, 25, 34, 35, 44, 45, 50, 64, 65, 79, 80, 100]),
        "wia_kind": draw.choice(["none", "wage_related", "wage_supplement", "follow_up", "iva"]),
        "incapacitated_since": date(draw.randrange(2012, 2027), draw.randrange(1, 4), 1),
        "wia_benefit_per_year": draw.choice([0, 1_500_000, draw.randrange(0, 5_000_000)]),
        "earnings_per_year": draw.choice([0, 1_200_000, draw.randrange(0, 5_000_000)]),
    }


def rounded(value: Decimal, size: Decimal = CENT) -> Decimal:
    return value.quantize(size, ROUND_HALF_UP)


def a_month(value: Decimal) -> Decimal:
    return rounded(value / 12)


def percent(terms: dict[str, Any], name: str, usual: str = "0") -> Decimal:
    return Decimal(str(terms.get(name, usual))) / 100


def euros(facts: dict[str, Any], name: str) -> Decimal:
    return Decimal(facts[name]) / 100


def entry(table: Any, key: int) -> Decimal:
    return Decimal(table[max(start for start in table if start <= key)])


def wage(facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    part_time = Decimal(facts["part_time_factor"]) / 1_000_000
    if terms.get("wage_concept") == "stated_wage":
        full_time = rounded(euros(facts, "stated_wage_per_year") / part_time)
        return rounded(min(full_time, Decimal(1_000_000)) * part_time)
    full_time = rounded(min(euros(facts, "salary_amount") * 12, Decimal(1_000_000)) * Decimal("1.08"))
    return rounded(full_time * part_time)


def age_in_months(facts: dict[str, Any]) -> int:
    born: date = facts["birth_on"]
    return (2026 - born.year) * 12 + 3 - born.month


def takes_part(facts: dict[str, Any], terms: dict[str, Any], *, asks_wia: bool = True) -> bool:
    is_of_age = 18 * 12 <= age_in_months(facts) < int(terms["end_age"]) * 12
    return facts["is_employed"] and is_of_age and (facts["is_wia_insured"] or not asks_wia)


def limit(terms: dict[str, Any]) -> Decimal:
    """The WIA limit: of the policy, or 261 daily wages."""
    if "wage_limit" in terms:
        return Decimal(terms["wage_limit"])
    return rounded(Decimal(terms["daily_wage_cap"]) * 261)
