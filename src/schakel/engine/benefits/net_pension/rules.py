"""Net pension: the salary above the fiscal cap, paid from net pay; what the employer adds is taxed wage."""

from schakel.engine.exact import (
    Count,
    EurosPerYear,
    FinestEurosPerYear,
    Part,
    Share,
    choose,
    is_given,
    look_up,
    lowest,
    not_below_zero,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 18ga; Wet IB 2001 art. 5.16 (nettopensioen); docs/calculations/net_pension.md"


@rule(
    nl="Grondslag nettopensioen",
    formula_nl="(voltijdjaarsalaris, ten hoogste de bovengrens, − maximum pensioengevend salaris, ten minste nul) "
    "× deeltijdfactor",
    formula_en="(full-time wage, at most the upper limit, − pensionable salary cap, at least zero) × part-time factor",
    source=SOURCE,
    rounds=HALF_UP,
)
def net_base(
    full_time_wage_per_year: EurosPerYear,
    upper_cap: EurosPerYear,
    pensionable_salary_cap: EurosPerYear,
    part_time_factor: Share,
) -> EurosPerYear:
    """Salary above the fiscal cap, for the hours worked."""
    wage = choose(is_given(upper_cap), lowest(full_time_wage_per_year, upper_cap), full_time_wage_per_year)
    return not_below_zero(wage - pensionable_salary_cap) * part_time_factor


@rule(
    nl="Nettostaffel bij deze leeftijd",
    formula_nl="percentage uit de nettostaffel bij de leeftijd",
    formula_en="rate of the net scale at the age",
    source=SOURCE,
)
def net_rate(contribution_scale: Share, age_years: Count) -> Share:
    """Rate of the net scale at this age."""
    return look_up(contribution_scale, age_years)


@rule(
    nl="Gekozen deel van de nettostaffel",
    formula_nl="deel bij het gekozen niveau; het geheel als de regeling geen keuze kent",
    formula_en="part at the chosen level; the whole if the scheme leaves no choice",
    source="nettopensioenreglement; docs/calculations/net_pension.md",
)
def chosen_share(chosen_shares: Part, chosen_level: Count) -> Part:
    """Part of the net scale that was chosen."""
    at_level = look_up(chosen_shares, chosen_level) if chosen_shares.size else chosen_shares
    return choose(is_given(chosen_shares), at_level, 1)


@rule(
    nl="Premie per jaar",
    formula_nl="grondslag × nettostaffel × gekozen deel",
    formula_en="base × net scale × chosen part",
    source=SOURCE,
)
def contribution_per_year(net_base: EurosPerYear, net_rate: Share, chosen_share: Part) -> FinestEurosPerYear:
    """Contribution a year, unrounded."""
    return net_base * net_rate * chosen_share


@rule(
    nl="Werkgeversdeel per jaar",
    formula_nl="grondslag × werkgeverspercentage, ten hoogste de premie",
    formula_en="base × employer rate, at most the contribution",
    source=SOURCE,
)
def employer_contribution_per_year(
    net_base: EurosPerYear, employer_rate: Share, contribution_per_year: FinestEurosPerYear
) -> FinestEurosPerYear:
    """Employer's part a year, unrounded; wage that is taxed."""
    return lowest(net_base * employer_rate, contribution_per_year)
