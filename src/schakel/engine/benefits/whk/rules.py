"""The public contribution for WGA and ZW by size of the employer, and the private premium beside it.

A small employer pays the rate of its sector, a large one its own rate, one between them something of both.
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    Exact,
    FineEurosPerYear,
    Multiple,
    Share,
    choose,
    constant,
    highest,
    is_given,
    look_up,
    lowest,
    not_below_zero,
)
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

SOURCE = "Wfsv art. 38; Besluit Wfsv art. 2.6–2.13; beschikking Whk; docs/calculations/whk.md"
ALL_YEARS = 5  #: years of wage sums in the average; Besluit Wfsv ch. 2


@rule(
    nl="Gewicht van het eigen percentage",
    formula_nl="nul voor een kleine, een voor een grote werkgever; daartussen (loonsom twee jaar eerder − grens klein) "
    "÷ (grens groot − grens klein)",
    formula_en="zero for a small, one for a large employer; between them (wage sum two years before − small limit) "
    "÷ (large limit − small limit)",
    source=SOURCE,
    rounds=HALF_UP,
)
def weight_of_own_rate(
    wage_sum_two_years_ago: Euros, small_limit: EurosPerYear, large_limit: EurosPerYear
) -> Share:
    """Weight of the employer's own rate."""
    above = not_below_zero(lowest(wage_sum_two_years_ago, large_limit) - small_limit)
    return above / highest(large_limit - small_limit, _a_cent())


@rule(
    nl="Eigen werkgeversrisico WGA",
    formula_nl="toegerekende WGA-uitkeringen ÷ gemiddelde loonsom",
    formula_en="WGA benefits charged ÷ average wage sum",
    source=SOURCE,
    rounds=HALF_UP,
)
def wga_own_risk(wga_benefits_charged: Euros, average_wage_sum: Euros) -> Share:
    """Employer's own risk for WGA."""
    return wga_benefits_charged / highest(average_wage_sum, _a_cent())


@rule(
    nl="Eigen werkgeversrisico WGA, voor ontbrekende jaren verhoogd",
    formula_nl="eigen risico × factor bij minder dan vijf beschikbare jaren, ten hoogste honderd procent",
    formula_en="own risk × factor with fewer than five years available, at most hundred percent",
    source=SOURCE,
    rounds=HALF_UP,
)
def wga_corrected_risk(wga_own_risk: Share, wga_years_table: Multiple, whk_available_years: Count) -> Share:
    """Employer's own risk for WGA, of an employer whose wage sums do not go back five years."""
    risk = lowest(wga_own_risk, 1)
    return lowest(risk * _years_factor(wga_years_table, whk_available_years), 1)


@rule(
    nl="Eigen percentage WGA",
    formula_nl="rekenpercentage + correctiefactor × (eigen risico − gemiddeld risico), tussen minimum en maximum",
    formula_en="calculation rate + correction factor × (own risk − average risk), between minimum and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def wga_own_rate(  # noqa: PLR0917 - a rule reads what it reads
    wga_base_rate: Share,
    wga_correction: Multiple,
    wga_corrected_risk: Share,
    wga_average_risk: Share,
    wga_lowest_rate: Share,
    wga_highest_rate: Share,
) -> Share:
    """Employer's own rate for WGA."""
    found = wga_base_rate + wga_correction * wga_corrected_risk - wga_correction * wga_average_risk
    return lowest(highest(found, wga_lowest_rate), wga_highest_rate)


@rule(
    nl="Percentage WGA",
    formula_nl="(1 − gewicht) × sectorpremie + gewicht × eigen percentage, op twee decimalen",
    formula_en="(1 − weight) × sector rate + weight × own rate, to two decimals",
    source=SOURCE,
    rounds=HALF_UP,
)
def wga_rate(
    weight_of_own_rate: Share, wga_sector_rate: Share, wga_own_rate: Share, rate_rounding: Choice
) -> Share:
    """Rate that holds for WGA."""
    weight = lowest(weight_of_own_rate, 1)
    of_sector = (1 - weight) * wga_sector_rate
    return rounded_to(of_sector + weight * wga_own_rate, rate_rounding)


@rule(
    nl="Premie WGA per jaar",
    formula_nl="loonsom × percentage",
    formula_en="wage sum × rate",
    source=SOURCE,
)
def wga_per_year(wage_sum_per_year: Euros, wga_rate: Share) -> FineEurosPerYear:
    """Public contribution a year for WGA, unrounded."""
    return wage_sum_per_year * wga_rate


@rule(
    nl="Eigen werkgeversrisico ZW",
    formula_nl="toegerekende ZW-uitkeringen ÷ gemiddelde loonsom",
    formula_en="ZW benefits charged ÷ average wage sum",
    source=SOURCE,
    rounds=HALF_UP,
)
def zw_own_risk(zw_benefits_charged: Euros, average_wage_sum: Euros) -> Share:
    """Employer's own risk for ZW."""
    return zw_benefits_charged / highest(average_wage_sum, _a_cent())


