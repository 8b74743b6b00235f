"""Questions about deliveries, when their answers came in, and issues."""

from datetime import timedelta

import pytest
from tests.rooms.intake.told import LINK, Reader, Told, delivery

from schakel.connectors.payroll_source import Remark
from schakel.intake import queries
from schakel.intake.answers import KeptAnswers
from schakel.intake.receive import open_delivery
from schakel.records.models import Employee

pytestmark = pytest.mark.django_db

NEGATIVE = Remark("negative-salary", "Het salaris is negatief.", "The salary is negative.", "salary_amount")


def listed(reader: Reader, **asked: object) -> queries.Issues:
    chosen = {
        "employer_id": reader.employer_id,
        "employee_id": None,
        "who": "",
        "with_resolved": False,
        "offset": 0,
        "limit": 50,
        **asked,
    }
    return queries.issues(**chosen)  # type: ignore[arg-type]  # any of the questions by name


def test_deliveries_the_newest_first(reader: Reader) -> None:
    first = reader.sync([Told()]).delivery
    held, _ = reader.take_in(delivery([], named=()))
    assert [one.reference for one in queries.deliveries(LINK, 10)] == [held, first]
    (line,) = queries.deliveries(LINK, 10, "held")
    assert (line.reference, line.employer_name) == (held, "Voorbeeld Kozijnen B.V.")
    assert {"code", "nl", "en", "count", "of"} <= line.guard[0].keys()
    applied = queries.delivery(first)
    assert applied is not None
    assert (applied.state, applied.employees, applied.changed) == ("applied", 1, 1)
    assert applied.current_period is not None
    assert applied.current_period["number"] == 11
    assert queries.sources_of([first]) == {first: LINK}


def test_when_an_answer_came_in(reader: Reader, tenant_id: int) -> None:
    opened = open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    answers = KeptAnswers(tenant_id, opened.reference, reader.clock)
    sha256 = answers.keep("one", "Operation", b"<a/>")
    answers.flush()
    found = queries.received_at([(opened.reference, sha256)])
    assert set(found) == {(opened.reference, sha256)}
    assert found[opened.reference, sha256] <= reader.now
    assert queries.received_at([]) == {}


def test_issues_are_counted_listed_and_close(reader: Reader) -> None:
    reader.sync([Told(remarks=(NEGATIVE,)), Told(key="2", number="2")])
    (employee,) = queries.employees_with_issue(reader.employer_id)
    assert queries.open_issues_by_employer() == {reader.employer_id: 1}
    everybody = list(Employee.objects.values_list("id", flat=True))
    assert queries.open_issues_by_employee(everybody) == {employee: 1}
    found = listed(reader)
    (issue,) = found.rows
    assert (issue.code, issue.fact, issue.who, issue.employee_id) == (
        "negative-salary",
        "salary_amount",
        "payroll",
        employee,
    )
    assert (found.total, found.open_by_who) == (1, {"payroll": 1})
    assert listed(reader, who="adviser").rows == ()
    assert listed(reader, employee_id=employee).total == 1

    reader.now += timedelta(hours=3)
    # Another name makes it another record, so that it is looked at again.
    reader.sync([Told(name="Bakker-Smit"), Told(key="2", number="2")])
    assert listed(reader).rows == ()
    assert queries.employees_with_issue(reader.employer_id) == frozenset()
    (closed,) = listed(reader, with_resolved=True).rows
    assert closed.resolved_at is not None
