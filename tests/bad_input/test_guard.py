"""The shrink guard: a reading unlike the last one waits for a person before anything of it is written."""

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.bad_input.scene import FOUR_WEEKLY, MONTHLY, Scene

from schakel.connectors.payroll_source import Needs
from schakel.desk import links
from schakel.desk.access import NotFound, Role
from schakel.intake.models import Delivery
from schakel.schemes import agreed
from schakel.tenancy.access import AccessRefused
from schakel_simulators.nmbrs.books import changes, model

MANY = 4


def jump(scene: Scene, people: list[model.Employee]) -> None:
    """A raise of forty percent, as somebody makes who types a wrong column."""
    for person in people:
        scene.raise_of(person, percent=4000)


def held(scene: Scene, code: str) -> Delivery:
    """The monthly entity is read and held for this reason; the texts say what, and what to do."""
    before = scene.known(MONTHLY)
    report = scene.sync()
    assert (report.errors, report.held) == ([], [code])
    assert scene.known(MONTHLY) == before
    delivery = scene.deliveries(MONTHLY)[0]
    assert delivery.state == "held"
    (reason,) = delivery.guard
    assert "Er is niets overgenomen" in reason["nl"]
    assert "Nothing was taken over" in reason["en"]
    assert "vrij" in reason["nl"]
    assert "release" in reason["en"]
    return delivery


def test_many_salaries_at_once_wait_and_are_taken_over_when_released(scene: Scene) -> None:
    people, other = scene.serving(MONTHLY)[:MANY], scene.serving(FOUR_WEEKLY)[0]
    jump(scene, people)
    scene.raise_of(other)
    delivery = held(scene, "too-many-salaries")
    scene.told_and_verified(other)
    assert delivery.guard[0]["nl"].startswith("Bij 4 van de ")
    report = scene.release(delivery)
    assert report.employees_recalculated == MANY
    scene.told_and_verified(*people)
    assert scene.deliveries(MONTHLY)[0].state == "applied"
    assert scene.sync().messages == 0
    assert scene.release(delivery).messages == 0  # twice is once


def test_a_refused_reading_is_gone_and_the_next_one_without_the_fault_goes_on(scene: Scene) -> None:
    people = scene.serving(MONTHLY)[:MANY]
    before = scene.known(MONTHLY)
    jump(scene, people)
    delivery = held(scene, "too-many-salaries")
    links.refuse_delivery(scene.visitor(), delivery.reference, scene.now)
    assert scene.deliveries(MONTHLY)[0].state == "refused"
    assert scene.release(delivery).messages == 0
    assert scene.known(MONTHLY) == before
    again = held(scene, "too-many-salaries")  # payroll says it still
    for person in people:
        last = scene.books.employee(person.id).salaries[-1]
        old = max((one for one in person.salaries if one.start_on <= last.start_on), key=lambda s: s.start_on)
        changes.correct_salary(scene.books, person.id, start_on=last.start_on, to=old.value)
    report = scene.sync()
    assert (report.errors, report.held, report.messages) == ([], [], 0)
    assert scene.deliveries(MONTHLY, reference=again.reference)[0].state == "refused"
    scene.raise_of(people[0])
    scene.sync()
    scene.told_and_verified(people[0])


def test_a_change_that_arrives_while_a_reading_is_held_waits_with_it(scene: Scene) -> None:
    *people, late = scene.serving(MONTHLY)[: MANY + 1]
    jump(scene, people)
    first = held(scene, "too-many-salaries")
    scene.raise_of(late)
    second = held(scene, "too-many-salaries")
    overtaken = scene.deliveries(MONTHLY, reference=first.reference)[0]
    assert (overtaken.state, overtaken.error_code) == ("refused", "overtaken")
    before = scene.known(MONTHLY)
    assert scene.release(first).messages == 0  # who looks at an old page releases nothing
    assert scene.known(MONTHLY) == before
    with pytest.raises(NotFound):
        links.release_delivery(scene.visitor(), first.reference, scene.now)
    assert scene.release(second).employees_recalculated == MANY + 1
    scene.told_and_verified(*people, late)


