"""A scheme's own formula, as its regulation states it: read from text and traced like a rule.

    lowest(full_time_wage_per_year, 75864) - hourly_franchise * hours_per_year

Numbers, names, + - * /, comparisons, and/or/not, `a if statement else b`, and the functions below; a number beside an
amount is euros. Nothing else is taken, and nothing is evaluated: the text becomes an expression over exact numbers.
"""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

from schakel.engine import exact
from schakel.engine.exact import Exact, constant
from schakel.engine.rounding import ROUNDINGS, rounded_to
from schakel.engine.trace_error import TABLE_AS_NUMBER, WORD_AS_NUMBER, TraceError

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
WHOLE = {"look_up": 0, "over_tranches": 1, "is_given": 0}  #: the operand that may be more than one number
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

NO_NUMBER = re.compile(r"(?<![\w.])[0-9][0-9_.]*[A-Za-z]\w*|\\\S*")


TAKES = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Subscript, ast.Name, ast.Constant,
)  # fmt: skip
"""What a formula is made of."""


INSTEAD: Mapping[str, tuple[str, str]] = {
    "×": ("write * for times", "schrijf * voor maal"),
    "÷": ("write / for divided by", "schrijf / voor gedeeld door"),
    "−": ("write - for minus", "schrijf - voor min"),
    "–": ("write - for minus", "schrijf - voor min"),
    "€": ("an amount is a bare number, 1250.00", "een bedrag is een kaal getal, 1250.00"),
    "%": (
        "write 0.05 for 5 %, or a figure of kind percent",
        "schrijf 0.05 voor 5 %, of een cijfer van soort percent",
    ),
}
"""Signs of a regulation, and what a formula has for them."""
ELSEWHERE = {
    "min": "lowest",
    "max": "highest",
    "round": "rounded_to",
    "MIN": "lowest",
    "MAX": "highest",
    "IF": "choose",
}
"""Functions of spreadsheets, and what they are called here."""


class FormulaMistake(Exception):
    """A formula cannot be read; the text says in English and Dutch what is not taken and what is."""

    def __init__(self, en: str, nl: str) -> None:
        self.nl = nl
        super().__init__(en)


def parsed(text: str) -> ast.expr:
    """The formula as a tree. Raises FormulaMistake."""
    if len(text) > LONGEST:
        raise FormulaMistake(
            f"a formula has at most {LONGEST} characters; make it several steps",
            f"een formule heeft ten hoogste {LONGEST} tekens; maak er meer stappen van",
        )
    for sign, (en, nl) in INSTEAD.items():
        if sign in text:
            raise FormulaMistake(f"{sign} is not taken; {en}", f"{sign} kan niet; {nl}")
    if no_number := NO_NUMBER.search(text):
        raise FormulaMistake(
            f"{no_number[0]} is no number; write for example 0.0525, without exponent",
            f"{no_number[0]} is geen getal; schrijf bijvoorbeeld 0.0525, zonder exponent",
        )
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
        _check(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _no_formula(text, error) from None
    return tree


def _no_formula(text: str, error: Exception) -> FormulaMistake:
    if not text.strip():
        return FormulaMistake("a formula is missing here", "hier ontbreekt een formule")
    if re.search(r"(?<![<>=!:])=(?!=)", text):
        return FormulaMistake("equal is written ==", "gelijk aan is ==")
    if text.lstrip().startswith("if "):
        return FormulaMistake("write a if statement else b", "schrijf a if bewering else b")
    why = getattr(error, "msg", "it nests too deep")
    at = max(0, (getattr(error, "offset", None) or 1) - 15)
    near = " ".join(text.split())[at : at + 30]
    return FormulaMistake(
        f"this is no formula, near ‘{near}’: {why}", f"dit is geen formule, bij ‘{near}’: {why}"
    )


def names_in(tree: ast.expr) -> tuple[str, ...]:
    """The quantities it reads, in the order they stand."""
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions]
    ordered = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in ordered))


