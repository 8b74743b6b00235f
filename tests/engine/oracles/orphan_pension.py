"""Orphan pension by hand: for each child or employee, full orphans, end ages, of salary or of what can be reached."""

import random
from datetime import date
from decimal import Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    actual_salary,
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

SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "orphan_share": "12.5", "premium_rate": "0.0625"},
    {
        **FIGURES,
        "orphan_share": "14",
        "requires_child": True,
        "child_end_age": "until_21",
        "premium_per": "child",
        "highest_children": "2",
        "premium_rate": "0.06",
        "employee_pays": True,
        "employee_form": "share_of_contribution",
        "employee_share": "50",
    },
    {
        **FIGURES,
        "cover_form": "reachable",
        "accrual_rate": "1.875",
        "insures_full_orphans": True,
        "full_orphan_times": "1.5",
        "premium_form": "own_age",
        "rates_by_age": {18: "0.6", 40: "2.4", 55: "1.125"},
        "employee_pays": True,
        "employee_form": "remainder",
        "employer_rate": "0.1",
    },
    {
        **FIGURES,
        "orphan_share": "20",
        "insures_full_orphans": True,
        "child_end_age": "until_30",
        "premium_per": "child",
        "premium_form": "of_sum",
        "premium_rate": "0.25",
        "base_rounding": "whole_down",
    },
    {**FIGURES, "orphan_share": "10", "premium_form": "of_base", "premium_rate": "0.0375"},
]


def facts(draw: random.Random) -> Facts:
    children = [
        date(2026 - draw.randrange(33), draw.choice([1, 2, *range(4, 13)]), draw.randrange(1, 29))
        for _ in range(draw.choice([0, 0, 1, 2, 3, 5]))
    ]
    return {
        **draw_person(draw),
        "children_birth_on": tuple(one for one in children if one < date(2026, 1, 1)),
    }


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    children = children_insured(facts, str(terms.get("child_end_age", "until_25")))
    if not takes_part(facts, terms) or (terms.get("requires_child") and not children):
        return {}
    salary, base = actual_salary(facts, terms), pension_base(facts, terms)
    if terms.get("cover_form") == "reachable":
        insured = cents(reachable(facts, terms, base) * percent(terms, "reachable_share", "14"))
    else:
        insured = cents(salary * percent(terms, "orphan_share"))
    form = str(terms.get("premium_form", "of_salary"))
    over = {"of_salary": salary, "of_base": base}.get(form, insured)
    whole = over * rate(facts, terms, form)
    if terms.get("premium_per") == "child":
        whole *= min(children, int(str(terms.get("highest_children", "20"))))
    found = {"orphan_sum_insured": insured, "orphan_premium": cents(whole / periods(facts))}
    if terms.get("insures_full_orphans"):
        found["full_orphan_sum_insured"] = cents(insured * Decimal(str(terms.get("full_orphan_times", "2"))))
    if terms.get("employee_pays"):
        own = cents(employee_part(facts, terms, over, whole) / periods(facts))
        found |= {"employee_contribution": own, "employer_contribution": found["orphan_premium"] - own}
    return found


def children_insured(facts: Facts, until: str) -> int:
    """Children under the end age, the month of birth counted as reached."""
    most = int(until.removeprefix("until_")) * 12
    return sum(1 for born in facts["children_birth_on"] if months_of_age({**facts, "birth_on": born}) < most)


def reachable(facts: Facts, terms: Terms, base: Decimal) -> Decimal:
    """Base × accrual × years from entry to 68, at most 55, to the cent."""
    born, since = facts["birth_on"], facts["employed_since"]
    entered = max((since.year - born.year) * 12 + since.month - born.month, 0)
    months = min(max(68 * 12 - entered, 0), 55 * 12)
    return cents(base * percent(terms, "accrual_rate") * months / 12)


def rate(facts: Facts, terms: Terms, form: str) -> Decimal:
    if form == "own_age":
        return by_age(terms["rates_by_age"], months_of_age(facts) // 12) / 10
    return percent(terms, "premium_rate")
