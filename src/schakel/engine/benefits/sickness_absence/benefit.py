"""Sickness absence: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.sickness_absence import rules
from schakel.engine.benefits.sickness_absence.terms import TERMS

SICKNESS_ABSENCE = define(
    "sickness_absence",
    line="sickness_absence",
    mechanic="wage_sum",
    nl="Verzuimverzekering",
    en="Sickness absence",
    quantities=(
        Quantity("insured_wage", "verzekerd loon", "insured wage", "insured_wage_fine"),
        Quantity(
            "employee_share",
            "werknemersdeel",
            "employee's part",
            "employee_share_per_year",
            deduction_class="net",
        ),
        Quantity(
            "benefit_payment",
            "uitkering",
            "benefit",
            "benefit_in_period",
            "period",
            is_told_to_carrier=False,
            when="calculates_benefit",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