def traced(tree: ast.expr, text: str, operands: Mapping[str, Exact], *, in_euros: bool = False) -> Exact:
    """The expression. Raises TraceError when units do not fit."""
    formula = _Formula(" ".join(text.split()), operands)
    return formula.euros(tree) if in_euros and is_number(tree) else formula.of(tree)


def _check(node: ast.expr, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise FormulaMistake(
            "this nests too deep; make it several steps", "dit is te diep genest; maak er meer stappen van"
        )
    if isinstance(node, ast.Tuple):
        raise FormulaMistake(
            "a comma stands only between operands; decimals have a point, 0.05",
            "een komma staat alleen tussen operanden; decimalen hebben een punt, 0.05",
        )
    if not isinstance(node, TAKES):
        written = ast.unparse(node)[:60]
        raise FormulaMistake(
            f"a formula does not take ‘{written}’; it has numbers, names, + - * /, comparisons and functions",
            f"een formule kent ‘{written}’ niet; zij heeft getallen, namen, + - * /, vergelijkingen, functies",
        )
    if isinstance(node, ast.BinOp) and type(node.op) not in OPERATORS:
        raise FormulaMistake("operators are + - * /", "bewerkingen zijn + - * /")
    if isinstance(node, ast.Compare) and not all(type(op) in COMPARISONS for op in node.ops):
        raise FormulaMistake("comparisons are < <= > >= == !=", "vergelijkingen zijn < <= > >= == !=")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        raise FormulaMistake(
            "write not for the contrary of a statement", "schrijf not voor het tegendeel van een bewering"
        )
    if isinstance(node, ast.Constant) and type(node.value) not in {int, float, str}:
        raise FormulaMistake(f"{node.value!r} is no number", f"{node.value!r} is geen getal")
    if isinstance(node, ast.Call):
        if node.keywords:
            raise FormulaMistake(
                "what a function takes has no names: lowest(a, b)",
                "wat een functie krijgt heeft geen namen: lowest(a, b)",
            )
        known = (*FUNCTIONS, *WORDED)
        if not isinstance(node.func, ast.Name) or node.func.id not in known:
            listed, named = ", ".join(known), ast.unparse(node.func)[:60]
            meant = ELSEWHERE.get(named)
            raise FormulaMistake(
                f"{f'{named} is {meant} here' if meant else f'‘{named}’ is no function'}; functions are {listed}",
                f"{f'{named} heet hier {meant}' if meant else f'‘{named}’ is geen functie'}; functies zijn {listed}",
            )
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.expr):
            _check(one, depth + 1)


