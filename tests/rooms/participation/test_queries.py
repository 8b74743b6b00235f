"""Questions about amounts: totals added up by the database, as known on any moment, and who takes part."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.intake.told import NOVEMBER, Reader, Told, people, period_of

from schakel.engine.catalogue import BENEFITS, benefit
from schakel.engine.timeline import Period
from schakel.participation import queries
from schakel.participation.models import AmountLine
from schakel.records.models import Employee
from schakel.schemes import agree
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group

pytestmark = pytest.mark.django_db

HIRED = date(2020, 3, 1)
TODAY = date(2026, 11, 24)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def by_hand(employer_id: int, name: str, start: date, quantities: tuple[str, ...]) -> int:
    """The same sum, in Python."""
    rows = AmountLine.objects.filter(
        known_until=None,
        start=start,
        participation__benefit__benefit=name,
        participation__employee__employer_id=employer_id,
    )
    return sum(row.amounts.get(quantity, 0) for row in rows for quantity in quantities)


def test_what_is_paid_follows_from_the_catalogue() -> None:
    assert queries.paid("retirement_pension") == queries.Paid(
        ("contribution",), ("employee_contribution",), is_premium=True
    )
    assert queries.paid("accident") == queries.Paid(("accident_premium",), (), is_premium=True)
    assert queries.paid("home_working_allowance") == queries.Paid(("allowance",), (), is_premium=False)
    wholes = {q.name for one in BENEFITS for q in one.quantities if queries.is_whole_premium(one, q)}
    # What is left of a waived premium is what is paid, and of a voluntary contribution all is the employee's.
    assert wholes == {
        "contribution",
        "partner_premium",
        "orphan_premium",
        "still_paid",
        "employee_contribution",
        "accident_premium",
        "health_premium",
        "anw_premium",
        "travel_premium",
        "premium",
    }


def test_totals_are_the_sums_of_the_lines(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([*people(3), Told(key="2000", number="20", salaries=((HIRED, None, 612_345),))])
    found = queries.totals(*YEAR, reader.employer_id)
    assert {line.start.month for line in found} == set(range(1, 12))
    for line in found:
        told = queries.paid(line.benefit)
        assert line.total == by_hand(reader.employer_id, line.benefit, line.start, told.total)
        assert line.by_employee == by_hand(reader.employer_id, line.benefit, line.start, told.by_employee)
        assert line.participants == 4
    assert sum(line.total for line in found) > 0


def test_a_leaver_counts_until_the_end(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told(), Told(key="2", number="2", employed=((HIRED, date(2026, 6, 16), True),))])
    pension = {
        line.start.month: line.participants
        for line in queries.totals(*YEAR, reader.employer_id)
        if line.benefit == "retirement_pension"
    }
    assert (pension[6], pension[7]) == (2, 1)
    assert (
        queries.participants_by_benefit(reader.employer_id, date(2026, 6, 15))[benefits["retirement_pension"]]
        == 2
    )
    assert (
        queries.participants_by_benefit(reader.employer_id, date(2026, 6, 16))[benefits["retirement_pension"]]
        == 1
    )
    assert queries.participants_by_benefit(reader.employer_id, date(2025, 12, 31)) == {}


def test_the_last_wage_period_is_each_employers_own(reader: Reader, benefits: dict[str, int]) -> None:
    other = employer_named(employer_group("Groep").id, "Voorbeeld Vierweken B.V.")
    scheme = agree.scheme(other, "Regeling")
    home = agree.benefit(scheme, "home_working_allowance", None, date(2026, 1, 1))
    agree.agree_terms(home, {}, Period(date(2019, 1, 1)), reader.now, "regeling")
    reader.sync([Told()])
    # October, and its own link: the other employer is a period behind.
    elsewhere = Reader(other, reader.now)
    elsewhere.sync([Told(key="9", number="9")], period_of(2026, 10))
    per_person, over_sums = queries.latest_totals(TODAY)
    starts = {(line.employer_id, line.start) for line in per_person}
    assert starts == {(reader.employer_id, date(2026, 11, 1)), (other, date(2026, 10, 1))}
    assert {line.start for line in over_sums} == {date(2026, 11, 1)}


def test_totals_take_as_many_queries_for_one_as_for_many(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    with CaptureQueriesContext(connection) as for_one:
        queries.latest_totals(TODAY)
    reader.sync(people(10))
    with CaptureQueriesContext(connection) as for_many:
        queries.latest_totals(TODAY)
    assert len(for_many) == len(for_one) == 2


def test_a_wage_sum_and_what_employees_pay_of_it(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(people(2))
    line = queries.wage_sums(*YEAR, reader.employer_id)[-1]
    assert (line.start, line.participants, line.benefit) == (NOVEMBER.start, 2, "wga_gap")
    assert line.wage_sum == by_hand(reader.employer_id, "wga_gap", NOVEMBER.start, ("insured_wage",))
    assert 0 < line.employee_share < line.premium


def test_amounts_and_revisions_as_known_on_a_moment(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    before = reader.now
    reader.sync([Told(salaries=((HIRED, date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 420_000)))])
    employee = Employee.objects.get().id
    pension = next(one for one in queries.participations(employee) if one.benefit == "retirement_pension")
    assert pension.takes_part_on(TODAY)
    assert not pension.takes_part_on(date(2025, 12, 31))

    def september(known_at):
        return next(
            one.amounts["contribution"]
            for one in queries.amounts([pension.id], known_at)
            if one.start == date(2026, 9, 1)
        )

    assert (september(before), september(None)) == (72_142, 77_866)
    newest = queries.revisions(employee_id=employee, limit=5)[0]
    assert newest.facts_changed == ("salary_amount",)
    assert newest.effective_from == date(2026, 9, 1)
    assert len(queries.revisions(employer_id=reader.employer_id, limit=2)) == 2


def test_why_a_period_has_no_amount(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told(left_out=frozenset({"birth_on"}))])
    ids = [one.id for one in queries.participations(Employee.objects.get().id)]
    refusals = queries.refusals(ids)
    assert {one.code for one in refusals} == {"missing-fact"}
    assert refusals[0].message_nl != refusals[0].message_en
    counted = queries.not_calculable_by_benefit(reader.employer_id)
    assert counted[benefits["retirement_pension"]] == 1
    assert benefits["home_working_allowance"] not in counted


def test_premiums_of_a_wage_sum_are_not_counted_per_person(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    per_person, _ = queries.latest_totals(TODAY)
    premiums = {line.benefit: line.premium for line in per_person}
    assert premiums["wga_gap"] == premiums["home_working_allowance"] == 0
    assert premiums["retirement_pension"] == 72_142
    assert benefit("wga_gap").mechanic == "wage_sum"


def test_employers_of_others_are_not_counted(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    other = employer_named(employer_group("Groep").id, "Leeg B.V.")
    assert queries.totals(*YEAR, other) == []
    assert queries.wage_sums(*YEAR, other) == []
    assert queries.participants_by_benefit(other, TODAY) == {}
