"""Exact numbers: integers that know their unit and scale, and the small algebra rules are written in.

A rule does not calculate; it is called once with `Exact` operands and gives back an expression. Every
expression carries its scale (how many parts make one), whether it is money, and proved bounds, so that an
overflow, a lost unit or a forgotten rounding is found when the scheme loads, not when a person is paid.
What is known when the rule is traced (a word the employer chose) is worked out there and leaves no trace in
the kernel: the shape of a scheme selects its graph, its numbers stay data.
"""

from collections.abc import Iterator
from math import lcm
from typing import Annotated

from schakel.engine import trace_error, units
from schakel.engine.trace_error import TraceError

LIMIT = (
    2**61
)  #: every intermediate stays below this, so that 64-bit integers cannot overflow, doubled neither


class Exact:
    """One node of an expression over integers."""

    __slots__ = (
        "args",
        "given",
        "high",
        "is_money",
        "is_truth",
        "low",
        "op",
        "scale",
        "size",
        "value",
        "words",
    )

    def __init__(
        self,
        op: str,
        args: tuple["Exact", ...] = (),
        *,
        scale: int = 1,
        low: int = 0,
        high: int = 0,
        is_money: bool = False,
        is_truth: bool = False,
        value: int | str = 0,
        words: tuple[str, ...] = (),
        size: int = 0,
        given: bool | None = True,
    ) -> None:
        if max(abs(low), abs(high)) >= LIMIT:
            raise trace_error.too_large(op, max(abs(low), abs(high)))
        self.op, self.args, self.scale, self.low, self.high = op, args, scale, low, high
        self.is_money, self.is_truth, self.value = is_money, is_truth, value
        self.words = words  #: of a choice: what it may be
        self.size = size  #: of a table: how many entries; 0 for one number
        self.given = (
            given  #: of a term that may be left out: whether the scheme says it; None when that is open
        )

    def __add__(self, other: "Operand") -> "Exact":
        one, two = aligned(self, as_exact(other))
        return _sum("add", one, two, one.low + two.low, one.high + two.high)

    def __sub__(self, other: "Operand") -> "Exact":
        one, two = aligned(self, as_exact(other))
        return _sum("sub", one, two, one.low - two.high, one.high - two.low)

    def __mul__(self, other: "Operand") -> "Exact":
        two = as_exact(other)
        if self.is_money and two.is_money:
            raise TraceError(*trace_error.MONEY_TIMES_MONEY)
        if two.op == "ratio":
            return two * self
        if self.op == "ratio":
            return _ratio(self.args[0] * two, self.args[1])
        corners = [a * b for a in (self.low, self.high) for b in (two.low, two.high)]
        is_money = self.is_money or two.is_money
        if self.op == two.op == "const":
            return constant(corners[0], self.scale * two.scale, is_money=is_money)
        return Exact(
            "mul",
            (self, two),
            scale=self.scale * two.scale,
            low=min(corners),
            high=max(corners),
            is_money=is_money,
        )

    def __truediv__(self, other: "Operand") -> "Exact":
        two = as_exact(other)
        if two.op == "const" and not two.is_money:
            return _divided(self, int(two.value), two.scale)
        if two.op == "ratio" or two.low < 1:
            raise TraceError(*trace_error.MAY_BE_ZERO)
        if self.op == "ratio":
            return _ratio(self.args[0], self.args[1] * two)
        return _ratio(self, two)

    def __radd__(self, other: "Operand") -> "Exact":
        return self + other

    def __rmul__(self, other: "Operand") -> "Exact":
        return self * other

    def __rsub__(self, other: "Operand") -> "Exact":
        return as_exact(other) - self

    def __rtruediv__(self, other: "Operand") -> "Exact":
        return as_exact(other) / self

    def __lt__(self, other: "Operand") -> "Exact":
        return _compared("lt", self, as_exact(other))

    def __le__(self, other: "Operand") -> "Exact":
        return _compared("le", self, as_exact(other))

    def __gt__(self, other: "Operand") -> "Exact":
        return _compared("lt", as_exact(other), self)

    def __ge__(self, other: "Operand") -> "Exact":
        return _compared("le", as_exact(other), self)

    def __and__(self, other: "Exact") -> "Exact":
        return _truth("and", self, other)

    def __or__(self, other: "Exact") -> "Exact":
        return _truth("or", self, other)

    def __invert__(self) -> "Exact":
        """The opposite of a statement."""
        if not self.is_truth:
            raise TraceError(*trace_error.NO_STATEMENT_TO_TURN)
        return _compared("lt", self, as_exact(1))

    def __bool__(self) -> bool:
        raise TraceError(
            "a rule is traced once for everybody: write choose(condition, then, otherwise), not if"
        )

    @property
    def is_known(self) -> bool:
        """Whether it is known when the rule is traced."""
        return self.op == "const"

    def leaves(self) -> Iterator["Exact"]:
        """The operands at the end of the branches."""
        if not self.args:
            yield self
        for arg in self.args:
            yield from arg.leaves()


