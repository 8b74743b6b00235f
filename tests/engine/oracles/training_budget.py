"""Training budget by hand: March 2026, the same costs in January, February and March."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

TABLE = {0: "100", 6: "80", 12: "66.67", 24: "33.33", 36: "0"}
SCHEMES: list[dict[str, object]] = [
    {"budget_per_year": "1500", "repayment_table": TABLE},
    {"budget_per_year": "999.99", "repayment_form": "by_month", "repayment_months": "36", "share_paid": "75"},
    {"budget_per_year": "1250.50", "repayment_form": "never", "scales_with_part_time": True},
]
END = date(2026, 3, 31)


def facts(draw: random.Random) -> dict[str, object]:
    year, month = draw.randint(2022, 2025), draw.randint(1, 12)
    return {
        "is_employed": draw.random() < 0.95,
        "part_time_factor": draw.choice(
            [1_000_000, 800_000, 666_700, 500_000, draw.randint(10_000, 1_000_000)]
        ),
        "training_costs": draw.choice([0, 50_000, 50_001, 33_334, 2, draw.randrange(100_000)]),
        "training_costs_to_repay": draw.choice([0, 30, 200_000, draw.randrange(500_000)]),
        "training_paid_on": date(year, month, draw.choice([1, 15, 28])),
        "training_is_mandatory": draw.random() < 0.2,
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    budget = Decimal(str(terms["budget_per_year"]))
    if terms.get("scales_with_part_time"):
        budget = cents(budget * Decimal(str(facts["part_time_factor"])) / 1_000_000)
    share = Decimal(str(terms.get("share_paid", "100"))) / 100
    costs = Decimal(str(facts["training_costs"])) / 100
    before, now = (cents(min(costs * months * share, budget)) for months in (2, 3))
    return {"claimed": now - before, "budget_left": budget - now, "to_repay": repayment(facts, terms)}


def repayment(facts: dict[str, object], terms: dict[str, object]) -> Decimal:
    paid_on = facts["training_paid_on"]
    assert isinstance(paid_on, date)
    months = (END.year - paid_on.year) * 12 + END.month - paid_on.month
    costs = Decimal(str(facts["training_costs_to_repay"])) / 100
    form = terms.get("repayment_form", "table")
    if facts["training_is_mandatory"] or form == "never":
        return Decimal(0)
    if form == "by_month":
        over = int(str(terms["repayment_months"]))
        return cents(costs * max(over - months, 0) / over)
    return cents(costs * Decimal(TABLE[max(one for one in TABLE if one <= months)]) / 100)


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
