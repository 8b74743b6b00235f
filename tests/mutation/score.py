"""Whether cases and oracles notice a mistake in a rule: each mutant is put in the place of its rules and tried."""

import importlib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from tests.engine import oracle_comparison
from tests.engine.oracle_comparison import Month
from tests.mutation.mutants import Mutant, mutants

from schakel.engine import catalogue, plan, rounding
from schakel.engine.benefit import Benefit
from schakel.engine.calculation import PeriodResult, calculate
from schakel.engine.case_file import Case, read_case
from schakel.engine.catalogue import BENEFITS
from schakel.engine.choices import Shape
from schakel.engine.exact import highest, lowest
from schakel.engine.own_steps import own_rules
from schakel.engine.rule import Rule, rules_in
from schakel.engine.targets.source import SCALAR, source
from schakel.engine.trace_error import TraceError

CASES = Path(__file__).parents[1] / "engine" / "cases"
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
MONTHS = 240
"""Employee-months of the oracle that a mutant is tried on."""
Program = tuple[Shape | None, str]
"""What is calculated: the amounts or a condition, for a shape or for any."""
NOT_TRACED = (TraceError, TypeError, ArithmeticError, AttributeError)
"""What a mistake raises that the product would not load with."""
CACHED = (
    catalogue.amounts_graph,
    catalogue.amount_scale,
    catalogue.condition_graph,
    catalogue.facts_read_by,
    catalogue.facts_read_in,
    plan.plan_of,
)


@dataclass(slots=True)
class Score:
    """What became of the mutants of one module."""

    module: str
    killed_by: dict[str, int] = field(default_factory=dict)  #: case, oracle
    same: int = 0  #: gives the very same graphs: no mistake at all
    refused: int = 0  #: cannot be traced: the product would not load
    equivalent: list[str] = field(
        default_factory=list
    )  #: gives the same amounts, for a reason that is listed
    survived: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(self.killed_by.values())

    @property
    def percent(self) -> float:
        """Killed of those that are mistakes; those that do not load count for nothing."""
        of = self.killed + len(self.survived)
        return round(100 * self.killed / of, 1) if of else 100.0


def modules() -> list[str]:
    """Every module with rules: those of the bases and those of the benefits."""
    found = {rule.function.__module__ for one in BENEFITS for rule in one.rules.values()}
    return sorted(found)


