"""Partner pension on risk basis: a share of salary, without franchise and without years of service (Wtp)."""

from schakel.engine.exact import EurosPerYear, FineEurosPerYear, Share, YesNo
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "pensioenreglement; docs/calculations/partner_pension.md"


@rule(
    nl="Verzekerd partnerpensioen per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × percentage",
    formula_en="pensionable salary for the hours worked × share",
    source=SOURCE,
    rounds=HALF_UP,
)
def partner_sum_insured(actual_pensionable_salary: EurosPerYear, partner_share: Share) -> EurosPerYear:
    """Insured partner pension a year."""
    return actual_pensionable_salary * partner_share


@rule(
    nl="Risicopremie per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × premiepercentage",
    formula_en="pensionable salary for the hours worked × premium rate",
    source=SOURCE,
)
def partner_premium_per_year(
    actual_pensionable_salary: EurosPerYear, premium_rate: Share
) -> FineEurosPerYear:
    """Risk premium a year, unrounded."""
    return actual_pensionable_salary * premium_rate


@rule(
    nl="Partner bekend, als de regeling dat eist",
    formula_nl="heeft een partner, of de regeling eist het niet",
    formula_en="has a partner, or the scheme does not ask for one",
    source="pensioenreglement; docs/calculations/partner_pension.md",
)
def has_partner_if_asked(has_partner: YesNo, requires_partner: YesNo) -> YesNo:
    """Has a partner, where the scheme asks for one."""
    return has_partner | (requires_partner < 1)
