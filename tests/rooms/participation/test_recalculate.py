"""Recalculating: old and new amounts over every touched wage period, and nothing the second time."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.rooms.conftest import TERMS, agree_all
from tests.rooms.intake.told import DECEMBER, Reader, Told, period_of

from schakel.engine.calculation import calculate
from schakel.engine.timeline import Period
from schakel.participation.affected import affected
from schakel.participation.models import AmountLine, NotCalculable, Participation, Revision
from schakel.participation.periods import administered, periods_of
from schakel.participation.queries import amounts as amounts_known
from schakel.participation.recalculate import recalculate
from schakel.records.models import Employee
from schakel.records.timelines import timeline_of
from schakel.schemes import agree
from schakel.schemes.agreed import benefits_of
from schakel.schemes.terms import terms_of

pytestmark = pytest.mark.django_db

HIRED = date(2020, 3, 1)
SALARY = 400_000


def raise_from(day: date, cents: int = 420_000) -> Told:
    return Told(salaries=((HIRED, day, SALARY), (day, None, cents)))


def standing() -> dict[tuple[str, date], dict[str, int]]:
    """Benefit and wage period → amounts, as known now."""
    rows = AmountLine.objects.filter(known_until=None).select_related("participation__benefit")
    return {(row.participation.benefit.benefit, row.start): row.amounts for row in rows}


def everything() -> list[list[Any]]:
    tables = (AmountLine, Revision, NotCalculable)
    return [list(table.objects.order_by("id").values()) for table in tables]


def from_scratch(employer_id: int, until: date) -> dict[tuple[str, date], dict[str, int]]:
    """What the engine says of everybody when nothing had been calculated before."""
    found = {}
    for employee in Employee.objects.all():
        facts = timeline_of(employee.id)
        for one in benefits_of(employer_id):
            ours = administered(facts, one.administered_from)
            periods = periods_of(ours, one.administered_from, until)
            for result in calculate(one.benefit, ours, terms_of(one.id), periods):
                if result.amounts:
                    found[one.benefit, result.wage_period.period.start] = dict(result.amounts)
    return found


def test_a_first_reading_calculates_every_period_we_administer(
    reader: Reader, benefits: dict[str, int]
) -> None:
    got = reader.sync([Told()])
    assert {one.benefit for one in got.revisions} == set(TERMS)
    contribution = got.changed("contribution")
    assert sorted(contribution) == [date(2026, month, 1) for month in range(1, 12)]
    # 4,000 × 12 × 1.08 = 51,840; less franchise 19,172 = 32,668; × 26.5 % ÷ 12 = 721.4183…
    assert set(contribution.values()) == {(None, 72_142)}
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))
    row = Participation.objects.get(benefit__benefit="accident")
    assert row.stretches == [["2026-01-01", None]]
    assert row.calculated_until == date(2026, 12, 1)


def test_a_retroactive_raise_is_one_revision_with_old_and_new(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync([Told()])
    got = reader.sync([raise_from(date(2026, 9, 1))])
    changed = got.changed("contribution")
    assert sorted(changed) == [date(2026, month, 1) for month in (9, 10, 11)]
    # 4,200 × 12 × 1.08 = 54,432; less franchise 19,172 = 35,260; × 26.5 % ÷ 12 = 778.6583…
    assert set(changed.values()) == {(72_142, 77_866)}
    pension = [one for one in got.revisions if one.benefit == "retirement_pension"]
    assert [one.effective_from for one in pension] == [date(2026, 9, 1)]
    row = Revision.objects.filter(participation__benefit__benefit="retirement_pension").latest("id")
    assert (row.facts_changed, row.effective_from) == (["salary_amount"], date(2026, 9, 1))
    assert {"quantity": "contribution", "start": "2026-09-01", "until": "2026-10-01"}.items() <= next(
        change for change in row.changes if change["quantity"] == "contribution"
    ).items()
    assert "home_working_allowance" not in {one.benefit for one in got.revisions}


def test_running_twice_writes_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    got = reader.sync([raise_from(date(2026, 9, 1))])
    rows = everything()
    (employee,) = Employee.objects.all()
    again = recalculate(
        employee.id,
        benefits_of(reader.employer_id),
        date(2026, 12, 1),
        reader.clock(),
        got.delivery,
        ("salary_amount",),
    )
    assert again == ()
    assert everything() == rows


def test_a_correction_of_the_same_raise_and_back(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    before = standing()
    reader.sync([raise_from(date(2026, 9, 1))])
    reader.sync([raise_from(date(2026, 9, 1), 430_000)])
    got = reader.sync([Told()])
    assert standing() == before
    assert sorted(got.changed("contribution")) == [date(2026, month, 1) for month in (9, 10, 11)]


def test_amounts_as_known_on_any_moment(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    then = reader.now
    reader.sync([raise_from(date(2026, 9, 1))])
    row = Participation.objects.get(benefit__benefit="retirement_pension")

    def october(known_at: Any) -> int:
        lines = {line.start: line for line in amounts_known([row.id], known_at)}
        return lines[date(2026, 10, 1)].amounts["contribution"]

    assert (october(then), october(None), october(reader.now)) == (72_142, 77_866, 77_866)


def test_a_change_three_years_back_reaches_every_wage_period(reader: Reader) -> None:
    agree_all(reader.employer_id, date(2023, 1, 1))
    reader.sync([Told()])
    got = reader.sync([raise_from(date(2023, 11, 15))])
    changed = got.changed("contribution")
    assert min(changed) == date(2023, 11, 1)
    assert len(changed) == 37
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))


def test_what_lies_before_our_time_changes_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    salaries = ((HIRED, date(2021, 1, 1), 390_000), (date(2021, 1, 1), None, SALARY))
    got = reader.sync([Told(salaries=salaries)])
    assert [change.fact for change in got.applied[0].changes] == ["salary_amount"]
    assert got.revisions == []


def test_a_part_timer_and_half_a_month_count_by_days(reader: Reader, benefits: dict[str, int]) -> None:
    got = reader.sync([Told(employed=((date(2026, 11, 16), None, True),), part_time=800_000)])
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))
    assert sorted(got.changed("contribution")) == [date(2026, 11, 1)]
    row = Participation.objects.get(benefit__benefit="retirement_pension")
    assert row.stretches == [["2026-11-16", None]]


def test_a_leaver_ends_and_later_periods_are_empty(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    got = reader.sync([Told(employed=((HIRED, date(2026, 10, 1), True),))])
    assert got.changed("contribution") == {
        date(2026, 10, 1): (72_142, None),
        date(2026, 11, 1): (72_142, None),
    }
    assert {tuple(map(tuple, row.stretches)) for row in Participation.objects.all()} == {
        (("2026-01-01", "2026-10-01"),)
    }


def test_an_end_that_was_known_in_advance_is_told_when_its_period_comes(
    reader: Reader, benefits: dict[str, int]
) -> None:
    leaves = Told(employed=((HIRED, date(2026, 12, 1), True),))
    reader.sync([leaves])
    got = reader.sync([leaves], DECEMBER)
    assert {one.benefit for one in got.revisions} == set(TERMS)
    assert {one.changes for one in got.revisions} == {()}
    assert {one.effective_from for one in got.revisions} == {date(2026, 12, 1)}
    assert reader.sync([leaves], DECEMBER).revisions == []


def test_a_new_wage_period_brings_its_amounts_and_touches_no_other(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync([Told()])
    got = reader.sync([Told()], DECEMBER)
    assert got.changed("contribution") == {date(2026, 12, 1): (None, 72_142)}
    assert {tuple(map(tuple, row.stretches)) for row in Participation.objects.all()} == {
        (("2026-01-01", None),)
    }


def test_payroll_that_works_in_last_year_takes_nothing_away(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    before = standing()
    got = reader.sync([raise_from(date(2026, 11, 1))], period_of(2025, 12))
    assert set(got.changed("contribution")) == {date(2026, 11, 1)}
    assert standing().keys() == before.keys()


def test_what_cannot_be_calculated_says_why_and_keeps_the_old_amounts(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync([Told()])
    before = standing()
    january = period_of(2027, 1)
    reader.sync([Told(home_days=900)], january)
    kept = {key: value for key, value in standing().items() if key[0] != "home_working_allowance"}
    assert kept.items() >= {k: v for k, v in before.items() if k[0] != "home_working_allowance"}.items()
    refusal = NotCalculable.objects.get(participation__benefit__benefit="retirement_pension")
    assert (refusal.start, refusal.code, refusal.who) == (
        date(2027, 1, 1),
        "no-parameter-in-force",
        "adviser",
    )
    assert "is voor 01-01-2027 niet bekend" in refusal.message_nl
    assert "is not known for 2027-01-01" in refusal.message_en
    row = Participation.objects.get(benefit__benefit="retirement_pension")
    assert row.stretches[-1][0] == "2026-01-01"


def test_a_fact_that_comes_later_makes_it_calculable(reader: Reader, benefits: dict[str, int]) -> None:
    got = reader.sync([Told(left_out=frozenset({"birth_on"}))])
    assert {one.benefit for one in got.revisions} == {"home_working_allowance"}
    refusals = NotCalculable.objects.filter(participation__benefit__benefit="accident")
    assert refusals.count() == 11
    march = refusals.get(start=date(2026, 3, 1))
    assert march.message_nl == (
        "“geboortedatum” is op 01-03-2026 niet bekend. Vul het in de salarisadministratie in; de volgende "
        "synchronisatie neemt het over."
    )
    assert march.message_en == (
        "“date of birth” is not known for 2026-03-01. Fill it in in payroll; the next sync takes it over."
    )
    reader.sync([Told()])
    assert not NotCalculable.objects.exists()
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))


def test_without_wage_periods_nothing_is_guessed(reader: Reader, benefits: dict[str, int]) -> None:
    got = reader.sync([Told(left_out=frozenset({"wage_period_kind"}))])
    assert got.revisions == []
    assert set(NotCalculable.objects.values_list("code", flat=True)) == {"missing-fact"}
    assert "“loontijdvak” is niet bekend" in NotCalculable.objects.first().message_nl
    reader.sync([Told()])
    assert not NotCalculable.objects.exists()
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))


def test_a_four_weekly_employer(reader: Reader, benefits: dict[str, int]) -> None:
    twelve = period_of(2026, 12, "four_weeks")
    reader.sync([Told()], twelve)
    periods = sorted(start for benefit, start in standing() if benefit == "accident")
    # Period 1 of 2026 began on 29 December 2025; from 1 January on it is ours, by days.
    assert periods[:2] == [date(2025, 12, 29), date(2026, 1, 26)]
    assert len(periods) == 12
    first, second = (
        standing()["retirement_pension", day]["contribution"]
        for day in (date(2025, 12, 29), date(2026, 1, 26))
    )
    # 4,000 × 13 × 1.08 = 56,160; less 19,172 = 36,988; × 26.5 % ÷ 13 = 753.9862, and 25 of 28 days of it.
    assert (first, second) == (67_320, 75_399)
    assert Participation.objects.first().stretches == [["2026-01-01", None]]
    got = reader.sync([raise_from(date(2026, 9, 1))], twelve)
    assert min(got.changed("contribution")) == date(2026, 8, 10)
    assert standing() == from_scratch(reader.employer_id, twelve.until)


def test_payroll_that_goes_from_months_to_four_weeks(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()], period_of(2026, 10))
    reader.sync([Told()], period_of(2026, 12, "four_weeks"))
    starts = sorted(start for benefit, start in standing() if benefit == "accident")
    assert starts[-3:] == [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)]
    assert standing() == from_scratch(reader.employer_id, date(2026, 11, 30))


def test_terms_that_changed_are_followed_with_the_next_calculation(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync([Told()])
    dearer = TERMS["retirement_pension"] | {"contribution_rate": "27"}
    pension = benefits["retirement_pension"]
    agree.agree_terms(pension, dearer, Period(date(2026, 7, 1)), reader.clock(), "addendum 1")
    (employee,) = Employee.objects.all()
    one = [benefit for benefit in benefits_of(reader.employer_id) if benefit.id == pension]
    (made,) = recalculate(employee.id, one, date(2026, 12, 1), reader.clock(), None, ())
    assert made.effective_from == date(2026, 7, 1)
    assert Revision.objects.latest("id").delivery is None
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))


def test_terms_that_are_missing_wait_for_the_adviser(reader: Reader, employer_id: int) -> None:
    scheme = agree.scheme(employer_id, "Regeling 2026")
    accident = agree.benefit(scheme, "accident", None, date(2026, 1, 1))
    reader.sync([Told()])
    refusal = NotCalculable.objects.filter(start=date(2026, 5, 1)).get()
    assert (refusal.code, refusal.who) == ("missing-terms", "adviser")
    assert "Leg ze vast, met ingangsdatum" in refusal.message_nl
    agree.agree_terms(accident, TERMS["accident"], Period(date(2019, 1, 1)), reader.clock(), "polis")
    reader.sync([Told()], DECEMBER)
    assert not NotCalculable.objects.exists()
    assert len(standing()) == 12


def test_affected_are_the_benefits_whose_rules_read_what_changed(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync([Told()])
    (employee,) = Employee.objects.all()

    def by(*facts: str, until: date | None = None) -> set[str]:
        return {one.benefit for one in affected(employee.id, benefits_of(reader.employer_id), facts, until)}

    assert by("home_working_days") == {"home_working_allowance"}
    assert by("has_partner") == {"partner_pension"}
    assert by("children_birth_on") == {"orphan_pension"}
    assert by("is_wia_insured") == {"wga_gap"}
    assert by("salary_amount") == set(TERMS) - {"home_working_allowance"}
    assert by("name", "iban") == set()
    assert by(until=date(2026, 12, 1)) == set()
    assert by("name", until=date(2027, 1, 1)) == set(TERMS)


def test_a_benefit_agreed_later_affects_everybody(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    (employee,) = Employee.objects.all()
    other = agree.scheme(reader.employer_id, "Regeling directie")
    added = agree.benefit(other, "accident", None, date(2026, 6, 1))
    assert [one.id for one in affected(employee.id, benefits_of(reader.employer_id), ())] == [added]


def test_a_clock_that_is_set_back_loses_no_change(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync([Told()])
    reader.sync([raise_from(date(2026, 9, 1))])
    reader.now -= timedelta(hours=5)
    got = reader.sync([raise_from(date(2026, 9, 1), 440_000)])
    assert len(got.changed("contribution")) == 3
    assert standing() == from_scratch(reader.employer_id, date(2026, 12, 1))
