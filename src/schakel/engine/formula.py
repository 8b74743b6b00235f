"""A scheme's own formula, as its regulation states it: read from text and traced like a rule.

    lowest(full_time_wage_per_year, 75864) - hourly_franchise * hours_per_year

Numbers, names, + - * /, comparisons, and/or/not, `a if statement else b`, and the functions below. Nothing else is
taken, and nothing is evaluated: the text becomes an expression over exact numbers.
"""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

from schakel.engine import exact
from schakel.engine.exact import Exact, TraceError, constant
from schakel.engine.rounding import ROUNDINGS, rounded_to

LONGEST = 600  #: characters; a longer formula is several steps
DEEPEST = 40  #: operations within each other
NUMBER = re.compile(r"\d[\d_]{0,19}(\.\d{1,12})?")
FUNCTIONS: Mapping[str, Callable[..., Exact]] = {
    "lowest": exact.lowest,
    "highest": exact.highest,
    "not_below_zero": exact.not_below_zero,
    "choose": exact.choose,
    "look_up": exact.look_up,
    "over_tranches": exact.over_tranches,
    "is_given": exact.is_given,
}
WORDED = ("says", "rounded_to")  #: functions whose last arguments are words in quotes
OPERATORS: Mapping[type[ast.operator], Callable[[Exact, Exact], Exact]] = {
    ast.Add: lambda one, two: one + two,
    ast.Sub: lambda one, two: one - two,
    ast.Mult: lambda one, two: one * two,
    ast.Div: lambda one, two: one / two,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Exact, Exact], Exact]] = {
    ast.Lt: lambda one, two: one < two,
    ast.LtE: lambda one, two: one <= two,
    ast.Gt: lambda one, two: one > two,
    ast.GtE: lambda one, two: one >= two,
    ast.Eq: lambda one, two: (one <= two) & (one >= two),
    ast.NotEq: lambda one, two: (one < two) | (one > two),
}


TAKES = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Subscript, ast.Name, ast.Constant,
)  # fmt: skip
"""What a formula is made of."""


class FormulaMistake(Exception):
    """A formula cannot be read; the text says what is not taken and what is."""


def parsed(text: str) -> ast.expr:
    """The formula as a tree. Raises FormulaMistake."""
    if len(text) > LONGEST:
        raise FormulaMistake(f"a formula has at most {LONGEST} characters; make it several steps")
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
        _check(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaMistake(f"this is no formula: {getattr(error, 'msg', 'it nests too deep')}") from None
    return tree


def names_in(tree: ast.expr) -> tuple[str, ...]:
    """The quantities it reads, in the order they stand."""
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions]
    ordered = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in ordered))


def traced(tree: ast.expr, text: str, operands: Mapping[str, Exact]) -> Exact:
    """The expression. Raises TraceError when units do not fit."""
    return _Formula(" ".join(text.split()), operands).of(tree)


def _check(node: ast.expr, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise FormulaMistake("this nests too deep; make it several steps")
    if not isinstance(node, TAKES):
        raise FormulaMistake(f"a formula does not take {type(node).__name__.lower()}")
    if isinstance(node, ast.BinOp) and type(node.op) not in OPERATORS:
        raise FormulaMistake("operators are + - * /")
    if isinstance(node, ast.Compare) and not all(type(op) in COMPARISONS for op in node.ops):
        raise FormulaMistake("comparisons are < <= > >= == !=")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        raise FormulaMistake("write not for the contrary of a statement")
    if isinstance(node, ast.Constant) and type(node.value) not in {int, float, str}:
        raise FormulaMistake(f"{node.value!r} is no number")
    if isinstance(node, ast.Call):
        known = (*FUNCTIONS, *WORDED)
        if not isinstance(node.func, ast.Name) or node.func.id not in known or node.keywords:
            raise FormulaMistake(f"functions are {', '.join(known)}")
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.expr):
            _check(one, depth + 1)


class _Formula:
    def __init__(self, text: str, operands: Mapping[str, Exact]) -> None:
        self.text, self.operands = text, operands

    def of(self, node: ast.expr) -> Exact:
        """What a part of the formula comes to."""
        of_kind: Mapping[type[ast.expr], Callable[[Any], Exact]] = {
            ast.Name: lambda one: self.operands[one.id],
            ast.Constant: self.number,
            ast.BinOp: lambda one: OPERATORS[type(one.op)](self.of(one.left), self.of(one.right)),
            ast.Compare: self.comparison,
            ast.BoolOp: self.joined,
            ast.UnaryOp: self.turned,
            ast.IfExp: lambda one: exact.choose(self.of(one.test), self.of(one.body), self.of(one.orelse)),
            ast.Subscript: lambda one: exact.look_up(self.of(one.value), self.of(one.slice)),
            ast.Call: self.call,
        }
        return of_kind[type(node)](node)

    def joined(self, node: ast.BoolOp) -> Exact:
        join = Exact.__and__ if isinstance(node.op, ast.And) else Exact.__or__
        return reduce(join, (self.of(one) for one in node.values))

    def number(self, node: ast.Constant) -> Exact:
        """A number exactly as it is written: 1.08 is 108 hundredths, never a float."""
        written = ast.get_source_segment(self.text, node) or ""
        if isinstance(node.value, str):
            raise TraceError(f"{node.value!r}: words stand only in says(…) and rounded_to(…)")
        if not NUMBER.fullmatch(written):
            raise TraceError(f"{written} is no number; write for example 0.0525, without exponent")
        value = Decimal(written.replace("_", ""))
        digits = max(0, -int(value.as_tuple().exponent))
        return constant(int(value.scaleb(digits)), 10**digits)

    def comparison(self, node: ast.Compare) -> Exact:
        sides = [self.of(node.left), *(self.of(one) for one in node.comparators)]
        held: list[Exact] = []
        for op, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True):
            held.append(COMPARISONS[type(op)](left, right))
        return reduce(Exact.__and__, held)

    def turned(self, node: ast.UnaryOp) -> Exact:
        operand = self.of(node.operand)
        if isinstance(node.op, ast.Not):
            return ~operand
        if isinstance(node.op, ast.USub):
            return 0 - operand
        return operand

    def call(self, node: ast.Call) -> Exact:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name not in WORDED:
            try:
                return FUNCTIONS[name](*(self.of(one) for one in node.args))
            except (TypeError, IndexError):
                raise TraceError(f"{name} is given too few or too many operands") from None
        if not node.args:
            raise TraceError(f"{name} takes a name and words in quotes")
        words = [
            one.value for one in node.args[1:] if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if not words or len(words) < len(node.args) - 1:
            raise TraceError(f"{name} takes a name and words in quotes")
        if name == "says":
            return exact.says(self.of(node.args[0]), *words)
        if words[0] not in ROUNDINGS or len(words) > 1:
            raise TraceError(f"roundings are {', '.join(ROUNDINGS)}")
        return rounded_to(self.of(node.args[0]), words[0])
