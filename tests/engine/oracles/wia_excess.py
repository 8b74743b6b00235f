"""WIA excess by hand in Decimal: both parts, both methods, extra cover and the highest wage and benefit."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import (
    FINE,
    NOTHING,
    a_month,
    entry,
    incapacity,
    limit,
    percent,
    person,
    rounded,
    takes_part,
    wage,
)

SCHEMES: list[dict[str, object]] = [
    {
        "premium_rate": "2.1",
        "employee_rate": "1",
        "cover_rate": "80",
        "covers_below": True,
        "daily_wage_cap": "304.25",
        "wga_share": "70",
        "iva_share": "75",
        "highest_benefit": "40000.06",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "wage_concept": "stated_wage",
        "premium_rate": "2",
        "employee_rate": "0.525",
        "cover_rate": "75",
        "extra_cover": "5",
        "covers_below": True,
        "wage_limit": "71628",
        "wga_share": "70",
        "benefit_table": {0: "0", 35: "40", 45: "50", 55: "60", 65: "72.5", 80: "100"},
        "highest_insured_wage": "120000.18",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "premium_rate": "1.5",
        "employee_rate": "0.0625",
        "method": "by_benefit",
        "cover_rate": "80",
        "extra_cover": "2.5",
        "daily_wage_cap": "304.25",
        "wga_share": "70",
        "iva_share": "75",
        "calculates_benefit": True,
        "end_age": "67",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {**person(draw), **incapacity(draw)}


def _benefit(at: int, kind: str, terms: dict[str, Any], counted: Decimal, below: Decimal) -> Decimal:
    if at < 35:
        return NOTHING
    by_table = entry(terms["benefit_table"], at) / 100 if "benefit_table" in terms else Decimal(at) / 100
    share = Decimal(1) if at >= 80 else by_table
    cover = percent(terms, "cover_rate") + (percent(terms, "extra_cover") if at >= 80 else 0)
    cover, wga = min(cover, Decimal(1)), percent(terms, "wga_share")
    if terms.get("method") == "by_benefit":
        if kind == "none":
            return NOTHING
        if kind == "iva":
            return rounded(max(counted * cover - below * percent(terms, "iva_share"), NOTHING), FINE)
        return rounded(max(counted * cover - below * wga, NOTHING) * share, FINE)
    supplement = below * max(cover - wga, NOTHING) if terms.get("covers_below") else NOTHING
    return rounded((max(counted - limit(terms), NOTHING) * cover + supplement) * share, FINE)


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    counted = wage(facts, terms)
    below = min(counted, limit(terms))
    if "highest_insured_wage" in terms:
        counted = min(counted, Decimal(terms["highest_insured_wage"]))
    above = max(counted - limit(terms), NOTHING)
    benefit = _benefit(facts["incapacity_percent"], facts["wia_kind"], terms, counted, below)
    if "highest_benefit" in terms:
        benefit = min(benefit, Decimal(terms["highest_benefit"]))
    found = {
        "insured_wage": a_month(above),
        "employee_share": a_month(above * percent(terms, "employee_rate")),
        "sum_insured_above": rounded(above * percent(terms, "cover_rate")),
        "benefit_payment": a_month(benefit),
    }
    if terms.get("covers_below"):
        extra = max(percent(terms, "cover_rate") - percent(terms, "wga_share"), NOTHING)
        found["sum_insured_below"] = rounded(below * extra)
    return found
