"""Values that cannot be true are kept out and named; the old value holds, and everybody else goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.bad_input.scene import FOUR_WEEKLY, MONTHLY, Scene

from schakel.intake.models import Issue
from schakel_simulators.nmbrs.books import changes, model

PERIOD_START = date(2026, 11, 1)


@dataclass(frozen=True)
class Wrong:
    """One wrong value: how it gets into payroll, how it is put right, and what is said of it."""

    code: str
    enter: Callable[[Scene, model.Employee], object]
    mend: Callable[[Scene, model.Employee], object]
    nl: tuple[str, ...]
    en: tuple[str, ...]


def salary_of(person: model.Employee) -> int:
    return max(
        (one for one in person.salaries if one.start_on <= PERIOD_START), key=lambda s: s.start_on
    ).value


WRONG = {
    one.code: one
    for one in (
        Wrong(
            "negative-salary",
            lambda scene, person: changes.break_salary(scene.books, person.id),
            lambda scene, person: changes.correct_salary(
                scene.books, person.id, start_on=PERIOD_START, to=salary_of(person)
            ),
            ("negatief", "Herstel het in Nmbrs", "dat eerder bekend was"),
            ("negative", "Correct it in Nmbrs", "known before holds"),
        ),
        Wrong(
            "birth-date-in-future",
            lambda scene, person: changes.break_birth_date(scene.books, person.id),
            lambda scene, person: changes.break_birth_date(
                scene.books, person.id, birth_on=person.person.birth_on
            ),
            ("ligt in de toekomst", "Herstel hem in Nmbrs", "wat eerder bekend was"),
            ("lies in the future", "Correct it in Nmbrs", "known before holds"),
        ),
        Wrong(
            "bsn-fails-eleven-test",
            lambda scene, person: changes.break_bsn(scene.books, person.id),
            lambda scene, person: changes.break_bsn(scene.books, person.id, bsn=person.person.bsn),
            ("elfproef", "Herstel het in Nmbrs", "wat eerder bekend was"),
            ("eleven test", "Correct it in Nmbrs", "known before holds"),
        ),
        Wrong(
            "bsn-missing",
            lambda scene, person: changes.break_bsn(scene.books, person.id, bsn=""),
            lambda scene, person: changes.break_bsn(scene.books, person.id, bsn=person.person.bsn),
            ("ontbreekt", "Vul het in Nmbrs in", "wat eerder bekend was"),
            ("missing", "Fill it in", "known before holds"),
        ),
    )
}


def says(issue: Issue, nl: tuple[str, ...], en: tuple[str, ...]) -> None:
    assert all(part in issue.message_nl for part in nl), issue.message_nl
    assert all(part in issue.message_en for part in en), issue.message_en


@pytest.mark.parametrize("code", WRONG)
def test_a_value_that_cannot_be_true_leaves_what_was_known(scene: Scene, code: str) -> None:
    wrong = WRONG[code]
    person, colleague, *_ = scene.serving(MONTHLY)
    other = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known_of(person)
    wrong.enter(scene, person)
    scene.raise_of(colleague)
    scene.raise_of(other)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known_of(person) == before
    issue = scene.issues_of(person)[code]
    assert issue.who == "payroll"
    says(issue, wrong.nl, wrong.en)
    scene.told_and_verified(colleague, other)
    wrong.mend(scene, person)
    assert scene.sync().messages == 0
    assert scene.known_of(person) == before
    assert code not in scene.issues_of(person)


def test_of_one_record_the_good_part_is_taken_and_the_wrong_part_is_not(scene: Scene) -> None:
    person = scene.serving(MONTHLY)[0]
    bsn = scene.fact(person, "bsn")
    changes.break_bsn(scene.books, person.id)
    scene.raise_of(person)
    scene.sync()
    assert scene.fact(person, "bsn") == bsn
    assert set(scene.issues_of(person)) == {"bsn-fails-eleven-test"}
    scene.told_and_verified(person)


def test_two_employments_at_once_count_as_one_and_are_asked_about(scene: Scene) -> None:
    person, colleague, *_ = scene.serving(MONTHLY)
    other = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known_of(person)
    changes.overlap_employments(scene.books, person.id)
    scene.raise_of(colleague)
    scene.raise_of(other)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known_of(person) == before
    says(
        scene.issues_of(person)["two-employments-at-once"],
        ("twee dienstverbanden tegelijk", "Ze tellen als één", "kijk in Nmbrs"),
        ("Two employments run at once", "count as one", "see in Nmbrs"),
    )
    scene.told_and_verified(colleague, other)


def hired(scene: Scene, **other: Any) -> model.Employee:
    """Somebody new, since the first of the open period."""
    new: dict[str, Any] = {
        "first_name": "Nieuwkomer",
        "last_name": "Proefpersoon",
        "birth_on": date(1991, 4, 9),
        "start_on": PERIOD_START,
        "salary": 330_000,
        **other,
    }
    entered = changes.hire(scene.books, scene.company(MONTHLY), changes.NewEmployee(**new))
    found: model.Employee = scene.books.employee(entered.employee_id)
    return found


@pytest.mark.parametrize("code", ["negative-salary", "birth-date-in-future"])
def test_somebody_new_with_a_wrong_value_is_not_told_until_it_is_right(scene: Scene, code: str) -> None:
    wrong = WRONG[code]
    colleague, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    person = hired(scene)
    wrong.enter(scene, person)
    scene.raise_of(colleague)
    scene.raise_of(other)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known_of(person)["messages"] == []
    says(scene.issues_of(person)[code], wrong.nl[:2], wrong.en[:2])
    refusals = scene.refusals()
    assert refusals
    assert {one.code for one in refusals} == {"missing-fact"}
    assert all(one.message_nl and one.message_en for one in refusals)
    scene.told_and_verified(colleague, other)
    wrong.mend(scene, person)
    scene.sync()
    scene.come_to_rest()
    assert scene.issues_of(person) == {}
    assert scene.refusals() == []
    assert {one.state for one in scene.messages(employee_id=scene.our_id(person))} == {"verified"}


def test_somebody_new_without_a_bsn_is_refused_by_who_needs_it_and_told_again_when_it_is_there(
    scene: Scene,
) -> None:
    person = hired(scene)
    own = person.person.bsn
    changes.break_bsn(scene.books, person.id)
    assert scene.sync().errors == []
    scene.come_to_rest()
    told = scene.messages(employee_id=scene.our_id(person))
    assert sorted(one.state for one in told) == ["rejected", "verified", "verified"]
    (rejected,) = [one for one in told if one.state == "rejected"]
    assert [remark["code"] for remark in rejected.remarks] == ["bsn-missing"]
    assert "bsn-fails-eleven-test" in scene.issues_of(person)
    changes.break_bsn(scene.books, person.id, bsn=own)
    scene.sync()
    scene.come_to_rest()
    assert scene.messages(employee_id=scene.our_id(person), policy=rejected.policy)[-1].state == "verified"
    assert scene.issues_of(person) == {}


def test_a_four_weekly_company_changes_in_its_own_periods_and_no_other_does(scene: Scene) -> None:
    person = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known(MONTHLY)
    scene.raise_of(person)  # from 5 October: the first day of its eleventh period
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert report.amounts_changed > 0
    assert scene.known(MONTHLY) == before
    touched = {(one["start"], one["until"]) for told in scene.messages_of(person) for one in told.changed}
    assert touched == {("2026-10-05", "2026-11-02"), ("2026-11-02", "2026-11-30")}
    assert {one.reason for one in scene.messages_of(person)} == {"correction"}
    scene.told_and_verified(person)


def test_in_january_the_last_run_is_one_of_last_year_and_nobody_is_missed(scene: Scene) -> None:
    company = scene.company(MONTHLY)
    for _ in range(2):
        changes.next_period(scene.books, company)  # November and December are run; January is open
    person, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    scene.raise_of(person)
    scene.raise_of(other)
    report = scene.sync(hours=24 * 50)
    assert (report.errors, report.held) == ([], [])
    asked = [one.parameters for one in scene.nmbrs.log if one.operation == "Run_GetList"]
    assert [one["Year"] for one in asked if one["CompanyId"] == str(company)] == ["2027", "2026"]
    reports = [one.parameters for one in scene.nmbrs.log if "_v2_Background" in one.operation]
    assert {one["year"] for one in reports if one["companyId"] == str(company)} == {"2026"}
    assert [one for one in scene.issues() if one.code in {"paid-but-not-named", "not-in-answer"}] == []
    scene.told_and_verified(person, other)
    # A year whose figures are not published yet is refused aloud, and only that.
    assert {(one.code, one.start.year) for one in scene.refusals()} <= {("no-parameter-in-force", 2027)}
