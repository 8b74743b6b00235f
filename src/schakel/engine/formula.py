"""A scheme's own formula, as its regulation states it: read from text and traced like a rule.

    lowest(full_time_wage_per_year, 75864) - hourly_franchise * hours_per_year

Numbers, names, + - * /, comparisons, and/or/not, `a if statement else b`, and the functions below. Nothing else is
taken, and nothing is evaluated: the text becomes an expression over exact numbers.
"""

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce

from schakel.engine import exact
from schakel.engine.exact import Exact, TraceError, constant
from schakel.engine.rounding import ROUNDINGS, rounded_to

LONGEST = 600  #: characters; a longer formula is several steps
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


def _check(node: ast.expr) -> None:
    allowed = (
        ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Subscript, ast.Name, ast.Constant,
        ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context,
    )  # fmt: skip
    for one in ast.walk(node):
        if not isinstance(one, allowed):
            raise FormulaMistake(f"a formula does not take {type(one).__name__.lower()}")
        if isinstance(one, ast.Call):
            known = (*FUNCTIONS, *WORDED)
            if not isinstance(one.func, ast.Name) or one.func.id not in known or one.keywords:
                raise FormulaMistake(f"functions are {', '.join(known)}")
        if isinstance(one, ast.Constant) and not isinstance(one.value, int | float | str):
            raise FormulaMistake(f"{one.value!r} is no number")


class _Formula:
    def __init__(self, text: str, operands: Mapping[str, Exact]) -> None:
        self.text, self.operands = text, operands

    def of(self, node: ast.expr) -> Exact:
        if isinstance(node, ast.Name):
            return self.operands[node.id]
        if isinstance(node, ast.Constant):
            return self.number(node)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](self.of(node.left), self.of(node.right))
        if isinstance(node, ast.Compare):
            return self.comparison(node)
        if isinstance(node, ast.BoolOp):
            join = Exact.__and__ if isinstance(node.op, ast.And) else Exact.__or__
            return reduce(join, (self.of(one) for one in node.values))
        if isinstance(node, ast.UnaryOp):
            return self.turned(node)
        if isinstance(node, ast.IfExp):
            return exact.choose(self.of(node.test), self.of(node.body), self.of(node.orelse))
        if isinstance(node, ast.Subscript):
            return exact.look_up(self.of(node.value), self.of(node.slice))
        if isinstance(node, ast.Call):
            return self.call(node)
        raise TraceError(f"a formula does not take {type(node).__name__.lower()}")

    def number(self, node: ast.Constant) -> Exact:
        """A number exactly as it is written: 1.08 is 108 hundredths, never a float."""
        written = ast.get_source_segment(self.text, node) or ""
        if isinstance(node.value, str):
            raise TraceError(f"{node.value!r}: words stand only in says(…) and rounded_to(…)")
        value = Decimal(written.replace("_", ""))
        digits = max(0, -int(value.as_tuple().exponent))
        return constant(int(value.scaleb(digits)), 10**digits)

    def comparison(self, node: ast.Compare) -> Exact:
        sides = [self.of(node.left), *(self.of(one) for one in node.comparators)]
        held: list[Exact] = []
        for op, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True):
            if type(op) not in COMPARISONS:
                raise TraceError("comparisons are < <= > >= == !=")
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
            except TypeError:
                raise TraceError(f"{name} is given too few or too many operands") from None
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
