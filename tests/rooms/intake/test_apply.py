"""Applying: a record becomes facts once; what cannot be true is kept out and named, the rest goes on."""

from datetime import date
from typing import Any

import pytest
from tests.rooms.intake.told import NOVEMBER, Reader, Told, delivery, fact, people

from schakel.connectors.payroll_source import PayrollRecord, Remark
from schakel.engine.errors import UnmatchedEmployee
from schakel.intake import apply, receive
from schakel.intake.models import Issue, ReceivedRecord
from schakel.records.models import Employee, Fact
from schakel.records.timelines import timeline_of
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)


def known(name: str) -> Any:
    return timeline_of(Employee.objects.get().id).read(name, ON).value


def open_issues() -> dict[tuple[str, str], tuple[str, str]]:
    rows = Issue.objects.filter(resolved_at=None)
    return {(row.code, row.fact): (row.message_nl, row.message_en) for row in rows}


def stating(**values: Any) -> PayrollRecord:
    """Somebody ordinary, but for these facts since 2020."""
    usual = Told(left_out=frozenset(values)).record(NOVEMBER)
    other = tuple(fact(name, [(date(2020, 3, 1), None, value)]) for name, value in values.items())
    return PayrollRecord("1001", "41001", "17", (*usual.stated, *other))


def test_applying_twice_is_applying_once(reader: Reader) -> None:
    reference, _ = reader.take_in(delivery([Told()]))
    first = apply.apply(reference, "1001", reader.clock())
    rows = list(Fact.objects.order_by("id").values())
    second = apply.apply(reference, "1001", reader.clock())
    assert first.changes
    assert first.identity_changed
    assert (second.employee_id, second.changes, second.identity_changed) == (first.employee_id, (), False)
    assert list(Fact.objects.order_by("id").values()) == rows


def test_a_record_that_was_applied_before_is_no_news(reader: Reader) -> None:
    reader.sync([Told()])
    (got,) = reader.sync([Told(number="18")]).applied
    assert got.changes == ()
    assert got.identity_changed
    assert Employee.objects.get().employee_number == "18"


def test_changes_say_which_fact_and_for_which_days(reader: Reader) -> None:
    reader.sync([Told()])
    salaries = ((date(2020, 3, 1), date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 420_000))
    (got,) = reader.sync([Told(salaries=salaries)]).applied
    (change,) = got.changes
    assert change.fact == "salary_amount"
    assert [(period.start, period.until) for period in change.periods] == [(date(2026, 9, 1), None)]
    assert not got.identity_changed


@pytest.mark.parametrize(
    ("name", "wrong", "nl", "en"),
    [
        ("salary_amount", -1, "“salaris” op 01-03-2020 kan niet kloppen", "“salary” on 2020-03-01 cannot be"),
        ("salary_amount", 4.5, "“salaris” van 01-03-2020 is niet te lezen", "“salary” of 2020-03-01 cannot"),
        ("salary_kind", "dagloon", "full_time, part_time, hourly", "full_time, part_time, hourly"),
        ("birth_on", "2031-01-01", "ligt in de toekomst", "lies in the future"),
        ("birth_on", "15-06-1985", "“geboortedatum” van 01-03-2020 is niet te lezen", "“date of birth” of"),
        ("children_birth_on", ["2031-01-01"], "ligt in de toekomst", "lies in the future"),
        ("children_birth_on", "2020-01-01", "is niet te lezen", "cannot be read"),
        ("part_time_factor", 99_000_000, "kan niet kloppen", "cannot be right"),
        ("wage_period_kind", "quarter", "month, four_weeks, week", "month, four_weeks, week"),
    ],
)
def test_what_cannot_be_true_is_kept_out_with_an_issue_and_the_rest_goes_on(
    reader: Reader, name: str, wrong: Any, nl: str, en: str
) -> None:
    reader.sync([Told()])
    before = known(name)
    reader.sync([stating(**{name: wrong, "home_working_days": 1_200})])
    assert known(name) == before
    assert known("home_working_days") == 1_200
    (said_nl, said_en) = open_issues()["implausible-fact", name]
    assert nl in said_nl
    assert "salarisadministratie" in said_nl
    assert en in said_en
    assert "in payroll" in said_en


def test_the_issue_closes_when_payroll_corrects_it_and_opens_again_when_it_returns(reader: Reader) -> None:
    for _ in range(2):
        reader.sync([stating(salary_amount=-1)])
        assert list(open_issues()) == [("implausible-fact", "salary_amount")]
        reader.sync([Told()])
        assert open_issues() == {}
    assert Issue.objects.count() == 2


def test_two_values_for_the_same_days_are_both_kept_out(reader: Reader) -> None:
    twice = ((date(2020, 3, 1), None, 400_000), (date(2026, 9, 1), None, 500_000))
    reader.sync([Told(salaries=twice)])
    nl, en = open_issues()["conflicting-facts", "salary_amount"]
    assert "“salaris” heeft voor dezelfde dagen twee waarden" in nl
    assert "“salary” has two values for the same days" in en
    assert not Fact.objects.filter(name="salary_amount").exists()
    assert Fact.objects.filter(name="birth_on").exists()


def test_a_period_that_ends_before_it_starts_is_kept_out(reader: Reader) -> None:
    reader.sync([Told(salaries=((date(2026, 9, 1), date(2026, 9, 1), 400_000),))])
    assert list(open_issues()) == [("conflicting-facts", "salary_amount")]


def test_the_sources_own_remarks_become_issues_of_the_employee(reader: Reader) -> None:
    remark = Remark("bsn-fails-eleven-test", "Het BSN klopt niet.", "The BSN is wrong.", "bsn")
    reader.sync([Told(remarks=(remark,)), Told(key="2")])
    issue = Issue.objects.get()
    assert issue.employee_id == Employee.objects.get(employee_key="1001").id
    assert (issue.fact, issue.message_nl) == ("bsn", "Het BSN klopt niet.")
    other = Remark("bsn-fails-eleven-test", "Het BSN klopt nog niet.", "The BSN is still wrong.", "bsn")
    reader.sync([Told(remarks=(other,)), Told(key="2")])
    assert Issue.objects.get().message_nl == "Het BSN klopt nog niet."
    reader.sync([Told(), Told(key="2")])
    assert open_issues() == {}


def test_an_employee_of_another_employer_is_not_taken_over(reader: Reader) -> None:
    reader.sync([Told()])
    other = Reader(employer_named(employer_group("Groep").id, "Andere B.V."), reader.now)
    other.now = reader.now.replace(hour=20)
    reference, _ = other.take_in(delivery([Told()]))
    with pytest.raises(UnmatchedEmployee):
        apply.apply(reference, "1001", other.clock())


def test_an_overtaken_record_is_not_applied(reader: Reader) -> None:
    reference, _ = reader.take_in(delivery([Told()]))
    reader.now = reader.now.replace(hour=15)
    reader.take_in(delivery([Told()]))
    with pytest.raises(ReceivedRecord.DoesNotExist):
        apply.apply(reference, "1001", reader.clock())


def test_nothing_waits_while_the_guard_holds(reader: Reader) -> None:
    reader.sync(people(10))
    got = reader.sync([])
    assert receive.pending(got.delivery) == []
