"""Two calculations of the same participation → what changed, from when, by how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.engine.calculation import PeriodResult
from schakel.engine.wage_periods import WagePeriod


@dataclass(frozen=True, slots=True)
class AmountChange:
    """One amount of one wage period, before and after (None: there was none). Differences of rounded amounts."""

    wage_period: WagePeriod
    quantity: str
    old: int | None
    new: int | None

    @property
    def difference(self) -> int:
        return (self.new or 0) - (self.old or 0)


def compare(before: Sequence[PeriodResult], after: Sequence[PeriodResult]) -> tuple[AmountChange, ...]:
    """Every amount that is not the same; a period that could not be calculated changes nothing."""
    old = {result.wage_period: result for result in before}
    found: list[AmountChange] = []
    for result in after:
        if result.refusal is not None:
            continue
        earlier = old.get(result.wage_period)
        was = {} if earlier is None else earlier.amounts
        for quantity in sorted({*was, *result.amounts}):
            if was.get(quantity) != result.amounts.get(quantity):
                found.append(
                    AmountChange(
                        result.wage_period, quantity, was.get(quantity), result.amounts.get(quantity)
                    )
                )
    return tuple(found)