Operand = Exact | int

Euros = Annotated[Exact, units.EUROS]
EurosPerYear = Annotated[Exact, units.EUROS_PER_YEAR]
EurosPerWagePeriod = Annotated[Exact, units.EUROS_PER_WAGE_PERIOD]
FineEurosPerYear = Annotated[Exact, units.FINE_EUROS_PER_YEAR]
FinestEurosPerYear = Annotated[Exact, units.FINEST_EUROS_PER_YEAR]
EurosPerHour = Annotated[Exact, units.EUROS_PER_HOUR]
EurosPerKilometre = Annotated[Exact, units.EUROS_PER_KILOMETRE]
Share = Annotated[Exact, units.SHARE]
Part = Annotated[Exact, units.PART]
Hours = Annotated[Exact, units.HOURS]
Days = Annotated[Exact, units.DAYS]
Kilometres = Annotated[Exact, units.KILOMETRES]
Count = Annotated[Exact, units.COUNT]
Months = Annotated[Exact, units.MONTHS]
Multiple = Annotated[Exact, units.MULTIPLE]
YesNo = Annotated[Exact, units.YES_NO]
Choice = Annotated[Exact, units.CHOICE]
Date = Annotated[Exact, units.DATE]


def as_exact(value: Operand) -> Exact:
    """A number as a node; whole numbers only."""
    if isinstance(value, Exact):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise TraceError(f"{value!r} is no whole number; give rates as terms or parameters")
    return constant(value)


def constant(value: int, scale: int = 1, *, is_money: bool = False, is_truth: bool = False) -> Exact:
    """A number that is known when the rule is traced."""
    return Exact(
        "const", scale=scale, low=value, high=value, is_money=is_money, is_truth=is_truth, value=value
    )


def scaled(value: Exact, scale: int) -> Exact:
    """The same number in finer parts."""
    factor = scale // value.scale
    if factor == 1:
        return value
    if value.op == "const":
        return constant(value.low * factor, scale, is_money=value.is_money)
    return Exact(
        "mul",
        (value, as_exact(factor)),
        scale=scale,
        low=value.low * factor,
        high=value.high * factor,
        is_money=value.is_money,
    )


def aligned(one: Exact, two: Exact) -> tuple[Exact, Exact]:
    """Both in the same parts."""
    if one.op == "ratio" or two.op == "ratio":
        raise TraceError(*trace_error.RATIO_BEFORE_SUM)
    if one.size or two.size:
        raise TraceError(*trace_error.TABLE_AS_NUMBER)
    if one.is_money != two.is_money and not is_zero(one) and not is_zero(two):
        raise TraceError(*trace_error.MONEY_AND_NUMBER)
    scale = lcm(one.scale, two.scale)
    return scaled(one, scale), scaled(two, scale)


def is_zero(value: Exact) -> bool:
    """Zero is zero in every unit."""
    return value.op == "const" and value.value == 0


def _sum(op: str, one: Exact, two: Exact, low: int, high: int) -> Exact:
    is_money = one.is_money or two.is_money
    if one.op == two.op == "const":
        return constant(low, one.scale, is_money=is_money)
    return Exact(op, (one, two), scale=one.scale, low=low, high=high, is_money=is_money)


def _divided(one: Exact, divisor: int, scale: int) -> Exact:
    if divisor < 1:
        raise TraceError(*trace_error.MAY_BE_ZERO)
    if one.op == "ratio":
        return _ratio(one.args[0] * scale, one.args[1] * divisor)
    above = one if scale == 1 else one * scale
    if above.op == "const":
        return constant(above.low, above.scale * divisor, is_money=one.is_money)
    return Exact(
        "same",
        (above,),
        scale=above.scale * divisor,
        low=above.low,
        high=above.high,
        is_money=one.is_money,
    )


def _ratio(above: Exact, below: Exact) -> Exact:
    return Exact("ratio", (above, below), scale=0, is_money=above.is_money and not below.is_money)


def _compared(op: str, one: Exact, other: Exact) -> Exact:
    left, right = aligned(one, other)
    if left.op == right.op == "const":
        holds = left.low < right.low if op == "lt" else left.low <= right.low
        return constant(int(holds), is_truth=True)
    return Exact(op, (left, right), low=0, high=1, is_truth=True)


