"""One employee: which calls to make, and the record that their answers and the lists make together."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schakel.connectors.payroll.nmbrs_soap import people, rights, schedules, work
from schakel.connectors.payroll.nmbrs_soap.answers import Reading, result_of
from schakel.connectors.payroll.nmbrs_soap.entities import PERIOD
from schakel.connectors.payroll.nmbrs_soap.histories import EMPLOYMENTS, SALARIES, EmploymentRow, SalaryRow
from schakel.connectors.payroll.nmbrs_soap.remarks import (
    remark_missing,
    remark_not_visible,
    remark_retroactive,
)
from schakel.connectors.payroll.nmbrs_soap.reports import Checks
from schakel.connectors.payroll.nmbrs_soap.settings import NmbrsSettings
from schakel.connectors.payroll.nmbrs_soap.statement import Answered, Statement
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call, call
from schakel.connectors.payroll_source import CurrentPeriod, Needs, Origin

PER_EMPLOYEE = (
    rights.PERSONAL, rights.ADDRESS, rights.BANK_ACCOUNT, rights.CHILDREN, rights.PARTNER, rights.CONTRACT,
    rights.SCHEDULE, rights.SCHEDULES, rights.INSURANCE, rights.FIXED, rights.VARIABLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """What was told of the entity as a whole: small rows per employee, never their answers."""

    period: CurrentPeriod
    period_kept: str
    numbers: Mapping[str, str]
    salaries: Mapping[str, tuple[SalaryRow, ...]]
    employments: Mapping[str, tuple[EmploymentRow, ...]]
    salaries_kept: str
    employments_kept: str
    checks: Checks
    unknown: set[str] = field(default_factory=set)  #: new elements, in the answers seen first

    @property
    def employee_keys(self) -> list[str]:
        """Everybody on a list; and who has an employment and a salary, whatever list forgets them."""
        named = self.numbers.keys() | (self.employments.keys() & self.salaries.keys())
        return sorted(named, key=int)


def calls_for(employee_key: str, period: CurrentPeriod, needs: Needs) -> tuple[Call, ...]:
    """The calls about one employee: bank account, partner and children only where a scheme asks for them."""
    number = int(employee_key)
    return tuple(
        call(name, number, period.number, period.year) if name == rights.SCHEDULES else call(name, number)
        for name in PER_EMPLOYEE
        if rights.is_needed(name, needs)
    )


def read_answer(operation: str, body: bytes) -> Answered:
    """An answer about one employee, opened."""
    return Answered(Reading(operation), result_of(operation, body), hashlib.sha256(body).hexdigest())


def state_employee(
    employee_key: str,
    lists: Lists,
    told: Mapping[str, Answered],
    settings: NmbrsSettings,
    *,
    is_visible: bool,
) -> Statement:
    """What all answers together state of one employee. Raises UnexpectedFormat."""
    statement = Statement(employee_key, lists.period)
    statement.employee_number = lists.numbers.get(employee_key, "")
    origin = Origin(PERIOD, "Company_GetCurrentPeriodResult", lists.period_kept)
    statement.current("wage_period_kind", lists.period.kind, origin)
    _state_histories(employee_key, lists, statement)
    if not is_visible:
        remark_not_visible(statement)
    _state_answers(told, settings, statement)
    salaries, employments = lists.salaries.get(employee_key, ()), lists.employments.get(employee_key, ())
    moved = lists.checks.moved.get(employee_key, ())
    if moved and is_visible:
        remark_retroactive(moved, salaries, employments, statement)
    return statement


def _state_histories(employee_key: str, lists: Lists, statement: Statement) -> None:
    employments = lists.employments.get(employee_key)
    if employments:
        work.state_employments(employments, EMPLOYMENTS, lists.employments_kept, statement)
    else:
        remark_missing(statement, "is_employed", EMPLOYMENTS)
    salaries = lists.salaries.get(employee_key)
    if salaries:
        work.state_salaries(salaries, SALARIES, lists.salaries_kept, statement)
    else:
        remark_missing(statement, "salary_amount", SALARIES)


def _state_answers(told: Mapping[str, Answered], settings: NmbrsSettings, statement: Statement) -> None:
    for operation, state in (
        (rights.PERSONAL, people.state_person),
        (rights.ADDRESS, people.state_address),
        (rights.BANK_ACCOUNT, people.state_bank_account),
        (rights.PARTNER, people.state_partner),
        (rights.CHILDREN, people.state_children),
        # The insurance settings are the better source of the income relationship, so they come second.
        (rights.CONTRACT, work.state_contract),
        (rights.INSURANCE, work.state_insurance),
    ):
        if operation in told:
            state(told[operation], statement)
    if rights.SCHEDULE in told and rights.SCHEDULES in told:
        listed, current = told[rights.SCHEDULES], told[rights.SCHEDULE]
        schedules.state_schedules(listed, current, settings.full_time_hours, statement)
    for operation, fact in ((rights.FIXED, "fixed_allowance"), (rights.VARIABLE, "home_working_days")):
        if operation in told:
            work.state_component(told[operation], fact, settings.wage_codes[fact], statement)


def unknown_in(told: Sequence[Answered]) -> set[str]:
    """Every element in these answers that is new to us."""
    return set().union(*(one.reading.unknown for one in told))
