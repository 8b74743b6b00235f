"""The list of all benefits and their rules; wired by argument name and checked when this module loads."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.benefits.absence_stop_loss.benefit import ABSENCE_STOP_LOSS
from schakel.engine.benefits.accident.benefit import ACCIDENT
from schakel.engine.benefits.anw_gap.benefit import ANW_GAP
from schakel.engine.benefits.bicycle.benefit import BICYCLE
from schakel.engine.benefits.business_travel.benefit import BUSINESS_TRAVEL
from schakel.engine.benefits.career_average_pension.benefit import CAREER_AVERAGE_PENSION
from schakel.engine.benefits.choice_budget.benefit import CHOICE_BUDGET
from schakel.engine.benefits.cumulative_pension.benefit import CUMULATIVE_PENSION
from schakel.engine.benefits.excedent_pension.benefit import EXCEDENT_PENSION
from schakel.engine.benefits.final_pay_pension.benefit import FINAL_PAY_PENSION
from schakel.engine.benefits.health.benefit import HEALTH
from schakel.engine.benefits.home_working_allowance.benefit import HOME_WORKING_ALLOWANCE
from schakel.engine.benefits.hourly_pension.benefit import HOURLY_PENSION
from schakel.engine.benefits.iva_supplement.benefit import IVA_SUPPLEMENT
from schakel.engine.benefits.lease_car.benefit import LEASE_CAR
from schakel.engine.benefits.leave_days.benefit import LEAVE_DAYS
from schakel.engine.benefits.net_pension.benefit import NET_PENSION
from schakel.engine.benefits.orphan_pension.benefit import ORPHAN_PENSION
from schakel.engine.benefits.other_benefit.benefit import OTHER_BENEFIT
from schakel.engine.benefits.partner_pension.benefit import PARTNER_PENSION
from schakel.engine.benefits.phone.benefit import PHONE
from schakel.engine.benefits.premium_waiver.benefit import PREMIUM_WAIVER
from schakel.engine.benefits.retirement_pension.benefit import RETIREMENT_PENSION
from schakel.engine.benefits.sickness_absence.benefit import SICKNESS_ABSENCE
from schakel.engine.benefits.training_budget.benefit import TRAINING_BUDGET
from schakel.engine.benefits.travel_allowance.benefit import TRAVEL_ALLOWANCE
from schakel.engine.benefits.voluntary_pension.benefit import VOLUNTARY_PENSION
from schakel.engine.benefits.wga_gap.benefit import WGA_GAP
from schakel.engine.benefits.wga_self_insurance.benefit import WGA_SELF_INSURANCE
from schakel.engine.benefits.whk.benefit import WHK
from schakel.engine.benefits.wia_excess.benefit import WIA_EXCESS
from schakel.engine.benefits.wia_floor.benefit import WIA_FLOOR
from schakel.engine.benefits.wkr_budget.benefit import WKR_BUDGET
from schakel.engine.benefits.zw_self_insurance.benefit import ZW_SELF_INSURANCE
from schakel.engine.choices import Choices, Shape, checked, leaves_of
from schakel.engine.derived import derived_leaves
from schakel.engine.employee import FACTS
from schakel.engine.errors import NoRuleInForce, WrongTerms, nearest
from schakel.engine.graph import Graph, Leaf, trace
from schakel.engine.own_steps import own_rules
from schakel.engine.rule import Rule
from schakel.engine.to_date import to_date_leaves
from schakel.engine.trace_error import TraceError

__all__ = ["BENEFITS", "Benefit", "Quantity", "amounts_graph", "benefit", "check_terms", "condition_graph"]

BENEFITS: tuple[Benefit, ...] = (
    RETIREMENT_PENSION,
    CAREER_AVERAGE_PENSION,
    FINAL_PAY_PENSION,
    HOURLY_PENSION,
    CUMULATIVE_PENSION,
    EXCEDENT_PENSION,
    NET_PENSION,
    PARTNER_PENSION,
    ORPHAN_PENSION,
    VOLUNTARY_PENSION,
    PREMIUM_WAIVER,
    WIA_FLOOR,
    WGA_GAP,
    WIA_EXCESS,
    IVA_SUPPLEMENT,
    SICKNESS_ABSENCE,
    ABSENCE_STOP_LOSS,
    WGA_SELF_INSURANCE,
    ZW_SELF_INSURANCE,
    WHK,
    ACCIDENT,
    HEALTH,
    ANW_GAP,
    BUSINESS_TRAVEL,
    LEASE_CAR,
    BICYCLE,
    PHONE,
    TRAINING_BUDGET,
    LEAVE_DAYS,
    HOME_WORKING_ALLOWANCE,
    TRAVEL_ALLOWANCE,
    WKR_BUDGET,
    CHOICE_BUDGET,
    OTHER_BENEFIT,
)
"""In the order people look for them: pension, incapacity, absence, accident, health, the rest."""

_BY_NAME = {one.name: one for one in BENEFITS}


def benefit(name: str) -> Benefit:
    """The benefit of this name. Raises NoRuleInForce."""
    if name not in _BY_NAME:
        near, listed = nearest(name, _BY_NAME), ", ".join(_BY_NAME)
        raise NoRuleInForce(
            f"There is no benefit {name!r}; {f'do you mean {near}? There' if near else 'there'} are: {listed}.",
            f"Er is geen voorziening {name!r}; {f'bedoelt u {near}? Er' if near else 'er'} zijn: {listed}.",
            about=name,
        )
    return _BY_NAME[name]


def leaves(one: Benefit, shape: Shape | None = None) -> dict[str, Leaf]:
    """Everything its rules may read: facts, what is derived from them, and the scheme's terms."""
    found = derived_leaves() | to_date_leaves()
    for fact in FACTS.values():
        low, high = (fact.lowest, fact.highest) if fact.unit.name != "date" else (0, 1_000_000)
        found[fact.name] = Leaf(fact.name, "fact", fact.unit, low, high, (fact.name,), fact.choices)
    terms = dict(one.terms)
    if shape is not None:
        terms |= {figure.name: figure for figure in shape.figures}
    return found | leaves_of(terms, shape)


