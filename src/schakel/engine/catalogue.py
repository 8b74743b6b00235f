"""The list of all benefits and their rules; wired by argument name and checked when this module loads."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from schakel.engine.bases import rules as bases
from schakel.engine.benefits.accident import rules as accident_rules
from schakel.engine.benefits.accident import terms as accident_terms
from schakel.engine.benefits.home_working_allowance import rules as home_working_rules
from schakel.engine.benefits.home_working_allowance import terms as home_working_terms
from schakel.engine.benefits.orphan_pension import rules as orphan_rules
from schakel.engine.benefits.orphan_pension import terms as orphan_terms
from schakel.engine.benefits.partner_pension import rules as partner_rules
from schakel.engine.benefits.partner_pension import terms as partner_terms
from schakel.engine.benefits.retirement_pension import rules as retirement_rules
from schakel.engine.benefits.retirement_pension import terms as retirement_terms
from schakel.engine.benefits.wga_gap import rules as wga_rules
from schakel.engine.benefits.wga_gap import terms as wga_terms
from schakel.engine.employee import FACTS
from schakel.engine.errors import NoRuleInForce, WrongTerms
from schakel.engine.exact import Unit
from schakel.engine.graph import Graph, Leaf, trace
from schakel.engine.rule import rules_in
from schakel.engine.scheme import Term, checked

DERIVED: Mapping[str, Leaf] = {
    "age_months": Leaf("age_months", "derived", Unit("count", 1), 0, 1560, ("birth_on",)),
    "children_under_25": Leaf(
        "children_under_25", "derived", Unit("count", 1), 0, 50, ("children_birth_on",)
    ),
}
"""What rules read that is worked out from a fact and the day: completed months of age on the first of the month."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount that is kept, shown and told.

    `spread`: `rule` gives a year's amount, which is spread over wage periods and rounded there once, half up.
    `held`: `rule` gives the amount as it stands at the end of the wage period. `rest`: `of` minus `minus`.
    """

    name: str
    nl: str
    en: str
    rule: str = ""
    kind: str = "spread"
    of: str = ""
    minus: str = ""
    deduction_class: str = ""
    is_told_to_carrier: bool = True


@dataclass(frozen=True, slots=True)
class Benefit:
    """One kind of cover, what it needs, and what comes out."""

    name: str
    line: str  #: pension, wia, accident, not_insurable
    mechanic: str  #: per_person or wage_sum
    nl: str
    en: str
    conditions: tuple[str, ...]  #: rules that must all hold; the first that does not is the reason
    quantities: tuple[Quantity, ...]
    terms: Mapping[str, Term]
    rules: Mapping[str, Any]


def _benefit(
    name: str,
    *,
    line: str,
    mechanic: str,
    nl: str,
    en: str,
    conditions: tuple[str, ...],
    quantities: tuple[Quantity, ...],
    terms: Any,
    rules: Any,
) -> Benefit:
    return Benefit(
        name,
        line,
        mechanic,
        nl,
        en,
        ("is_in_service", *conditions),
        quantities,
        {term.name: term for term in terms.TERMS},
        rules_in(bases) | rules_in(rules),
    )


AGES = ("has_reached_entry_age", "is_before_end_age")

BENEFITS: tuple[Benefit, ...] = (
    _benefit(
        "retirement_pension",
        line="pension",
        mechanic="per_person",
        nl="Ouderdomspensioen",
        en="Retirement pension",
        conditions=AGES,
        quantities=(
            Quantity(
                "pension_base", "pensioengrondslag per jaar", "pension base a year", "pension_base", "held"
            ),
            Quantity("contribution", "premie", "contribution", "contribution_per_year"),
            Quantity(
                "employee_contribution",
                "werknemersdeel",
                "employee's part",
                "employee_contribution_per_year",
                deduction_class="gross_pension",
            ),
            Quantity(
                "employer_contribution",
                "werkgeversdeel",
                "employer's part",
                kind="rest",
                of="contribution",
                minus="employee_contribution",
                deduction_class="employer_only",
            ),
        ),
        terms=retirement_terms,
        rules=retirement_rules,
    ),
    _benefit(
        "partner_pension",
        line="pension",
        mechanic="per_person",
        nl="Partnerpensioen",
        en="Partner pension",
        conditions=(*AGES, "has_partner_if_asked"),
        quantities=(
            Quantity(
                "partner_sum_insured",
                "verzekerd partnerpensioen per jaar",
                "insured partner pension a year",
                "partner_sum_insured",
                "held",
            ),
            Quantity(
                "partner_premium",
                "risicopremie",
                "risk premium",
                "partner_premium_per_year",
                deduction_class="employer_only",
            ),
        ),
        terms=partner_terms,
        rules=partner_rules,
    ),
    _benefit(
        "orphan_pension",
        line="pension",
        mechanic="per_person",
        nl="Wezenpensioen",
        en="Orphan pension",
        conditions=(*AGES, "has_child_if_asked"),
        quantities=(
            Quantity(
                "orphan_sum_insured",
                "verzekerd wezenpensioen per kind per jaar",
                "insured orphan pension for each child a year",
                "orphan_sum_insured",
                "held",
            ),
            Quantity(
                "orphan_premium",
                "risicopremie",
                "risk premium",
                "orphan_premium_per_year",
                deduction_class="employer_only",
            ),
        ),
        terms=orphan_terms,
        rules=orphan_rules,
    ),
    _benefit(
        "wga_gap",
        line="wia",
        mechanic="wage_sum",
        nl="WGA-hiaat",
        en="WGA gap",
        conditions=(*AGES, "is_insured_for_wia"),
        quantities=(
            Quantity("insured_wage", "verzekerd loon", "insured wage", "insured_wage_fine"),
            Quantity(
                "employee_share",
                "werknemersdeel",
                "employee's part",
                "employee_share_per_year",
                deduction_class="gross_entitlement",
            ),
        ),
        terms=wga_terms,
        rules=wga_rules,
    ),
    _benefit(
        "accident",
        line="accident",
        mechanic="per_person",
        nl="Collectieve ongevallen",
        en="Collective accident",
        conditions=AGES,
        quantities=(
            Quantity(
                "sum_insured_death",
                "verzekerd bedrag bij overlijden",
                "sum insured on death",
                "sum_insured_death",
                "held",
            ),
            Quantity(
                "sum_insured_disability",
                "verzekerd bedrag bij invaliditeit",
                "sum insured on disability",
                "sum_insured_disability",
                "held",
            ),
            Quantity(
                "accident_premium",
                "premie",
                "premium",
                "accident_premium_per_year",
                deduction_class="employer_only",
            ),
        ),
        terms=accident_terms,
        rules=accident_rules,
    ),
    _benefit(
        "home_working_allowance",
        line="not_insurable",
        mechanic="per_person",
        nl="Thuiswerkvergoeding",
        en="Home-working allowance",
        conditions=(),
        quantities=(
            Quantity(
                "allowance",
                "vergoeding",
                "allowance",
                "home_working_amount",
                "held",
                deduction_class="targeted_exemption",
                is_told_to_carrier=False,
            ),
        ),
        terms=home_working_terms,
        rules=home_working_rules,
    ),
)

_BY_NAME = {one.name: one for one in BENEFITS}


def benefit(name: str) -> Benefit:
    """The benefit of this name. Raises NoRuleInForce."""
    if name not in _BY_NAME:
        raise NoRuleInForce(
            f"There is no benefit {name!r}; there are: {', '.join(_BY_NAME)}.",
            f"Er is geen voorziening {name!r}; wel: {', '.join(_BY_NAME)}.",
            about=name,
        )
    return _BY_NAME[name]


def leaves(one: Benefit) -> dict[str, Leaf]:
    """Everything its rules may read: facts, what is derived from them, and the scheme's terms."""
    found = dict(DERIVED)
    for fact in FACTS.values():
        found[fact.name] = Leaf(fact.name, "fact", fact.unit, fact.lowest, fact.highest, (fact.name,))
    for term in one.terms.values():
        low, high = term.bounds
        found[term.name] = Leaf(
            term.name,
            "term",
            term.unit,
            low,
            high,
            ("birth_on",) if term.statutory == "state_pension_age" else (),
        )
    return found