def _truth(op: str, one: Exact, two: Exact) -> Exact:
    if not (one.is_truth and two.is_truth):
        raise TraceError(f"{op} joins statements, not amounts", f"{op} verbindt beweringen, geen bedragen")
    for known, other in ((one, two), (two, one)):
        if known.is_known:
            # With “and” a false statement decides, with “or” a true one; otherwise the other one does.
            return known if bool(known.low) == (op == "or") else other
    return Exact(op, (one, two), low=0, high=1, is_truth=True)


def lowest(one: Operand, other: Operand, *more: Operand) -> Exact:
    """The smallest of two or more."""
    left, right = aligned(as_exact(one), as_exact(other))
    low, high = min(left.low, right.low), min(left.high, right.high)
    found = _extreme("min", left, right, low, high)
    return lowest(found, *more) if more else found


def highest(one: Operand, other: Operand, *more: Operand) -> Exact:
    """The largest of two or more."""
    left, right = aligned(as_exact(one), as_exact(other))
    low, high = max(left.low, right.low), max(left.high, right.high)
    found = _extreme("max", left, right, low, high)
    return highest(found, *more) if more else found


def _extreme(op: str, left: Exact, right: Exact, low: int, high: int) -> Exact:
    is_money = left.is_money or right.is_money
    if left.op == right.op == "const":
        return constant(low, left.scale, is_money=is_money)
    return Exact(op, (left, right), scale=left.scale, low=low, high=high, is_money=is_money)


def not_below_zero(value: Operand) -> Exact:
    """The value, or zero when it would be less."""
    return highest(value, 0)


def choose(condition: Exact, then: Operand, otherwise: Operand) -> Exact:
    """One of two values; both are traced, unless it is known already which one it is."""
    if not condition.is_truth:
        raise TraceError(*trace_error.NO_STATEMENT_TO_CHOOSE)
    if condition.is_known:
        return as_exact(then if condition.low else otherwise)
    left, right = aligned(as_exact(then), as_exact(otherwise))
    return Exact(
        "choose",
        (condition, left, right),
        scale=left.scale,
        low=min(left.low, right.low),
        high=max(left.high, right.high),
        is_money=left.is_money or right.is_money,
        is_truth=left.is_truth and right.is_truth,
    )


def equals(one: Exact, other: int) -> Exact:
    """Whether a count is this one."""
    return (one <= other) & (one >= other)


def says(choice: Exact, *words: str) -> Exact:
    """Whether a choice (of the employer, or in payroll) is this word, or one of these."""
    found = constant(0, is_truth=True)
    if not choice.words:
        raise TraceError(*trace_error.NO_WORD)
    for word in words:
        if word not in choice.words:
            listed = ", ".join(choice.words)
            raise TraceError(f"“{word}” is not one of {listed}", f"“{word}” is niet een van {listed}")
        found = found | equals(choice, choice.words.index(word))
    return found


def look_up(table: Exact, key: Exact) -> Exact:
    """The entry of a table at a key, for example a rate at an age in whole years."""
    if not table.size:
        raise TraceError(*trace_error.NUMBER_AS_TABLE)
    if key.scale != 1 or key.is_money:
        raise TraceError(*trace_error.KEY_NOT_WHOLE)
    if key.low < 0 or key.high >= table.size:
        raise TraceError(
            f"the table has entries 0 … {table.size - 1}, but the key may be {key.low} … {key.high}",
            f"de tabel heeft regels 0 … {table.size - 1}, maar de sleutel kan {key.low} … {key.high} zijn",
        )
    return Exact(
        "lookup",
        (table, key),
        scale=table.scale,
        low=table.low,
        high=table.high,
        is_money=table.is_money,
    )


def is_given(value: Exact) -> Exact:
    """Whether the scheme says a term that may be left out."""
    if value.given is None:
        return Exact("le", (value, value), low=0, high=1, is_truth=True)
    return constant(int(value.given), is_truth=True)


def over_tranches(amount: Operand, tranches: Exact) -> Exact:
    """Of each part of an amount its own rate, as with tax brackets; the last rate has no upper end."""
    whole = as_exact(amount)
    if tranches.op != "tranches":
        raise TraceError(*trace_error.NO_TRANCHES)
    found: Exact | None = None
    below: Exact = constant(0, is_money=whole.is_money)
    for upper, rate in zip(tranches.args[0::2], tranches.args[1::2], strict=True):
        reached = lowest(whole, upper) if upper.given else whole
        part = not_below_zero(reached - below) * rate
        found, below = part if found is None else found + part, upper
    assert found is not None, "tranches have at least one rate"
    # The parts together are the whole, so the sum is at most the whole at the highest rate.
    high = max(whole.high, 0) * max(rate.high for rate in tranches.args[1::2])
    if whole.scale * tranches.args[1].scale != found.scale or found.is_known:
        return found
    return Exact(
        "same",
        (found,),
        scale=found.scale,
        low=found.low,
        high=min(found.high, high),
        is_money=found.is_money,
    )
