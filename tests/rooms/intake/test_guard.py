"""The shrink guard: what is too strange waits for a person, before anything is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.intake.told import DECEMBER, LINK, Reader, Synced, Told, people

from schakel.intake import receive
from schakel.intake.guard import GuardLimits, GuardReason, Tally, judge
from schakel.intake.models import Delivery, Issue, ReceivedRecord
from schakel.records.models import Fact

pytestmark = pytest.mark.django_db

OPEN = date(2020, 3, 1)


def raised(told: list[Told], cents: int, count: int) -> list[Told]:
    salaries = ((OPEN, date(2026, 11, 1), 400_000), (date(2026, 11, 1), None, cents))
    return [one.but(salaries=salaries) if index < count else one for index, one in enumerate(told)]


def codes(got: Synced) -> list[str]:
    return [reason.code for reason in got.received.held]


def test_an_empty_list_is_held_and_writes_nothing(reader: Reader) -> None:
    reader.sync(people(40))
    facts = list(Fact.objects.order_by("id").values())
    got = reader.sync([])
    (reason,) = got.received.held
    assert (reason.code, reason.count, reason.of) == ("empty-list", 40, 40)
    assert "Er is niets overgenomen" in reason.nl
    assert "Nothing was taken over" in reason.en
    assert Delivery.objects.get(reference=got.delivery).state == "held"
    assert list(Fact.objects.order_by("id").values()) == facts
    assert not Issue.objects.exists()


def test_half_a_list_is_held(reader: Reader) -> None:
    reader.sync(people(40))
    got = reader.sync(people(20))
    assert codes(got) == ["too-many-gone"]
    assert "20 van de 40 werknemers" in got.received.held[0].nl
    assert "20 of the 40 employees" in got.received.held[0].en


def test_all_salaries_times_a_hundred_are_held_with_their_records(reader: Reader) -> None:
    reader.sync(people(40))
    got = reader.sync(raised(people(40), 40_000_000, 40))
    assert codes(got) == ["too-many-salaries"]
    assert receive.pending(got.delivery) == []
    assert ReceivedRecord.objects.filter(applied_at=None).count() == 40
    assert not Fact.objects.filter(name="salary_amount", value=40_000_000).exists()


def test_a_collective_raise_of_three_percent_is_a_normal_month(reader: Reader) -> None:
    reader.sync(people(40))
    got = reader.sync(raised(people(40), 412_000, 40))
    assert got.received.held == ()
    assert len(got.applied) == 40


def test_three_large_raises_are_below_the_minimum_and_four_are_not(reader: Reader) -> None:
    reader.sync(people(20))
    assert codes(reader.sync(raised(people(20), 600_000, 3))) == []
    fewer = reader.sync([*raised(people(20), 600_000, 3)[:3], *raised(people(20)[3:], 900_000, 4)])
    assert codes(fewer) == ["too-many-salaries"]


def test_any_other_bank_account_is_held_and_a_first_one_is_not(reader: Reader) -> None:
    reader.sync(people(40))
    first = [one.but(iban="NL91ABNA0417164300") for one in people(40)]
    assert codes(reader.sync(first)) == []
    got = reader.sync([first[0].but(iban="NL20INGB0001234567"), *first[1:]])
    assert codes(got) == ["iban-changed"]
    assert "niet per e-mail" in got.received.held[0].nl
    assert "NL20" not in str(Delivery.objects.get(reference=got.delivery).guard)


def test_end_dates_for_everybody_are_held(reader: Reader) -> None:
    reader.sync(people(40))
    ended = [one.but(employed=((OPEN, date(2026, 12, 1), True),)) for one in people(40)]
    assert codes(reader.sync(ended)) == ["too-many-leavers"]


def test_employments_that_are_stated_away_count_as_leavers(reader: Reader) -> None:
    reader.sync(people(40))
    assert codes(reader.sync([one.but(employed=()) for one in people(40)])) == ["too-many-leavers"]


def test_growth_and_the_first_reading_are_never_held(reader: Reader) -> None:
    assert codes(reader.sync(people(10))) == []
    assert codes(reader.sync(people(200))) == []


def test_a_released_delivery_counts_and_the_next_reading_is_normal_again(reader: Reader) -> None:
    reader.sync(people(40))
    held = reader.sync(people(20))
    assert receive.release(held.delivery, reader.clock())
    reader.follow_all(held.delivery, held)
    assert Delivery.objects.get(reference=held.delivery).state == "applied"
    assert Issue.objects.filter(code="not-in-answer", resolved_at=None).count() == 20
    assert Fact.objects.filter(name="is_employed", value=True, known__upper_inf=True).count() == 40
    assert codes(reader.sync(people(20))) == []
    assert codes(reader.sync(people(20), DECEMBER)) == []


def test_a_released_empty_list_is_believed_and_withdraws_nobody(reader: Reader) -> None:
    reader.sync(people(10))
    held = reader.sync([])
    receive.release(held.delivery, reader.clock())
    reader.follow_all(held.delivery, held)
    assert Issue.objects.filter(code="not-in-answer", resolved_at=None).count() == 10
    assert codes(reader.sync([])) == []
    assert codes(reader.sync(people(10))) == []
    assert not Issue.objects.filter(resolved_at=None).exists()


def test_a_released_raise_is_applied(reader: Reader) -> None:
    reader.sync(people(10))
    held = reader.sync(raised(people(10), 900_000, 10))
    assert receive.release(held.delivery, reader.clock())
    assert not receive.release(held.delivery, reader.clock())
    assert len(reader.follow_all(held.delivery, held).applied) == 10


def test_a_refused_delivery_is_forgotten(reader: Reader) -> None:
    reader.sync(people(10))
    held = reader.sync(raised(people(10), 900_000, 10))
    assert receive.refuse(held.delivery, reader.clock())
    assert not receive.release(held.delivery, reader.clock())
    assert not receive.refuse(held.delivery, reader.clock())
    assert not ReceivedRecord.objects.filter(applied_at=None).exists()
    assert Delivery.objects.get(reference=held.delivery).state == "refused"


def test_a_good_reading_overtakes_a_held_one(reader: Reader) -> None:
    reader.sync(people(40))
    held = reader.sync([])
    assert codes(reader.sync(people(40))) == []
    assert not receive.release(held.delivery, reader.clock())
    row = Delivery.objects.get(reference=held.delivery)
    assert (row.state, row.error_code) == ("refused", "overtaken")
    assert row.error_nl == "Een nieuwere levering is hiervoor in de plaats gekomen."


def test_a_held_delivery_does_not_stop_the_next_reading(reader: Reader) -> None:
    reader.sync(people(40))
    first, second = reader.sync([]), reader.sync([])
    assert codes(second) == ["empty-list"]
    assert [row.state for row in Delivery.objects.order_by("id")] == ["applied", "refused", "held"]
    assert receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock()).reference not in {
        first.delivery,
        second.delivery,
    }


def test_limits_are_the_employers_own(reader: Reader) -> None:
    reader.sync(people(10))
    strict = GuardLimits(salary_size=0.0, salary_share=0.0, salary_minimum=0)
    assert codes(reader.sync(raised(people(10), 400_100, 1), limits=strict)) == ["too-many-salaries"]
    lax = GuardLimits(gone_share=1.0, leaver_share=1.0)
    assert codes(reader.sync(people(5), limits=lax)) == []


counts = st.integers(0, 500)


@given(counts, counts, counts, counts)
def test_nothing_strange_is_never_held_and_reasons_survive_their_row(
    salaries: int, leavers: int, gone: int, known: int
) -> None:
    limits = GuardLimits()
    assert judge(Tally(), named=known + 1, gone=0, known=known, limits=limits) == ()
    held = judge(
        Tally(salaries=salaries, leavers=leavers), named=known + 1, gone=gone, known=known, limits=limits
    )
    expected = [
        (gone > 3 and gone > 0.05 * known),
        (salaries > 3 and salaries > 0.10 * known),
        (leavers > 3 and leavers > 0.05 * known),
    ]
    assert len(held) == sum(expected)
    assert [GuardReason.from_dict(reason.as_dict()) for reason in held] == list(held)
