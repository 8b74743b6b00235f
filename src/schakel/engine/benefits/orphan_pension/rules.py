"""Orphan pension on risk basis: a share of salary for each child (Wtp), or of the reachable pension."""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    FineEurosPerYear,
    Multiple,
    Part,
    Share,
    YesNo,
    choose,
    look_up,
    lowest,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "pensioenreglement; docs/calculations/orphan_pension.md"


@rule(
    nl="Verzekerd wezenpensioen per kind per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × percentage, of bereikbaar pensioen × deel daarvan",
    formula_en="pensionable salary for the hours worked × share, or reachable pension × share of it",
    source=SOURCE,
    rounds=HALF_UP,
)
def orphan_sum_insured(
    cover_form: Choice,
    actual_pensionable_salary: EurosPerYear,
    orphan_share: Share,
    reachable_pension: EurosPerYear,
    reachable_share: Part,
) -> EurosPerYear:
    """Insured orphan pension for each child a year."""
    return choose(
        says(cover_form, "share_of_salary"),
        actual_pensionable_salary * orphan_share,
        reachable_pension * reachable_share,
    )


@rule(
    nl="Verzekerd wezenpensioen van een volle wees per jaar",
    formula_nl="verzekerd wezenpensioen × het veelvoud voor volle wezen",
    formula_en="insured orphan pension × the multiple for full orphans",
    source="Wet LB 1964 art. 18c; pensioenreglement; docs/calculations/orphan_pension.md",
    rounds=HALF_UP,
)
def full_orphan_sum_insured(orphan_sum_insured: EurosPerYear, full_orphan_times: Multiple) -> EurosPerYear:
    """Insured orphan pension of a full orphan a year."""
    return orphan_sum_insured * full_orphan_times


@rule(
    nl="Kinderen onder de eindleeftijd",
    formula_nl="aantal kinderen jonger dan de eindleeftijd van de regeling",
    formula_en="number of children under the end age of the scheme",
    source=SOURCE,
)
def children_insured(  # noqa: PLR0917 - a rule reads what it reads
    child_end_age: Choice,
    children_under_18: Count,
    children_under_21: Count,
    children_under_25: Count,
    children_under_27: Count,
    children_under_30: Count,
) -> Count:
    """Children under the end age."""
    by_age = {
        "until_18": children_under_18,
        "until_21": children_under_21,
        "until_27": children_under_27,
        "until_30": children_under_30,
    }
    found = children_under_25
    for word, number in by_age.items():
        found = choose(says(child_end_age, word), number, found)
    return found


@rule(
    nl="Grondslag van de premie",
    formula_nl="pensioengevend salaris voor de gewerkte uren, pensioengrondslag, of verzekerd wezenpensioen",
    formula_en="pensionable salary for the hours worked, pension base, or insured orphan pension",
    source=SOURCE,
)
def contribution_base(
    premium_form: Choice,
    actual_pensionable_salary: EurosPerYear,
    pension_base: EurosPerYear,
    orphan_sum_insured: EurosPerYear,
) -> EurosPerYear:
    """What the premium is a share of."""
    return choose(
        says(premium_form, "of_salary"),
        actual_pensionable_salary,
        choose(says(premium_form, "of_base"), pension_base, orphan_sum_insured),
    )


@rule(
    nl="Premiepercentage dat geldt",
    formula_nl="vast, of uit het tarief naar leeftijd",
    formula_en="fixed, or from the tariff by age",
    source="tarief van de uitvoerder; docs/calculations/orphan_pension.md",
)
def orphan_rate(premium_form: Choice, premium_rate: Share, rates_by_age: Share, age_years: Count) -> Share:
    """Premium rate that holds."""
    by_own = look_up(rates_by_age, age_years) if rates_by_age.size else rates_by_age
    return choose(says(premium_form, "own_age"), by_own, premium_rate)


@rule(
    nl="Risicopremie per jaar",
    formula_nl="grondslag van de premie × premiepercentage; per kind × kinderen onder de eindleeftijd die tellen",
    formula_en="basis of the premium × premium rate; for each child × children under the end age that count",
    source=SOURCE,
)
def orphan_premium_per_year(
    contribution_base: EurosPerYear,
    orphan_rate: Share,
    premium_per: Choice,
    children_insured: Count,
    highest_children: Count,
) -> FineEurosPerYear:
    """Risk premium a year, unrounded."""
    once = contribution_base * orphan_rate
    return choose(says(premium_per, "employee"), once, once * lowest(children_insured, highest_children))


@rule(
    nl="Premie die werkgever en werknemer verdelen",
    formula_nl="risicopremie per jaar",
    formula_en="risk premium a year",
    source=SOURCE,
)
def contribution_per_year(orphan_premium_per_year: FineEurosPerYear) -> FineEurosPerYear:
    """Premium a year that employer and employee share."""
    return orphan_premium_per_year


@rule(
    nl="Heeft een kind onder de eindleeftijd",
    formula_nl="kinderen onder de eindleeftijd ≥ 1, of de regeling eist het niet",
    formula_en="children under the end age ≥ 1, or the scheme does not ask for one",
    source=SOURCE,
)
def has_child_if_asked(children_insured: Count, requires_child: YesNo) -> YesNo:
    """Has a child under the end age, where the scheme asks for one."""
    return (children_insured >= 1) | ~requires_child