class _Formula:
    def __init__(self, text: str, operands: Mapping[str, Exact]) -> None:
        self.text, self.operands = text, operands

    def of(self, node: ast.expr) -> Exact:
        """What a part of the formula comes to."""
        of_kind: Mapping[type[ast.expr], Callable[[Any], Exact]] = {
            ast.Name: self.quantity,
            ast.Constant: self.number,
            ast.BinOp: self.operation,
            ast.Compare: self.comparison,
            ast.BoolOp: self.joined,
            ast.UnaryOp: self.turned,
            ast.IfExp: lambda one: exact.choose(self.of(one.test), *self.alike(one.body, one.orelse)),
            ast.Subscript: lambda one: exact.look_up(self.whole(one.value), self.of(one.slice)),
            ast.Call: self.call,
        }
        return of_kind[type(node)](node)

    def quantity(self, node: ast.Name) -> Exact:
        """One number by its name; a table, tranches or a word are none, and would be counted with as if they were."""
        found = self.operands[node.id]
        if found.size or found.op == "tranches":
            raise TraceError(*TABLE_AS_NUMBER)
        if found.words:
            raise TraceError(*WORD_AS_NUMBER)
        return found

    def whole(self, node: ast.expr) -> Exact:
        """What may be a table, tranches or a word here."""
        return self.operands[node.id] if isinstance(node, ast.Name) else self.of(node)

    def alike(self, *nodes: ast.expr) -> list[Exact]:
        """What is added or compared: a number beside an amount is euros."""
        made = [self.of(one) for one in nodes]
        if not any(one.is_money for one in made):
            return made
        return [self.euros(node) if is_number(node) else one for node, one in zip(nodes, made, strict=True)]

    def euros(self, node: ast.expr) -> Exact:
        """A number of the formula as an amount."""
        if isinstance(node, ast.BinOp):
            right = self.of if isinstance(node.op, ast.Mult | ast.Div) else self.euros
            return OPERATORS[type(node.op)](self.euros(node.left), right(node.right))
        if isinstance(node, ast.IfExp):
            return exact.choose(self.of(node.test), self.euros(node.body), self.euros(node.orelse))
        if isinstance(node, ast.UnaryOp):
            return 0 - self.euros(node.operand) if isinstance(node.op, ast.USub) else self.euros(node.operand)
        number = self.of(node)
        return constant(number.low, number.scale, is_money=True)

    def operation(self, node: ast.BinOp) -> Exact:
        if isinstance(node.op, ast.Add | ast.Sub):
            return OPERATORS[type(node.op)](*self.alike(node.left, node.right))
        return OPERATORS[type(node.op)](self.of(node.left), self.of(node.right))

    def joined(self, node: ast.BoolOp) -> Exact:
        join = Exact.__and__ if isinstance(node.op, ast.And) else Exact.__or__
        return reduce(join, (self.of(one) for one in node.values))

    def number(self, node: ast.Constant) -> Exact:
        """A number exactly as it is written: 1.08 is 108 hundredths, never a float."""
        written = ast.get_source_segment(self.text, node) or ""
        if isinstance(node.value, str):
            raise TraceError(
                f"{node.value!r}: words stand only in says(…) and rounded_to(…)",
                f"{node.value!r}: woorden staan alleen in says(…) en rounded_to(…)",
            )
        if not NUMBER.fullmatch(written):
            raise TraceError(
                f"{written} is no number; write for example 0.0525, with at most 12 decimals and no exponent",
                f"{written} is geen getal; schrijf bijvoorbeeld 0.0525, met hooguit 12 decimalen en zonder exponent",
            )
        value = Decimal(written.replace("_", ""))
        digits = max(0, -int(value.as_tuple().exponent))
        return constant(int(value.scaleb(digits)), 10**digits)

    def comparison(self, node: ast.Compare) -> Exact:
        sides = self.alike(node.left, *node.comparators)
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
                return FUNCTIONS[name](*self.arguments(name, node.args))
            except (TypeError, IndexError):
                raise TraceError(
                    f"{name} is given too few or too many operands",
                    f"{name} krijgt te weinig of te veel operanden",
                ) from None
        takes = TraceError(
            f"{name} takes a name and words in quotes", f"{name} vraagt een naam en woorden tussen quotes"
        )
        if not node.args:
            raise takes
        words = [
            one.value for one in node.args[1:] if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if not words or len(words) < len(node.args) - 1:
            raise takes
        if name == "says":
            return exact.says(self.whole(node.args[0]), *words)
        if words[0] not in ROUNDINGS or len(words) > 1:
            listed = ", ".join(ROUNDINGS)
            raise TraceError(f"roundings are {listed}", f"afrondingen zijn {listed}")
        return rounded_to(self.of(node.args[0]), words[0])

    def arguments(self, name: str, args: list[ast.expr]) -> list[Exact]:
        if name in {"lowest", "highest"}:
            return self.alike(*args)
        if name == "choose":
            return [*(self.of(one) for one in args[:1]), *self.alike(*args[1:])]
        takes_whole = WHOLE.get(name)
        return [self.whole(one) if place == takes_whole else self.of(one) for place, one in enumerate(args)]


def is_number(node: ast.expr) -> bool:
    """Whether it is made of numbers alone, whichever of them is chosen."""
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    if isinstance(node, ast.IfExp):
        return is_number(node.body) and is_number(node.orelse)
    if isinstance(node, ast.UnaryOp):
        return not isinstance(node.op, ast.Not) and is_number(node.operand)
    return isinstance(node, ast.Constant)
