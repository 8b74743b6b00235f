"""What a benefit is: its rules, the choices an employer has, who takes part, and the amounts that come out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from schakel.engine.choices import Choices
from schakel.engine.rule import Rule, rules_in
from schakel.engine.scheme import Term

SERVICE = ("is_in_service",)
TAKING_PART = (
    "is_in_service",
    "has_reached_entry_age",
    "is_before_end_age",
    "has_waited",
    "has_not_waived",
    "is_not_on_unpaid_leave",
)
"""Conditions of a benefit that employees take part in, in the order the first that fails is the reason."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount that is kept, shown and told.

    `spread`: `rule` gives a year's amount, which is spread over wage periods and rounded there once.
    `period`: `rule` gives the amount of the wage period itself. `held`: the amount as it stands at the end of it.
    `to_date`: `rule` gives the amount of the year up to and with this wage period; this period's is what it adds.
    `rest`: `of` less every one of `minus`.
    """

    name: str
    nl: str
    en: str
    rule: str = ""
    kind: str = "spread"
    of: str = ""
    minus: tuple[str, ...] = ()
    deduction_class: str = ""
    is_told_to_carrier: bool = True
    when: str = ""  #: a yes-or-no term that must say yes; what no scheme asks for reads no facts


def rest(
    name: str, nl: str, en: str, *, of: str, minus: tuple[str, ...], deduction_class: str = ""
) -> Quantity:
    """What is left of an amount, so that the parts make the whole to the cent."""
    return Quantity(name, nl, en, "", "rest", of, minus, deduction_class)


@dataclass(frozen=True, slots=True)
class Benefit:
    """One kind of cover, what it needs, and what comes out."""

    name: str
    line: str  #: pension, wia, sickness_absence, self_insurance, accident, health, anw, travel, not_insurable
    mechanic: str  #: per_person, wage_sum or per_employer
    nl: str
    en: str
    conditions: tuple[str, ...]  #: rules that must all hold; the first that does not is the reason
    quantities: tuple[Quantity, ...]
    terms: Mapping[str, Term]
    rules: Mapping[str, Rule]
    check: Callable[[Choices], None]  #: raises WrongTerms for choices that contradict each other

    def rules_of(self, own: Mapping[str, Rule]) -> Mapping[str, Rule]:
        """Its rules, a scheme's own steps in their place."""
        return {**self.rules, **own}


def fits(_: Choices) -> None:
    """Any choices fit together."""


def define(
    name: str,
    *,
    line: str,
    nl: str,
    en: str,
    quantities: tuple[Quantity, ...],
    terms: tuple[Term, ...],
    rules: tuple[ModuleType, ...],
    conditions: tuple[str, ...] = TAKING_PART,
    mechanic: str = "per_person",
    check: Callable[[Choices], None] = fits,
) -> Benefit:
    """A benefit from its folder; `rules` are the modules it takes rules from, the later ones first in line."""
    found: dict[str, Rule] = {}
    for module in rules:
        found |= rules_in(module)
    named = {term.name: term for term in terms}
    assert len(named) == len(terms), f"{name}: two terms of one name"
    return Benefit(name, line, mechanic, nl, en, conditions, quantities, named, found, check)
