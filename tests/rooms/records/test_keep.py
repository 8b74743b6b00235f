"""Facts with two times: nothing is overwritten, nothing is written twice, and the past can be asked for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.rooms.intake.told import LINK, fact

from schakel.connectors.payroll_source import Origin, StatedFact
from schakel.engine.timeline import Period
from schakel.records import keep
from schakel.records.models import Employee, Fact
from schakel.records.timelines import (
    employees_of_source,
    identity_on,
    in_service_on,
    knowledge_of,
    timeline_of,
    values_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DELIVERY = UUID(int=1)
HIRED = date(2020, 3, 1)
NOVEMBER = date(2026, 11, 1)
SERVICE = fact("is_employed", [(HIRED, None, True)])


@pytest.fixture
def employee(employer_id: int) -> int:
    return keep.find_or_make(employer_id, LINK, "1001", "17", NOW).employee_id


def write(employee: int, *facts: StatedFact, at: datetime = NOW) -> dict[str, tuple[Period, ...]]:
    return {one.fact: one.periods for one in keep.write(employee, facts, at, DELIVERY)}


def steps(employee: int, name: str, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
    timeline = timeline_of(employee, known_at).facts.get(name)
    found = () if timeline is None else timeline.steps
    return [(step.period.start, step.period.until, step.value.value) for step in found]


def salary(*values: tuple[date, date | None, int], since: date | None = None) -> StatedFact:
    return fact("salary_amount", values, since)


def test_a_correction_closes_the_old_belief_and_adds_the_new(employee: int) -> None:
    write(employee, SERVICE, salary((HIRED, None, 400_000)))
    changed = write(employee, salary((HIRED, NOVEMBER, 400_000), (NOVEMBER, None, 420_000)), at=LATER)
    assert changed == {"salary_amount": (Period(NOVEMBER),)}
    assert steps(employee, "salary_amount") == [(HIRED, NOVEMBER, 400_000), (NOVEMBER, None, 420_000)]
    assert steps(employee, "salary_amount", NOW) == [(HIRED, None, 400_000)]
    assert steps(employee, "salary_amount", LATER) == steps(employee, "salary_amount")
    assert knowledge_of(employee, NOW).changed_since(NOW) == {"salary_amount": (Period(NOVEMBER),)}
    assert knowledge_of(employee, LATER).changed_since(LATER) == {}


def test_writing_twice_writes_nothing_whatever_answer_it_came_from(employee: int) -> None:
    write(employee, SERVICE, salary((HIRED, None, 400_000)))
    rows = list(Fact.objects.order_by("id").values())
    other = fact("salary_amount", [(HIRED, None, 400_000)], origin=Origin("other", "place", "cd" * 32))
    assert write(employee, SERVICE, other, at=LATER) == {}
    assert list(Fact.objects.order_by("id").values()) == rows


def test_what_is_current_says_nothing_of_before(employee: int) -> None:
    write(employee, SERVICE, fact("home_working_days", [(NOVEMBER, None, 800)], NOVEMBER))
    december = date(2026, 12, 1)
    changed = write(employee, fact("home_working_days", [(december, None, 400)], december), at=LATER)
    assert changed == {"home_working_days": (Period(december),)}
    assert steps(employee, "home_working_days") == [(HIRED, december, 800), (december, None, 400)]


def test_what_is_only_told_as_current_is_assumed_since_the_first_day_and_says_so(employee: int) -> None:
    write(employee, SERVICE, fact("home_working_days", [(NOVEMBER, None, 800)], NOVEMBER))
    assert steps(employee, "home_working_days") == [(HIRED, None, 800)]
    assert Fact.objects.get(name="home_working_days").origin["assumed_from"] == "2020-03-01"


def test_a_first_day_that_turns_out_earlier_draws_the_assumption_back(employee: int) -> None:
    write(employee, SERVICE, fact("home_working_days", [(NOVEMBER, None, 800)], NOVEMBER))
    earlier = fact("is_employed", [(date(2019, 9, 1), None, True)])
    write(employee, earlier, fact("home_working_days", [(NOVEMBER, None, 800)], NOVEMBER), at=LATER)
    assert steps(employee, "home_working_days") == [(date(2019, 9, 1), None, 800)]


def test_a_whole_history_takes_back_what_it_no_longer_says(employee: int) -> None:
    write(employee, SERVICE, salary((HIRED, NOVEMBER, 400_000), (NOVEMBER, None, 420_000)))
    changed = write(employee, salary((HIRED, NOVEMBER, 400_000)), at=LATER)
    assert changed == {"salary_amount": (Period(NOVEMBER),)}
    assert steps(employee, "salary_amount") == [(HIRED, NOVEMBER, 400_000)]
    assert knowledge_of(employee, NOW).changed_since(NOW) == {"salary_amount": (Period(NOVEMBER),)}


def test_a_fact_that_a_record_leaves_out_stays(employee: int) -> None:
    write(employee, SERVICE, salary((HIRED, None, 400_000)))
    assert write(employee, SERVICE, at=LATER) == {}
    assert steps(employee, "salary_amount") == [(HIRED, None, 400_000)]


def test_known_to_be_none_is_not_the_same_as_not_known(employee: int) -> None:
    write(employee, SERVICE)
    changed = write(employee, fact("partner_birth_on", [(HIRED, None, None)]), at=LATER)
    assert changed == {"partner_birth_on": (Period(HIRED),)}
    assert knowledge_of(employee, NOW).changed_since(NOW) == {"partner_birth_on": (Period(HIRED),)}


def test_objects_are_equal_whatever_the_order_of_their_parts(employee: int) -> None:
    one = {"initials": "A.", "last_name": "Bakker", "prefix": ""}
    write(employee, fact("name", [(HIRED, NOVEMBER, one), (NOVEMBER, None, {"last_name": "Vos"})]))
    turned = dict(reversed(one.items()))
    write(
        employee, fact("name", [(HIRED, NOVEMBER, turned), (NOVEMBER, None, {"last_name": "Pos"})]), at=LATER
    )
    assert Fact.objects.filter(name="name", valid=DateRange(HIRED, NOVEMBER)).count() == 1


def test_knowledge_moves_forward_when_the_clock_does_not(employee: int) -> None:
    write(employee, SERVICE, salary((HIRED, None, 400_000)))
    write(employee, salary((HIRED, None, 410_000)), at=NOW)
    write(employee, salary((HIRED, None, 420_000)), at=NOW - timedelta(hours=1))
    assert steps(employee, "salary_amount") == [(HIRED, None, 420_000)]
    lowers = [row.known.lower for row in Fact.objects.filter(name="salary_amount").order_by("id")]
    assert lowers == [NOW, NOW + timedelta(microseconds=1), NOW + timedelta(microseconds=2)]


def test_bsn_and_iban_are_sealed_and_the_bsn_can_be_found(employee: int) -> None:
    write(employee, SERVICE, fact("bsn", [(HIRED, None, "999990019")]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT value::text, sealed FROM records_fact WHERE name = 'bsn'")
        value, sealed = cursor.fetchone()
        cursor.execute("SELECT bsn_index FROM records_employee")
        (index,) = cursor.fetchone()
    assert value is None
    assert b"999990019" not in bytes(sealed)
    assert len(index) == 64
    assert "999990019" not in index
    assert write(employee, fact("bsn", [(HIRED, None, "999990019")]), at=LATER) == {}
    assert identity_on(employee, NOVEMBER).bsn == "999990019"
    assert "999990019" not in repr(identity_on(employee, NOVEMBER))
    write(employee, fact("bsn", [(HIRED, None, None)]), at=LATER)
    assert Employee.objects.get().bsn_index == ""


def test_who_somebody_is_on_a_day(employee: int) -> None:
    married = date(2026, 6, 1)
    names = [(HIRED, married, {"last_name": "Bakker"}), (married, NOVEMBER, {"last_name": "Bakker-Vos"})]
    write(employee, fact("name", names), fact("children_birth_on", [(HIRED, None, ["2015-02-03"])]))
    assert identity_on(employee, date(2026, 3, 1)).last_name == "Bakker"
    assert identity_on(employee, married).last_name == "Bakker-Vos"
    assert identity_on(employee, date(2027, 1, 1)).last_name == "Bakker-Vos"
    assert identity_on(employee, date(2019, 1, 1)).last_name == "Bakker"
    assert identity_on(employee, NOVEMBER).children_birth_on == (date(2015, 2, 3),)


def test_employees_are_found_by_the_sources_key(employee: int, employer_id: int) -> None:
    again = keep.find_or_make(employer_id, LINK, "1001", "18", LATER)
    assert (again.employee_id, again.is_new, again.is_renumbered) == (employee, False, True)
    keep.write(employee, [], LATER, DELIVERY, fingerprint="f" * 64)
    keep.seen(LINK, ["1001"], LATER)
    known = employees_of_source(LINK, employer_id)["1001"]
    assert (known.employee_id, known.fingerprint, known.last_seen_at) == (employee, "f" * 64, LATER)
    assert employees_of_source(UUID(int=2), employer_id) == {}


def test_who_is_in_service_on_a_day(employee: int, employer_id: int) -> None:
    write(employee, fact("is_employed", [(HIRED, NOVEMBER, True)]))
    assert in_service_on(LINK, employer_id, date(2026, 10, 31)) == {employee}
    assert in_service_on(LINK, employer_id, NOVEMBER) == frozenset()
    assert values_of([employee], ["is_employed"])[employee]["is_employed"].at(HIRED) is True


def test_the_database_refuses_two_values_at_one_time_and_any_overwriting(employee: int) -> None:
    write(employee, SERVICE)
    (row,) = Fact.objects.all()
    twin = Fact(
        tenant_id=row.tenant_id,
        employee_id=employee,
        name="is_employed",
        value=False,
        valid=DateRange(NOVEMBER, None),
        known=DateTimeTZRange(LATER, None),
        delivery=DELIVERY,
        origin={},
    )
    with pytest.raises(IntegrityError, match="one_value_at_a_time"), transaction.atomic():
        Fact.objects.bulk_create([twin])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Fact.objects.filter(id=row.id).update(value=False)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Fact.objects.filter(id=row.id).delete()


months = st.integers(0, 30).map(lambda n: date(2024 + n // 12, n % 12 + 1, 1))
statements = st.lists(st.tuples(months, st.integers(0, 3), st.booleans()), min_size=1, max_size=6)


@settings(
    max_examples=examples(25),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(statements)
def test_the_belief_now_is_what_the_statements_say_one_over_the_other(
    employee: int, told: list[tuple[date, int, bool]]
) -> None:
    """Against a model that keeps one value for each month in a plain list."""
    model: dict[date, int] = {}
    every = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(31)]
    service = fact("is_employed", [(every[0], None, True)])
    beliefs: list[tuple[datetime, dict[date, int]]] = []
    with transaction.atomic():
        for index, (day, value, is_whole) in enumerate(told):
            at = NOW + timedelta(hours=index)
            write(
                employee,
                service,
                fact("home_working_days", [(day, None, value)], None if is_whole else day),
                at=at,
            )
            if is_whole:
                model = {}
            since = day if model or is_whole else every[0]
            model |= {month: value for month in every if month >= since}
            if not is_whole:
                first = min(model)
                model |= {month: model[first] for month in every if month < first}
            beliefs.append((at, dict(model)))
        for at, held in beliefs:
            timeline = timeline_of(employee, at).facts["home_working_days"]
            found = {month: timeline.at(month) for month in every}
            assert {month: one.value for month, one in found.items() if one is not None} == held
        transaction.set_rollback(True)
