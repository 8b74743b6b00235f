"""The same question with one thing changed: what each amount would come to, and which branches make the difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schakel.engine.calculation import PeriodResult, calculate, calculation_of
from schakel.engine.case_file import Case, CaseMistake, read_term, read_value
from schakel.engine.catalogue import benefit, check_terms, facts_read_by
from schakel.engine.employee import FACTS, Sourced
from schakel.engine.errors import SchakelError
from schakel.engine.explaining import explained
from schakel.engine.explanation import Explanation, shown
from schakel.engine.timeline import Period, Step, Timeline

ORIGIN = "changed"  #: where a changed fact was stated


@dataclass(frozen=True, slots=True)
class Compared:
    """A wage period as it is and as it would be."""

    before: PeriodResult
    after: PeriodResult

    @property
    def amounts(self) -> Mapping[str, tuple[int | None, int | None]]:
        """Each amount as it is and as it would be, in cents; None where there is none."""
        names = dict.fromkeys((*self.before.amounts, *self.after.amounts))
        return {name: (self.before.amounts.get(name), self.after.amounts.get(name)) for name in names}


def changed(case: Case, name: str, written: str, start: date | None = None) -> Case:
    """The case with another value of one fact, term or own figure, from a day on or always. Raises SchakelError."""
    period = Period(date.min if start is None else start)
    if name in FACTS and name != "wage_period_kind":
        value = read_value(name, written)
        facts = {**case.facts.facts, name: _overlaid(case.facts.facts.get(name), period, value)}
        return replace(case, facts=replace(case.facts, facts=facts))
    if name in benefit(case.benefit).terms or any(name in _figures(one.value) for one in case.terms.steps):
        return replace(case, terms=_terms(case, name, read_term(written), period))
    facts_read = sorted(facts_read_by(case.benefit) - {"wage_period_kind"})
    listed = ", ".join((*facts_read, *benefit(case.benefit).terms))
    raise CaseMistake(
        f"{name!r} is no fact, term or figure of this case. There are: {listed}.",
        f"{name!r} is geen gegeven, voorwaarde of cijfer van deze casus. Er zijn: {listed}.",
        about=name,
    )


def _overlaid(known: Timeline[Sourced] | None, period: Period, value: Any) -> Timeline[Sourced]:
    return (known or Timeline(())).overlay(period, Sourced(value, ORIGIN))


def _figures(chosen: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = chosen.get("figures", {})
    return found


def _terms(case: Case, name: str, value: Any, period: Period) -> Timeline[Mapping[str, Any]]:
    steps: list[Step[Mapping[str, Any]]] = list(case.terms.without(period).steps)
    for step in case.terms.slice(period).steps:
        chosen = dict(step.value)
        if name in _figures(chosen):
            figures = _figures(chosen)
            chosen["figures"] = {**figures, name: {**figures[name], "value": value}}
        else:
            chosen[name] = value
        check_terms(case.benefit, chosen)
        steps.append(Step(step.period, chosen))
    return Timeline(steps)


def compare(case: Case, other: Case) -> tuple[Compared, ...]:
    """Every wage period of the case, before and after."""
    before, after = (
        calculate(one.benefit, one.facts, one.terms, case.wage_periods, parameters=one.parameters)
        for one in (case, other)
    )
    return tuple(Compared(*pair) for pair in zip(before, after, strict=True))


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of which the value or what it was made of differs."""

    told: Explanation
    before: Explanation | None
    after: Explanation | None
    operands: tuple["Branch", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        one = self.told
        values = {
            "before": None if self.before is None else self.before.value,
            "after": None if self.after is None else self.after.value,
        }
        told = {"kind": one.kind, "name": one.name, "nl": one.nl, "en": one.en, "unit": one.unit, **values}
        return told | ({"operands": [each.as_dict() for each in self.operands]} if self.operands else {})

    def tell(self, language: str, depth: int = 0, told: set[int] | None = None) -> str:
        """What differs in words, a line a node; what was told before is only named."""
        told = set() if told is None else told
        name = self.told.en if language == "en" else self.told.nl
        formula = self.told.formula_en if language == "en" else self.told.formula_nl
        line = f"{'  ' * depth}{name}: {self._shown(self.before, language)} → {self._shown(self.after, language)}"
        if id(self) in told and self.operands:
            return f"{line} ({'zie boven' if language == 'nl' else 'as above'})"
        told.add(id(self))
        lines = [line + (f" = {formula}" if formula else "")]
        return "\n".join([*lines, *(one.tell(language, depth + 1, told) for one in self.operands)])

    @staticmethod
    def _shown(one: Explanation | None, language: str) -> str:
        return "–" if one is None else shown(one.value, one.unit, language)


def branches(case: Case, other: Case, compared: Compared) -> tuple[Branch, ...]:
    """Of every amount of a wage period what differs; nothing where it cannot be calculated on both sides."""
    trees = [_trees(one, compared) for one in (case, other)]
    walk = _Walk({})
    pairs = [(trees[0][name], trees[1][name]) for name in trees[0] if name in trees[1]]
    return tuple(found for before, after in pairs if (found := walk.of(before, after)) is not None)


def _trees(case: Case, compared: Compared) -> dict[str, Explanation]:
    calculation = calculation_of(case.benefit, case.facts, case.terms, case.parameters)
    try:
        return explained(calculation, compared.before.wage_period, tuple(compared.amounts))
    except SchakelError:
        return {}


@dataclass(frozen=True, slots=True)
class _Walk:
    """Two trees side by side; what is shared within a tree is compared once."""

    #: By identity, the nodes kept beside it so that no other takes their place.
    seen: dict[tuple[int, int], tuple[Branch | None, Explanation, Explanation]]

    def of(self, before: Explanation, after: Explanation) -> Branch | None:
        """The branch where they differ; None when they are the same."""
        key = (id(before), id(after))
        if key not in self.seen:
            self.seen[key] = (self._of(before, after), before, after)
        return self.seen[key][0]

    def _of(self, before: Explanation, after: Explanation) -> Branch | None:
        # What comes to the same makes no difference further up either.
        if before.value == after.value:
            return None
        return Branch(after, before, after, tuple(self._operands(before, after)))

    def _operands(self, before: Explanation, after: Explanation) -> Iterator[Branch]:
        old, new = _numbered(*_cut_alike(before.operands, after.operands))
        for key in dict.fromkeys((*old, *new)):
            if key in old and key in new:
                found = self.of(old[key], new[key])
                if found is not None:
                    yield found
            else:
                one = old.get(key) or new[key]
                yield Branch(one, old.get(key), new.get(key))


Operands = tuple[Explanation, ...]


def _cut_alike(before: Operands, after: Operands) -> tuple[Operands, Operands]:
    """A wage period that is whole on one side and cut on the other: the whole one stands in every stretch."""
    for one, other in ((before, after), (after, before)):
        stretches = [each for each in other if each.kind == "segment"]
        if stretches and one and not any(each.kind == "segment" for each in one):
            whole = tuple(replace(each, value=one[0].value, operands=one[:1]) for each in stretches) + one[1:]
            return (whole, other) if one is before else (other, whole)
    return before, after


def _numbered(*sides: Operands) -> list[dict[tuple[str, str, int], Explanation]]:
    """Operands by kind and name; of several of one name the first with the first."""
    found: list[dict[tuple[str, str, int], Explanation]] = []
    for operands in sides:
        named: dict[tuple[str, str, int], Explanation] = {}
        for one in operands:
            place = sum(1 for kind, name, _ in named if (kind, name) == (one.kind, one.name))
            named[one.kind, one.name, place] = one
        found.append(named)
    return found


def read_change(text: str) -> tuple[str, str]:
    """`name=value`. Raises CaseMistake."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise CaseMistake(
            f"{text!r} is no change; write for example salary_amount=4200.",
            f"{text!r} is geen wijziging; schrijf bijvoorbeeld salary_amount=4200.",
        )
    return name.strip(), value.strip()
