"""Any other benefit: what may come out; only what a step makes is given."""

from schakel.engine.bases import pension, taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.other_benefit.terms import TERMS, check

OTHER_BENEFIT = define(
    "other_benefit",
    line="not_insurable",
    nl="Andere voorziening",
    en="Other benefit",
    quantities=(
        Quantity("sum_insured", "verzekerd bedrag", "sum insured", "sum_insured", "held"),
        Quantity("premium", "premie", "premium", "premium_per_year"),
        Quantity(
            "employee_share",
            "werknemersdeel",
            "employee's part",
            "employee_share_per_year",
            deduction_class="net",
        ),
        rest(
            "employer_share",
            "werkgeversdeel",
            "employer's part",
            of="premium",
            minus=("employee_share",),
            deduction_class="employer_only",
        ),
        Quantity(
            "benefit_payment", "uitkering", "benefit", "payment_in_period", "period", is_told_to_carrier=False
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, pension),
    check=check,
)
