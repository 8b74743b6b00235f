"""The Whk by hand in Decimal: sector rate and own rate by size, years that are missing, and private cover beside it."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from tests.engine.oracles._income import NOTHING, SHARE, a_month, entry, euros, percent, rounded

RATES: dict[str, object] = {
    "wga_sector_rate": "0.80",
    "wga_base_rate": "0.87",
    "wga_lowest_rate": "0.21",
    "wga_highest_rate": "3.48",
    "wga_average_risk": "0.59",
    "wga_correction": "1.11",
    "zw_sector_rate": "0.36",
    "zw_base_rate": "0.66",
    "zw_lowest_rate": "0.16",
    "zw_highest_rate": "2.64",
    "zw_average_risk": "0.42",
    "zw_correction": "1.17",
    "small_limit": "905000",
    "large_limit": "3620000",
}

SCHEMES: list[dict[str, object]] = [
    {**RATES, "private_wga_rate": "0.7"},
    {
        **RATES,
        "wga_base_rate": "0.875",
        "rate_rounding": "four_decimals_down",
        "private_wga_rate": "0.615",
        "private_zw_rate": "0.4",
    },
    {
        **RATES,
        "wga_years_table": {0: "0", 1: "5", 2: "2.5", 3: "1.66", 4: "1.25"},
        "zw_years_table": {0: "0", 1: "2", 2: "1", 3: "1", 4: "1"},
        "private_zw_rate": "0.5",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    edges = [0, 90_500_000, 90_500_001, 226_250_000, 362_000_000, draw.randrange(0, 600_000_000)]
    return {
        "wage_period_kind": "month",
        "wage_sum_per_year": draw.choice([120_000_000, 275_000_01, draw.randrange(0, 900_000_000)]),
        "wage_sum_two_years_ago": draw.choice(edges),
        "average_wage_sum": draw.choice([0, 100_000_000, draw.randrange(1, 500_000_000)]),
        "wga_benefits_charged": draw.choice([0, 590_000, 5_000_000, draw.randrange(0, 9_000_000)]),
        "zw_benefits_charged": draw.choice([0, 420_000, 3_000_000, draw.randrange(0, 6_000_000)]),
        "whk_available_years": draw.randrange(6),
    }


def _own_rate(kind: str, facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    average = euros(facts, "average_wage_sum")
    charged = euros(facts, f"{kind}_benefits_charged")
    # Without any wages whatever is charged is the whole risk.
    risk = min(rounded(charged / max(average, Decimal("0.01")), SHARE), Decimal(1))
    years = facts["whk_available_years"]
    if f"{kind}_years_table" in terms and years < 5:
        risk = min(rounded(risk * entry(terms[f"{kind}_years_table"], years), SHARE), Decimal(1))
    surcharge = Decimal(str(terms[f"{kind}_correction"])) * (risk - percent(terms, f"{kind}_average_risk"))
    found = percent(terms, f"{kind}_base_rate") + surcharge
    lowest, highest = percent(terms, f"{kind}_lowest_rate"), percent(terms, f"{kind}_highest_rate")
    return rounded(min(max(found, lowest), highest), SHARE)


def _rate(kind: str, facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    small, large = Decimal(terms["small_limit"]), Decimal(terms["large_limit"])
    above = max(min(euros(facts, "wage_sum_two_years_ago"), large) - small, NOTHING)
    weight = rounded(above / (large - small), SHARE)
    mixed = (1 - weight) * percent(terms, f"{kind}_sector_rate") + weight * _own_rate(kind, facts, terms)
    way = ROUND_DOWN if terms.get("rate_rounding") == "four_decimals_down" else ROUND_HALF_UP
    return mixed.quantize(Decimal("0.0001"), way)


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    wages = euros(facts, "wage_sum_per_year")
    public = {kind: wages * _rate(kind, facts, terms) for kind in ("wga", "zw")}
    private = dict(public)
    for kind in private:
        if f"private_{kind}_rate" in terms:
            private[kind] = wages * percent(terms, f"private_{kind}_rate")
    here, there = sum(public.values(), NOTHING), sum(private.values(), NOTHING)
    return {
        "wga_contribution": a_month(public["wga"]),
        "zw_contribution": a_month(public["zw"]),
        "public": a_month(here),
        "private": a_month(there),
        "saved": a_month(max(here - there, NOTHING)),
        "dearer": a_month(max(there - here, NOTHING)),
    }
