"""WIA excess: a share of the wage above the WIA limit; below it what is missing up to the same share.

Two methods are found: two parts (below and above the limit) times the share that goes with the incapacity, or what is
missing beside an IVA benefit (75 %) or a WGA benefit (70 %).
"""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    FineEurosPerYear,
    Part,
    Share,
    YesNo,
    choose,
    is_given,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden WIA-excedent; docs/calculations/wia_excess.md"
STATUTORY = "Wet WIA art. 51 en 61; docs/calculations/wia_excess.md"
FULL = 80  #: percent incapacity from which the benefit is whole; Wet WIA art. 4


@rule(
    nl="Verzekerd loon voor het excedent",
    formula_nl="jaarloon, ten hoogste het hoogste verzekerde loon",
    formula_en="yearly wage, at most the highest insured wage",
    source=SOURCE,
)
def counted_wage(wage_per_year: EurosPerYear, highest_insured_wage: EurosPerYear) -> EurosPerYear:
    """Wage that counts for the excess."""
    return choose(is_given(highest_insured_wage), lowest(wage_per_year, highest_insured_wage), wage_per_year)


@rule(
    nl="Loon boven de WIA-loongrens",
    formula_nl="verzekerd loon − WIA-loongrens, ten minste nul",
    formula_en="insured wage − WIA wage limit, at least zero",
    source=SOURCE,
)
def wage_above_limit(counted_wage: EurosPerYear, wia_wage_limit: EurosPerYear) -> EurosPerYear:
    """Wage above the WIA wage limit."""
    return not_below_zero(counted_wage - wia_wage_limit)


@rule(
    nl="Verzekerd loon per jaar, ongerond",
    formula_nl="loon boven de WIA-loongrens",
    formula_en="wage above the WIA wage limit",
    source=SOURCE,
)
def insured_wage_fine(wage_above_limit: EurosPerYear) -> FineEurosPerYear:
    """Insured wage a year, to be spread over wage periods."""
    return wage_above_limit


@rule(
    nl="Werknemersdeel van de premie per jaar",
    formula_nl="loon boven de grens × werknemerspercentage",
    formula_en="wage above the limit × employee rate",
    source=SOURCE,
)
def employee_share_per_year(wage_above_limit: EurosPerYear, employee_rate: Share) -> FineEurosPerYear:
    """Employee's part of the premium a year, unrounded."""
    return wage_above_limit * employee_rate


@rule(
    nl="Dekking die geldt",
    formula_nl="dekking, met de extra dekking vanaf 80 % arbeidsongeschikt, ten hoogste honderd",
    formula_en="cover, with the extra cover from 80 % incapacity on, at most hundred",
    source=SOURCE,
)
def cover_that_holds(cover_rate: Part, extra_cover: Part, incapacity_percent: Count) -> Part:
    """Cover at this incapacity."""
    return lowest(cover_rate + choose(incapacity_percent >= FULL, extra_cover, 0), 1)


@rule(
    nl="Rubriek A: aanvulling onder de grens",
    formula_nl="loon tot de grens × (dekking − wat de WGA dekt, ten minste nul)",
    formula_en="wage up to the limit × (cover − what the WGA covers, at least zero)",
    source=SOURCE,
    rounds=HALF_UP,
)
def sum_insured_below(wage_below_limit: EurosPerYear, cover_rate: Part, wga_share: Part) -> EurosPerYear:
    """Insured a year below the limit (rubriek A)."""
    return wage_below_limit * not_below_zero(cover_rate - wga_share)


@rule(
    nl="Rubriek B: boven de grens",
    formula_nl="loon boven de grens × dekking",
    formula_en="wage above the limit × cover",
    source=SOURCE,
    rounds=HALF_UP,
)
def sum_insured_above(wage_above_limit: EurosPerYear, cover_rate: Part) -> EurosPerYear:
    """Insured a year above the limit (rubriek B)."""
    return wage_above_limit * cover_rate


@rule(
    nl="Uitkeringspercentage",
    formula_nl="honderd vanaf 80 % arbeidsongeschikt; daaronder het percentage zelf, of dat van de klasse",
    formula_en="hundred from 80 % incapacity on; below it the percentage itself, or that of the class",
    source=SOURCE,
)
def benefit_share(incapacity_percent: Count, benefit_table: Part) -> Part:
    """Share that is paid at this incapacity."""
    at_class = look_up(benefit_table, incapacity_percent) if benefit_table.size else benefit_table
    by_percentage = choose(is_given(benefit_table), at_class, incapacity_percent / 100)
    return choose(incapacity_percent >= FULL, 1, by_percentage)


@rule(
    nl="Rubrieken A en B bij deze arbeidsongeschiktheid",
    formula_nl="(loon boven de grens × dekking + loon tot de grens × (dekking − wat de WGA dekt) "
    "als dat is meeverzekerd) × uitkeringspercentage",
    formula_en="(wage above the limit × cover + wage up to the limit × (cover − what the WGA covers) "
    "if that is insured) × benefit share",
    source=SOURCE,
    rounds=HALF_UP,
)
def parts_together(  # noqa: PLR0917 - a rule reads what it reads
    wage_above_limit: EurosPerYear,
    wage_below_limit: EurosPerYear,
    cover_that_holds: Part,
    wga_share: Part,
    covers_below: YesNo,
    benefit_share: Part,
) -> FineEurosPerYear:
    """Both parts a year at this incapacity."""
    below = choose(covers_below, wage_below_limit * not_below_zero(cover_that_holds - wga_share), 0)
    return (wage_above_limit * cover_that_holds + below) * benefit_share


@rule(
    nl="Uitkering naast de WIA",
    formula_nl="IVA: loon × dekking − 75 % tot de grens; WGA: (loon × dekking − 70 % tot de grens) × percentage; "
    "zonder WIA-uitkering nul",
    formula_en="IVA: wage × cover − 75 % up to the limit; WGA: (wage × cover − 70 % up to the limit) × percentage; "
    "zero without a WIA benefit",
    source=STATUTORY,
    rounds=HALF_UP,
)
def missing_beside_wia(  # noqa: PLR0917 - a rule reads what it reads
    counted_wage: EurosPerYear,
    wage_below_limit: EurosPerYear,
    cover_that_holds: Part,
    wga_share: Part,
    iva_share: Part,
    wia_kind: Choice,
    benefit_share: Part,
) -> FineEurosPerYear:
    """What is missing a year beside the WIA benefit."""
    wanted = counted_wage * cover_that_holds
    iva = not_below_zero(wanted - wage_below_limit * iva_share)
    wga = not_below_zero(wanted - wage_below_limit * wga_share) * benefit_share
    beside = choose(says(wia_kind, "iva"), iva, wga)
    return choose(says(wia_kind, "none"), 0, beside)


@rule(
    nl="Uitkering per jaar",
    formula_nl="rubriek A en B bij deze arbeidsongeschiktheid, of wat naast de WIA ontbreekt; ten hoogste het maximum",
    formula_en="both parts at this incapacity, or what is missing beside the WIA; at most the maximum",
    source=SOURCE,
)
def benefit_per_year(
    is_incapacitated: YesNo,
    method: Choice,
    parts_together: FineEurosPerYear,
    missing_beside_wia: FineEurosPerYear,
    highest_benefit: EurosPerYear,
) -> FineEurosPerYear:
    """Benefit a year."""
    whole = choose(says(method, "two_parts"), parts_together, missing_beside_wia)
    capped = choose(is_given(highest_benefit), lowest(whole, highest_benefit), whole)
    return choose(is_incapacitated, capped, 0)
