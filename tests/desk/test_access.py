"""Who may ask what: every question of the desk, asked by every role, and about rows of others."""

import logging
from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from tests.desk.firms import TOKEN, Firm

from schakel.chain import connecting as activation
from schakel.connectors.payroll_source import Right
from schakel.desk import (
    audit,
    connecting,
    differences,
    employees,
    employers,
    explaining,
    issues,
    links,
    messages,
    revised,
    supposing,
    totals,
    what_if,
)
from schakel.desk.access import AccessRefused, Act, NotFound, Role, Visitor, inside, places, visit
from schakel.desk.words import Words
from schakel.engine.errors import SchakelError
from schakel.tenancy.scope import current_scope

Ask = Callable[[Visitor, Firm], object]
RATE = supposing.Supposable("contribution_rate", Words("", ""), 0, "share", is_fact=False)


def amount_of(firm: Firm) -> explaining.Amount:
    return explaining.Amount(firm.employee, firm.benefits["retirement_pension"], 2026, 9, "contribution")


def answered(visitor: Visitor, firm: Firm) -> what_if.Answer:
    """Whoever makes up the question must not get an answer that the question itself refuses."""
    pension = firm.benefits["retirement_pension"]
    asked = what_if.Question(
        "", pension, "retirement_pension", Words("", ""), "", (2026,), 2026, (), has_tables=False
    )
    return what_if.answer(visitor, firm.seen, asked, {"contribution_rate": "27.5"}, 2026)


ABOUT_EMPLOYERS: Mapping[str, Ask] = {
    "employers.employer": lambda v, f: employers.employer(v, f.seen, f.now),
    "messages.counts": lambda v, f: messages.counts(v, f.seen),
    "issues.issues": lambda v, f: issues.issues(v, f.now, employer_id=f.seen),
}
ABOUT_AMOUNTS: Mapping[str, Ask] = {
    "totals.totals": lambda v, f: totals.totals(v, f.seen, f.now),
    "totals.wage_sums": lambda v, f: totals.wage_sums(v, f.seen, f.now),
    "what_if.question": lambda v, f: what_if.question(v, f.seen, f.benefits["retirement_pension"], f.now),
    "what_if.answer": answered,
    "revised.revised": lambda v, f: revised.revised(v, f.seen, f.now),
    "employees.employees": lambda v, f: employees.employees(v, f.seen, f.now.date(), now=f.now),
    "messages.messages": lambda v, f: messages.messages(v, f.now, employer_id=f.seen),
    "differences.differences": lambda v, f: differences.differences(v, f.seen),
}
ABOUT_ONE_EMPLOYEE: Mapping[str, Ask] = {
    "employees.employee": lambda v, f: employees.employee(v, f.employee, f.now),
    "employees.reveal_bsn": lambda v, f: employees.reveal_bsn(v, f.employee, "controle loonaangifte", f.now),
    "explaining.why": lambda v, f: explaining.why(v, amount_of(f), f.now),
    "supposing.suppose": lambda v, f: supposing.suppose(v, amount_of(f), RATE, "27.5", f.now),
    "messages.message": lambda v, f: messages.message(v, f.message, f.now),
    "issues of one employee": lambda v, f: issues.issues(v, f.now, employee_id=f.employee),
}
ABOUT_LINKS: Mapping[str, Ask] = {
    "links.link": lambda v, f: links.link(v, f.payroll_link, f.now),
    "links.delivery": lambda v, f: links.delivery(v, f.delivery),
}
MANAGING: Mapping[str, Ask] = {
    "links.sync_now": lambda v, f: links.sync_now(v, f.payroll_link, f.now),
    "links.preflight_again": lambda v, f: links.preflight_again(v, f.payroll_link, f.now),
    "links.reconnect": lambda v, f: links.reconnect(v, f.payroll_link, links.NewToken(TOKEN), f.now),
}
CONNECTING: Mapping[str, Ask] = {
    "connecting.connect_nmbrs": lambda v, f: connecting.connect_nmbrs(
        v, connecting.Form(f.group, "api@voorbeeld.example", TOKEN, entities=("41001",)), f.now
    ),
}
RELEASING: Mapping[str, Ask] = {
    "links.release_delivery": lambda v, f: links.release_delivery(v, f.held, f.now),
    "links.refuse_delivery": lambda v, f: links.refuse_delivery(v, f.held, f.now),
}
LISTS: Mapping[str, Ask] = {
    "employers.overview": lambda v, f: employers.overview(v, f.now),
    "links.links": lambda v, f: links.links(v, f.now),
    "issues.issues of all": lambda v, f: issues.issues(v, f.now),
    "messages.counts of all": lambda v, _: messages.counts(v),
}
LISTS_OF_AMOUNTS: Mapping[str, Ask] = {
    "messages.messages of all": lambda v, f: messages.messages(v, f.now),
    "differences.differences of all": lambda v, _: differences.differences(v),
}
LISTS_TO_MANAGE: Mapping[str, Ask] = {"connecting.groups": lambda v, _: connecting.groups(v)}
TRAIL: Mapping[str, Ask] = {"audit.trail": lambda v, _: audit.trail(v)}

ABOUT_ROWS = {
    **ABOUT_EMPLOYERS,
    **ABOUT_AMOUNTS,
    **ABOUT_ONE_EMPLOYEE,
    **ABOUT_LINKS,
    **MANAGING,
    **CONNECTING,
    **RELEASING,
}
EVERYTHING = {**ABOUT_ROWS, **LISTS, **LISTS_OF_AMOUNTS, **LISTS_TO_MANAGE, **TRAIL}
OF_PEOPLE = {*ABOUT_AMOUNTS, *ABOUT_ONE_EMPLOYEE, *LISTS_OF_AMOUNTS}

