"""Health by hand in Decimal: the premium of the adults, the employer's contribution, and what is left."""

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
BASIC = {0: "1900", 3: "1780.50", 5: "1660"}
PACKAGES = {0: "0", 1: "101.10", 2: "240", 4: "612.34"}

SCHEMES: list[dict[str, object]] = [
    {
        "basic_premiums": BASIC,
        "supplementary_premiums": PACKAGES,
        "dental_premiums": {0: "0", 1: "150", 2: "333.30"},
        "supplementary_discount": "7.5",
        "covers_family": True,
        "employer_form": "share_of_supplementary",
        "employer_share": "37.5",
    },
    {
        "basic_premiums": BASIC,
        "supplementary_premiums": PACKAGES,
        "supplementary_discount": "5",
        "employer_form": "fixed_amount",
        "employer_amount": "1900.06",
    },
    {"basic_premiums": BASIC, "supplementary_premiums": PACKAGES, "covers_family": True},
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "is_employed": draw.random() < 0.9,
        "own_risk_choice": draw.randrange(7),
        "health_package": draw.randrange(6),
        "dental_package": draw.randrange(4),
        "insured_adults": draw.choice([0, 0, 1, 2, 3, 10]),
    }


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _entry(table: Any, key: int) -> Decimal:
    return Decimal(table[max(start for start in table if start <= key)])


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    packages = _entry(terms["supplementary_premiums"], facts["health_package"])
    if "dental_premiums" in terms:
        packages += _entry(terms["dental_premiums"], facts["dental_package"])
    packages = _cents(packages * (100 - Decimal(terms.get("supplementary_discount", "0"))) / 100)
    adults = 1 + (facts["insured_adults"] if terms.get("covers_family") else 0)
    year = (_entry(terms["basic_premiums"], facts["own_risk_choice"]) + packages) * adults
    paid = Decimal(0)
    if terms.get("employer_form") == "fixed_amount":
        paid = min(Decimal(terms["employer_amount"]), year)
    if terms.get("employer_form") == "share_of_supplementary":
        paid = min(packages * Decimal(terms["employer_share"]) / 100, year)
    whole, employer = _cents(year / 12), _cents(paid / 12)
    return {
        "health_premium": whole,
        "employer_contribution": employer,
        "employee_contribution": whole - employer,
    }
