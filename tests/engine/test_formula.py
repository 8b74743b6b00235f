"""Formulas of a scheme's own: read from text, exact, with every mistake named."""

import pytest

from schakel.engine.exact import Exact, constant
from schakel.engine.formula import FUNCTIONS, LONGEST, WORDED, FormulaMistake, names_in, parsed, traced
from schakel.engine.graph import Leaf
from schakel.engine.trace_error import TraceError
from schakel.engine.units import EUROS_PER_YEAR, SHARE, YES_NO, Unit


def leaf(name: str, unit: Unit, highest: int = 10**9) -> Exact:
    return Leaf(name, "fact", unit, 0, highest).operand()


OPERANDS = {
    "wage": leaf("wage", EUROS_PER_YEAR),
    "franchise": leaf("franchise", EUROS_PER_YEAR),
    "rate": leaf("rate", SHARE, 10**6),
    "is_young": leaf("is_young", YES_NO, 1),
}


def made(text: str) -> Exact:
    return traced(parsed(text), text, OPERANDS)


def test_numbers_are_what_is_written_never_floats() -> None:
    assert (made("1.08").low, made("1.08").scale) == (108, 100)
    assert (made("1_000.10").low, made("1_000.10").scale) == (100_010, 100)
    assert made("2 * 3 - 1").low == 5


def test_it_reads_the_names_in_the_order_they_stand() -> None:
    assert names_in(parsed("lowest(wage, franchise) + rate * wage")) == ("wage", "franchise", "rate")


@pytest.mark.parametrize(
    "text",
    [
        "not_below_zero(wage - franchise) * rate",
        "wage * rate if is_young else 0",
        "choose(wage > franchise and not is_young, wage, franchise)",
        "highest(wage, franchise, 1.5 * wage)",
        'rounded_to(wage / 12, "whole_down")',
        "wage\n  - franchise",
        "lowest(wage, 75864)",
        "wage + (100.50 if is_young else -2 * 25)",
        "wage if wage > 1000 / 3 else 0",
    ],
)
def test_what_a_regulation_says_can_be_said(text: str) -> None:
    assert made(text).is_money or made(text) == constant(0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wage ** 2", "operators are + - * /"),
        ("wage is franchise", "comparisons are"),
        ("~wage", "not"),
        ("wage.cents", "does not take ‘wage.cents’"),
        ("[wage]", "does not take ‘[wage]’"),
        ("wage := 1", "no formula"),
        ("lambda: wage", "does not take ‘lambda: wage’"),
        ("__import__('os')", "functions are"),
        ("lowest(wage, *franchise)", "does not take ‘*franchise’"),
        ("lowest(wage, most=franchise)", "has no names"),
        ("True", "no number"),
        ("1e9", "without exponent"),
        ("0x10", "no number"),
        ("1j", "no number"),
        ('says(wage, "\\d")', "\\d"),
        ("wage +", "no formula"),
        ("", "a formula is missing"),
        ("(" * 250 + "wage" + ")" * 250, "no formula"),
        ("-" * 100 + "wage", "too deep"),
        ("wage + " * LONGEST, f"{LONGEST} characters"),
        ("f'{wage}'", "does not take"),
        ("wage * 0,5", "decimals have a point"),
        ("wage * 5 %", "0.05 for 5 %"),
        ("wage × 2", "write * for times"),
        ("wage − franchise", "write - for minus"),
        ("min(wage, franchise)", "min is lowest here"),
        ("sum(wage)", "‘sum’ is no function"),
        ("lowest(wage, franchise) 2", "near ‘"),
    ],
)
def test_what_is_not_taken_is_named(text: str, told: str) -> None:
    with pytest.raises(FormulaMistake) as caught:
        parsed(text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wage + rate", "money and a plain number"),
        ("lowest(wage)", "too few or too many"),
        ("not_below_zero(wage, 1)", "too few or too many"),
        ("says()", "words in quotes"),
        ("says(wage)", "words in quotes"),
        ("says(wage, rate)", "words in quotes"),
        ('rounded_to(wage, "cents")', "roundings are"),
        ('wage + "1"', "words stand only in"),
        ("1.0000000000000001 * wage", "no number"),
        ("99999999999999999999999 * wage", "no number"),
        ("wage / (franchise - franchise)", "zero"),
    ],
)
def test_what_does_not_fit_is_named_when_it_is_traced(text: str, told: str) -> None:
    with pytest.raises(TraceError) as caught:
        made(text)
    assert told in str(caught.value)


@pytest.mark.parametrize("name", [*FUNCTIONS, *WORDED])
def test_no_function_fails_without_a_sentence(name: str) -> None:
    for operands in (
        "",
        "wage",
        "1",
        "wage, rate",
        "is_young, wage, rate",
        '"a"',
        'wage, "a", "b"',
        "1, 2, 3, 4",
    ):
        try:
            made(f"{name}({operands})")
        except TraceError as error:
            assert str(error)  # noqa: PT017 - some calls fit, and then there is nothing to say
