"""Employees: the list, one with everything around them, and the BSN only with a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.firms import BSN, OPERATION, Firm
from tests.rooms.intake.told import Reader, Told

from schakel.connectors.payroll_source import Remark
from schakel.desk import audit, employees
from schakel.desk.access import NotFound, Role
from schakel.desk.employees import Which
from schakel.desk.fact_words import MASK, fact_words, unit_of, value_of
from schakel.desk.words import Words
from schakel.tenancy.models import AuditLine
from schakel.tenancy.scope import tenant_scope

TODAY = date(2026, 11, 24)


def acts(firm: Firm) -> list[tuple[str, str, str]]:
    """Every audit line of the firm, as (actor, act, subject)."""
    with tenant_scope(firm.tenant_id):
        rows = AuditLine.objects.order_by("id")
        return [(row.actor, row.act, row.subject) for row in rows]


def more_people(firm: Firm) -> None:
    """One with an issue and one who left, beside the first."""
    with tenant_scope(firm.tenant_id):
        reader = Reader(firm.seen, firm.now)
        remark = Remark(
            "negative-salary", "Het salaris is negatief.", "The salary is negative.", "salary_amount"
        )
        reader.sync(
            [
                Told(key="1002", number="18", name="Zomer", remarks=(remark,)),
                Told(
                    key="1003",
                    number="19",
                    name="Visser",
                    employed=((date(2021, 1, 1), date(2026, 2, 1), True),),
                ),
            ],
            named=("1001", "1002", "1003"),
        )


def test_a_list_with_kinds_counts_and_search(firm: Firm) -> None:
    more_people(firm)
    adviser = firm.visitor(Role.ADVISER)

    def names(**asked: object) -> list[str]:
        page = employees.employees(adviser, firm.seen, TODAY, now=firm.now, **asked)  # type: ignore[arg-type]  # any of the questions by name
        return [row.name for row in page.rows]

    assert names() == ["A. de Bakker", "A. Zomer"]
    assert names(which=Which.LEFT) == ["A. Visser"]
    assert names(which=Which.WITH_ISSUE) == ["A. Zomer"]
    assert names(which=Which.ALL, search="viss") == ["A. Visser"]
    assert names(which=Which.ALL, per_page=2, page=2) == ["A. Zomer"]
    page = employees.employees(adviser, firm.seen, TODAY, now=firm.now, per_page=1)
    assert (page.total, page.pages) == (2, 2)
    assert page.counts == {Which.ALL: 3, Which.IN_SERVICE: 2, Which.LEFT: 1, Which.WITH_ISSUE: 1}
    (zomer,) = employees.employees(adviser, firm.seen, TODAY, now=firm.now, search="zomer").rows
    assert zomer.open_issues == 1


def test_a_list_leaves_an_audit_line_without_what_was_searched(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    employees.employees(adviser, firm.seen, TODAY, now=firm.now, search="Bakker")
    assert acts(firm)[-1] == (adviser.actor, "see_employees", f"employer:{firm.seen}")
    with tenant_scope(firm.tenant_id):
        assert "akker" not in str(AuditLine.objects.latest("id").detail)


def test_one_employee_with_everything_around(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    page = employees.employee(adviser, firm.employee, firm.now)
    assert (page.name, page.employee_number, page.is_in_service) == ("A. de Bakker", "17", True)
    assert (page.bsn, page.bsn_is_known) == (MASK, True)
    assert BSN not in repr(page)
    assert acts(firm)[-1] == (adviser.actor, "see_employee", f"employee:{page.reference}")
    assert [one.state for one in page.messages] == ["received"]
    assert {one.benefit_words.nl for person in page.revised for one in person.revisions} >= {
        "Ouderdomspensioen",
        "Partnerpensioen",
    }
    assert page.differences == page.issues == ()


def test_the_timeline_says_since_when_and_where_from(firm: Firm) -> None:
    page = employees.employee(firm.visitor(Role.ADVISER), firm.employee, firm.now)
    facts = {one.name: one for one in page.facts}
    salary = facts["salary_amount"]
    assert [(step.start, step.value) for step in salary.steps] == [
        (date(2020, 3, 1), 400_000),
        (date(2026, 9, 1), 420_000),
    ]
    assert (salary.unit, salary.is_read_by_rules) == ("euros", True)
    (earlier,) = salary.superseded
    assert (earlier.value, earlier.until) == (400_000, None)
    assert earlier.known_until == salary.steps[1].known_since
    origin = earlier.origin
    assert (origin.operation, origin.path, origin.source_name) == (
        OPERATION,
        "Salary/Value",
        "Nmbrs voorbeeld",
    )
    assert origin.delivery == firm.delivery
    assert origin.received_at is not None
    assert origin.received_at <= earlier.known_since
    assert facts["bsn"].is_sealed
    assert {step.value for step in facts["bsn"].steps} == {MASK}
    assert facts["name"].steps[0].value == "A. de Bakker (Anna)"
    assert facts["has_partner"].steps[0].origin.assumed_from == date(2020, 3, 1)


def test_facts_and_amounts_as_known_on_a_moment(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    page = employees.employee(adviser, firm.employee, firm.now)
    salary = next(one for one in page.facts if one.name == "salary_amount")
    before = salary.steps[1].known_since - timedelta(microseconds=1)
    then = employees.employee(adviser, firm.employee, firm.now, known_at=before)

    def september(one: employees.EmployeePage) -> int:
        (pension,) = [b for b in one.benefits if b.benefit == "retirement_pension"]
        return next(p.amounts["contribution"] for p in pension.periods if p.label == "2026-09")

    assert (september(then), september(page)) == (72_142, 77_866)
    assert [one.value for f in then.facts if f.name == "salary_amount" for one in f.steps] == [400_000]


def test_amounts_per_benefit_with_who_carries_it(firm: Firm) -> None:
    page = employees.employee(firm.visitor(Role.ADVISER), firm.employee, firm.now)
    pension = next(one for one in page.benefits if one.benefit == "retirement_pension")
    assert (pension.carrier_name, pension.policy_number, pension.takes_part) == (
        "Pensioen Noord",
        "P-1",
        True,
    )
    assert [one.name for one in pension.quantities if one.is_premium] == ["contribution"]
    assert len(pension.periods) == 11
    assert pension.refusals == ()


def test_a_bsn_opens_with_a_reason_that_is_kept(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    found = employees.reveal_bsn(adviser, firm.employee, "  controle   loonaangifte ", firm.now)
    assert found.bsn == BSN
    assert BSN not in repr(found)
    actor, act, subject = acts(firm)[-1]
    assert (actor, act) == (adviser.actor, "reveal_bsn")
    assert subject.startswith("employee:")
    line = audit.trail(adviser, act="reveal_bsn").rows[0]
    assert line.detail == {"reason": "controle loonaangifte"}
    assert (line.user_id, line.act_words.nl) == (adviser.user_id, "BSN getoond")


@pytest.mark.parametrize("reason", ["", "kort", "       a        ", f"het is {BSN}", "nummer 9999.90.019"])
def test_a_reason_that_says_too_little_or_too_much_opens_nothing(firm: Firm, reason: str) -> None:
    before = len(acts(firm))
    with pytest.raises(ValueError, match="reason"):
        employees.reveal_bsn(firm.visitor(Role.ADVISER), firm.employee, reason, firm.now)
    assert len(acts(firm)) == before


def test_where_no_bsn_is_known_there_is_none_to_open(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    assert employees.employee(adviser, firm.unseen_employee, firm.now).bsn == ""
    with pytest.raises(NotFound):
        employees.reveal_bsn(adviser, firm.unseen_employee, "controle loonaangifte", firm.now)


def test_a_hundred_employees_take_as_many_queries_as_one(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    with CaptureQueriesContext(connection) as for_one:
        employees.employees(adviser, firm.seen, TODAY, now=firm.now)
    with tenant_scope(firm.tenant_id):
        reader = Reader(firm.seen, firm.now)
        told = [Told(key=str(2000 + number), number=str(number)) for number in range(20)]
        reader.sync(told, named=("1001", *(one.key for one in told)))
    with CaptureQueriesContext(connection) as for_many:
        assert len(employees.employees(adviser, firm.seen, TODAY, now=firm.now).rows) == 21
    assert len(for_many) == len(for_one)


def test_facts_in_words() -> None:
    agreement = {"is_indefinite": False, "ends_on": "2027-01-31", "hours_per_week": 3_200}
    assert value_of("contract", agreement, is_sealed=False) == Words(
        "bepaalde tijd, eindigt op 31-01-2027, 32 uur per week",
        "fixed term, ends on 31-01-2027, 32 hours a week",
    )
    assert value_of("schedule_days", [800, 750, 0], is_sealed=False) == Words("8 · 7,5 · 0", "8 · 7.5 · 0")
    children = [{"first_name": "Emma"}, {"first_name": "Finn", "last_name": "Smit"}]
    assert value_of("children", children, is_sealed=False) == "Emma, Smit (Finn)"
    assert value_of("partner", None, is_sealed=False) is None
    assert value_of("birth_on", "1985-06-15", is_sealed=False) == date(1985, 6, 15)
    assert (unit_of("salary_amount"), unit_of("contract"), unit_of("email")) == ("euros", "words", "text")
    assert fact_words("something_new") == Words("something_new", "something_new")
    assert fact_words("") == Words("", "")


def test_an_employee_page_takes_as_many_queries_however_long_the_story(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    with CaptureQueriesContext(connection) as short:
        employees.employee(adviser, firm.employee, firm.now)
    with tenant_scope(firm.tenant_id):
        reader = Reader(firm.seen, firm.now)
        for cents in (430_000, 440_000, 450_000):
            raised = ((date(2020, 3, 1), date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, cents))
            reader.sync([Told(salaries=raised)])
    with CaptureQueriesContext(connection) as long:
        assert len(employees.employee(adviser, firm.employee, reader.now).revised) == 5
    assert len(long) == len(short)


def test_the_day_of_the_list_decides_who_serves(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    page = employees.employees(adviser, firm.seen, date(2019, 1, 1), now=datetime(2026, 11, 24, tzinfo=UTC))
    assert page.total == 0
    assert page.counts[Which.ALL] == 1
