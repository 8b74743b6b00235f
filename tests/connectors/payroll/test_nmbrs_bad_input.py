"""The simulated Nmbrs misbehaves: the reading stops with the right error or goes on with a remark, never half."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from tests.connectors.payroll.benches import link_settings
from tests.connectors.payroll.recorded import EVERYTHING, KeptAnswers, silent

from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RateLimited,
    RightRefused,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.connectors.payroll.nmbrs_soap import histories, rights
from schakel.connectors.payroll.nmbrs_soap.faults import CompanyNotVisible
from schakel.connectors.payroll_source import Delivery, Entity, PayrollRecord, PayrollSource, StatedFact
from schakel.connectors.registry import open_source
from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.model import Employee

MONTHLY, FOUR_WEEKLY = 0, 1


@dataclass
class Nmbrs:
    """A simulated Nmbrs and how to read it."""

    simulator: NmbrsSimulator

    def read(self, place: int = MONTHLY, **settings: Any) -> tuple[Delivery, list[PayrollRecord]]:
        delivery = self.source(**settings).deliver(self.known(place), EVERYTHING, KeptAnswers(), silent)
        return delivery, list(delivery.records)

    def stated(
        self, employee: Employee, **settings: Any
    ) -> tuple[dict[str, StatedFact], dict[str, str | None]]:
        """The facts and remarks of one employee, after reading all."""
        _, records = self.read(**settings)
        record = next(one for one in records if one.employee_key == str(employee.id))
        return {f.fact: f for f in record.stated}, {r.code: r.fact for r in record.remarks}

    def somebody(self) -> Employee:
        """An employee who is in service, of the monthly entity."""
        key = self.simulator.companies[MONTHLY].id
        return next(
            one
            for one in self.simulator.books.employees_of(key)
            if one.employments[-1].end_on is None and one.employments[-1].start_on < date(2026, 1, 1)
        )

    def known(self, place: int) -> Entity:
        company = self.simulator.companies[place]
        return Entity(str(company.id), company.name, None)

    def source(self, **settings: Any) -> PayrollSource:
        return open_source("nmbrs_soap", {**link_settings(self.simulator), **settings})


@pytest.fixture(scope="module")
def running() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=16, report_seconds=0.05) as simulator:
        yield simulator


@pytest.fixture
def nmbrs(running: NmbrsSimulator) -> Iterator[Nmbrs]:
    """Shared by tests that leave the books as they are."""
    profile = running.application.profile
    yield Nmbrs(running)
    running.mishaps.clear()
    running.application.profile = profile


@pytest.fixture
def own() -> Iterator[Nmbrs]:
    """For tests that change the books."""
    with NmbrsSimulator(employees=10, report_seconds=0.05) as simulator:
        yield Nmbrs(simulator)


@contextmanager
def without_right(simulator: NmbrsSimulator, operation: str) -> Iterator[None]:
    """One method not ticked in the API template, for a while."""
    changes.set_right(simulator.books, operation, is_allowed=False)
    yield
    changes.set_right(simulator.books, operation, is_allowed=True)


def said(error: ConnectorError) -> tuple[str, str]:
    return error.message("nl"), error.message("en")


@pytest.mark.parametrize(
    "wrong",
    [{"token": "f" * 32}, {"domain": "iemandanders"}, {"username": "x@y.example"}, {"token": "f" * 31}],
)
def test_a_wrong_log_in_is_said_once_and_not_tried_again(nmbrs: Nmbrs, wrong: dict[str, Any]) -> None:
    nmbrs.simulator.journal.clear()
    with pytest.raises(AuthorisationExpired) as caught:
        nmbrs.read(**wrong)
    assert len(nmbrs.simulator.log) == 1
    assert caught.value.who == "employer"
    assert all("token" in text for text in said(caught.value))
    assert not any(value in text for text in said(caught.value) for value in wrong.values())


@pytest.mark.parametrize("operation", rights.OPERATIONS)
def test_a_right_switched_off_names_the_call_and_the_place_to_tick_it(nmbrs: Nmbrs, operation: str) -> None:
    with without_right(nmbrs.simulator, operation):
        found = nmbrs.source().rights(nmbrs.known(MONTHLY), EVERYTHING)
    (refused,) = [right for right in found if right.state == "refused"]
    assert refused.operation == operation
    assert all(operation.partition(".")[2] in text for text in (refused.reason_nl, refused.reason_en))
    assert [right.operation for right in found] == list(rights.OPERATIONS)


NEEDED_AT_ONCE = [
    one for one in rights.OPERATIONS if one != "CompanyService.List_GetAll" and "Report" not in one
]


@pytest.mark.parametrize("operation", NEEDED_AT_ONCE)
def test_a_reading_without_a_right_stops_and_says_which(nmbrs: Nmbrs, operation: str) -> None:
    with without_right(nmbrs.simulator, operation), pytest.raises(RightRefused) as caught:
        nmbrs.read()
    assert caught.value.operation == operation
    assert all(operation.partition(".")[2] in text for text in said(caught.value))


def test_without_the_background_form_the_direct_report_is_read(own: Nmbrs) -> None:
    changes.set_right(
        own.simulator.books, "ReportService.Reports_GetWageCodesByRunCompany_v2_Background", is_allowed=False
    )
    own.read()
    assert own.simulator.journal.counts["Reports_GetWageCodesByRunCompany_v2"] == 1
    changes.set_right(
        own.simulator.books, "CompanyService.Reports_GetWageCodesByRunCompany_v2", is_allowed=False
    )
    with pytest.raises(RightRefused):
        own.read()


def test_the_list_of_employee_types_may_be_refused(own: Nmbrs) -> None:
    """It is not among the nineteen; leavers are then found by their employment and salary."""
    everybody = own.read()[0].employee_keys
    changes.set_right(own.simulator.books, "EmployeeService.EmployeeType_GetList", is_allowed=False)
    assert own.read()[0].employee_keys == everybody


def test_a_report_that_fails_is_asked_directly(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.journal.clear()
    nmbrs.simulator.mishaps.add("report_error", operation="Reports_BackgroundTask_Result")
    nmbrs.read()
    assert nmbrs.simulator.journal.counts["Reports_GetWageCodesByRunCompany_v2"] == 1


def test_a_report_that_is_never_ready_stops_nothing(nmbrs: Nmbrs) -> None:
    expected = nmbrs.read()[1]
    nmbrs.simulator.mishaps.add("report_stuck", operation="Reports_BackgroundTask_Result", times=None)
    delivery, records = nmbrs.read(report_total_seconds=0.3)
    assert [remark.code for remark in delivery.remarks] == ["report-not-ready"]
    assert records == expected


@pytest.mark.parametrize("profile", ["2004", "1003"])
def test_a_hidden_company_stops_its_own_reading_and_no_other(own: Nmbrs, profile: str) -> None:
    own.simulator.set_profile(hidden_company=profile)
    hidden = own.simulator.companies[MONTHLY]
    changes.show_company(own.simulator.books, hidden.id, is_visible=False)
    with pytest.raises(CompanyNotVisible) as caught:
        own.read()
    assert caught.value.who == "employer"
    assert own.read(FOUR_WEEKLY)[1]
    assert str(hidden.id) not in {entity.key for entity in own.source().entities()}
    states = {right.operation: right.state for right in own.source().rights(own.known(MONTHLY), EVERYTHING)}
    assert states["CompanyService.Company_GetCurrentPeriod"] == "refused"


@pytest.mark.parametrize(
    ("operation", "fact"),
    [(histories.SALARIES, "salary_amount"), (histories.EMPLOYMENTS, "is_employed")],
)
def test_who_is_missing_from_one_answer_keeps_what_was_known(own: Nmbrs, operation: str, fact: str) -> None:
    somebody = own.somebody()
    before, _ = own.stated(somebody)
    assert fact in before
    changes.vanish(own.simulator.books, somebody.id, operations=[operation])
    stated, remarks = own.stated(somebody)
    assert fact not in stated
    assert remarks["missing-from-answer"] == fact
    assert stated.keys() >= {"name", "part_time_factor"}


def test_who_is_missing_from_the_list_is_read_all_the_same(own: Nmbrs) -> None:
    somebody = own.somebody()
    before, _ = own.stated(somebody)
    changes.vanish(own.simulator.books, somebody.id, operations=["List_GetByCompany"])
    after, remarks = own.stated(somebody)
    assert after["is_employed"].values[-1].value is True
    assert after.keys() == before.keys()
    assert not remarks


def test_who_is_missing_everywhere_is_not_ended_and_the_run_gives_it_away(own: Nmbrs) -> None:
    somebody = own.somebody()
    lists = ["List_GetByCompany", histories.SALARIES, histories.EMPLOYMENTS]
    changes.vanish(own.simulator.books, somebody.id, operations=lists)
    delivery, records = own.read()
    assert str(somebody.id) not in {record.employee_key for record in records}
    assert "paid-but-not-named" in {remark.code for remark in delivery.remarks}


def test_an_employee_that_is_not_shown_does_not_stop_the_others(nmbrs: Nmbrs) -> None:
    somebody = nmbrs.somebody()
    count = len(nmbrs.read()[1])
    nmbrs.simulator.mishaps.add("nmbrs_fault", employee_id=somebody.id, code=2003, times=None)
    assert len(nmbrs.read()[1]) == count
    stated, remarks = nmbrs.stated(somebody)
    assert "employee-not-visible" in remarks
    assert "name" not in stated
    assert stated["is_employed"].values[-1].value is True


def test_empty_lists_end_nobody(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.mishaps.add("empty_list", operation="List_GetByCompany", times=None)
    delivery, records = nmbrs.read()
    assert len(records) == len(delivery.employee_keys) > 0
    for operation in (histories.SALARIES, histories.EMPLOYMENTS):
        nmbrs.simulator.mishaps.add("empty_list", operation=operation.partition(".")[2], times=None)
    delivery, records = nmbrs.read()
    assert (records, delivery.employee_keys) == ([], frozenset())
    assert {remark.code for remark in delivery.remarks} == {"empty-list", "paid-but-not-named"}


ANSWERS = (
    "Company_GetCurrentPeriod",
    "Run_GetList",
    "List_GetByCompany",
    "Salary_GetAll_AllEmployeesByCompany",
    "Employment_GetAll_AllEmployeesByCompany",
    "Reports_BackgroundTask_Result",
    "PersonalInfo_GetCurrent",
    "SVW_GetCurrent",
)


@pytest.mark.parametrize("operation", ANSWERS)
@pytest.mark.parametrize("kind", ["truncated", "html", "error_500", "entity_bomb", "empty_body", "redirect"])
def test_an_answer_that_is_not_ours_takes_nothing_in(nmbrs: Nmbrs, operation: str, kind: str) -> None:
    nmbrs.simulator.mishaps.add(kind, operation=operation, times=None)
    kept = KeptAnswers()
    with pytest.raises(UnexpectedFormat) as caught:
        list(nmbrs.source().deliver(nmbrs.known(MONTHLY), EVERYTHING, kept, silent).records)
    assert caught.value.operation.endswith(operation)
    assert all(operation in text for text in said(caught.value))
    evidence = [call for call in kept.bodies if call.endswith("#unreadable")]
    if kind in {"error_500", "redirect"} or operation == "Reports_BackgroundTask_Result":
        return  # not an answer, or one that is asked again and again until it is there
    assert evidence
    assert all(f".{operation}?" in call for call in evidence)


@pytest.mark.parametrize("kind", ["unavailable_503", "html_503", "cut_off", "reset"])
def test_a_passing_failure_is_tried_again(nmbrs: Nmbrs, kind: str) -> None:
    nmbrs.simulator.mishaps.add(kind, operation="SVW_GetCurrent", times=2)
    source = nmbrs.source()
    assert list(source.deliver(nmbrs.known(MONTHLY), EVERYTHING, KeptAnswers(), silent).records)
    assert source.traffic.retries == 2


@pytest.mark.parametrize(
    ("code", "times", "is_over"), [(1006, 4, True), (1006, 5, False), (9999, 1, True), (9999, 2, False)]
)
def test_codes_that_pass_are_tried_again_with_care(
    nmbrs: Nmbrs, code: int, times: int, is_over: bool
) -> None:
    nmbrs.simulator.mishaps.add("nmbrs_fault", operation="Company_GetCurrentPeriod", code=code, times=times)
    if is_over:
        assert nmbrs.read()[1]
    else:
        with pytest.raises(TemporarilyUnavailable):
            nmbrs.read()


@pytest.mark.parametrize("kind", ["never", "drip"])
def test_nobody_waits_past_the_deadline(nmbrs: Nmbrs, kind: str) -> None:
    nmbrs.simulator.mishaps.add(kind, operation="Company_GetCurrentPeriod", times=None, seconds=0.3)
    with pytest.raises(TemporarilyUnavailable):
        nmbrs.read(call_seconds=0.2, total_seconds=0.5)


def test_a_late_answer_is_no_failure(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.mishaps.add("slow", operation="Company_GetCurrentPeriod", seconds=0.2)
    assert nmbrs.read()[1]


def test_an_answer_without_end_is_cut_short(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.mishaps.add("huge", operation="Company_GetCurrentPeriod", times=None)
    with pytest.raises(UnexpectedFormat):
        nmbrs.read()


def test_being_asked_to_slow_down_is_handed_on(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.mishaps.add("throttled_429", operation="Company_GetCurrentPeriod", times=None, seconds=7)
    with pytest.raises(RateLimited) as caught:
        nmbrs.read()
    assert caught.value.retry_after_seconds == 7


def test_a_new_element_is_remarked_once_and_skipped(nmbrs: Nmbrs) -> None:
    before = nmbrs.read()[1]
    nmbrs.simulator.mishaps.add("unknown_element", element="Nieuwigheid", times=None)
    delivery, records = nmbrs.read()
    assert [values_of(record) for record in records] == [values_of(record) for record in before]
    told = [*delivery.remarks, *(remark for record in records for remark in record.remarks)]
    assert {remark.code for remark in told} == {"unknown-element"}
    named = [
        name for remark in told for name in remark.what_en.split(": ", 1)[1].split(". Nothing")[0].split(", ")
    ]
    assert len(set(named)) == len(named) > 10
    assert "EmployeeService.PersonalInfo_GetCurrent: PersonalInfo/Nieuwigheid" in delivery.remarks[0].what_nl
    assert len(told) < 4


def test_a_new_element_of_one_employee_is_remarked_there(nmbrs: Nmbrs) -> None:
    last = max(one.id for one in nmbrs.simulator.books.employees_of(nmbrs.simulator.companies[MONTHLY].id))
    nmbrs.simulator.mishaps.add("unknown_element", element="Nieuwigheid", employee_id=last, times=None)
    delivery, records = nmbrs.read()
    assert not delivery.remarks
    assert [bool(record.remarks) for record in records] == [False] * (len(records) - 1) + [True]


@pytest.mark.parametrize(
    ("operation", "element"),
    [
        ("PersonalInfo_GetCurrent", "Birthday"),
        ("PersonalInfo_GetCurrent", "LastName"),
        ("Salary_GetAll_AllEmployeesByCompany", "Value"),
        ("Salary_GetAll_AllEmployeesByCompany", "Type"),
        ("Employment_GetAll_AllEmployeesByCompany", "EndDate"),
        ("Employment_GetAll_AllEmployeesByCompany", "StartDate"),
        ("Schedule_GetList", "ParttimePercentage"),
        ("Schedule_GetCurrent", "HoursMonday"),
        ("SVW_GetCurrent", "Wao_Wia"),
        ("Run_GetList", "PeriodStart"),
        ("List_GetByCompany", "Id"),
    ],
)
def test_a_needed_element_that_is_gone_stops_the_reading(nmbrs: Nmbrs, operation: str, element: str) -> None:
    nmbrs.simulator.mishaps.add("element_removed", operation=operation, element=element, times=None)
    with pytest.raises(UnexpectedFormat) as caught:
        nmbrs.read()
    assert all(operation in text and element in text for text in said(caught.value))


@pytest.mark.parametrize(
    ("operation", "element", "value"),
    [
        ("Salary_GetAll_AllEmployeesByCompany", "Value", "veel"),
        ("PersonalInfo_GetCurrent", "Birthday", "gisteren"),
        ("PersonalInfo_GetCurrent", "Id", "1"),
        ("SVW_GetCurrent", "Wao_Wia", "misschien"),
        ("Company_GetCurrentPeriod", "Company_GetCurrentPeriodResult", "2026-13-M"),
    ],
)
def test_a_value_that_cannot_be_read_is_not_quoted(
    nmbrs: Nmbrs, operation: str, element: str, value: str
) -> None:
    nmbrs.simulator.mishaps.add(
        "element_value", operation=operation, element=element, value=value, times=None
    )
    with pytest.raises(UnexpectedFormat) as caught:
        nmbrs.read()
    assert not any(value in text for text in said(caught.value) if len(value) > 1)


def test_a_negative_salary_leaves_the_salary_as_it_was(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.break_salary(own.simulator.books, somebody.id)
    stated, remarks = own.stated(somebody)
    assert "salary_amount" not in stated
    assert "salary_kind" not in stated
    assert remarks == {"negative-salary": "salary_amount"}
    assert "part_time_factor" in stated


def test_a_birth_date_in_the_future_leaves_the_date_as_it_was(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.break_birth_date(own.simulator.books, somebody.id)
    stated, remarks = own.stated(somebody)
    assert "birth_on" not in stated
    assert remarks == {"birth-date-in-future": "birth_on"}


def test_a_bsn_that_fails_leaves_the_bsn_as_it_was_and_is_not_repeated(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.break_bsn(own.simulator.books, somebody.id)
    wrong = own.simulator.books.employee(somebody.id).person.bsn
    _, records = own.read()
    record = next(one for one in records if one.employee_key == str(somebody.id))
    assert "bsn" not in {fact.fact for fact in record.stated}
    assert [remark.code for remark in record.remarks] == ["bsn-fails-eleven-test"]
    assert wrong not in record.remarks[0].what_nl + record.remarks[0].what_en


def test_a_wrong_iban_leaves_the_iban_as_it_was(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.change_iban(own.simulator.books, somebody.id, iban="NL00FIKT0000000000")
    stated, remarks = own.stated(somebody)
    assert "iban" not in stated
    assert remarks == {"iban-fails-check": "iban"}


def test_two_employments_at_once_count_as_one_and_are_remarked(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.overlap_employments(own.simulator.books, somebody.id)
    stated, remarks = own.stated(somebody)
    assert [value.value for value in stated["is_employed"].values if value.value] == [True]
    assert remarks == {"two-employments-at-once": "is_employed"}


def test_a_four_weekly_company_speaks_of_its_own_periods(own: Nmbrs) -> None:
    delivery, records = own.read(FOUR_WEEKLY)
    assert delivery.current_period.kind == "four_weeks"
    assert {
        fact.values[0].value
        for record in records
        for fact in record.stated
        if fact.fact == "wage_period_kind"
    } == {"four_weeks"}


def test_in_january_the_last_run_is_one_of_last_year(own: Nmbrs) -> None:
    company = own.simulator.companies[MONTHLY].id
    for _ in range(2):
        changes.next_period(own.simulator.books, company)
    own.simulator.journal.clear()
    delivery, _ = own.read()
    assert (delivery.current_period.year, delivery.current_period.number) == (2027, 1)
    counts = own.simulator.journal.counts
    assert counts["Run_GetList"] == 2
    assert counts["Reports_GetWageCodesByRunCompany_v2_Background"] == 1


def test_a_retroactive_run_that_a_raise_explains_is_silent(own: Nmbrs) -> None:
    somebody = own.somebody()
    changes.raise_salary(own.simulator.books, somebody.id, from_on=date(2026, 9, 1), by_percent=300)
    own.simulator.journal.clear()
    stated, remarks = own.stated(somebody)
    assert own.simulator.journal.counts["Reports_GetWageCodesByRunCompany_FilterByWageCode_Background"] == 2
    assert not remarks
    assert date(2026, 9, 1) in [value.effective_from for value in stated["salary_amount"].values]


def test_a_retroactive_run_that_nothing_explains_asks_for_a_person(own: Nmbrs) -> None:
    """The salary row says that it was entered long ago; so the run must have another cause."""
    somebody = own.somebody()
    changes.raise_salary(own.simulator.books, somebody.id, from_on=date(2026, 9, 1), by_percent=300)
    own.simulator.mishaps.add(
        "element_value",
        operation="Salary_GetAll_AllEmployeesByCompany",
        element="CreationDate",
        value=datetime(2024, 1, 1).isoformat(),  # noqa: DTZ001 - as Nmbrs writes moments
        times=None,
    )
    _, remarks = own.stated(somebody)
    assert set(remarks) == {"retroactive-run-unexplained"}


PROFILES: list[dict[str, str]] = [
    {"requests": "asmx"},
    {"wrappers": "by_item"},
    {"empty_lists": "absent"},
    {"no_partner": "absent"},
    {"missing_dates": "minimum"},
    {"part_time": "fraction"},
    {"period_suffix": "letter_first"},
    {"report_decimals": "comma"},
    {"domain": "lenient"},
]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: "-".join(next(iter(one.items()))))
@pytest.mark.parametrize("place", [MONTHLY, FOUR_WEEKLY])
def test_whichever_way_the_wire_is_written_the_facts_are_the_same(
    nmbrs: Nmbrs, profile: dict[str, str], place: int
) -> None:
    expected = [(record.employee_key, values_of(record), record.remarks) for record in nmbrs.read(place)[1]]
    nmbrs.simulator.set_profile(**profile)
    found = [(record.employee_key, values_of(record), record.remarks) for record in nmbrs.read(place)[1]]
    assert found == expected


def test_a_stack_trace_after_the_code_does_not_hide_it(nmbrs: Nmbrs) -> None:
    nmbrs.simulator.set_profile(fault_trace="stack")
    with pytest.raises(AuthorisationExpired) as caught:
        nmbrs.read(token="f" * 32)
    assert " at " not in caught.value.message("en").replace(" at once", "")


def values_of(record: PayrollRecord) -> dict[str, list[tuple[date, date | None, Any]]]:
    return {
        fact.fact: [(one.effective_from, one.effective_until, one.value) for one in fact.values]
        for fact in record.stated
    }
