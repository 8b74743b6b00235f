"""A whole portfolio at once writes what each employee's own recalculation writes, and nothing the second time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.rooms.conftest import TERMS
from tests.rooms.intake.told import Reader, Told

from schakel.engine.timeline import Period
from schakel.participation.models import AmountLine, NotCalculable, Participation, PeriodTotal, Revision
from schakel.participation.portfolio import Range, recalculate_block
from schakel.participation.recalculate import recalculate
from schakel.records.models import Employee
from schakel.schemes import agree
from schakel.schemes.agreed import benefits_of

pytestmark = pytest.mark.django_db


HIRED = date(2020, 3, 1)
WHOLE = Range(date(2026, 1, 1), date(2027, 1, 1))


def told(number: int, **changed: Any) -> Told:
    return Told(key=f"E{number}", number=str(1000 + number), **changed)


def several() -> list[Told]:
    """A raise within a month, a leaver, somebody hired later, somebody whose salary is not known at first."""
    return [
        told(1),
        told(2, salaries=((HIRED, date(2026, 5, 11), 400_000), (date(2026, 5, 11), None, 420_000))),
        told(3, employed=((HIRED, date(2026, 8, 20), True),)),
        told(4, salaries=((date(2026, 3, 1), None, 350_000),)),
    ]


def lines() -> list[tuple[Any, ...]]:
    rows = AmountLine.objects.filter(known_until=None).order_by(
        "participation__employee_id", "participation__benefit_id", "start"
    )
    return list(
        rows.values_list(
            "participation__employee_id",
            "participation__benefit__benefit",
            "start",
            "until",
            "year",
            "number",
            "amounts",
        )
    )


def told_of_each() -> list[Any]:
    """What each revision says was different, whoever wrote it."""
    rows = Revision.objects.order_by("participation_id", "made_at")
    return [
        (key, since, sorted(changes, key=lambda one: (one["start"], one["quantity"])))
        for key, since, changes in rows.values_list("participation_id", "effective_from", "changes")
    ]


def kept() -> dict[str, Any]:
    """Everything that is told of participations, by what it is of; not when it was written."""
    participations = Participation.objects.order_by("employee_id", "benefit_id")
    refusals = NotCalculable.objects.order_by("participation_id", "start")
    totals = PeriodTotal.objects.order_by("benefit_id", "start")
    return {
        "lines": lines(),
        "stretches": list(
            participations.values_list("employee_id", "benefit_id", "stretches", "calculated_until")
        ),
        "refusals": list(
            refusals.values_list(
                "participation__employee_id", "start", "until", "code", "who", "message_nl", "message_en"
            )
        ),
        "told": told_of_each(),
        "totals": [
            one
            for one in totals.values_list("benefit_id", "start", "until", "participants", "sums")
            if one[3]
        ],
    }


def all_at_once(employer_id: int, over: Range = WHOLE, most: int = 2) -> list[Any]:
    found, after = [], 0
    while (made := recalculate_block(employer_id, over, after, most, datetime.now(UTC))) is not None:
        found.append(made)
        after = made.last
    return found


def one_by_one_undone(employer_id: int, known_at: datetime) -> dict[str, Any]:
    """What each employee's own recalculation leaves, taken back again."""
    point = transaction.savepoint()
    for employee in Employee.objects.all():
        recalculate(employee.id, benefits_of(employer_id), WHOLE.until, known_at, None, ())
    wanted = kept()
    transaction.savepoint_rollback(point)
    return wanted


def test_all_at_once_is_what_one_by_one_is(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(several())
    # Terms that nobody has calculated with yet, in the middle of a year that was calculated already.
    terms = {**TERMS["retirement_pension"], "contribution_rate": "27.5", "proration": "thirty_days"}
    later = datetime.now(UTC) + timedelta(hours=1)
    agree.agree_terms(benefits["retirement_pension"], terms, Period(date(2026, 4, 1)), later, "addendum")
    wanted = one_by_one_undone(reader.employer_id, later)
    assert kept() != wanted
    assert wanted["refusals"]
    made = all_at_once(reader.employer_id)
    assert sum(one.employees for one in made) == 4
    assert kept() == wanted


def test_refusals_in_the_first_block_of_a_session(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(several())
    wanted = kept()["refusals"]
    NotCalculable.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")  # as a session finds it that has written nothing yet
    all_at_once(reader.employer_id, most=10)
    assert wanted
    assert kept()["refusals"] == wanted


def test_the_second_time_writes_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(several())
    all_at_once(reader.employer_id)
    before = kept(), Revision.objects.count(), AmountLine.objects.count()
    made = all_at_once(reader.employer_id, most=3)
    assert [one.changed for one in made] == [[], []]
    assert (kept(), Revision.objects.count(), AmountLine.objects.count()) == before


def test_other_terms_from_the_new_year_are_one_revision_each(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync(several())
    all_at_once(reader.employer_id)
    terms = {**TERMS["retirement_pension"], "contribution_rate": "27.5"}
    later = datetime.now(UTC) + timedelta(hours=1)
    agree.agree_terms(benefits["retirement_pension"], terms, Period(date(2026, 10, 1)), later, "addendum")
    before = set(Revision.objects.values_list("id", flat=True))
    made = all_at_once(reader.employer_id, Range(date(2026, 10, 1), date(2027, 1, 1)))
    # The leaver of August has no amounts in October, so nothing of theirs differs.
    assert sum(len(one.changed) for one in made) == 3
    revisions = Revision.objects.exclude(id__in=before)
    assert {one.effective_from for one in revisions} == {date(2026, 10, 1)}
    for one in revisions:
        changed = {(change["quantity"], change["start"]) for change in one.changes}
        assert ("contribution", "2026-10-01") in changed
        assert ("pension_base", "2026-10-01") not in changed
        assert ("contribution", "2026-09-01") not in changed
