"""What the terms of incapacity, absence and self-insurance refuse, and what settling a wage sum rests on."""

from typing import Any

import pytest

from schakel.engine.benefit import Benefit
from schakel.engine.catalogue import BENEFITS, check_terms
from schakel.engine.errors import MissingTerms, WrongTerms

WAGE_SUM = [one for one in BENEFITS if one.mechanic == "wage_sum"]


@pytest.mark.parametrize("one", WAGE_SUM, ids=lambda one: one.name)
def test_every_wage_sum_policy_can_be_settled(one: Benefit) -> None:
    """`participation/wage_sums.py` adds up these amounts and reads this term, whatever the benefit."""
    assert {"insured_wage", "employee_share"} <= {quantity.name for quantity in one.quantities}
    assert check_terms(one.name, {"premium_rate": "1.25"})["premium_rate"] == 12_500


@pytest.mark.parametrize(
    "said",
    [
        {"has_personal_premium": True},
        {"premium_per_person": "96"},
        {"premium_by_age": {18: "40"}},
        {"has_personal_premium": True, "premium_per_person": "96", "premium_by_age": {18: "40"}},
    ],
)
def test_a_premium_for_each_person_is_said_whole_and_once(said: dict[str, Any]) -> None:
    with pytest.raises(WrongTerms) as caught:
        check_terms("wga_gap", {"premium_rate": "0.62", **said})
    assert caught.value.about == "has_personal_premium"


@pytest.mark.parametrize("said", [{"premium_per_person": "96"}, {"premium_by_age": {18: "40"}}])
def test_a_premium_for_each_person_goes_with_one_amount(said: dict[str, Any]) -> None:
    check_terms("wga_gap", {"premium_rate": "0", "has_personal_premium": True, **said})


@pytest.mark.parametrize(
    ("form", "wanted"), [("stop_loss", "average_absence"), ("money_excess", "money_excess")]
)
def test_an_own_retention_is_never_nought_unsaid(form: str, wanted: str) -> None:
    with pytest.raises(MissingTerms) as caught:
        check_terms("absence_stop_loss", {"form": form, "premium_rate": "0.4"})
    assert caught.value.about == wanted


def test_more_than_half_is_not_recovered_from_employees() -> None:
    check_terms("wga_self_insurance", {"premium_rate": "0.6", "recovered_share": "50"})
    with pytest.raises(WrongTerms) as caught:
        check_terms("wga_self_insurance", {"premium_rate": "0.6", "recovered_share": "50.01"})
    assert caught.value.about == "recovered_share"


def test_nothing_is_recovered_of_the_zw() -> None:
    with pytest.raises(WrongTerms):
        check_terms("zw_self_insurance", {"premium_rate": "0.6", "recovered_share": "1"})
