"""Other benefits by hand in Decimal: an illness cover by age, and a product over the wage with a payment."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
RATES = {0: "1.25", 35: "2.125", 45: "2.94", 60: "9.999"}

SCHEMES: list[dict[str, object]] = [
    {
        "end_age": "67",
        "can_be_waived": True,
        "figures": {
            "illness_sum": {"kind": "euros", "value": "25000.06"},
            "illness_rates": {"kind": "per_mille_by_age", "value": RATES},
        },
        "steps": [
            {"name": "sum_insured", "is": "illness_sum", "unit": "euros_per_year"},
            {
                "name": "premium_per_year",
                "is": "sum_insured * illness_rates[age_years]",
                "unit": "fine_euros_per_year",
            },
            {
                "name": "employee_share_per_year",
                "is": "premium_per_year",
                "unit": "fine_euros_per_year",
            },
        ],
    },
    {
        "end_age": "68",
        "holiday_allowance_rate": "8",
        "figures": {
            "sector_limit": {"kind": "euros", "value": "50000"},
            "sector_rate": {"kind": "percent", "value": "0.7125"},
            "for_a_day": {"kind": "euros_a_day", "value": "2.45"},
        },
        "steps": [
            {
                "name": "insured_wage",
                "is": "lowest(wage_per_year, sector_limit)",
                "unit": "euros_per_year",
            },
            {
                "name": "premium_per_year",
                "is": "insured_wage * sector_rate",
                "unit": "fine_euros_per_year",
            },
            {
                "name": "employee_share_per_year",
                "is": "insured_wage * sector_rate / 2",
                "unit": "finest_euros_per_year",
            },
            {
                "name": "payment_in_period",
                "is": "choose(home_working_days >= 8, for_a_day * home_working_days, 0)",
                "unit": "euros",
            },
        ],
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "birth_on": date(2026 - draw.randrange(16, 71), draw.randrange(1, 13), draw.randrange(1, 29)),
        "is_employed": draw.random() < 0.9,
        "has_waived": draw.random() < 0.1,
        "salary_kind": "full_time",
        "salary_amount": draw.choice([0, 385_802, 385_803, 400_000, draw.randrange(100_000, 700_000)]),
        "part_time_factor": draw.choice([1_000_000, 500_000, 750_000, 888_889]),
        "home_working_days": draw.choice([0, 750, 799, 800, 850, 1_050, draw.randrange(2_200)]),
    }


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _illness(years: int) -> dict[str, Decimal]:
    rate = Decimal(RATES[max(age for age in RATES if age <= years)]) / 1000
    premium = _cents(Decimal("25000.06") * rate / 12)
    return {
        "sum_insured": Decimal("25000.06"),
        "premium": premium,
        "employee_share": premium,
        "employer_share": Decimal(0),
    }


def _sector(facts: dict[str, Any]) -> dict[str, Decimal]:
    full_time = _cents(Decimal(facts["salary_amount"]) / 100 * 12 * Decimal("1.08"))
    wage = min(_cents(full_time * Decimal(facts["part_time_factor"]) / 1_000_000), Decimal(50_000))
    whole, own = _cents(wage * Decimal("0.007125") / 12), _cents(wage * Decimal("0.0035625") / 12)
    days = Decimal(facts["home_working_days"]) / 100
    paid = _cents(days * Decimal("2.45")) if days >= 8 else Decimal(0)
    return {"premium": whole, "employee_share": own, "employer_share": whole - own, "benefit_payment": paid}


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    age = (2026 - facts["birth_on"].year) * 12 + 3 - facts["birth_on"].month
    if not facts["is_employed"] or not 18 * 12 <= age < int(terms["end_age"]) * 12:
        return {}
    if "can_be_waived" in terms:
        return {} if facts["has_waived"] else _illness(age // 12)
    return _sector(facts)