REFUSED: Mapping[Role, frozenset[str]] = {
    Role.ADVISER: frozenset(),
    Role.HR_OFFICER: frozenset({*MANAGING, *CONNECTING, *LISTS_TO_MANAGE, *TRAIL}),
    Role.PAYROLL_OFFICER: frozenset(TRAIL),
    Role.OPERATOR: frozenset({*OF_PEOPLE, *RELEASING}),
}


class Rights:
    """A payroll system that grants everything."""

    def rights(self, _entity: object, _needs: object) -> tuple[Right, ...]:
        return (Right("List_GetAll", "granted"),)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Payroll answers without a wire: every right is there, and an activation succeeds."""
    monkeypatch.setattr("schakel.chain.run.open_source", lambda *_: Rights())
    monkeypatch.setattr(
        "schakel.chain.connecting.activate_nmbrs",
        lambda *_: activation.Activation((), domain="voorbeeld"),
    )


def outcome(ask: Ask, visitor: Visitor, firm: Firm) -> str:
    """What became of a question, by name."""
    try:
        ask(visitor, firm)
    except SchakelError as error:
        return type(error).__name__
    return "answered"


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_what_it_may_and_nothing_else(firm: Firm, role: Role) -> None:
    visitor = firm.visitor(role)
    got = {name: outcome(ask, visitor, firm) for name, ask in EVERYTHING.items()}
    expected = dict.fromkeys(EVERYTHING, "answered") | dict.fromkeys(REFUSED[role], "AccessRefused")
    assert got == expected


@pytest.mark.parametrize("role", [Role.ADVISER, Role.PAYROLL_OFFICER])
def test_rows_of_another_firm_look_as_if_they_do_not_exist(
    firm: Firm, foreign: Firm, role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = firm.visitor(role)
    theirs = Firm(**{**vars(foreign), "payroll_link": foreign.carrier_link})
    with caplog.at_level(logging.WARNING, "schakel.security"):
        got = {name: outcome(ask, visitor, theirs) for name, ask in ABOUT_ROWS.items()}
    assert got == dict.fromkeys(ABOUT_ROWS, "NotFound")
    assert len(caplog.records) == len(ABOUT_ROWS)


@pytest.mark.parametrize("role", [Role.PAYROLL_OFFICER])
def test_an_employer_that_is_not_named_looks_as_if_it_does_not_exist(firm: Firm, role: Role) -> None:
    visitor = firm.visitor(role)
    unseen = Firm(**{**vars(firm), "seen": firm.unseen, "employee": firm.unseen_employee})
    about = {name: ask for name, ask in ABOUT_ROWS.items() if name in {*ABOUT_EMPLOYERS, *ABOUT_AMOUNTS}}
    about |= {name: ask for name, ask in ABOUT_ONE_EMPLOYEE.items() if name != "messages.message"}
    got = {name: outcome(ask, visitor, unseen) for name, ask in about.items()}
    assert got == dict.fromkeys(about, "NotFound")
    assert [row.id for row in employers.overview(visitor, firm.now).rows] == [firm.seen]


def test_what_never_existed_looks_the_same(firm: Firm) -> None:
    visitor = firm.visitor(Role.ADVISER)
    nobody = Firm(
        **{
            **vars(firm),
            "seen": 999_999_999,
            "employee": 999_999_999,
            "group": 999_999_999,
            **{name: uuid4() for name in ("payroll_link", "delivery", "held", "message")},
        }
    )
    got = {name: outcome(ask, visitor, nobody) for name, ask in ABOUT_ROWS.items()}
    assert got == dict.fromkeys(ABOUT_ROWS, "NotFound")


def test_a_stranger_has_no_place(firm: Firm, foreign: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    with pytest.raises(NotFound):
        visit(adviser.user_id, foreign.tenant_id)
    assert [one.tenant_id for one in places(adviser.user_id)] == [firm.tenant_id]


def test_a_refusal_tells_nothing_and_is_logged(firm: Firm, caplog: pytest.LogCaptureFixture) -> None:
    operator = firm.visitor(Role.OPERATOR)
    with caplog.at_level(logging.WARNING, "schakel.security"), pytest.raises(AccessRefused) as refused:
        employees.employee(operator, firm.employee, firm.now)
    assert str(firm.employee) not in refused.value.message("nl")
    (line,) = caplog.records
    assert (line.__dict__["user"], line.__dict__["act"]) == (operator.user_id, "see_employees")


def test_the_scope_is_closed_after_a_question(firm: Firm) -> None:
    with inside(firm.visitor(Role.ADVISER), Act.SEE_EMPLOYERS) as scope:
        assert scope.employer_ids is None
    with pytest.raises(AccessRefused):
        current_scope()


def test_an_operator_sees_no_names_and_no_totals(firm: Firm) -> None:
    operator = firm.visitor(Role.OPERATOR)
    (row,) = [one for one in employers.overview(operator, firm.now).rows if one.id == firm.seen]
    assert row.premium_total is None
    assert row.in_service == 1
    assert not employers.employer(operator, firm.seen, firm.now).sees_amounts
    assert all(one.employee_name == "" for one in issues.issues(operator, firm.now).rows)
