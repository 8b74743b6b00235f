"""Wage-sum policies: one premium over everybody's insured wage, rounded once."""

from datetime import date

import pytest
from tests.rooms.conftest import TERMS
from tests.rooms.intake.told import Reader, Told, people, period_of

from schakel.engine.timeline import Period
from schakel.participation.models import WageSumPremium
from schakel.participation.wage_sums import settle_wage_sums
from schakel.schemes import agree

pytestmark = pytest.mark.django_db

HIRED = date(2020, 3, 1)
NOVEMBER_1 = date(2026, 11, 1)


def test_the_premium_is_one_rate_over_the_sum(reader: Reader, benefits: dict[str, int]) -> None:
    got = reader.sync(people(3))
    assert len(got.wage_sums) == 11
    november = got.wage_sums[-1]
    # 4,000 × 1.08 = 4,320.00 insured each; 3 × 4,320 × 0.62 % = 80.352 → 80.35; each pays 13.392 → 13.39.
    assert (november.start, november.participants, november.wage_sum) == (NOVEMBER_1, 3, 1_296_000)
    assert (november.old, november.new, november.employee_share) == (None, 8_035, 3 * 1_339)


def test_settling_again_writes_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(people(3))
    rows = list(WageSumPremium.objects.order_by("id").values())
    assert settle_wage_sums(reader.employer_id, reader.clock()) == ()
    assert list(WageSumPremium.objects.order_by("id").values()) == rows


def test_a_retroactive_change_settles_the_touched_periods_again(
    reader: Reader, benefits: dict[str, int]
) -> None:
    reader.sync(people(3))
    one, *others = people(3)
    raised = one.but(salaries=((HIRED, date(2026, 10, 1), 400_000), (date(2026, 10, 1), None, 420_000)))
    got = reader.sync([raised, *others])
    assert [(one.start, one.old, one.new) for one in got.wage_sums] == [
        (date(2026, 10, 1), 8_035, 8_169),
        (NOVEMBER_1, 8_035, 8_169),
    ]
    rows = WageSumPremium.objects.filter(start=NOVEMBER_1).order_by("id")
    assert [(row.premium, row.known_until is None) for row in rows] == [(8_035, False), (8_169, True)]


def test_a_period_without_participants_comes_to_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(people(1))
    got = reader.sync([Told(key="1000", number="0", employed=((HIRED, NOVEMBER_1, True),))])
    (change,) = got.wage_sums
    assert (change.start, change.until, change.participants) == (NOVEMBER_1, date(2026, 12, 1), 0)
    assert (change.old, change.new) == (2_678, 0)


def test_a_new_rate_counts_from_its_day(reader: Reader, benefits: dict[str, int]) -> None:
    reader.sync(people(2))
    dearer = TERMS["wga_gap"] | {"premium_rate": "0.70"}
    agree.agree_terms(benefits["wga_gap"], dearer, Period(NOVEMBER_1), reader.clock(), "polisblad 2")
    (change,) = settle_wage_sums(reader.employer_id, reader.clock())
    assert (change.start, change.new) == (NOVEMBER_1, 6_048)


def test_a_premium_for_each_person_is_added(reader: Reader, benefits: dict[str, int]) -> None:
    of_person = {"has_personal_premium": True, "premium_per_person": "96", "employee_part": "50"}
    agree.agree_terms(
        benefits["wga_gap"], TERMS["wga_gap"] | of_person, Period(NOVEMBER_1), reader.clock(), "polisblad 2"
    )
    november = reader.sync(people(2)).wage_sums[-1]
    # 2 × 4,320 × 0.62 % = 53.568 → 53.57, and 2 × 96 ÷ 12 = 16.00; each pays 13.392 + 4.00 = 17.392 → 17.39.
    assert (november.start, november.new, november.employee_share) == (NOVEMBER_1, 6_957, 2 * 1_739)


def test_without_wage_sum_benefits_there_is_nothing_to_settle(reader: Reader) -> None:
    assert reader.sync(people(1)).wage_sums == ()


def test_a_period_before_our_time_takes_the_rate_of_our_first_day(reader: Reader, employer_id: int) -> None:
    scheme = agree.scheme(employer_id, "Regeling 2026")
    gap = agree.benefit(scheme, "wga_gap", None, date(2026, 1, 1))
    agree.agree_terms(gap, TERMS["wga_gap"], Period(date(2026, 1, 1)), reader.clock(), "polis")
    got = reader.sync(people(1), period_of(2026, 1, "four_weeks"))
    (change,) = got.wage_sums
    # 4,000 × 1.08 = 4,320.00 for four weeks; 25 of 28 days are ours: 3,857.14.
    assert (change.start, change.wage_sum) == (date(2025, 12, 29), 385_714)
