"""A year's amount over wage periods: by which days, rounded how; the only place where an amount of a period is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.engine.choices import Choices
from schakel.engine.moments import SNAPSHOTS, weight
from schakel.engine.rounding import divided, size_and_way
from schakel.engine.timeline import Period
from schakel.engine.wage_periods import PER_YEAR, WagePeriod


@dataclass(frozen=True, slots=True)
class Unrounded:
    """An amount of a wage period in cents, before its one rounding: a whole number over another."""

    above: int
    below: int
    rounding: str

    def __add__(self, other: "Unrounded") -> "Unrounded":
        return Unrounded(
            self.above * other.below + other.above * self.below, self.below * other.below, other.rounding
        )

    def rounded(self) -> int:
        """In whole cents, by the rounding of the scheme; half up when it names none."""
        parts, ones, way = size_and_way(self.rounding)
        # 100 cents make one; a size is `ones` ÷ `parts` of it.
        return divided(self.above * parts, self.below * 100 * ones, way) * 100 * ones // parts


def spread(
    stretches: Sequence[tuple[int, Period]], scale: int, wage_period: WagePeriod, choices: Choices
) -> Unrounded:
    """Amounts a year (in parts of which `scale` make a euro) with their days, as one amount of the wage period."""
    proration = str(choices.get("proration") or "calendar_days")
    rounding = str(choices.get("period_rounding") or "cent_half_up")
    if proration in SNAPSHOTS:
        proration = "calendar_days"
    numerator = counted = 0
    for value, period in stretches:
        days = weight(proration, period)
        numerator += 100 * value * days
        counted += days
    if proration == "days_of_261":
        return Unrounded(numerator, 261 * scale, rounding)
    of = counted if proration == "whole_period" else weight(proration, wage_period.period)
    return Unrounded(numerator, max(PER_YEAR[wage_period.kind] * of * scale, 1), rounding)
