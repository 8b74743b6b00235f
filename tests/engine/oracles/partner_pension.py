"""Partner pension by hand: a share of salary, or of what can be reached; premium by rate or tariff; parts."""

import random
from decimal import ROUND_DOWN, Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    actual_salary,
    birthday,
    by_age,
    cents,
    draw_person,
    employee_part,
    months_of_age,
    pension_base,
    percent,
    periods,
    takes_part,
)

TARIFF = {18: "4.2", 30: "6.5", 40: "9.6", 50: "21.125", 60: "61.5"}
SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "partner_share": "37.5", "premium_rate": "0.95"},
    {
        **FIGURES,
        "cover_form": "reachable",
        "accrual_rate": "1.16",
        "reachable_share": "100",
        "premium_form": "of_sum",
        "premium_rate": "2.25",
        "employee_pays": True,
        "employee_form": "share_of_contribution",
        "employee_share": "50",
        "base_order": "actual_with_scaled_franchise",
    },
    {
        **FIGURES,
        "cover_form": "reachable",
        "accrual_rate": "1.875",
        "service_from": "stated",
        "years_counted": "whole_years",
        "highest_service": "40",
        "pension_age": "67",
        "premium_form": "own_age",
        "rates_by_age": TARIFF,
        "employee_pays": True,
        "employee_form": "fixed",
        "employee_amount": "60",
    },
    {
        **FIGURES,
        "partner_share": "25",
        "requires_partner": True,
        "duration": "temporary",
        "partner_end_age": "67",
        "premium_form": "both_ages",
        "rates_by_ages": {"0/0": "3.5", "30/0": "5.25", "45/0": "14", "45/40": "12.5", "60/0": "55"},
        "employee_pays": True,
        "employee_rate": "0.3",
    },
    {
        **FIGURES,
        "cover_form": "reachable",
        "accrual_rate": "1.657",
        "premium_form": "of_base",
        "premium_rate": "1.0625",
        "base_rounding": "whole_down",
    },
]


def facts(draw: random.Random) -> Facts:
    found = draw_person(draw)
    return {
        **found,
        # Stated service and the time to come change on the first of March, within four-weekly period 3.
        "wage_period_kind": "week" if found["wage_period_kind"] == "four_weeks" else "month",
        "has_partner": draw.random() < 0.7,
        "partner_birth_on": birthday(draw, 20),
        "pension_service_months": draw.choice([0, 1, 11, 12, 100, 239, draw.randrange(500)]),
    }


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms) or not covers_the_partner(facts, terms):
        return {}
    salary, base = actual_salary(facts, terms), pension_base(facts, terms)
    if terms.get("cover_form") == "reachable":
        share = percent(terms, "reachable_share", "70")
        insured = cents(reachable(facts, terms, base) * share)
    else:
        insured = cents(salary * percent(terms, "partner_share"))
    form = str(terms.get("premium_form", "of_salary"))
    over = {"of_salary": salary, "of_base": base}.get(form, insured)
    whole = over * rate(facts, terms, form)
    found = {"partner_sum_insured": insured, "partner_premium": cents(whole / periods(facts))}
    if terms.get("employee_pays"):
        own = cents(employee_part(facts, terms, over, whole) / periods(facts))
        found |= {
            "employee_contribution": own,
            "employer_contribution": found["partner_premium"] - own,
        }
    return found


def partner_months(facts: Facts) -> int:
    return months_of_age({**facts, "birth_on": facts["partner_birth_on"]})


def covers_the_partner(facts: Facts, terms: Terms) -> bool:
    if terms.get("requires_partner") and not facts["has_partner"]:
        return False
    until = int(str(terms.get("partner_end_age", "67"))) * 12
    return terms.get("duration") != "temporary" or partner_months(facts) < until


def reachable(facts: Facts, terms: Terms, base: Decimal) -> Decimal:
    """Base × accrual × years, to the cent."""
    end = int(str(terms.get("pension_age", "68"))) * 12
    if terms.get("service_from") == "stated":
        months = facts["pension_service_months"] + max(end - months_of_age(facts), 0)
    else:
        born, since = facts["birth_on"], facts["employed_since"]
        entered = max((since.year - born.year) * 12 + since.month - born.month, 0)
        months = max(end - entered, 0)
    if terms.get("years_counted") == "whole_years":
        months = int((Decimal(months) / 12).quantize(Decimal(1), ROUND_DOWN)) * 12
    months = min(months, int(str(terms.get("highest_service", "55"))) * 12)
    return cents(base * percent(terms, "accrual_rate") * months / 12)


def rate(facts: Facts, terms: Terms, form: str) -> Decimal:
    own = months_of_age(facts) // 12
    if form == "own_age":
        return by_age(terms["rates_by_age"], own) / 10
    if form == "both_ages":
        mine, theirs = own, partner_months(facts) // 12
        told = [(tuple(map(int, ages.split("/"))), value) for ages, value in terms["rates_by_ages"].items()]
        return Decimal(max(entry for entry in told if entry[0] <= (mine, theirs))[1]) / 1000
    return percent(terms, "premium_rate")
