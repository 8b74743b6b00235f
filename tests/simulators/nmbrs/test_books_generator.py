"""The invented employer: the same from the same seed, believable in its numbers, and nobody real."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from stdnum import iban
from stdnum.nl import bsn

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import RunKind
from schakel_simulators.nmbrs.books.generator import DEFAULT_COMPANIES, WEEKLY_COMPANY, generate, token_of
from schakel_simulators.nmbrs.books.model import Employee, SalaryType
from schakel_simulators.nmbrs.books.numbers import bsns, passes_eleven_test
from schakel_simulators.nmbrs.books.reading import salary_in, schedule_in
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.desk.kinds import KINDS, find

STORY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def town() -> Books:
    """Two thousand employees in three companies, one of each kind of period."""
    companies = (*DEFAULT_COMPANIES, WEEKLY_COMPANY)
    return generate(start_on=STORY, employees=2000, seed=7, companies=companies)


def everything(books: Books) -> tuple[object, ...]:
    return tuple(books.employees.values()), tuple(books.companies.values()), books.environment, books.clock


def test_the_same_seed_gives_the_same_books() -> None:
    one, other = (generate(start_on=STORY, employees=150, seed=3) for _ in range(2))

    assert everything(one) == everything(other)


def test_another_seed_gives_other_people_and_another_token() -> None:
    one, other = generate(start_on=STORY, seed=1), generate(start_on=STORY, seed=2)

    assert everything(one)[0] != everything(other)[0]
    assert one.environment.users[0].token != other.environment.users[0].token


@pytest.mark.parametrize("size", [1, 10, 11, 120, 997])
def test_there_are_exactly_as_many_as_asked(size: int) -> None:
    assert len(generate(start_on=STORY, employees=size).employees) == size


@pytest.mark.parametrize("size", [0, -1, 100_001])
def test_a_size_out_of_range_is_refused(size: int) -> None:
    with pytest.raises(RefusedError) as refused:
        generate(start_on=STORY, employees=size)

    assert refused.value.allowed == ("1..100000",)


def test_the_story_lies_in_every_current_period(town: Books) -> None:
    assert {str(company.period) for company in town.companies.values()} == {
        "2026-11-M",
        "2026-12-4W",
        "2026-47-1W",
    }
    for company in town.companies.values():
        assert company.period.start_on <= STORY <= company.period.end_on


def test_every_bsn_passes_is_unique_and_is_recognisably_invented(town: Books) -> None:
    numbers = [one.person.bsn for one in town.employees.values()]

    assert len(set(numbers)) == len(numbers)
    assert all(bsn.is_valid(number) and passes_eleven_test(number) for number in numbers)
    assert all(number.startswith("9999") for number in numbers)


def test_a_hundred_thousand_bsns_stay_in_the_documented_range() -> None:
    numbers = [number for number, _ in zip(bsns(), range(100_000), strict=False)]

    assert len(set(numbers)) == 100_000
    assert min(numbers).startswith("9989")


@pytest.mark.parametrize("number", ["999999991", "99999999", "9999999900", "99999999a", "", "٩٩٩٩٩٩٩٩٠"])
def test_what_is_no_bsn_fails_the_eleven_test(number: str) -> None:
    assert not passes_eleven_test(number)


def test_every_iban_is_right_and_of_a_bank_that_does_not_exist(town: Books) -> None:
    accounts = [account for one in town.employees.values() for account in one.bank_accounts]

    assert all(iban.is_valid(account.iban, check_country=False) for account in accounts)
    assert {account.iban[4:8] for account in accounts} == {"FIKT"}


def test_the_token_has_32_hexadecimal_characters() -> None:
    assert len(token_of(5)) == 32
    assert set(token_of(5)) <= set("0123456789abcdef")


def test_a_company_of_ten_has_some_of_the_common_kinds() -> None:
    small = generate(start_on=STORY, employees=10)

    assert next(find(small, company_id=None, kinds=["full_time"]))
    assert next(find(small, company_id=None, kinds=["part_time"]))


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"leaving"}))
def test_the_default_company_has_every_kind_whatever_the_seed(kind: str, seed: int) -> None:
    books = generate(start_on=STORY, seed=seed)

    assert next(find(books, company_id=None, kinds=[kind]), None) is not None


def test_the_shares_are_believable(town: Books) -> None:
    size = len(town.employees)

    def share(kind: str) -> float:
        return sum(1 for _ in find(town, company_id=None, kinds=[kind])) / size

    assert 0.38 < share("full_time") < 0.60
    assert 0.22 < share("part_time") < 0.38
    assert 0.06 < share("hourly") < 0.16
    assert 0.02 < share("above_cap") < 0.04
    assert 0.02 < share("young") < 0.04
    assert 0.04 < share("leaver") < 0.08
    assert 0.02 < share("rehired") < 0.06
    assert 0.45 < share("with_partner") < 0.70
    assert 0.30 < share("with_children") < 0.60


def test_the_lives_are_possible(town: Books) -> None:
    for one in town.employees.values():
        first = min(employment.start_on for employment in one.employments)
        age = (STORY - one.person.birth_on).days / 365.25
        assert 16 <= age < 68
        assert (first - one.person.birth_on).days / 365.25 > 14.9
        for child in one.children:
            assert child.birth_on <= STORY
            assert (child.birth_on - one.person.birth_on).days / 365.25 > 20
        for older, younger in pairwise(sorted(child.birth_on for child in one.children)):
            assert younger - older > timedelta(days=270)
        if one.partner:
            assert (one.partner.start_on - one.partner.birth_on).days / 365.25 > 17
            assert one.partner.start_on <= STORY


def test_every_career_is_whole(town: Books) -> None:
    for one in town.employees.values():
        assert one.contracts
        assert one.insurance
        assert one.addresses
        company = town.company(one.company_id)
        salary, schedule = salary_in(one, company.period), schedule_in(one, company.period)
        assert salary is not None
        assert salary.value > 0
        assert schedule is not None
        assert len(schedule.hours) == 14
        assert {stay.start_on for stay in one.employments} <= {salary.start_on for salary in one.salaries}
        assert min(row.start_on for row in one.schedules) == one.employments[0].start_on
        assert schedule.part_time_percentage * company.full_time_hours == sum(schedule.hours[:7]) * 10_000
        for before, after in pairwise(sorted(one.employments, key=lambda employment: employment.start_on)):
            assert before.end_on is not None
            assert before.end_on < after.start_on
            assert after.initial_start_on == before.initial_start_on


def test_salaries_rise_with_the_years_and_were_entered_before_the_story(town: Books) -> None:
    for one in town.employees.values():
        values = [salary.value for salary in sorted(one.salaries, key=lambda salary: salary.start_on)]
        assert values == sorted(values)
        assert all(salary.created_at < town.clock for salary in one.salaries)


def test_employee_numbers_are_not_unique_and_ids_are(town: Books) -> None:
    numbers = Counter((one.company_id, one.number) for one in town.employees.values())

    assert max(numbers.values()) == 2
    assert len({one.id for one in town.employees.values()}) == len(town.employees)


def test_every_period_before_the_current_one_was_run_and_approved(town: Books) -> None:
    for company in town.companies.values():
        runs = [run for run in company.runs if run.kind is RunKind.NORMAL]
        this_year = [run.period_start for run in runs if run.year == company.period.year]
        assert this_year == list(range(1, company.period.number))
        assert all(run.is_locked for run in company.runs)
        assert {run.year for run in runs} == {company.period.year - 1, company.period.year}
        for year in (company.period.year - 1, company.period.year):
            numbers = [run.number for run in company.runs if run.year == year]
            assert numbers == list(range(1, len(numbers) + 1))


def test_some_raises_of_january_came_late_and_were_settled(town: Books) -> None:
    for company in town.companies.values():
        settled = [run for run in company.runs if run.kind is RunKind.TWK]
        assert len(settled) == 1
        assert settled[0].employee_ids
        for employee_id in settled[0].employee_ids:
            late = town.employee(employee_id).salaries[-1]
            assert late.created_at.date() > late.start_on


def test_a_story_in_january_has_nothing_to_settle() -> None:
    books = generate(start_on=date(2027, 1, 20), employees=200)

    assert all(run.kind is RunKind.NORMAL for company in books.companies.values() for run in company.runs)


def test_part_time_salaries_are_of_both_kinds(town: Books) -> None:
    def kinds(one: Employee) -> SalaryType:
        salary = salary_in(one, town.company(one.company_id).period)
        assert salary is not None
        return salary.type

    found = Counter(kinds(one) for one in find(town, company_id=None, kinds=["part_time"]))

    assert found[SalaryType.GROSS_FULL_TIME] > found[SalaryType.GROSS_PART_TIME] > 0


def test_nobody_s_particulars_show_in_a_repr(town: Books) -> None:
    one = next(iter(town.employees.values()))

    assert one.person.last_name not in repr(one)
    assert one.person.bsn not in repr(one.person)
    assert town.environment.users[0].token not in repr(town.environment)
