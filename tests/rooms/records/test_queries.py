"""Questions about employees: who is in a list, what they are called, and what is held of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.intake.told import DECEMBER, NOVEMBER, Reader, Told, fact, people

from schakel.connectors.payroll_source import PayrollRecord
from schakel.records import queries
from schakel.records.models import Employee

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
HIRED = date(2020, 3, 1)
LEFT_ON = date(2026, 6, 1)


def named(key: str, last: str, first: str = "", **more: object) -> PayrollRecord:
    """Somebody with a whole name."""
    told = Told(key=key, number=key, **more).record(NOVEMBER)  # type: ignore[arg-type]  # anything that Told takes
    name = fact("name", [(HIRED, None, {"initials": "A.", "first_name": first, "last_name": last})])
    stated = (*(one for one in told.stated if one.fact != "name"), name)
    return PayrollRecord(told.employee_key, told.entity_key, told.employee_number, stated)


def found(reader: Reader, *, search: str = "", kind: str = "all", **more: int) -> list[str]:
    rows, _ = queries.employees(
        reader.employer_id,
        TODAY,
        search=search,
        kind=kind,
        with_issue=frozenset(),
        offset=more.get("offset", 0),
        limit=more.get("limit", 50),
    )
    return [row.employee_number for row in rows]


@pytest.fixture
def three(reader: Reader) -> Reader:
    """Two in service, and one who left in June."""
    reader.sync(
        [
            named("31", "Jansen", "Noor"),
            named("32", "de Boer", "Finn"),
            named("33", "Aalders", "Emma", employed=((HIRED, LEFT_ON, True),)),
        ]
    )
    return reader


def test_a_list_is_by_last_name_and_a_page_is_a_part_of_it(three: Reader) -> None:
    assert found(three) == ["33", "32", "31"]
    assert found(three, offset=1, limit=1) == ["32"]


@pytest.mark.parametrize(
    ("search", "numbers"),
    [("jans", ["31"]), ("NOOR", ["31"]), ("3", ["33", "32", "31"]), ("noor jansen", ["31"]), ("xyz", [])],
)
def test_search_finds_names_and_numbers(three: Reader, search: str, numbers: list[str]) -> None:
    assert found(three, search=search) == numbers


def test_a_percent_sign_is_no_wildcard(three: Reader) -> None:
    assert found(three, search="%") == []


def test_kinds_count_who_serves_and_who_left(three: Reader) -> None:
    assert found(three, kind="in_service") == ["32", "31"]
    assert found(three, kind="left") == ["33"]
    one = Employee.objects.get(employee_number="31").id
    assert queries.kinds_of(three.employer_id, TODAY, {one}) == {
        "all": 3,
        "in_service": 2,
        "left": 1,
        "with_issue": 1,
    }
    assert queries.in_service_by_employer(TODAY) == {three.employer_id: 2}
    assert queries.in_service_by_employer(date(2019, 1, 1)) == {}


def test_somebody_who_still_has_to_start_has_a_name_and_neither_serves_nor_left(reader: Reader) -> None:
    reader.sync([named("34", "Later", employed=((date(2027, 1, 1), None, True),))])
    (line,) = queries.lines(Employee.objects.values_list("id", flat=True), TODAY).values()
    assert (line.name, line.is_in_service, line.since) == ("A. Later", False, date(2027, 1, 1))
    assert found(reader, kind="left") == []
    assert found(reader, search="later") == ["34"]


def test_a_leaver_keeps_a_name_and_the_last_day(three: Reader) -> None:
    (line,) = queries.lines([Employee.objects.get(employee_number="33").id], TODAY).values()
    assert (line.name, line.is_in_service, line.until) == ("A. Aalders", False, LEFT_ON)
    assert line.birth_on == date(1985, 6, 15)
    assert "Aalders" not in repr(line)


def test_a_list_takes_as_many_queries_for_one_as_for_many(reader: Reader) -> None:
    reader.sync(people(1))
    with CaptureQueriesContext(connection) as for_one:
        assert len(found(reader)) == 1
    reader.sync(people(30))
    with CaptureQueriesContext(connection) as for_many:
        assert len(found(reader)) == 30
    assert len(for_many) == len(for_one)


def test_facts_as_known_on_a_moment_and_what_they_took_the_place_of(reader: Reader) -> None:
    reader.sync([Told()])
    before = reader.now
    reader.sync([Told(salaries=((HIRED, date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 420_000)))])
    employee = Employee.objects.get().id

    def salaries(known_at: datetime | None) -> list[int]:
        return [one.value for one in queries.facts_of(employee, known_at) if one.name == "salary_amount"]

    assert salaries(None) == [400_000, 420_000]
    assert salaries(before) == [400_000]
    (gone,) = [one for one in queries.superseded_facts(employee, None) if one.name == "salary_amount"]
    assert (gone.value, gone.until) == (400_000, None)
    assert gone.known_until is not None
    assert queries.superseded_facts(employee, before) == []
    assert queries.facts_named([gone.id])[gone.id] == gone


def test_what_is_sealed_stays_sealed(reader: Reader) -> None:
    reader.sync([Told(iban="NL91ABNA0417164300")], DECEMBER)
    (iban,) = [one for one in queries.facts_of(Employee.objects.get().id, None) if one.name == "iban"]
    assert (iban.is_sealed, iban.value) == (True, None)


def test_what_people_are_called(three: Reader) -> None:
    ids = list(Employee.objects.values_list("id", flat=True))
    assert {one.name for one in queries.called(ids).values()} == {"A. Jansen", "A. de Boer", "A. Aalders"}
    assert queries.called([]) == {}
    assert queries.spelled(None) == ""


def test_a_fact_of_later_than_the_moment_is_not_known(reader: Reader) -> None:
    reader.sync([Told()])
    assert queries.facts_of(Employee.objects.get().id, datetime(2020, 1, 1, tzinfo=UTC)) == []
    assert queries.facts_of(Employee.objects.get().id, reader.now + timedelta(days=1)) != []
