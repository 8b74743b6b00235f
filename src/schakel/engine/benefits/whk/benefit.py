"""Whk: what comes out."""

from schakel.engine.bases import wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.whk import rules
from schakel.engine.benefits.whk.terms import TERMS

WHK = define(
    "whk",
    line="self_insurance",
    mechanic="per_employer",
    nl="Whk-premie en eigenrisicodragerschap",
    en="Whk contribution and self-insurance",
    conditions=(),
    quantities=(
        Quantity("wga_contribution", "premie WGA", "contribution for WGA", "wga_per_year"),
        Quantity("zw_contribution", "premie ZW", "contribution for ZW", "zw_per_year"),
        Quantity(
            "public",
            "publieke premie",
            "public contribution",
            "public_per_year",
            deduction_class="employer_only",
        ),
        Quantity("private", "premie met private dekking", "premium with private cover", "private_per_year"),
        Quantity("saved", "privaat goedkoper", "private is cheaper by", "saved_per_year"),
        Quantity("dearer", "privaat duurder", "private is dearer by", "dearer_per_year"),
    ),
    terms=TERMS,
    rules=(wage, rules),
)
