"""A year's amount over wage periods: exact until its one rounding, whatever the parts, units and days."""

from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.engine.catalogue import check_terms
from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.shared_terms import PERIOD_ROUNDING, PRORATION
from schakel.engine.spreading import Unrounded, spread
from schakel.engine.timeline import Period
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, wage_period

SIZES = {"cent": "1", "five_cents": "5", "ten_cents": "10"}
WHOLE = {"whole": 100, "ten": 1_000, "hundred": 10_000, "thousand": 100_000}
WAYS = {"half_up": ROUND_HALF_UP, "up": ROUND_UP, "down": ROUND_DOWN}
PERIODS = st.sampled_from(
    [wage_period("month", 2026, 2), wage_period("four_weeks", 2026, 13), wage_period("week", 2026, 53)]
)


def terms(**chosen: str) -> Choices:
    return check_terms("retirement_pension", {"contribution_rate": "10", **chosen})


def size_of(word: str) -> tuple[int, str]:
    """A rounding's size in cents and its way in Decimal's words."""
    way = next(way for way in WAYS if word.endswith(f"_{way}") and word != way)
    size = word.removesuffix(f"_{way}")
    return int(SIZES.get(size, WHOLE.get(size, 0))), WAYS[way]


@given(
    word=st.sampled_from(PERIOD_ROUNDING.words),
    above=st.integers(0, 10**12),
    below=st.sampled_from([1, 2, 3, 12, 13, 52, 261, 372, 10**10]),
)
def test_a_rounding_is_that_of_decimal(word: str, above: int, below: int) -> None:
    size, way = size_of(word)
    exact = Fraction(above, below * size)
    # A fraction with a tail that Decimal cannot hold is told apart from a tie by one digit more.
    wanted = Decimal(exact.numerator * 10**30 // exact.denominator).scaleb(-30)
    if exact.numerator * 10**30 % exact.denominator:
        wanted += Decimal(1).scaleb(-31)
    found = Unrounded(above, below, word).rounded()
    assert found == int(wanted.quantize(Decimal(1), way)) * size


def test_an_amount_of_a_wage_period_is_not_rounded_finer_than_a_cent() -> None:
    for word in ("none", "four_decimals_half_up"):
        with pytest.raises(WrongTerms, match="period_rounding"):
            terms(period_rounding=word)


@given(
    period=PERIODS,
    cut=st.integers(1, 6),
    values=st.tuples(st.integers(0, 10**13), st.integers(0, 10**13)),
    proration=st.sampled_from(PRORATION.words),
    scale=st.sampled_from([100, 10_000, 100_000_000, 1_000_000_000_000]),
)
def test_parts_come_to_their_share_of_the_year(
    period: WagePeriod, cut: int, values: tuple[int, int], proration: str, scale: int
) -> None:
    middle = period.period.start + timedelta(days=cut)
    parts = [Period(period.period.start, middle), Period(middle, period.period.until)]
    found = spread(list(zip(values, parts, strict=True)), scale, period, terms(proration=proration))
    exact = Fraction(found.above, found.below)
    per_year = 261 if proration == "days_of_261" else PER_YEAR[period.kind]
    ends = sorted(Fraction(value * 100, scale * per_year) for value in values)
    if proration == "days_of_261":
        ends = [0 * ends[0], ends[1] * 40]
    assert ends[0] <= exact <= ends[1]


@given(period=PERIODS, value=st.integers(0, 10**13), proration=st.sampled_from(PRORATION.words))
def test_a_whole_wage_period_is_its_share_of_the_year(period: WagePeriod, value: int, proration: str) -> None:
    found = spread([(value, period.period)], 100_000_000, period, terms(proration=proration))
    days = {"month": 20, "four_weeks": 25, "week": 5}[period.kind]
    share = Fraction(days, 261) if proration == "days_of_261" else Fraction(1, PER_YEAR[period.kind])
    assert Fraction(found.above, found.below) == value * share / 1_000_000


@given(
    some=st.lists(st.tuples(st.integers(0, 10**10), st.sampled_from([1, 3, 12, 372])), min_size=1, max_size=6)
)
def test_sums_stay_exact(some: list[tuple[int, int]]) -> None:
    total = Unrounded(0, 1, "cent_half_up")
    for above, below in some:
        total += Unrounded(above, below, "cent_down")
    assert Fraction(total.above, total.below) == sum(Fraction(above, below) for above, below in some)
    assert total.rounding == "cent_down"
