"""Terms that contradict each other, or say what the law or the benefit does not allow, are refused with what is."""

from typing import Any

import pytest

from schakel.engine.catalogue import check_terms
from schakel.engine.errors import MissingTerms, SchemeIssue, WrongTerms

ACCIDENT: dict[str, Any] = {"death_multiple": "1", "disability_multiple": "2"}
HEALTH: dict[str, Any] = {"basic_premiums": {0: "1900"}, "supplementary_premiums": {0: "0"}}
REFUSED: list[tuple[str, dict[str, Any], type[SchemeIssue], str]] = [
    (
        "accident",
        {**ACCIDENT, "group_discount": "5", "group_discounts": {0: "0"}},
        WrongTerms,
        "group_discount",
    ),
    ("accident", {"death_multiple": "1"}, MissingTerms, "disability_multiple"),
    ("accident", {**ACCIDENT, "sum_form": "fixed"}, MissingTerms, "death_sum"),
    ("accident", {**ACCIDENT, "premium_form": "share_of_wage"}, MissingTerms, "wage_rates"),
    ("accident", {**ACCIDENT, "premium_form": "per_person"}, MissingTerms, "premium_per_person"),
    ("health", {**HEALTH, "basic_discount": "5"}, WrongTerms, "basic_discount"),
    ("health", {**HEALTH, "employer_form": "fixed_amount"}, MissingTerms, "employer_amount"),
    ("health", {**HEALTH, "employer_form": "share_of_supplementary"}, MissingTerms, "employer_share"),
    ("anw_gap", {"levels": {0: "0"}}, MissingTerms, "rates_by_age"),
    ("anw_gap", {"tariff": "flat", "flat_rate": "1"}, MissingTerms, "levels"),
    (
        "anw_gap",
        {"level_form": "share_of_anw", "tariff": "flat", "flat_rate": "1"},
        MissingTerms,
        "anw_shares",
    ),
    ("business_travel", {"europe_rates": {0: "1.85"}}, MissingTerms, "world_rates"),
    ("other_benefit", {}, MissingTerms, "steps"),
]


@pytest.mark.parametrize(
    ("name", "terms", "error", "about"), REFUSED, ids=[f"{name}-{about}" for name, _, _, about in REFUSED]
)
def test_what_does_not_fit_is_refused(
    name: str, terms: dict[str, Any], error: type[SchemeIssue], about: str
) -> None:
    with pytest.raises(error) as refused:
        check_terms(name, terms)
    assert refused.value.about == about
    assert refused.value.message("nl") != refused.value.message("en")


def test_who_says_no_step_is_told_which_steps_make_an_amount() -> None:
    with pytest.raises(
        MissingTerms, match="sum_insured, premium_per_year, employee_share_per_year, payment_in_period"
    ):
        check_terms("other_benefit", {})