def quantities(one: Benefit, shape: Shape) -> tuple[Quantity, ...]:
    """The amounts a scheme of this shape gives: those that a rule or a step of its own makes."""
    made = one.rules.keys() | {step.name for step in shape.steps}
    given: set[str] = set()
    words = dict(shape.words)
    for q in one.quantities:
        if q.when and words.get(q.when) != "true":
            continue
        if q.rule in made or (q.kind == "rest" and q.of in given):
            given.add(q.name)
    return tuple(q for q in one.quantities if q.name in given)


@lru_cache(maxsize=4096)
def amounts_graph(name: str, shape: Shape | None = None) -> Graph:
    """The graph of everything a benefit gives; without a shape, of everything that any scheme might read."""
    one = benefit(name)
    if shape is None:
        return trace([q.rule for q in one.quantities if q.rule in one.rules], one.rules, leaves(one))
    rules = one.rules_of(own_rules(shape.steps))
    return trace([q.rule for q in quantities(one, shape) if q.rule], rules, leaves(one, shape))


@lru_cache(maxsize=16384)
def amount_scale(name: str, shape: Shape, rule: str) -> int:
    """How many parts make a euro in the amounts of a rule."""
    return next(one.unit.scale for one in amounts_graph(name, shape).rules if one.name == rule)


@lru_cache(maxsize=16384)
def condition_graph(name: str, condition: str, shape: Shape | None = None) -> Graph:
    """The graph of one condition."""
    one = benefit(name)
    rules = one.rules if shape is None else one.rules_of(own_rules(shape.steps))
    return trace([condition], rules, leaves(one, shape))


@cache
def facts_read_by(name: str) -> frozenset[str]:
    """The facts that a benefit's amounts and conditions may rest on, whatever the scheme; derived from the rules."""
    conditions = (condition_graph(name, one).facts_read() for one in benefit(name).conditions)
    return amounts_graph(name).facts_read().union({"wage_period_kind"}, *conditions)


