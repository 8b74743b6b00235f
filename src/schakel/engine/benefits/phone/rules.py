"""Phone: exempt when necessary for the work; otherwise its value is free space or wage."""

from schakel.engine.exact import Choice, Euros, Share, YesNo, choose, not_below_zero, says
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 31a lid 2 onderdeel g (noodzakelijkheidscriterium); docs/calculations/phone.md"


@rule(
    nl="Waarde die meetelt",
    formula_nl="nul als de telefoon noodzakelijk is; anders waarde × deel dat telt − eigen betaling, ten minste nul",
    formula_en="zero when the phone is necessary; otherwise value × part that counts − own payment, at least zero",
    source=SOURCE,
    rounds=HALF_UP,
)
def counted_value(
    phone_is_necessary: YesNo, phone_private_use: Euros, private_share: Share, own_payment: Euros
) -> Euros:
    """Value that counts in the wage period."""
    private = phone_private_use * private_share
    return choose(phone_is_necessary, 0, not_below_zero(private - own_payment))


@rule(
    nl="In de vrije ruimte",
    formula_nl="waarde die meetelt, als de werkgever die in de vrije ruimte zet",
    formula_en="value that counts, where the employer puts it in the free space",
    source=SOURCE,
)
def phone_in_free_space(counted_value: Euros, when_not_necessary: Choice) -> Euros:
    """Put in the free space."""
    return choose(says(when_not_necessary, "free_space"), counted_value, 0)


@rule(
    nl="Loon in natura",
    formula_nl="waarde die meetelt, als die wordt belast",
    formula_en="value that counts, where it is taxed",
    source=SOURCE,
)
def phone_taxed(counted_value: Euros, when_not_necessary: Choice) -> Euros:
    """Wage in kind."""
    return choose(says(when_not_necessary, "taxed"), counted_value, 0)
