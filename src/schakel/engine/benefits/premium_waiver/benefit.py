"""Premium waiver: what comes out."""

from schakel.engine.bases import contribution, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define, rest
from schakel.engine.benefits.premium_waiver import rules
from schakel.engine.benefits.premium_waiver.terms import TERMS, check

PREMIUM_WAIVER = define(
    "premium_waiver",
    line="pension",
    nl="Premievrijstelling bij arbeidsongeschiktheid",
    en="Premium waiver on incapacity",
    conditions=(*TAKING_PART, "has_waited_out_illness"),
    quantities=(
        Quantity(
            "contribution",
            "premie zonder vrijstelling",
            "contribution without waiver",
            "contribution_per_year",
        ),
        Quantity("waived", "vrijgestelde premie", "waived contribution", "waived_per_year"),
        rest(
            "still_paid", "premie die blijft", "contribution still paid", of="contribution", minus=("waived",)
        ),
        Quantity(
            "employee_contribution",
            "werknemersdeel dat blijft",
            "employee's part still paid",
            "employee_left_per_year",
            deduction_class="gross_pension",
        ),
        rest(
            "employer_contribution",
            "werkgeversdeel dat blijft",
            "employer's part still paid",
            of="still_paid",
            minus=("employee_contribution",),
            deduction_class="employer_only",
        ),
        Quantity(
            "employee_waived",
            "vrijgesteld werknemersdeel",
            "employee's part waived",
            "employee_waived_per_year",
        ),
        rest(
            "employer_waived",
            "vrijgesteld werkgeversdeel",
            "employer's part waived",
            of="waived",
            minus=("employee_waived",),
        ),
        Quantity(
            "waived_accrual",
            "premievrije opbouw",
            "accrual without contribution",
            "waived_accrual_per_year",
            when="waives_accrual",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, contribution, rules),
    check=check,
)