@lru_cache(maxsize=4096)
def facts_read_in(name: str, shape: Shape) -> frozenset[str]:
    """The facts that the amounts and conditions of a scheme of this shape rest on."""
    conditions = (condition_graph(name, one, shape).facts_read() for one in benefit(name).conditions)
    return amounts_graph(name, shape).facts_read().union({"wage_period_kind"}, *conditions)


def statutory_read_by(choices: Choices) -> frozenset[str]:
    """The statutory figures that the terms point to."""
    return frozenset(
        term.statutory
        for term in choices.terms.values()
        if term.statutory is not None and choices.get(term.name) == "statutory"
    )


def check_terms(name: str, chosen: Mapping[str, Any]) -> Choices:
    """The employer's choices, checked and traced. Raises MissingTerms, WrongTerms."""
    one = benefit(name)
    found = checked(one.terms, one.rules, chosen)
    one.check(found)
    _check_names(one, found.shape)
    if found.shape.steps:
        try:
            _check_units(one, amounts_graph(name, found.shape), found.shape)
            _check_steps(name, found.shape)
        except TraceError as error:
            step = _step_behind(str(error), one.rules_of(own_rules(found.shape.steps)), found.shape)
            raise WrongTerms(f"steps: {error}.", f"steps: {error.nl}.", about=step) from None
    return found


def _check_names(one: Benefit, shape: Shape) -> None:
    """No step or figure has the name of what payroll or the terms say: that would be set aside without a word."""
    own = [*(step.name for step in shape.steps), *(figure.name for figure in shape.figures)]
    said = leaves(one).keys() if own else ()
    for name in own:
        if name in said:
            raise WrongTerms(
                f"{name}: there is a fact or term of this name already; give the step or figure a name of its own.",
                f"{name}: deze naam is al van een feit of voorwaarde; geef de stap of het cijfer een eigen naam.",
                about=name,
            )


def _step_behind(told: str, rules: Mapping[str, Rule], shape: Shape) -> str:
    """The own step that a mistake is in, or that the rule reads in which it came out; “steps” when there is none."""
    own = {step.name for step in shape.steps}
    waiting: list[str] = re.findall(r"\w+", told)
    if not own.isdisjoint(waiting):
        return next(word for word in waiting if word in own)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in own:
            return name
        if name in rules and name not in seen:
            seen.add(name)
            waiting += rules[name].reads
    return "steps"


def _check_units(one: Benefit, graph: Graph, shape: Shape) -> None:
    """An own step in the place of an amount must give euros: in cents where the amount is that of the period."""
    made = {rule.name: rule.unit for rule in graph.rules}
    for quantity in quantities(one, shape):
        unit = made.get(quantity.rule)
        if unit is not None and (not unit.is_money or (quantity.kind != "spread" and unit.scale != 100)):
            raise TraceError(
                f"{quantity.rule}: {quantity.en} is in euros with two decimals, not in {unit.name}",
                f"{quantity.rule}: {quantity.nl} is in euro met twee decimalen, niet in {unit.name}",
            )


@lru_cache(maxsize=4096)
def _check_steps(name: str, shape: Shape) -> None:
    """Every own step can be traced, and something reads it: one that changes nothing is misspelled."""
    one = benefit(name)
    rules = one.rules_of(own_rules(shape.steps))
    trace([*one.conditions, *(step.name for step in shape.steps)], rules, leaves(one, shape))
    read: set[str] = set()
    waiting = [*one.conditions, *(q.rule for q in quantities(one, shape) if q.rule)]
    while waiting:
        rule = waiting.pop()
        if rule in rules and rule not in read:
            read.add(rule)
            waiting += rules[rule].reads
    unread = [step.name for step in shape.steps if step.name not in read]
    # Of steps that read each other the last one is misspelled.
    last = [name for name in unread if not any(name in rules[other].reads for other in unread)]
    if last:
        raise TraceError(
            f"{last[0]}: nothing reads this step; give it the name of a rule, or read it in another step",
            f"{last[0]}: niets leest deze stap; geef haar de naam van een regel, of lees haar in een andere stap",
        )
