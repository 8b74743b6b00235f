"""One named quantity: a plain function, what it reads, its unit, its rounding and its source."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from schakel.engine.exact import Exact
from schakel.engine.rounding import EXACT
from schakel.engine.units import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """A traced function: the name is the quantity, the arguments are what it reads."""

    name: str
    reads: tuple[str, ...]
    reads_units: tuple[Unit, ...]  #: empty for a scheme's own step, which takes its operands as they are
    unit: Unit
    rounds: str
    source: str
    nl: str
    en: str
    formula_nl: str
    formula_en: str
    function: Callable[..., Exact]


def rule(
    *, source: str, nl: str, formula_nl: str, formula_en: str, rounds: str = EXACT
) -> Callable[[Callable[..., Exact]], Rule]:
    """Declare a rule. The docstring's first line is its English name for people; `nl` the Dutch one."""

    def declare(function: Callable[..., Exact]) -> Rule:
        hints = get_type_hints(function, include_extras=True)
        returns = hints.pop("return")
        names = tuple(inspect.signature(function).parameters)
        doc = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
        assert doc, f"rule {function.__name__} has no docstring"
        assert source, f"rule {function.__name__} cites no source"
        return Rule(
            function.__name__,
            names,
            tuple(_unit(hints[name]) for name in names),
            _unit(returns),
            rounds,
            source,
            nl,
            doc,
            formula_nl,
            formula_en,
            function,
        )

    return declare


def _unit(annotation: Any) -> Unit:
    unit = annotation.__metadata__[0]
    assert isinstance(unit, Unit)
    return unit


def rules_in(module: Any) -> dict[str, Rule]:
    """Every rule of a module, by name."""
    return {value.name: value for value in vars(module).values() if isinstance(value, Rule)}
