"""What changed between two calculations: every wage period and amount, and nothing else."""

from collections.abc import Mapping

from schakel.engine.calculation import PeriodResult
from schakel.engine.errors import MissingFact
from schakel.engine.revision import AmountChange, compare
from schakel.engine.wage_periods import wage_period

DECEMBER, JANUARY = wage_period("month", 2025, 12), wage_period("month", 2026, 1)
REFUSED = PeriodResult(JANUARY, False, None, {}, (), MissingFact("x", "x", about="salary_amount"))


def result(amounts: Mapping[str, int], period: object = JANUARY) -> PeriodResult:
    assert period in {DECEMBER, JANUARY}
    return PeriodResult(DECEMBER if period == DECEMBER else JANUARY, bool(amounts), None, amounts)


def test_the_same_is_no_revision() -> None:
    assert compare([result({"premium": 100})], [result({"premium": 100})]) == ()


def test_both_sides_of_a_year_boundary_are_told() -> None:
    before = [result({"premium": 100}, DECEMBER), result({"premium": 100})]
    after = [result({"premium": 90}, DECEMBER), result({"premium": 120})]
    assert compare(before, after) == (
        AmountChange(DECEMBER, "premium", 100, 90),
        AmountChange(JANUARY, "premium", 100, 120),
    )
    assert [one.difference for one in compare(before, after)] == [-10, 20]


def test_who_no_longer_takes_part_loses_every_amount() -> None:
    (change,) = compare([result({"premium": 100})], [result({})])
    assert (change.old, change.new, change.difference) == (100, None, -100)


def test_who_takes_part_now_gains_every_amount() -> None:
    (change,) = compare([result({})], [result({"premium": 100})])
    assert (change.old, change.new, change.difference) == (None, 100, 100)


def test_nothing_and_nought_are_not_the_same() -> None:
    (change,) = compare([result({})], [result({"premium": 0})])
    assert (change.old, change.new, change.difference) == (None, 0, 0)


def test_a_wage_period_that_was_not_there_is_all_new() -> None:
    (change,) = compare([], [result({"premium": 100})])
    assert change == AmountChange(JANUARY, "premium", None, 100)


def test_what_is_refused_now_keeps_what_it_was() -> None:
    assert compare([result({"premium": 100})], [REFUSED]) == ()


def test_what_was_refused_is_new_now() -> None:
    assert compare([REFUSED], [result({"premium": 100})]) == (AmountChange(JANUARY, "premium", None, 100),)
