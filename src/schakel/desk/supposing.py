"""The same amount with one thing changed: another fact or another term; looked at, never written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from schakel.desk.access import Act, Visitor, inside
from schakel.desk.employees import find
from schakel.desk.explaining import Amount, MadeOf, made_of
from schakel.desk.words import Words
from schakel.engine.calculation import PeriodResult
from schakel.engine.case_file import Case, Expected
from schakel.engine.catalogue import Benefit, benefit
from schakel.engine.counterfactual import Branch, branches, changed, compare
from schakel.engine.explanation import Explanation
from schakel.schemes.terms import terms_of
from schakel.tenancy.audit import record

LISTS = frozenset({"dates", "text", "choice", "word"})
"""Units of what is not typed in one field: lists, and words of which only one may be right."""


@dataclass(frozen=True, slots=True)
class Supposable:
    """Something an amount was made of that may be supposed otherwise."""

    name: str
    words: Words
    value: object
    unit: str
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Supposed:
    """One amount as it is and as it would be, in cents (None: there is none), and what differs on the way to it."""

    name: str
    words: Words
    written: str
    before: int | None
    after: int | None
    branch: Branch | None
    refusal: Words | None  #: why there would be no amount

    @property
    def difference(self) -> int:
        return (self.after or 0) - (self.before or 0)


def supposable(tree: Explanation) -> tuple[Supposable, ...]:
    """Every fact and term of an explanation, in its order, that can be typed in one field."""
    found: dict[str, Supposable] = {}
    for node in _walked(tree):
        if node.kind in {"fact", "term"} and node.unit not in LISTS:
            words = Words(node.nl, node.en)
            found.setdefault(
                node.name, Supposable(node.name, words, node.value, node.unit, node.kind == "fact")
            )
    return tuple(found.values())


def _walked(tree: Explanation) -> Iterator[Explanation]:
    """Facts before terms: they are asked about first."""
    nodes = list(tree.walk())
    yield from (node for node in nodes if node.kind == "fact")
    yield from (node for node in nodes if node.kind == "term")


def suppose(visitor: Visitor, amount: Amount, one: Supposable, written: str, now: datetime) -> Supposed:
    """The amount with another value of one fact or term, at any time. Writes an audit line, without the value.

    Raises NotFound, AccessRefused, and SchakelError with what is allowed.
    """
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = find(visitor, amount.employee_id, now)
        made = made_of(visitor, line, amount, now)
        record("suppose", f"employee:{line.reference}", now, benefit=amount.benefit_id, changed=one.name)
        case, agreed_benefit = _case(made), benefit(made.agreed.benefit)
        other = changed(case, one.name, written)
        (compared,) = compare(case, other)
        before, after = compared.amounts.get(amount.quantity, (None, None))
        found = next((b for b in branches(case, other, compared) if b.told.name == amount.quantity), None)
        return Supposed(
            one.name, one.words, written, before, after, found, _why_not(agreed_benefit, compared.after)
        )


def _case(made: MadeOf) -> Case:
    """The amount as a case: the same facts, the same terms, one wage period."""
    agreed = made.agreed
    none: Mapping[str, int] = {}
    return Case(
        "", "", agreed.benefit, made.facts, terms_of(agreed.id), (Expected(0, made.wage_period, none),)
    )


def _why_not(one: Benefit, result: PeriodResult) -> Words | None:
    """What is missing, or the condition that would not hold."""
    if result.refusal is not None:
        return Words(result.refusal.message("nl"), result.refusal.message("en"))
    if result.why_not is None:
        return None
    rule = one.rules[result.why_not]
    return Words(f"Doet dan niet mee: niet {rule.nl}.", f"Does not take part then: not {rule.en}.")
