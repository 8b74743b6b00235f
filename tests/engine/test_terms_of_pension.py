"""What the terms of risk pensions, voluntary contributions and the waiver refuse: half said, or more than the law."""

from typing import Any

import pytest

from schakel.engine.catalogue import check_terms
from schakel.engine.errors import MissingTerms, SchemeIssue, WrongTerms

PARTNER: dict[str, Any] = {"partner_share": "30", "premium_rate": "1"}
ORPHAN: dict[str, Any] = {"orphan_share": "15", "premium_rate": "0.06"}
PARTS: dict[str, Any] = {"employee_pays": True, "employee_form": "fixed"}
REFUSED: list[tuple[str, dict[str, Any], type[SchemeIssue], str]] = [
    ("partner_pension", {**PARTNER, "partner_share": "50.0001"}, WrongTerms, "partner_share"),
    ("partner_pension", {"premium_rate": "1"}, MissingTerms, "partner_share"),
    ("partner_pension", {**PARTNER, "cover_form": "reachable"}, MissingTerms, "accrual_rate"),
    ("partner_pension", {"partner_share": "30"}, MissingTerms, "premium_rate"),
    ("partner_pension", {"partner_share": "30", "premium_form": "of_base"}, MissingTerms, "premium_rate"),
    ("partner_pension", {"partner_share": "30", "premium_form": "of_sum"}, MissingTerms, "premium_rate"),
    ("partner_pension", {**PARTNER, "premium_form": "own_age"}, MissingTerms, "rates_by_age"),
    ("partner_pension", {**PARTNER, "premium_form": "both_ages"}, MissingTerms, "rates_by_ages"),
    ("partner_pension", {**PARTNER, **PARTS}, MissingTerms, "employee_amount"),
    ("partner_pension", {**PARTNER, "employee_rate": "0.3"}, WrongTerms, "employee_rate"),
    (
        "partner_pension",
        {**PARTNER, "employee_form": "remainder", "employer_rate": "0.3"},
        WrongTerms,
        "employee_form",
    ),
    ("orphan_pension", {**ORPHAN, "orphan_share": "20.0001"}, WrongTerms, "orphan_share"),
    ("orphan_pension", {**ORPHAN, "full_orphan_times": "2.01"}, WrongTerms, "full_orphan_times"),
    ("orphan_pension", {"premium_rate": "0.06"}, MissingTerms, "orphan_share"),
    ("orphan_pension", {**ORPHAN, "cover_form": "reachable"}, MissingTerms, "accrual_rate"),
    ("orphan_pension", {**ORPHAN, "premium_form": "own_age"}, MissingTerms, "rates_by_age"),
    ("orphan_pension", {**ORPHAN, "child_end_age": "until_24"}, WrongTerms, "child_end_age"),
    ("orphan_pension", {**ORPHAN, "employee_cap": "100"}, WrongTerms, "employee_cap"),
    ("excedent_pension", {"contribution_rate": "20"}, MissingTerms, "lower_cap"),
    ("excedent_pension", {"lower_cap": "70000"}, MissingTerms, "contribution_rate"),
    ("net_pension", {}, MissingTerms, "contribution_scale"),
    ("voluntary_pension", {}, MissingTerms, "regular_rate"),
    ("voluntary_pension", {"regular_rate": "24", "highest_rate": "33.01"}, WrongTerms, "highest_rate"),
    ("voluntary_pension", {"room_form": "by_age", "highest_scale": {0: "9"}}, MissingTerms, "regular_scale"),
    ("premium_waiver", {"contribution_form": "by_age"}, MissingTerms, "contribution_scale"),
    ("premium_waiver", {"contribution_rate": "20", "waives_accrual": True}, MissingTerms, "accrual_rate"),
    (
        "premium_waiver",
        {"contribution_rate": "20", "employee_form": "remainder"},
        MissingTerms,
        "employer_rate",
    ),
]


@pytest.mark.parametrize(("name", "said", "wanted", "about"), REFUSED)
def test_it_is_refused_with_what_is_wrong(
    name: str, said: dict[str, Any], wanted: type[SchemeIssue], about: str
) -> None:
    with pytest.raises(wanted) as caught:
        check_terms(name, said)
    assert caught.value.about == about


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("partner_pension", {"partner_share": "50", "premium_rate": "0"}),
        ("partner_pension", {**PARTNER, "employee_pays": True, "employee_rate": "0.3"}),
        ("orphan_pension", {"orphan_share": "20", "premium_rate": "0", "insures_full_orphans": True}),
        ("voluntary_pension", {"regular_rate": "33", "highest_rate": "33"}),
        ("premium_waiver", {"contribution_rate": "20", "waives_accrual": True, "accrual_rate": "1.875"}),
    ],
)
def test_the_most_that_is_allowed_is_allowed(name: str, said: dict[str, Any]) -> None:
    check_terms(name, said)