@cache
def amounts_graph(name: str) -> Graph:
    """The graph of everything a benefit gives."""
    one = benefit(name)
    return trace([q.rule for q in one.quantities if q.rule], one.rules, leaves(one))


@cache
def condition_graph(name: str, condition: str) -> Graph:
    """The graph of one condition."""
    one = benefit(name)
    return trace([condition], one.rules, leaves(one))


@cache
def facts_read_by(name: str) -> frozenset[str]:
    """The facts that a benefit's amounts and conditions rest on; derived from the rules."""
    conditions = (condition_graph(name, one).facts_read() for one in benefit(name).conditions)
    return amounts_graph(name).facts_read().union({"wage_period_kind"}, *conditions)


def statutory_read_by(one: Benefit) -> frozenset[str]:
    """The statutory figures that the benefit's terms may point to."""
    return frozenset(term.statutory for term in one.terms.values() if term.statutory is not None)


def check_terms(name: str, chosen: Mapping[str, Any]) -> dict[str, int | str]:
    """The employer's choices as integers and words. Raises MissingTerms, WrongTerms."""
    result = checked(benefit(name).terms, chosen)
    whole = result.get("contribution_rate", result.get("premium_rate"))
    part = result.get("employee_rate")
    if isinstance(whole, int) and isinstance(part, int) and part > whole:
        raise WrongTerms(
            "employee_rate is more than the whole rate. Choose at most the whole, for example 5 of 26.5.",
            "employee_rate is meer dan het hele percentage. Kies ten hoogste het geheel, bijvoorbeeld 5 van 26.5.",
            about="employee_rate",
        )
    return result