def benefits_with(module: str) -> list[Benefit]:
    """The benefits that take rules from a module."""
    return [one for one in BENEFITS if any(r.function.__module__ == module for r in one.rules.values())]


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of a benefit, the shortest first."""
    files = sorted((CASES / name).glob("*.yaml"), key=lambda path: path.stat().st_size)
    return tuple(read_case(path.read_text(encoding="utf-8")) for path in files)


@cache
def months(name: str) -> tuple[Month, ...]:
    """Some months of the oracle of a benefit; none when it has no oracle."""
    if name not in oracle_comparison.names():
        return ()
    return tuple(oracle_comparison.months(oracle_comparison.oracle(name), MONTHS, 7))


@cache
def shapes(name: str) -> tuple[Shape, ...]:
    """The shapes of all its cases."""
    found = {
        catalogue.check_terms(name, step.value).shape: None
        for case in cases(name)
        for step in case.terms.steps
    }
    if name in oracle_comparison.names():
        for terms in oracle_comparison.oracle(name).SCHEMES:
            found[catalogue.check_terms(name, terms).shape] = None
    return tuple(found)


def score(module: str, chosen: Sequence[Mutant] | None = None) -> Score:
    """Every mutant of a module tried."""
    found = Score(module)
    code = inspect.getsource(importlib.import_module(module))
    listed = reasons().get(module, {})
    before = {one.name: _originals(one.name) for one in benefits_with(module)}
    for mutant in mutants(code) if chosen is None else chosen:
        outcome = tried(module, mutant, before)
        if outcome == "same":
            found.same += 1
        elif outcome == "refused":
            found.refused += 1
        elif outcome != "survived":
            found.killed_by[outcome] = found.killed_by.get(outcome, 0) + 1
        elif mutant.name in listed:
            found.equivalent.append(mutant.name)
        else:
            found.survived.append(mutant.name)
    return found


@cache
def reasons() -> Mapping[str, Mapping[str, str]]:
    """Module → mutant → why it gives the same amounts whatever the facts."""
    found: dict[str, dict[str, str]] = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {}
    return found


def tried(module: str, mutant: Mutant, before: Mapping[str, Mapping[Program, str]]) -> str:
    """Who notices it: case or oracle; refused when it cannot be traced, same when it is none; survived otherwise."""
    try:
        rules = _rules(module, mutant)
    except NOT_TRACED:
        return "refused"
    others = [one for one in benefits_with(module) if not set(rules).isdisjoint(one.rules)]
    with put_in_place(module, rules):
        try:
            changed = [one for one in others if _is_another(one, frozenset(rules), before[one.name])]
        except NOT_TRACED:
            return "refused"
        if not changed:
            return "same"
        try:
            return _noticed(changed)
        except NOT_TRACED:
            return "refused"


def _noticed(changed: Sequence[Benefit]) -> str:
    for one in changed:
        if any(not holds(case) for case in cases(one.name)):
            return "case"
    for one in changed:
        some = months(one.name)
        if not some:
            continue
        of = oracle_comparison.oracle(one.name)
        if next(oracle_comparison.differences(one.name, of.SCHEMES, some, over_columns=False), None):
            return "oracle"
    return "survived"


def holds(case: Case) -> bool:
    """Whether everything that is expected of a case comes out."""
    results = calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
    return all(_as_expected(wanted, found) for wanted, found in zip(case.expected, results, strict=True))


def _as_expected(wanted: Any, found: PeriodResult) -> bool:
    return (
        all(found.amounts.get(name) == value for name, value in wanted.amounts.items())
        and all(found.steps.get(name) == value for name, value in wanted.steps.items())
        and found.why_not == wanted.not_participating
        and (found.refusal and found.refusal.code) == wanted.refused
    )


def _rules(module: str, mutant: Mutant) -> dict[str, Rule]:
    """The one rule that is mistaken, or all that use the function that is."""
    made = ModuleType(module)
    made.__dict__.update(_rounding=rounding, highest=highest, lowest=lowest)
    exec(compile(mutant.source, module, "exec"), made.__dict__)  # noqa: S102 - our own rules with one mistake
    found = rules_in(made)
    return {mutant.rule: found[mutant.rule]} if mutant.rule in found else found


@contextmanager
def put_in_place(module: str, rules: Mapping[str, Rule]) -> Iterator[None]:
    """The mistaken rules in every benefit that takes them from this module."""
    kept = dict(catalogue._BY_NAME)
    for one in benefits_with(module):
        mine = {
            n: r for n, r in rules.items() if n in one.rules and one.rules[n].function.__module__ == module
        }
        catalogue._BY_NAME[one.name] = replace(one, rules={**one.rules, **mine})
    _forget()
    try:
        yield
    finally:
        catalogue._BY_NAME.update(kept)
        _forget()


def _forget() -> None:
    for one in CACHED:
        one.cache_clear()  # type: ignore[attr-defined]  # a mutant has its name


def _is_another(one: Benefit, rules: frozenset[str], before: Mapping[Program, str]) -> bool:
    """Whether any program that these rules have a part in is another than before."""
    return any(text != before[program] for program, text in _programs(one, rules))


@cache
def _originals(name: str) -> Mapping[Program, str]:
    """The programs of a benefit without any mistake; asked for before one is put in place."""
    return dict(_programs(catalogue.benefit(name), None))


def _programs(one: Benefit, rules: frozenset[str] | None) -> Iterator[tuple[Program, str]]:
    """Everything its rules come to, as program text: for any scheme, and for every shape that is tried."""
    for shape in (None, *shapes(one.name)):
        if rules is None or _have_a_part(one.name, rules, ()):
            yield (shape, ""), source(catalogue.amounts_graph(one.name, shape), SCALAR)
        for name in one.conditions:
            if rules is None or _have_a_part(one.name, rules, (name,)):
                yield (shape, name), source(catalogue.condition_graph(one.name, name, shape), SCALAR)


@cache
def _have_a_part(name: str, rules: frozenset[str], wanted: tuple[str, ...]) -> bool:
    """Whether rules are read, near or far, for a condition or for the amounts; whatever the scheme folds away."""
    one = next(found for found in BENEFITS if found.name == name)
    waiting = list(wanted or (q.rule for q in one.quantities if q.rule))
    # A step of a scheme's own may read any rule.
    waiting += (
        []
        if wanted
        else [
            rule for shape in shapes(name) for step in own_rules(shape.steps).values() for rule in step.reads
        ]
    )
    seen: set[str] = set()
    while waiting:
        rule = waiting.pop()
        if rule not in seen and rule in one.rules:
            seen.add(rule)
            waiting += one.rules[rule].reads
    return not seen.isdisjoint(rules)