@rule(
    nl="Eigen werkgeversrisico ZW, voor ontbrekende jaren verhoogd",
    formula_nl="eigen risico × factor bij minder dan vijf beschikbare jaren, ten hoogste honderd procent",
    formula_en="own risk × factor with fewer than five years available, at most hundred percent",
    source=SOURCE,
    rounds=HALF_UP,
)
def zw_corrected_risk(zw_own_risk: Share, zw_years_table: Multiple, whk_available_years: Count) -> Share:
    """Employer's own risk for ZW, of an employer whose wage sums do not go back five years."""
    risk = lowest(zw_own_risk, 1)
    return lowest(risk * _years_factor(zw_years_table, whk_available_years), 1)


@rule(
    nl="Eigen percentage ZW",
    formula_nl="rekenpercentage + correctiefactor × (eigen risico − gemiddeld risico), tussen minimum en maximum",
    formula_en="calculation rate + correction factor × (own risk − average risk), between minimum and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def zw_own_rate(  # noqa: PLR0917 - a rule reads what it reads
    zw_base_rate: Share,
    zw_correction: Multiple,
    zw_corrected_risk: Share,
    zw_average_risk: Share,
    zw_lowest_rate: Share,
    zw_highest_rate: Share,
) -> Share:
    """Employer's own rate for ZW."""
    found = zw_base_rate + zw_correction * zw_corrected_risk - zw_correction * zw_average_risk
    return lowest(highest(found, zw_lowest_rate), zw_highest_rate)


@rule(
    nl="Percentage ZW",
    formula_nl="(1 − gewicht) × sectorpremie + gewicht × eigen percentage, op twee decimalen",
    formula_en="(1 − weight) × sector rate + weight × own rate, to two decimals",
    source=SOURCE,
    rounds=HALF_UP,
)
def zw_rate(
    weight_of_own_rate: Share, zw_sector_rate: Share, zw_own_rate: Share, rate_rounding: Choice
) -> Share:
    """Rate that holds for ZW."""
    weight = lowest(weight_of_own_rate, 1)
    of_sector = (1 - weight) * zw_sector_rate
    return rounded_to(of_sector + weight * zw_own_rate, rate_rounding)


@rule(
    nl="Premie ZW per jaar",
    formula_nl="loonsom × percentage",
    formula_en="wage sum × rate",
    source=SOURCE,
)
def zw_per_year(wage_sum_per_year: Euros, zw_rate: Share) -> FineEurosPerYear:
    """Public contribution a year for ZW, unrounded."""
    return wage_sum_per_year * zw_rate


@rule(
    nl="Publieke premie per jaar",
    formula_nl="premie WGA + premie ZW",
    formula_en="contribution for WGA + contribution for ZW",
    source=SOURCE,
)
def public_per_year(wga_per_year: FineEurosPerYear, zw_per_year: FineEurosPerYear) -> FineEurosPerYear:
    """Public contribution a year, unrounded."""
    return wga_per_year + zw_per_year


@rule(
    nl="Premie met private dekking per jaar",
    formula_nl="loonsom × private premie; wat niet privaat is, blijft publiek",
    formula_en="wage sum × private premium; what is not private stays public",
    source="polisvoorwaarden; docs/calculations/whk.md",
)
def private_per_year(
    wage_sum_per_year: Euros,
    private_wga_rate: Share,
    private_zw_rate: Share,
    wga_per_year: FineEurosPerYear,
    zw_per_year: FineEurosPerYear,
) -> FineEurosPerYear:
    """Premium a year with private cover, unrounded."""
    wga = choose(is_given(private_wga_rate), wage_sum_per_year * private_wga_rate, wga_per_year)
    return wga + choose(is_given(private_zw_rate), wage_sum_per_year * private_zw_rate, zw_per_year)


@rule(
    nl="Privaat goedkoper, per jaar",
    formula_nl="publieke premie − premie met private dekking, ten minste nul",
    formula_en="public contribution − premium with private cover, at least zero",
    source="docs/calculations/whk.md",
)
def saved_per_year(public_per_year: FineEurosPerYear, private_per_year: FineEurosPerYear) -> FineEurosPerYear:
    """What private cover saves a year."""
    return not_below_zero(public_per_year - private_per_year)


@rule(
    nl="Privaat duurder, per jaar",
    formula_nl="premie met private dekking − publieke premie, ten minste nul",
    formula_en="premium with private cover − public contribution, at least zero",
    source="docs/calculations/whk.md",
)
def dearer_per_year(
    public_per_year: FineEurosPerYear, private_per_year: FineEurosPerYear
) -> FineEurosPerYear:
    """What private cover costs more a year."""
    return not_below_zero(private_per_year - public_per_year)


def _years_factor(table: Multiple, years: Count) -> Exact:
    at_years = look_up(table, lowest(years, ALL_YEARS - 1)) if table.size else table
    return choose(is_given(table), choose(years >= ALL_YEARS, 1, at_years), 1)


def _a_cent() -> EurosPerYear:
    # Keeps a division from ever being by nothing; without wages whatever is charged is the whole risk.
    return constant(1, 100, is_money=True)
