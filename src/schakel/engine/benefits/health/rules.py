"""Health: basic premium by excess, packages with the group's discount; children under 18 are free of the basic one."""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    FineEurosPerYear,
    Part,
    YesNo,
    choose,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden collectieve zorgverzekering; Zvw art. 16 lid 2; docs/calculations/health.md"


@rule(
    nl="Basispremie per persoon per jaar",
    formula_nl="basispremie bij het gekozen eigen risico",
    formula_en="basic premium at the chosen excess",
    source=SOURCE,
)
def basic_premium(basic_premiums: EurosPerYear, own_risk_choice: Count) -> EurosPerYear:
    """Basic premium of one adult a year; the law allows no group discount on it since 2023."""
    return look_up(basic_premiums, own_risk_choice)


@rule(
    nl="Aanvullende premie per persoon per jaar",
    formula_nl="(aanvullend pakket + tandartspakket) × (1 − korting)",
    formula_en="(supplementary package + dental package) × (1 − discount)",
    source=SOURCE,
    rounds=HALF_UP,
)
def supplementary_premium(
    supplementary_premiums: EurosPerYear,
    health_package: Count,
    dental_premiums: EurosPerYear,
    dental_package: Count,
    supplementary_discount: Part,
) -> EurosPerYear:
    """Supplementary premium of one adult a year."""
    dental = look_up(dental_premiums, dental_package) if dental_premiums.size else dental_premiums
    return (look_up(supplementary_premiums, health_package) + dental) * not_below_zero(
        1 - supplementary_discount
    )


@rule(
    nl="Verzekerde volwassenen",
    formula_nl="de werknemer, en de meeverzekerde volwassenen als zij via de collectiviteit gaan",
    formula_en="the employee, and the adults of the family where they go through the group",
    source=SOURCE,
)
def adults(insured_adults: Count, covers_family: YesNo) -> Count:
    """Adults whose premium is counted; children under 18 are free."""
    return 1 + choose(covers_family, insured_adults, 0)


@rule(
    nl="Premie per jaar",
    formula_nl="(basispremie + aanvullende premie) × volwassenen",
    formula_en="(basic premium + supplementary premium) × adults",
    source=SOURCE,
)
def health_premium_per_year(
    basic_premium: EurosPerYear, supplementary_premium: EurosPerYear, adults: Count
) -> FineEurosPerYear:
    """Premium a year."""
    return (basic_premium + supplementary_premium) * adults


@rule(
    nl="Werkgeversbijdrage per jaar",
    formula_nl="vast bedrag, of deel van de aanvullende premie van de werknemer; ten hoogste de premie",
    formula_en="fixed amount, or share of the employee's supplementary premium; at most the premium",
    source=SOURCE,
    rounds=HALF_UP,
)
def employer_contribution_per_year(
    employer_form: Choice,
    employer_amount: EurosPerYear,
    employer_share: Part,
    supplementary_premium: EurosPerYear,
    health_premium_per_year: FineEurosPerYear,
) -> FineEurosPerYear:
    """Employer's contribution a year; taxed wage unless it is put in the free space."""
    share = supplementary_premium * employer_share
    given = choose(says(employer_form, "fixed_amount"), employer_amount, share)
    return lowest(choose(says(employer_form, "none_paid"), 0, given), health_premium_per_year)
