"""Laws: from scratch equals step by step, twice equals once, and the order of facts does not matter."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.rooms.intake.told import DECEMBER, NOVEMBER, Reader, Told, delivery, people

from schakel.intake import apply, receive
from schakel.participation.affected import affected
from schakel.participation.models import AmountLine, Participation
from schakel.participation.recalculate import recalculate
from schakel.records.models import Employee, Fact
from schakel.schemes.agreed import benefits_of

pytestmark = pytest.mark.django_db

# Every example reads an employer from scratch in a database: few, and a failing one is shown as it came.
BOUNDED = settings(
    max_examples=examples(8),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HIRED = date(2020, 3, 1)
days = st.dates(date(2025, 12, 1), date(2026, 12, 15))


def histories(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value since the beginning, and others from some days on."""
    return st.tuples(values, st.dictionaries(days, values, max_size=2)).map(
        lambda drawn: _steps({HIRED: drawn[0], **drawn[1]})
    )


def _steps(starts: dict[date, Any]) -> tuple[tuple[date, date | None, Any], ...]:
    ordered = sorted(starts)
    return tuple((day, until, starts[day]) for day, until in zip(ordered, [*ordered[1:], None], strict=True))


people_told = st.builds(
    Told,
    salaries=histories(st.integers(200_000, 700_000)),
    employed=st.one_of(
        st.just(((HIRED, None, True),)),
        days.map(lambda day: ((HIRED, day, True),)),
        days.map(lambda day: ((day, None, True),)),
    ),
    birth_on=st.sampled_from(["1985-06-15", "1959-11-02", "2008-04-30"]),
)


def end_state() -> tuple[Any, ...]:
    """What is believed now, without the times at which it was learnt."""
    facts = Fact.objects.filter(known__upper_inf=True).order_by("name", "valid")
    lines = AmountLine.objects.filter(known_until=None).order_by("participation__benefit_id", "start")
    rows = Participation.objects.order_by("benefit_id")
    return (
        [(row.name, row.valid, row.value) for row in facts],
        [(line.participation.benefit_id, line.start, line.until, line.amounts) for line in lines],
        [(row.benefit_id, row.stretches, row.calculated_until) for row in rows],
    )


@BOUNDED
@given(st.lists(people_told, min_size=1, max_size=3))
def test_step_by_step_equals_from_scratch(reader: Reader, benefits: dict[str, int], told: list[Told]) -> None:
    # Facts told as current start with the first employment; the same first day makes the two ways comparable.
    told = [
        one.but(employed=((HIRED, None, True),) if one.employed[0][0] != HIRED else one.employed)
        for one in told
    ]
    with _undone():
        for one in told:
            reader.sync([one], limits=receive.GuardLimits(salary_share=1, leaver_share=1))
        stepwise = end_state()
    with _undone():
        reader.sync([told[-1]])
        assert end_state() == stepwise


@BOUNDED
@given(people_told)
def test_following_twice_is_following_once(reader: Reader, benefits: dict[str, int], told: Told) -> None:
    with _undone():
        got = reader.sync([told])
        once = end_state(), AmountLine.objects.count(), Fact.objects.count()
        (employee,) = Employee.objects.all()
        everything = affected(employee.id, benefits_of(reader.employer_id), ("salary_amount", "birth_on"))
        again = recalculate(
            employee.id, everything, NOVEMBER.until, reader.clock(), got.delivery, ("salary_amount",)
        )
        assert again == ()
        assert (end_state(), AmountLine.objects.count(), Fact.objects.count()) == once
        assert reader.sync([told]).applied == []


@BOUNDED
@given(people_told, st.permutations(range(16)))
def test_the_order_of_facts_does_not_matter(
    reader: Reader, benefits: dict[str, int], told: Told, order: list[int]
) -> None:
    record = told.record(NOVEMBER)
    shuffled = tuple(record.stated[index] for index in order if index < len(record.stated))
    rest = tuple(one for one in record.stated if one not in shuffled)
    with _undone():
        reader.sync([record])
        usual = end_state()
    with _undone():
        reader.sync([type(record)(record.employee_key, "41001", record.employee_number, (*shuffled, *rest))])
        assert end_state() == usual


@BOUNDED
@given(histories(st.integers(200_000, 700_000)), st.lists(days, min_size=1, max_size=3, unique=True))
def test_facts_told_in_any_order_of_time_give_the_same_amounts(
    reader: Reader, benefits: dict[str, int], salaries: Any, learnt: list[date]
) -> None:
    """A history that is told in one go, or first without its later steps, and then whole."""
    whole = Told(salaries=salaries)
    with _undone():
        reader.sync([whole])
        usual = end_state()
    with _undone():
        for day in learnt:
            known = _steps({start: value for start, _, value in salaries if start == HIRED or start < day})
            reader.sync([whole.but(salaries=known)], limits=receive.GuardLimits(salary_share=1))
        reader.sync([whole], limits=receive.GuardLimits(salary_share=1))
        assert end_state() == usual


@BOUNDED
@given(people_told, people_told)
def test_every_moment_can_be_asked_for_again(
    reader: Reader, benefits: dict[str, int], first: Told, second: Told
) -> None:
    """What was believed on a moment is still found, whatever was learnt after it."""

    def believed(at: Any) -> list[Any]:
        facts = Fact.objects.filter(known__contains=at).order_by("name", "valid")
        return [(row.name, row.valid, row.value) for row in facts]

    with _undone():
        reader.sync([first])
        then, held = reader.now, believed(reader.now)
        reader.sync([second], DECEMBER, limits=receive.GuardLimits(salary_share=1, leaver_share=1))
        assert believed(then) == held
        assert believed(reader.now) == end_state()[0]


def test_one_changed_employee_costs_few_queries(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(people(2))
    raised = [
        one.but(salaries=((HIRED, date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 420_000)))
        for one in people(2)
    ]
    reader.now += timedelta(hours=3)
    reference, _ = reader.take_in(delivery(raised))
    horizon = receive.horizon(reference)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        known_at = reader.clock()
        applied = apply.apply(reference, "1000", known_at)
        found = affected(applied.employee_id, benefits_of(reader.employer_id), ("salary_amount",), horizon)
        made = recalculate(applied.employee_id, found, horizon, known_at, reference, ("salary_amount",))
    assert len(made) == 5
    assert len(queries) <= 22


class _undone:  # noqa: N801 - reads as a word in a with statement
    """Whatever happens inside did not happen."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *failure: Any) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*failure)
