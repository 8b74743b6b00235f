"""Every benefit calculated a second time by hand in Decimal: the same cents one by one, over columns, in a loop."""

import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.campaign import examples
from tests.engine import oracle_comparison
from tests.engine.oracle_comparison import Facts, Oracle, by_loop, differences, months, names, oracle

from schakel.engine.benefit import Benefit
from schakel.engine.catalogue import benefit, check_terms, quantities
from schakel.engine.errors import SchakelError
from schakel.engine.targets.loops import Unfit

NAMES = names()
MONTHS = 20_000
"""Employee-months in all at every check; the campaign takes a million."""
SEED = 20_260_301


class OfHomeWorking:
    """An oracle of its own for these tests: days × amount."""

    SCHEMES: list[dict[str, object]] = [{"amount_per_day": "2.45"}, {"amount_per_day": "1.97"}]  # noqa: RUF012 - nobody changes it

    @staticmethod
    def facts(draw: random.Random) -> Facts:
        days = draw.choice([0, 50, draw.randrange(3_500)])
        return {"is_employed": draw.random() < 0.9, "home_working_days": days}

    @staticmethod
    def amounts(facts: Facts, terms: dict[str, object]) -> dict[str, Decimal]:
        if not facts["is_employed"]:
            return {}
        amount = Decimal(facts["home_working_days"]) / 100 * Decimal(str(terms["amount_per_day"]))
        # No more than what is untaxed a day in 2026, so all of it is.
        found = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return {"allowance": found, "taxed": Decimal(0), "untaxed": found}


def examples_of(of: Oracle, name: str) -> list[oracle_comparison.Month]:
    return months(of, examples(MONTHS // max(len(NAMES), 1)), SEED + sum(name.encode()))


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_equals_the_oracle_to_the_cent(name: str) -> None:
    of = oracle(name)
    found = next(differences(name, of.SCHEMES, examples_of(of, name)), None)
    assert found is None, f"{name}: {found}"


@pytest.mark.parametrize("name", NAMES)
def test_an_oracle_speaks_of_every_amount(name: str) -> None:
    """An oracle that leaves amounts out would prove nothing of them."""
    of = oracle(name)
    told = {quantity for month in months(of, 400, SEED) for quantity in month.wanted}
    shapes = [check_terms(name, terms).shape for terms in of.SCHEMES]
    assert told == {quantity.name for shape in shapes for quantity in quantities(benefit(name), shape)}


@pytest.mark.parametrize("name", NAMES)
def test_another_rate_is_found(name: str) -> None:
    """Some number of each oracle's terms, changed for the engine alone, gives other cents."""
    of = oracle(name)
    drawn = months(of, 200, SEED)
    changed = [scheme for terms in of.SCHEMES for scheme in changes(terms, benefit(name))]
    for schemes in changed:
        by_every = [schemes] * len(of.SCHEMES)
        try:
            if any(differences(name, by_every, drawn, over_columns=False)):
                return
        except SchakelError:
            continue  # a number the terms do not allow; the next one may
    pytest.fail(f"nothing changed in {name} is seen")


def changes(terms: dict[str, object], one: Benefit) -> list[dict[str, Any]]:
    """The terms with one number each a little higher."""
    found = []
    for name, value in terms.items():
        if name in one.terms and not one.terms[name].is_shape and isinstance(value, str | int):
            try:
                found.append({**terms, name: str(Decimal(str(value)) + 1)})
            except ArithmeticError:
                continue
    return found


def test_an_oracle_that_agrees_finds_nothing() -> None:
    of = OfHomeWorking()
    assert not list(differences("home_working_allowance", of.SCHEMES, months(of, 300, SEED)))


def test_a_wrong_amount_is_found_one_by_one_and_over_columns() -> None:
    of = OfHomeWorking()
    wrong: list[dict[str, object]] = [{"amount_per_day": "2.46"}, of.SCHEMES[1]]
    found = list(differences("home_working_allowance", wrong, months(of, 300, SEED)))
    assert {one.by for one in found} == {"one_by_one", "columns"}
    assert {one.scheme for one in found} == {0}


def test_a_wrong_rounding_is_found() -> None:
    """Ties are drawn on purpose: half a day of an odd amount."""
    of = OfHomeWorking()
    drawn = [
        oracle_comparison.Month(
            month.scheme, month.facts, {"allowance": down(month), "taxed": Decimal(0), "untaxed": down(month)}
        )
        for month in months(of, 300, SEED)
        if month.wanted
    ]
    assert list(differences("home_working_allowance", of.SCHEMES, drawn))


def down(month: oracle_comparison.Month) -> Decimal:
    days = Decimal(month.facts["home_working_days"]) / 100
    exact = days * Decimal(str(OfHomeWorking.SCHEMES[month.scheme]["amount_per_day"]))
    return exact.quantize(Decimal("0.01"), "ROUND_DOWN")


def test_a_refusal_is_told_as_a_difference() -> None:
    of = OfHomeWorking()
    month = months(of, 1, SEED)[0]
    unknown = oracle_comparison.Month(0, {"is_employed": True}, month.wanted)
    found = list(differences("home_working_allowance", of.SCHEMES, [unknown]))
    assert [one.found for one in found] == ["missing-fact: home_working_days"] * 2


def test_a_compiled_loop_gives_what_the_oracle_says(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="loops are compiled only where whole portfolios are calculated")
    of = OfHomeWorking()
    drawn = [month for month in months(of, 300, SEED) if month.scheme == 0]
    try:
        assert not by_loop("home_working_allowance", of.SCHEMES[0], drawn, tmp_path)
        assert by_loop("home_working_allowance", {"amount_per_day": "2.46"}, drawn, tmp_path)
    except Unfit as error:
        pytest.skip(f"loops do not reach it: {error}")
