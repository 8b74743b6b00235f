"""Lease car: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.lease_car import rules
from schakel.engine.benefits.lease_car.terms import TERMS

LEASE_CAR = define(
    "lease_car",
    line="not_insurable",
    nl="Leaseauto",
    en="Lease car",
    conditions=(*SERVICE, "is_also_private", "rate_is_known"),
    quantities=(
        Quantity(
            "addition",
            "bijtelling",
            "addition",
            "car_addition",
            "period",
            deduction_class="benefit_in_kind",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
