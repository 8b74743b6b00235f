"""The only place where anything is rounded: to which size, and which way; and the words a scheme says it in."""

from functools import cache
from math import gcd

from schakel.engine.exact import Exact, Operand, as_exact, constant, is_zero, scaled
from schakel.engine.trace_error import MAY_BE_NEGATIVE, NOT_EXACT, TraceError
from schakel.engine.units import Unit

HALF_UP = "half_up"  #: halves go up: 0.5 cent is a cent
UP = "up"
DOWN = "down"
EXACT = "exact"  #: nothing to round; checked when the rule is traced
WAYS = (HALF_UP, UP, DOWN)

#: How many of a size make one, and how many ones make a size.
SIZES = {
    "six_decimals": (1_000_000, 1),
    "four_decimals": (10_000, 1),
    "three_decimals": (1_000, 1),
    "cent": (100, 1),
    "five_cents": (20, 1),
    "ten_cents": (10, 1),
    "whole": (1, 1),
    "ten": (1, 10),
    "hundred": (1, 100),
    "thousand": (1, 1000),
}
ROUNDINGS = ("none", *(f"{size}_{way}" for size in SIZES for way in WAYS))
"""Every rounding a scheme may name: "cent_half_up", "whole_up" (to whole euros), "four_decimals_down" …"""


def rounded_to(value: Operand, rounding: Exact | str) -> Exact:
    """The value rounded as the scheme says it; "none" leaves it as it is. The word is known when a rule is traced."""
    amount = as_exact(value)
    word = rounding if isinstance(rounding, str) else _word(rounding)
    if word == "none":
        return amount
    return _to_size(amount, *size_and_way(word))


@cache
def size_and_way(word: str) -> tuple[int, int, str]:
    """A rounding by its word: how many of its size make one, how many ones make its size, and which way."""
    size = size_of(word)
    return *SIZES[size], word.removeprefix(f"{size}_")


def size_of(word: str) -> str:
    """The size in a rounding's word: "cent" of "cent_half_up"; the word itself when there is none."""
    return next((word.removesuffix(f"_{way}") for way in WAYS if word.endswith(f"_{way}")), word)


def _word(rounding: Exact) -> str:
    # When all schemes are looked at together the word is open; what is read is the same for every rounding.
    return rounding.words[rounding.low] if rounding.is_known else "none"


def _to_size(value: Exact, parts: int, ones: int, way: str) -> Exact:
    unit = Unit("size", parts, value.is_money)
    if ones == 1:
        return rounded(value, unit, way)
    whole = rounded(value / ones, unit, way)
    return whole * ones


def rounded(value: Exact, unit: Unit, rounds: str) -> Exact:
    """The value in whole parts of a unit. Raises TraceError when something is left and no rounding is named."""
    if value.is_money != unit.is_money and not is_zero(value):
        raise TraceError(
            f"the unit is {unit.name}, but this gives {'an amount' if value.is_money else 'a number without euros'}",
            f"de eenheid is {unit.name}, maar dit geeft {'een bedrag' if value.is_money else 'een getal zonder euro'}",
        )
    if value.op == "ratio":
        above, below = value.args
        shared = gcd(unit.scale * below.scale, above.scale)
        numerator = above * (unit.scale * below.scale // shared)
        divisor = below * (above.scale // shared)
        low = -(-numerator.low // divisor.high) if numerator.low >= 0 else numerator.low
        high = numerator.high // max(divisor.low, 1) + 1
    else:
        shared = gcd(value.scale, unit.scale)
        numerator, divisor = value * (unit.scale // shared), as_exact(value.scale // shared)
        step = int(divisor.value)
        if step == 1:
            return _unchanged(value, unit)
        low, high = numerator.low // step, numerator.high // step + 1
    if rounds == EXACT:
        raise TraceError(*NOT_EXACT)
    if numerator.low < 0:
        raise TraceError(*MAY_BE_NEGATIVE)
    if numerator.op == divisor.op == "const":
        return constant(divided(numerator.low, divisor.low, rounds), unit.scale, is_money=unit.is_money)
    return Exact(
        "round",
        (numerator, divisor),
        scale=unit.scale,
        low=max(low - 1, 0),
        high=high,
        is_money=unit.is_money,
        value=rounds,
    )


def _unchanged(value: Exact, unit: Unit) -> Exact:
    exact = scaled(value, unit.scale) if unit.scale % value.scale == 0 else value
    if exact.op == "const":
        return constant(exact.low, unit.scale, is_money=unit.is_money, is_truth=value.is_truth)
    return Exact(
        "same",
        (exact,),
        scale=unit.scale,
        low=exact.low,
        high=exact.high,
        is_money=unit.is_money,
        is_truth=value.is_truth,
        words=value.words,
    )


def divided(above: int, below: int, rounds: str) -> int:
    """A whole number over another, rounded; what is not negative."""
    if rounds == UP:
        return -(-above // below)
    return above // below if rounds == DOWN else (2 * above + below) // (2 * below)
