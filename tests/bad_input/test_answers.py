"""Answers that are broken, cut off, different or incomplete: old or new, never half; and resumed, not repeated."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from tests.bad_input.scene import FOUR_WEEKLY, MONTHLY, Scene

from schakel.chain import runs
from schakel.intake import answers
from schakel_simulators.nmbrs.books import changes

NAMES, PERSON = "List_GetByCompany", "PersonalInfo_GetCurrent"
SALARIES, SERVICE = "Salary_GetAll_AllEmployeesByCompany", "Employment_GetAll_AllEmployeesByCompany"


@dataclass(frozen=True)
class Broken:
    """One broken answer, to one operation of the monthly entity or of one of its people."""

    kind: str
    operation: str
    code: str
    conditions: tuple[tuple[str, Any], ...] = ()
    of_a_person: bool = False

    def __str__(self) -> str:
        return f"{self.kind}-{self.operation}"


BROKEN = (
    Broken("html", NAMES, "unexpected-format"),
    Broken("html", PERSON, "unexpected-format", of_a_person=True),
    Broken("truncated", SALARIES, "unexpected-format"),
    Broken("truncated", PERSON, "unexpected-format", of_a_person=True),
    Broken("cut_off", SERVICE, "temporarily-unavailable"),
    Broken("element_removed", PERSON, "unexpected-format", (("element", "Birthday"),), of_a_person=True),
    Broken("element_removed", SALARIES, "unexpected-format", (("element", "StartDate"),)),
    Broken("element_removed", SERVICE, "unexpected-format", (("element", "EndDate"),)),
    Broken("html_503", NAMES, "temporarily-unavailable"),
    Broken("never", "Company_GetCurrentPeriod", "temporarily-unavailable", (("seconds", 3.0),)),
)


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_a_broken_answer_changes_nothing_and_the_other_entity_goes_on(scene: Scene, broken: Broken) -> None:
    person, *_, last = scene.serving(MONTHLY)
    other = scene.serving(FOUR_WEEKLY)[0]
    scene.raise_of(person)
    scene.raise_of(other)
    before = scene.known(MONTHLY)
    about: dict[str, Any] = (
        {"employee_id": last.id} if broken.of_a_person else {"company_id": scene.company(MONTHLY)}
    )
    scene.nmbrs.mishaps.add(
        broken.kind, operation=broken.operation, times=None, **about, **dict(broken.conditions)
    )
    report = scene.sync()
    assert [error.code for error in report.errors] == [broken.code]
    assert scene.known(MONTHLY) == before
    scene.told_and_verified(other)
    delivery = scene.deliveries(MONTHLY)[0]
    assert (delivery.state, delivery.error_code) == ("failed", broken.code)
    link = scene.link()
    for text in (link.error_nl, link.error_en):
        assert text.startswith(f"{scene.nmbrs.companies[MONTHLY].name}: ")  # whose
        assert broken.operation in text  # what
    assert "vanzelf opnieuw" in link.error_nl or "De beheerder van de koppeling kijkt ernaar" in link.error_nl
    assert "by ourselves" in link.error_en or "The operator of the link looks into it" in link.error_en
    scene.nmbrs.mishaps.clear()
    assert scene.sync(hours=1).errors == []
    scene.told_and_verified(person)
    assert scene.link().error_code == ""


def test_a_new_field_is_named_once_and_nothing_else_is_different(scene: Scene) -> None:
    person, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    before = scene.known(MONTHLY, without=person)
    rule = {"operation": PERSON, "element": "Loyaliteitsklasse", "value": "zeer trouw", "times": None}
    scene.nmbrs.mishaps.add("unknown_element", **rule)
    scene.raise_of(person)
    scene.raise_of(other)
    assert scene.sync().errors == []
    assert scene.known(MONTHLY, without=person) == before
    found = scene.issues(code="unknown-element")
    assert {one.employee_id for one in found} == {None}
    assert {one.employer_id for one in found} == set(scene.firm.employers)
    for one in found:
        assert one.who == "operator"
        assert "Loyaliteitsklasse" in one.message_nl
        assert "de beheerder van de koppeling kijkt ernaar" in one.message_nl
        assert "the operator of the link looks into it" in one.message_en
        assert "trouw" not in one.message_nl + one.message_en
    scene.told_and_verified(person, other)
    scene.nmbrs.mishaps.clear()
    scene.sync()
    assert scene.issues(code="unknown-element") == []


def test_a_field_that_is_gone_takes_no_bsn_away(scene: Scene) -> None:
    person, colleague, *_ = scene.serving(MONTHLY)
    scene.nmbrs.mishaps.add("element_removed", operation=PERSON, element="BSN", times=None)
    before = scene.known_of(colleague)
    scene.raise_of(person)
    report = scene.sync()
    assert (report.errors, report.facts_changed) == ([], 1)
    assert scene.known_of(colleague) == before
    issue = scene.issues_of(colleague)["bsn-missing"]
    assert "Het BSN ontbreekt. Vul het in Nmbrs in" in issue.message_nl
    scene.told_and_verified(person)


@pytest.mark.parametrize(
    ("operation", "code"),
    [(SALARIES, "missing-from-answer"), (SERVICE, "missing-from-answer"), (NAMES, "")],
)
def test_who_vanishes_from_one_answer_stays_as_they_were(scene: Scene, operation: str, code: str) -> None:
    person, colleague, *_ = scene.serving(MONTHLY)
    other = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known_of(person)
    changes.vanish(scene.books, person.id, operations=[operation])
    scene.raise_of(colleague)
    scene.raise_of(other)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known_of(person) == before
    found = scene.issues_of(person)
    assert set(found) == ({code} if code else set())
    for issue in found.values():
        assert operation in issue.message_nl
        assert "Wat bekend was blijft; er is niets beëindigd. Kijk in Nmbrs" in issue.message_nl
        assert "nothing was ended. See in Nmbrs" in issue.message_en
    scene.told_and_verified(colleague, other)
    changes.vanish(scene.books, person.id, operations=[operation], is_gone=False)
    scene.sync()
    assert (scene.known_of(person), scene.issues_of(person)) == (before, {})


def test_who_vanishes_from_every_answer_is_not_withdrawn_and_asked_about(scene: Scene) -> None:
    person, colleague, *_ = scene.serving(MONTHLY)
    before = scene.known_of(person)
    changes.vanish(scene.books, person.id)
    scene.raise_of(colleague)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known_of(person) == before
    issue = scene.issues_of(person)["not-in-answer"]
    assert "Zet in de salarisadministratie een einddatum, of herstel de zichtbaarheid." in issue.message_nl
    assert "Enter an end date in payroll, or make the employee visible again." in issue.message_en
    scene.told_and_verified(colleague)
    changes.vanish(scene.books, person.id, is_gone=False)
    scene.sync()
    assert (scene.known_of(person), scene.issues_of(person)) == (before, {})


@pytest.mark.parametrize("operation", [NAMES, SALARIES, SERVICE])
def test_one_list_that_is_empty_ends_nobody(scene: Scene, operation: str) -> None:
    other = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known(MONTHLY)
    scene.nmbrs.mishaps.add("empty_list", operation=operation, company_id=scene.company(MONTHLY), times=None)
    scene.raise_of(other)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    assert scene.known(MONTHLY) == before
    codes = {one.code for one in scene.issues(employer_id=scene.employer(MONTHLY))}
    assert codes == (set() if operation == NAMES else {"missing-from-answer"})
    scene.told_and_verified(other)
    scene.nmbrs.mishaps.clear()
    scene.sync()
    assert scene.known(MONTHLY) == before
    assert scene.issues() == []


# Broken off half-way.


def calls_about_people(scene: Scene) -> Counter[tuple[str, int]]:
    """The calls about one employee that were answered, and how often."""
    answered = [one for one in scene.nmbrs.log if one.employee_id and one.status == 200 and not one.mishap]
    return Counter((one.operation, one.employee_id) for one in answered)


def test_a_line_that_breaks_resumes_without_asking_again_what_it_had(scene: Scene) -> None:
    person, *_, last = scene.serving(MONTHLY)
    scene.raise_of(person)
    scene.nmbrs.mishaps.add("unavailable_503", operation="SVW_GetCurrent", employee_id=last.id, times=None)
    before = scene.known(MONTHLY)
    report = scene.sync()
    assert [error.code for error in report.errors] == ["temporarily-unavailable"]
    assert scene.known(MONTHLY) == before
    scene.nmbrs.mishaps.clear()
    again = scene.sync(hours=0.5)
    assert again.errors == []
    mine = {one.id for one in scene.books.employees_of(scene.company(MONTHLY))}
    asked = {call: times for call, times in calls_about_people(scene).items() if call[1] in mine}
    assert set(asked.values()) == {1}
    assert again.resumed > len(mine)
    scene.told_and_verified(person)


class Killed(BaseException):
    """The process is gone: nobody catches this."""


def test_a_reading_that_was_killed_resumes_from_what_was_written(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "BATCH_ANSWERS", 10)  # what 200 are to an employer of hundreds
    person = scene.serving(MONTHLY)[0]
    scene.raise_of(person)
    before = scene.known(MONTHLY), scene.known(FOUR_WEEKLY)

    def die(what: str, done: int, total: int) -> None:
        if what.startswith("read") and done == total - 1:
            raise Killed

    scene.now = scene.now.replace(hour=20)
    with pytest.raises(Killed):
        runs.sync_link(scene.firm.tenant_id, scene.firm.link, scene.clock, die)
    assert (scene.known(MONTHLY), scene.known(FOUR_WEEKLY)) == before
    first = calls_about_people(scene)
    assert scene.sync(hours=0.1).errors == []
    twice = [call for call, times in calls_about_people(scene).items() if times > 1]
    # Only what had not been written yet is asked again: the last batch, and what was read ahead.
    assert len(twice) < len(first) / 2
    scene.told_and_verified(person)
