"""A graph as the inside of a compiled loop: whole numbers kept exactly in 64-bit floats, eight at a time.

Every intermediate is proved below 2^53, so a float holds it exactly. A division multiplies by a reciprocal. Of what is
proved small, the quotient is right at once; of the rest it is right or one short, and the exact remainder says which:
the same whole number as integer division, without its cost; `runners.stretches` has it, with the proof.
What is proved larger does not fit this target; `Unfit` says so and another target calculates it.
"""

from collections.abc import Callable, Mapping
from math import gcd

from schakel.engine.exact import Exact, constant, is_zero

FLOAT_LIMIT = 2**53
QUOTIENT_LIMIT = 2**47  #: below it the reciprocal is never more than one short
LOW = 1.0 - 2.0**-50  #: how much too small the reciprocal is made
HIGH = 1.0 + 2.0**-52  #: how much too large, where the quotient must be right at once
AT_ONCE_LIMIT = 2**49  #: dividend and divisor together below it: no remainder is needed

BINARY = {"add": "({} + {})", "sub": "({} - {})", "mul": "({} * {})", "lt": "({} < {})", "le": "({} <= {})"}


class Unfit(Exception):
    """An intermediate may be too large for this target."""


def expression(node: Exact, spell: Callable[[Exact], str]) -> str:  # noqa: PLR0911 - one for each operation
    """One expression; `spell` names its leaves and look-ups. Raises Unfit."""
    if max(abs(node.low), abs(node.high)) >= FLOAT_LIMIT:
        raise Unfit(f"{node.op} may reach {max(abs(node.low), abs(node.high))}")
    if node.op == "const":
        return f"{float(node.low)!r}" if not node.is_truth else str(bool(node.low))
    if node.op in {"leaf", "lookup"}:
        return spell(node)
    if node.op == "round":
        return _quotient(node, spell)
    args = [expression(arg, spell) for arg in node.args]
    if node.op == "same":
        return args[0]
    if node.op == "choose":
        return f"({args[1]} if {args[0]} else {args[2]})"
    if node.op in {"and", "or"}:
        # A fact that says yes or no is a number here.
        one, other = (
            text if arg.op in {"and", "or", "lt", "le"} else f"({text} != 0)"
            for arg, text in zip(node.args, args, strict=True)
        )
        return f"({one} {'&' if node.op == 'and' else '|'} {other})"
    if node.op in {"min", "max"}:
        return f"{node.op}({args[0]}, {args[1]})"
    return BINARY[node.op].format(*args)


def _quotient(node: Exact, spell: Callable[[Exact], str]) -> str:
    """A division; of a product that may be too large, one factor is divided first and what is left of it after."""
    dividend, divisor = node.args
    if node.high >= QUOTIENT_LIMIT:
        raise Unfit(f"a quotient may reach {node.high}")
    below = expression(divisor, spell)
    if dividend.high + divisor.high < AT_ONCE_LIMIT:
        one = LOW if node.value == "up" else HIGH
        inverse = repr(one / int(divisor.low)) if divisor.is_known else f"({one!r} / {below})"
        return f"{node.value}_at_once({expression(dividend, spell)}, {inverse})"
    inverse = repr(LOW / int(divisor.low)) if divisor.is_known else f"({LOW!r} / {below})"
    if dividend.high + divisor.high < FLOAT_LIMIT:
        return f"{node.value}({expression(dividend, spell)}, {below}, {inverse})"
    if dividend.op != "mul":
        raise Unfit(f"what is divided may reach {dividend.high}")
    first, second = dividend.args
    if min(first.low, second.low) < 0 or (second.high + 1) * divisor.high >= FLOAT_LIMIT:
        raise Unfit(f"what is divided may reach {dividend.high}")
    factors = f"{expression(first, spell)}, {expression(second, spell)}"
    return f"{node.value}_of_product({factors}, {below}, {inverse})"


def without_factor(node: Exact, factors: Mapping[str, int]) -> tuple[Exact, int]:
    """An expression and the constant it is multiplied by: a year's amount in parts finer than it ever needs.

    `factors` are those of earlier rules, whose values are kept without them too.
    """
    if node.op == "leaf":
        factor = factors.get(str(node.value), 1)
        return (_narrowed(node, (), factor), factor) if factor > 1 else (node, 1)
    if node.op == "same":
        return without_factor(node.args[0], factors)
    parts = [without_factor(arg, factors) for arg in node.args]
    if node.op == "mul":
        return _product(node, parts)
    if node.op == "round":
        (above, one), (below, two) = parts
        return _narrowed(node, (_times(above, one), _times(below, two)), 1), 1
    if node.op in {"min", "max", "choose", "add", "sub"}:
        fixed = node.args[:1] if node.op == "choose" else ()
        (left, one), (right, two) = parts[-2:]
        shared = gcd(one if not is_zero(left) else two, two if not is_zero(right) else one)
        sides = (
            _times(left, one // shared if not is_zero(left) else 1),
            _times(right, two // shared if not is_zero(right) else 1),
        )
        return _narrowed(node, (*(_whole(arg, factors) for arg in fixed), *sides), shared), shared
    return _narrowed(node, tuple(_times(arg, factor) for arg, factor in parts), 1), 1


def _whole(node: Exact, factors: Mapping[str, int]) -> Exact:
    return _times(*without_factor(node, factors))


def _product(node: Exact, parts: list[tuple[Exact, int]]) -> tuple[Exact, int]:
    (left, one), (right, two) = parts
    factor = one * two
    if right.is_known and right.low > 0:
        return left, factor * right.low
    if left.is_known and left.low > 0:
        return right, factor * left.low
    return _narrowed(node, (left, right), factor), factor


def _times(node: Exact, factor: int) -> Exact:
    if factor == 1:
        return node
    if node.is_known:
        return constant(node.low * factor, node.scale, is_money=node.is_money)
    return Exact(
        "mul",
        (node, constant(factor)),
        scale=node.scale,
        low=node.low * factor,
        high=node.high * factor,
        is_money=node.is_money,
    )


def _narrowed(node: Exact, args: tuple[Exact, ...], factor: int) -> Exact:
    """The same node over other arguments, its bounds without the factor."""
    return Exact(
        node.op,
        args or node.args,
        scale=node.scale,
        low=-(-node.low // factor),
        high=node.high // factor,
        is_money=node.is_money,
        is_truth=node.is_truth,
        value=node.value,
        words=node.words,
        size=node.size,
    )
