"""Columns give what one by one gives: the same cents, the same reason where there are none."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from schakel.engine.calculation import PeriodResult, calculate
from schakel.engine.case_file import Case, read_case
from schakel.engine.catalogue import BENEFITS, check_terms
from schakel.engine.runners.histories import people_of
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.wage_periods import wage_periods

CASES = Path(__file__).parents[1] / "cases"
FIRST, UNTIL = date(2025, 6, 1), date(2027, 2, 1)


def cases_of(benefit: str) -> dict[tuple[str, date | None], list[Case]]:
    """The cases of one benefit, together as far as one portfolio can have them."""
    found: dict[tuple[str, date | None], list[Case]] = defaultdict(list)
    for path in sorted((CASES / benefit).glob("*.yaml")):
        case = read_case(path.read_text(encoding="utf-8"))
        found[case.wage_periods[0].kind, case.known_on].append(case)
    return found


def told(result: PeriodResult) -> tuple[dict[str, int], str | None]:
    if result.refusal is not None:
        return {}, result.refusal.code
    return dict(result.amounts), result.why_not


def of(block: Block, employee: int, period: int) -> tuple[dict[str, int], str | None]:
    why = int(block.amounts.why[employee, period])
    if why:
        return {}, block.reasons[why - 1].code
    return {name: int(column[employee, period]) for name, column in block.amounts.amounts.items()}, None


@pytest.mark.parametrize("benefit", [one.name for one in BENEFITS])
def test_every_case_over_columns(benefit: str) -> None:
    """Whole years around the cases, with whatever changes in them, each case an employer with terms of its own."""
    for (kind, _), cases in cases_of(benefit).items():
        periods = wage_periods(kind, FIRST, UNTIL)
        people = people_of([case.facts for case in cases], range(len(cases)))
        schemes = {benefit: [case.terms.map(lambda chosen: check_terms(benefit, chosen)) for case in cases]}
        (block,) = calculate_all(people, schemes, periods, parameters=cases[0].parameters)
        for place, case in enumerate(cases):
            alone = calculate(benefit, case.facts, case.terms, periods, parameters=case.parameters)
            for at, result in enumerate(alone):
                amounts, reason = of(block, place, at)
                wanted, why = told(result)
                where = f"{case.title}: {result.wage_period}"
                assert reason == why, where
                assert {name: amounts[name] for name in wanted} == wanted, where
