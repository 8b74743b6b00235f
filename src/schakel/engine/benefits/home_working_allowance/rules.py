"""Home-working allowance: an untaxed amount for each day, which no insurer carries."""

from schakel.engine.exact import Days, Euros
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule


@rule(
    nl="Thuiswerkvergoeding",
    formula_nl="thuiswerkdagen × bedrag per dag",
    formula_en="days worked at home × amount a day",
    source="Wet LB 1964 art. 31a lid 2; docs/calculations/home_working_allowance.md",
    rounds=HALF_UP,
)
def home_working_amount(home_working_days: Days, amount_per_day: Euros) -> Euros:
    """Allowance for the wage period."""
    return home_working_days * amount_per_day
