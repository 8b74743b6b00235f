"""Carriers that answer 500, late, twice or never: nothing is lost or doubled, and all else goes on."""

from typing import Any

import pytest
from tests.bad_input.scene import CARRIER_DEADLINE, FOUR_WEEKLY, MONTHLY, Scene

PENSION, INSURER = "pension_provider", "insurer"


def totals(scene: Scene) -> dict[str, int]:
    found: dict[str, int] = scene.carriers[PENSION].ledger.overview()["totals"]
    return found


def by_carrier(scene: Scene, before: set[Any]) -> dict[str, set[str]]:
    """The states of the new messages, by carrier."""
    found: dict[str, set[str]] = {}
    for one in scene.messages():
        if one.message_id not in before:
            kind = PENSION if one.policy.number.startswith("PEN") else INSURER
            found.setdefault(kind, set()).add(one.state)
    return found


@pytest.mark.parametrize(
    ("kind", "code", "nl", "en"),
    [
        ("error_500", "temporarily-unavailable", "antwoordt 500. Er is niets verloren", "answers 500"),
        ("late", "temporarily-unavailable", "antwoordt niet. Er is niets verloren", "does not answer"),
        ("never", "temporarily-unavailable", "antwoordt niet. Er is niets verloren", "does not answer"),
        ("html", "unexpected-format", "", ""),
        ("unauthorised_401", "authorisation-expired", "Vraag een nieuw token", "Ask it for a new one"),
    ],
)
def test_one_carrier_that_fails_loses_nothing_and_the_other_goes_on(
    scene: Scene, kind: str, code: str, nl: str, en: str
) -> None:
    one, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    before, applied = {told.message_id for told in scene.messages()}, totals(scene)["applied"]
    scene.raise_of(one)
    scene.raise_of(other)
    assert scene.sync().errors == []
    scene.carriers[PENSION].faults.add(kind, times=None, seconds=2 * CARRIER_DEADLINE)
    scene.outbox()
    assert by_carrier(scene, before) == {PENSION: {"drafted"}, INSURER: {"verified"}}
    link = scene.carrier_link(PENSION)
    assert link.error_code == code
    assert nl in link.error_nl
    assert en in link.error_en
    assert scene.carrier_link(INSURER).error_code == ""
    failed = [told for told in scene.messages() if told.error_code]
    assert {told.error_code for told in failed} == {code}
    assert scene.sync().messages == 0  # payroll is read on
    scene.carriers[PENSION].faults.clear()
    scene.told_and_verified(one, other)
    assert totals(scene)["byte_differences"] == 0
    assert totals(scene)["applied"] == applied + 2


def test_a_carrier_that_never_answers_is_overdue_after_its_term_and_done_when_it_does(scene: Scene) -> None:
    person = scene.serving(MONTHLY)[0]
    before = {told.message_id for told in scene.messages()}
    scene.raise_of(person)
    scene.sync()
    scene.carriers[PENSION].faults.add("error_500", times=None)
    scene.outbox()
    scene.sync(hours=24 * 5)
    scene.outbox()
    assert by_carrier(scene, before) == {PENSION: {"overdue"}, INSURER: {"verified"}}
    scene.carriers[PENSION].faults.clear()
    scene.told_and_verified(person)


def test_what_arrives_twice_counts_once(scene: Scene) -> None:
    person = scene.serving(MONTHLY)[0]
    before = totals(scene)
    scene.raise_of(person)
    scene.sync()
    scene.carriers[PENSION].faults.add("twice", operation="submit", times=None)
    scene.told_and_verified(person)
    after = totals(scene)
    assert after["wire_duplicates"] == before["wire_duplicates"] + 1
    assert (after["applied"], after["byte_differences"]) == (before["applied"] + 1, 0)


def test_an_answer_that_comes_too_late_makes_a_second_delivery_and_one_effect(scene: Scene) -> None:
    person = scene.serving(MONTHLY)[0]
    before = totals(scene)
    scene.raise_of(person)
    scene.sync()
    scene.carriers[PENSION].faults.add("late", operation="submit", times=1, seconds=2 * CARRIER_DEADLINE)
    scene.told_and_verified(person)
    after = totals(scene)
    assert after["wire_duplicates"] == before["wire_duplicates"] + 1
    assert (after["applied"], after["byte_differences"]) == (before["applied"] + 1, 0)


def test_a_change_that_comes_while_a_carrier_is_down_arrives_as_one_newest_state(scene: Scene) -> None:
    person = scene.serving(MONTHLY)[0]
    before = totals(scene)
    scene.carriers[PENSION].faults.add("unavailable_503", operation="submit", times=None)
    for percent in (100, 200, 300):
        scene.raise_of(person, percent)
        assert scene.sync().messages > 0
        scene.outbox()
    scene.carriers[PENSION].faults.clear()
    scene.told_and_verified(person)
    assert totals(scene)["byte_differences"] == 0
    # The first try may have arrived, so it keeps its place; of the two behind it only the newest went out.
    assert totals(scene)["messages"] == before["messages"] + 2
