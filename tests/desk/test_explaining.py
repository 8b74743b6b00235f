"""Why this amount: the tree down to the answer of payroll, as known on any moment."""

from datetime import timedelta

import pytest
from tests.desk.firms import OPERATION, Firm
from tests.rooms.intake.told import Reader, Told

from schakel.desk import employees, explaining
from schakel.desk.access import NotFound, Role, Visitor
from schakel.tenancy.models import AuditLine
from schakel.tenancy.scope import tenant_scope


def why(visitor: Visitor, firm: Firm, **asked: object) -> explaining.Why:
    """The pension contribution of September, unless something else is asked."""
    chosen: dict[str, object] = {
        "employee": firm.employee,
        "benefit": firm.benefits["retirement_pension"],
        "year": 2026,
        "number": 9,
        "quantity": "contribution",
        "now": firm.now,
        "known_at": None,
        **asked,
    }
    now, known_at = chosen.pop("now"), chosen.pop("known_at")
    amount = explaining.Amount(*chosen.values())  # type: ignore[arg-type]  # any of the choices by name
    return explaining.why(visitor, amount, now, known_at)  # type: ignore[arg-type]  # as chosen


def test_the_tree_comes_to_the_amount_that_was_kept(firm: Firm) -> None:
    found = why(firm.visitor(Role.ADVISER), firm)
    assert found.explanation is not None
    assert found.explanation.value == found.kept == 77_866
    assert found.agrees
    assert (found.benefit_words.nl, found.quantity_words.nl) == ("Ouderdomspensioen", "premie")
    assert found.period.label == "2026-09"


def test_every_fact_in_the_tree_leads_to_the_answer_it_came_from(firm: Firm) -> None:
    found = why(firm.visitor(Role.ADVISER), firm)
    assert found.explanation is not None
    facts = [node for node in found.explanation.walk() if node.kind == "fact" and node.origin]
    assert {node.name for node in facts} >= {"salary_amount", "part_time_factor"}
    assert {node.origin for node in facts} == set(found.origins)
    salary = next(found.origins[node.origin] for node in facts if node.name == "salary_amount")
    assert (salary.operation, salary.path, salary.source_name) == (
        OPERATION,
        "Salary/Value",
        "Nmbrs voorbeeld",
    )
    parameters = [node for node in found.explanation.walk() if node.kind == "parameter"]
    assert parameters
    assert all(node.source for node in parameters)


@pytest.mark.parametrize("quantity", ["pension_base", "employee_contribution", "employer_contribution"])
def test_every_quantity_can_be_explained(firm: Firm, quantity: str) -> None:
    assert why(firm.visitor(Role.ADVISER), firm, quantity=quantity).agrees


def test_as_known_before_the_raise(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    page = employees.employee(adviser, firm.employee, firm.now)
    salary = next(one for one in page.facts if one.name == "salary_amount")
    before = salary.steps[1].known_since - timedelta(microseconds=1)
    found = why(adviser, firm, known_at=before)
    assert found.explanation is not None
    assert (found.explanation.value, found.kept, found.agrees) == (72_142, 72_142, True)


def test_what_cannot_be_calculated_says_why_and_is_no_zero(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        reader = Reader(firm.seen, firm.now)
        unborn = Told(key="1002", number="18", left_out=frozenset({"birth_on"}))
        made = reader.sync([unborn], named=("1001", "1002"))
    found = why(firm.visitor(Role.ADVISER), firm, employee=made.applied[0].employee_id)
    assert (found.explanation, found.kept, found.refusal_code) == (None, None, "missing-fact")
    assert "geboortedatum" in found.refusal.nl
    assert not found.agrees
    page = employees.employee(firm.visitor(Role.HR_OFFICER), made.applied[0].employee_id, firm.now)
    pension = next(one for one in page.benefits if one.benefit == "retirement_pension")
    assert {one.code for one in pension.refusals} == {"missing-fact"}
    assert pension.refusals[0].who.nl == "salarisadministratie"


@pytest.mark.parametrize(
    "asked",
    [
        {"number": 13},
        {"year": 2025, "number": 12},
        {"year": 99_999},
        {"quantity": "shoe_size"},
        {"quantity": "accident_premium"},
        {"benefit": 999_999_999},
    ],
)
def test_what_is_not_there_is_not_found(firm: Firm, asked: dict[str, object]) -> None:
    with pytest.raises(NotFound):
        why(firm.visitor(Role.ADVISER), firm, **asked)


def test_a_benefit_of_another_firm_is_not_found(firm: Firm, foreign: Firm) -> None:
    with pytest.raises(NotFound):
        why(firm.visitor(Role.ADVISER), firm, benefit=foreign.benefits["retirement_pension"])


def test_asking_why_leaves_an_audit_line(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    why(adviser, firm)
    with tenant_scope(firm.tenant_id):
        line = AuditLine.objects.latest("id")
        assert (line.actor, line.act) == (adviser.actor, "explain_amount")
        assert line.detail == {"benefit": firm.benefits["retirement_pension"], "quantity": "contribution"}
