"""Exact numbers: integers that know their unit and scale, and the small algebra rules are written in.

A rule does not calculate; it is called once with `Exact` operands and gives back an expression. Every
expression carries its scale (how many parts make one), whether it is money, and proved bounds, so that an
overflow, a lost unit or a forgotten rounding is found when the catalogue loads, not when a person is paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, lcm
from typing import Annotated

LIMIT = 2**62  #: every intermediate stays below this, so that 64-bit integers cannot overflow


@dataclass(frozen=True, slots=True)
class Unit:
    """How an integer is to be read: so many parts make one."""

    name: str
    scale: int
    is_money: bool = False


HALF_UP = "half_up"  #: halves go up: 0.5 cent is a cent
UP = "up"
DOWN = "down"
EXACT = "exact"  #: nothing to round; checked when the rule is traced


class TraceError(Exception):
    """A rule was written in a way that cannot be traced; the text says how to write it."""


class Exact:
    """One node of an expression over integers."""

    __slots__ = ("args", "high", "is_money", "is_truth", "low", "op", "scale", "value")

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
    ) -> None:
        if max(abs(low), abs(high)) >= LIMIT:
            raise TraceError(
                f"{op} may reach {max(abs(low), abs(high))}: too large for 64 bits; declare narrower ranges"
            )
        self.op, self.args, self.scale, self.low, self.high = op, args, scale, low, high
        self.is_money, self.is_truth, self.value = is_money, is_truth, value

    def __add__(self, other: "Operand") -> "Exact":
        one, two = _aligned(self, as_exact(other))
        return Exact(
            "add",
            (one, two),
            scale=one.scale,
            low=one.low + two.low,
            high=one.high + two.high,
            is_money=one.is_money or two.is_money,
        )

    def __sub__(self, other: "Operand") -> "Exact":
        one, two = _aligned(self, as_exact(other))
        return Exact(
            "sub",
            (one, two),
            scale=one.scale,
            low=one.low - two.high,
            high=one.high - two.low,
            is_money=one.is_money or two.is_money,
        )

    def __mul__(self, other: "Operand") -> "Exact":
        two = as_exact(other)
        if self.is_money and two.is_money:
            raise TraceError("money times money is no amount")
        corners = [a * b for a in (self.low, self.high) for b in (two.low, two.high)]
        return Exact(
            "mul",
            (self, two),
            scale=self.scale * two.scale,
            low=min(corners),
            high=max(corners),
            is_money=self.is_money or two.is_money,
        )

    def __truediv__(self, other: "Operand") -> "Exact":
        two = as_exact(other)
        if two.op == "const":
            divisor = int(two.value)
            return Exact(
                "same",
                (self,),
                scale=self.scale * divisor,
                low=self.low,
                high=self.high,
                is_money=self.is_money,
            )
        if two.low < 1:
            raise TraceError("the divisor may be zero; declare a range that starts above zero")
        return Exact(
            "ratio", (self, two), scale=0, low=0, high=0, is_money=self.is_money and not two.is_money
        )

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: "Operand") -> "Exact":
        return as_exact(other) - self

    def __lt__(self, other: "Operand") -> "Exact":
        return _compared("lt", self, other)

    def __le__(self, other: "Operand") -> "Exact":
        return _compared("le", self, other)

    def __gt__(self, other: "Operand") -> "Exact":
        return _compared("lt", as_exact(other), self)

    def __ge__(self, other: "Operand") -> "Exact":
        return _compared("le", as_exact(other), self)

    def __and__(self, other: "Exact") -> "Exact":
        return _truth("and", self, other)

    def __or__(self, other: "Exact") -> "Exact":
        return _truth("or", self, other)

    def __bool__(self) -> bool:
        raise TraceError(
            "a rule is traced once for everybody: write choose(condition, then, otherwise), not if"
        )

    def leaves(self) -> Iterator["Exact"]:
        """The operands at the end of the branches."""
        if not self.args:
            yield self
        for arg in self.args:
            yield from arg.leaves()


Operand = Exact | int

Euros = Annotated[Exact, Unit("euros", 100, is_money=True)]
EurosPerYear = Annotated[Exact, Unit("euros_per_year", 100, is_money=True)]
EurosPerWagePeriod = Annotated[Exact, Unit("euros_per_wage_period", 100, is_money=True)]
FineEurosPerYear = Annotated[Exact, Unit("fine_euros_per_year", 100_000_000, is_money=True)]
Share = Annotated[Exact, Unit("share", 1_000_000)]
Hours = Annotated[Exact, Unit("hours", 100)]
Days = Annotated[Exact, Unit("days", 100)]
Count = Annotated[Exact, Unit("count", 1)]
Multiple = Annotated[Exact, Unit("multiple", 100)]
YesNo = Annotated[Exact, Unit("yes_no", 1)]


def as_exact(value: Operand) -> Exact:
    """A number as a node; whole numbers only."""
    if isinstance(value, Exact):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise TraceError(f"{value!r} is no whole number; give rates as terms or parameters")
    return Exact("const", low=value, high=value, value=value)


def leaf(name: str, unit: Unit, low: int, high: int) -> Exact:
    """An operand that is filled in for each employee."""
    return Exact(
        "leaf",
        scale=unit.scale,
        low=low,
        high=high,
        is_money=unit.is_money,
        is_truth=unit.name == "yes_no",
        value=name,
    )


def _scaled(value: Exact, scale: int) -> Exact:
    factor = scale // value.scale
    if factor == 1:
        return value
    return Exact(
        "mul",
        (value, as_exact(factor)),
        scale=scale,
        low=value.low * factor,
        high=value.high * factor,
        is_money=value.is_money,
    )


def _aligned(one: Exact, two: Exact) -> tuple[Exact, Exact]:
    if one.op == "ratio" or two.op == "ratio":
        raise TraceError("a division by a quantity is rounded first: give it a rule of its own")
    if one.is_money != two.is_money and not _is_zero(one) and not _is_zero(two):
        raise TraceError("money and a plain number cannot be added or compared")
    scale = lcm(one.scale, two.scale)
    return _scaled(one, scale), _scaled(two, scale)


def _is_zero(value: Exact) -> bool:
    return value.op == "const" and value.value == 0


def _compared(op: str, one: Exact, other: Operand) -> Exact:
    left, right = _aligned(one, as_exact(other))
    return Exact(op, (left, right), low=0, high=1, is_truth=True)


def _truth(op: str, one: Exact, two: Exact) -> Exact:
    if not (one.is_truth and two.is_truth):
        raise TraceError(f"{op} joins statements, not amounts")
    return Exact(op, (one, two), low=0, high=1, is_truth=True)


def lowest(one: Operand, other: Operand) -> Exact:
    """The smaller of two."""
    left, right = _aligned(as_exact(one), as_exact(other))
    return Exact(
        "min",
        (left, right),
        scale=left.scale,
        low=min(left.low, right.low),
        high=min(left.high, right.high),
        is_money=left.is_money or right.is_money,
    )


def highest(one: Operand, other: Operand) -> Exact:
    """The larger of two."""
    left, right = _aligned(as_exact(one), as_exact(other))
    return Exact(
        "max",
        (left, right),
        scale=left.scale,
        low=max(left.low, right.low),
        high=max(left.high, right.high),
        is_money=left.is_money or right.is_money,
    )


def not_below_zero(value: Operand) -> Exact:
    """The value, or zero when it would be less."""
    return highest(value, 0)


def choose(condition: Exact, then: Operand, otherwise: Operand) -> Exact:
    """One of two values; both are traced."""
    left, right = _aligned(as_exact(then), as_exact(otherwise))
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
    """Whether a choice or count is this one."""
    return (one <= other) & (one >= other)


def rounded(value: Exact, unit: Unit, rounds: str) -> Exact:
    """The value in whole parts of a unit; the only place where anything is rounded."""
    if value.is_money != unit.is_money and not _is_zero(value):
        raise TraceError(
            f"the rule promises {unit.name} but gives {'money' if value.is_money else 'a number'}"
        )
    if value.op == "ratio":
        above, below = value.args
        numerator, divisor = above * (unit.scale * below.scale), below * above.scale
        low = -(-numerator.low // divisor.high) if numerator.low >= 0 else numerator.low
        high = numerator.high // max(divisor.low, 1) + 1
    else:
        shared = gcd(value.scale, unit.scale)
        numerator, divisor = value * (unit.scale // shared), as_exact(value.scale // shared)
        step = int(divisor.value)
        if step == 1:
            return Exact(
                "same",
                (numerator,),
                scale=unit.scale,
                low=numerator.low,
                high=numerator.high,
                is_money=unit.is_money,
                is_truth=value.is_truth,
            )
        low, high = numerator.low // step, numerator.high // step + 1
    if rounds == EXACT:
        raise TraceError("the result does not fit its unit exactly: name a rounding and its source")
    if numerator.low < 0:
        raise TraceError("only what is proved not negative is divided; use not_below_zero first")
    return Exact(
        "round",
        (numerator, divisor),
        scale=unit.scale,
        low=max(low - 1, 0),
        high=high,
        is_money=unit.is_money,
        value=rounds,
    )
