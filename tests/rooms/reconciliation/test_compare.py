"""Comparing: nothing when equal, and else each difference with its worth, its owner and a next step."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from tests.connectors.carriers.states import PERSON, state, states

from schakel.connectors.carrier_channel import AmountInPeriod, ParticipantState
from schakel.reconciliation.compare import Found, compare, joined

TOLD = state("ref", cents=52410)
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def said(found: tuple[Found, ...]) -> list[tuple]:
    return [(one.what, one.start, one.until, one.ours, one.theirs, one.worth) for one in found]


@given(told=states())
def test_equal_is_verified_in_whatever_order_it_is_held(told: ParticipantState) -> None:
    held = replace(told, amounts=told.amounts[::-1], participates=told.participates[::-1])
    assert compare(told, held) == ()


@given(told=states(), held=states())
def test_there_is_a_difference_exactly_when_the_states_differ(
    told: ParticipantState, held: ParticipantState
) -> None:
    same = (told.person, joined(told.participates), set(told.amounts)) == (
        held.person,
        joined(held.participates),
        set(held.amounts),
    )
    assert (compare(told, held) == ()) is same


@given(told=states(), held=states())
def test_every_difference_says_who_acts_and_what_comes_next(
    told: ParticipantState, held: ParticipantState
) -> None:
    found = compare(told, held)
    assert all(one.owner and one.next_step_nl and one.next_step_en for one in found)
    assert len({(one.what, one.start) for one in found}) == len(found)
    total = sum(one.amount for one in told.amounts) - sum(one.amount for one in held.amounts)
    assert sum(one.worth or 0 for one in found) == total


def test_another_amount_is_worth_the_difference() -> None:
    amounts = (replace(TOLD.amounts[0], amount=52310), TOLD.amounts[1])
    found = compare(TOLD, replace(TOLD, amounts=amounts))
    assert said(found) == [("contribution", OCTOBER, NOVEMBER, 52410, 52310, 100)]


def test_an_amount_on_one_side_only() -> None:
    assert said(compare(TOLD, replace(TOLD, amounts=TOLD.amounts[:1]))) == [
        ("contribution", NOVEMBER, DECEMBER, 52411, None, 52411)
    ]
    assert said(compare(replace(TOLD, amounts=TOLD.amounts[:1]), TOLD)) == [
        ("contribution", NOVEMBER, DECEMBER, None, 52411, -52411)
    ]


def test_the_same_amount_over_other_days_is_one_difference() -> None:
    shorter = AmountInPeriod("contribution", NOVEMBER, date(2026, 11, 16), 52411)
    found = compare(TOLD, replace(TOLD, amounts=(TOLD.amounts[0], shorter)))
    assert said(found) == [
        (
            "contribution",
            NOVEMBER,
            DECEMBER,
            [{"until": "2026-12-01", "amount": 52411}],
            [{"until": "2026-11-16", "amount": 52411}],
            0,
        )
    ]


def test_nothing_held_is_one_difference_unless_nothing_was_told() -> None:
    (found,) = compare(TOLD, None)
    assert (found.what, found.start, found.until, found.theirs) == (
        "participation",
        date(2026, 1, 1),
        None,
        None,
    )
    assert compare(replace(TOLD, participates=(), amounts=()), None) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "start", "until"),
    [
        (((OCTOBER, None),), ((NOVEMBER, None),), OCTOBER, NOVEMBER),
        (((OCTOBER, None),), ((OCTOBER, DECEMBER),), DECEMBER, None),
        (((OCTOBER, DECEMBER),), (), OCTOBER, DECEMBER),
        (((OCTOBER, NOVEMBER), (DECEMBER, None)), ((OCTOBER, None),), NOVEMBER, DECEMBER),
    ],
)
def test_other_days_of_participation_from_the_first_to_the_last(ours, theirs, start, until) -> None:
    (found,) = compare(replace(TOLD, participates=ours), replace(TOLD, participates=theirs))
    assert (found.what, found.start, found.until) == ("participation", start, until)
    assert found.worth is None


def test_two_stretches_that_touch_are_one() -> None:
    whole, parts = ((OCTOBER, None),), ((NOVEMBER, None), (OCTOBER, NOVEMBER))
    assert compare(replace(TOLD, participates=whole), replace(TOLD, participates=parts)) == ()


def test_other_details_of_a_person_are_named_and_not_told() -> None:
    person = replace(TOLD.person, last_name="Ander", bsn="999990007")
    (found,) = compare(TOLD, replace(TOLD, person=person))
    assert (found.what, found.ours) == ("person", ["last_name", "bsn"])
    assert "Ander" not in repr(found)
    assert "99999" not in repr(found)


def test_a_number_we_may_not_tell_is_not_missed() -> None:
    told = replace(TOLD, person=replace(PERSON, reference="ref", bsn=None))
    assert compare(told, TOLD) == ()