def test_a_reading_is_released_at_the_desk_by_who_may(scene: Scene) -> None:
    jump(scene, scene.serving(MONTHLY)[:MANY])
    delivery = held(scene, "too-many-salaries")
    page = links.link(scene.visitor(), scene.firm.link, scene.now)
    (shown,) = page.held
    assert [reason.code for reason in shown.guard] == ["too-many-salaries"]
    with pytest.raises(AccessRefused):
        links.release_delivery(scene.visitor(Role.OPERATOR), delivery.reference, scene.now)
    assert links.release_delivery(scene.visitor(), delivery.reference, scene.now)
    (job,) = ProcrastinateJob.objects.filter(task_name="release_delivery")
    assert job.args["delivery"] == str(delivery.reference)
    assert scene.release(delivery).employees_recalculated == MANY


def gone(scene: Scene) -> None:
    for person in scene.serving(MONTHLY)[:MANY]:
        changes.vanish(scene.books, person.id)


def all_gone(scene: Scene) -> None:
    for person in scene.books.employees_of(scene.company(MONTHLY)):
        changes.vanish(scene.books, person.id)


@pytest.mark.parametrize(("leave", "code"), [(gone, "too-many-gone"), (all_gone, "empty-list")])
def test_who_are_not_named_any_more_wait_and_are_never_withdrawn_even_when_released(
    scene: Scene, leave: Callable[[Scene], None], code: str
) -> None:
    other = scene.serving(FOUR_WEEKLY)[0]
    before = scene.known(MONTHLY)
    leave(scene)
    scene.raise_of(other)
    delivery = held(scene, code)
    assert scene.issues(code="not-in-answer") == []
    scene.told_and_verified(other)
    scene.release(delivery)
    assert scene.known(MONTHLY) == before
    asked_about = scene.issues(code="not-in-answer")
    assert len(asked_about) >= MANY
    assert {one.who for one in asked_about} == {"payroll"}
    assert scene.sync().held == []  # a person has seen it
    assert scene.known(MONTHLY) == before
    for person in scene.books.employees_of(scene.company(MONTHLY)):
        changes.vanish(scene.books, person.id, is_gone=False)
    assert scene.sync().held == []
    assert scene.issues() == []
    assert scene.known(MONTHLY) == before


def test_many_leavers_at_once_wait_and_are_withdrawn_when_released(scene: Scene) -> None:
    people = scene.serving(MONTHLY)[:MANY]
    for person in people:
        changes.leave(scene.books, person.id, end_on=scene.now.date().replace(day=15))
    delivery = held(scene, "too-many-leavers")
    scene.release(delivery)
    scene.told_and_verified(*people)
    told = [one for person in people for one in scene.messages_of(person)]
    assert {one.reason for one in told} == {"withdrawal"}


def test_one_changed_account_waits_until_somebody_has_asked_the_employee(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    # None of today's benefits asks for an account; this is an employer with a scheme that does.
    needs = Needs(bank_account=True, partner=True, children=True)
    monkeypatch.setattr(agreed, "needs_of", lambda _employer: needs)
    assert scene.sync().held == []
    old = scene.fact(person, "iban")[-1][2]
    changes.change_iban(scene.books, person.id)
    scene.raise_of(other)
    delivery = held(scene, "iban-changed")
    assert "Vraag het na bij de werknemer zelf, niet per e-mail" in delivery.guard[0]["nl"]
    assert "in person, not by e-mail" in delivery.guard[0]["en"]
    scene.told_and_verified(other)
    assert scene.fact(person, "iban")[-1][2] == old
    links.refuse_delivery(scene.visitor(), delivery.reference, scene.now)
    again = held(scene, "iban-changed")  # as long as payroll says so, it does not slip in
    scene.release(again)
    assert scene.fact(person, "iban")[-1][2] != old
    assert scene.sync().held == []
