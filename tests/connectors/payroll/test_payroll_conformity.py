"""What every payroll source does, whatever it speaks: one suite for the real ones and for the fake."""

from collections.abc import Iterator
from itertools import islice, pairwise

import pytest
from tests.connectors.payroll.benches import BREAKS, SOURCES, Bench, bench
from tests.connectors.payroll.recorded import EVERYTHING, KeptAnswers, silent

from schakel.connectors.payroll_source import (
    IDENTITY_FACTS,
    Delivery,
    Entity,
    Needs,
    PayrollRecord,
)
from schakel.connectors.registry import SOURCES as REGISTERED
from schakel.engine.employee import FACTS


@pytest.fixture(params=SOURCES)
def payroll(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param) as made:
        yield made


def entity_of(payroll: Bench) -> Entity:
    return payroll.source.entities()[0]


def read(
    payroll: Bench, needs: Needs = EVERYTHING, answers: KeptAnswers | None = None
) -> tuple[Delivery, list[PayrollRecord]]:
    delivery = payroll.source.deliver(entity_of(payroll), needs, answers or KeptAnswers(), silent)
    return delivery, list(delivery.records)


def readable(answers: KeptAnswers) -> set[str]:
    """The calls whose answer is kept; what is kept as evidence of something unreadable is not among them."""
    return {call for call in answers.bodies if "#" not in call}


def test_every_registered_source_is_on_the_bench() -> None:
    assert set(REGISTERED) <= set(SOURCES)


def test_entities_have_a_key_and_a_name(payroll: Bench) -> None:
    listed = payroll.source.entities()
    assert len({entity.key for entity in listed}) == len(listed) > 1
    assert all(entity.key and entity.name for entity in listed)


def test_a_delivery_names_everybody_and_gives_a_record_of_each_in_order(payroll: Bench) -> None:
    delivery, records = read(payroll)
    keys = [record.employee_key for record in records]
    assert set(keys) == delivery.employee_keys
    assert keys == sorted(keys, key=int)
    assert {record.entity_key for record in records} == {delivery.entity.key}
    assert delivery.entity.wage_period_kind == delivery.current_period.kind
    assert delivery.current_period.start < delivery.current_period.until


def test_facts_have_known_names_and_values_that_do_not_overlap(payroll: Bench) -> None:
    for record in read(payroll)[1]:
        names = [fact.fact for fact in record.stated]
        assert len(set(names)) == len(names)
        assert set(names) <= FACTS.keys() | IDENTITY_FACTS.keys()
        for fact in record.stated:
            assert fact.values
            for one in fact.values:
                assert one.effective_until is None or one.effective_from < one.effective_until
                assert one.origin.operation
                assert one.origin.path
                assert len(one.origin.answer) == 64
            for one, other in pairwise(fact.values):
                assert one.effective_until is not None
                assert one.effective_until <= other.effective_from


def test_a_fact_told_as_current_speaks_no_earlier_than_its_authoritative_day(payroll: Bench) -> None:
    for record in read(payroll)[1]:
        for fact in record.stated:
            if fact.authoritative_from is not None:
                assert fact.values[-1].effective_from <= fact.authoritative_from
                assert fact.values[-1].effective_until is None


def test_what_is_not_needed_is_neither_asked_nor_stated(payroll: Bench) -> None:
    _, with_all = read(payroll)
    calls_for_all = payroll.source.traffic.calls
    _, with_little = read(payroll, Needs())
    stated = {fact.fact for record in with_little for fact in record.stated}
    conditional = {"iban", "partner", "partner_birth_on", "has_partner", "children", "children_birth_on"}
    assert not stated & conditional
    assert conditional <= {fact.fact for record in with_all for fact in record.stated}
    assert payroll.source.traffic.calls <= calls_for_all


def test_equal_answers_give_equal_records(payroll: Bench) -> None:
    assert read(payroll)[1] == read(payroll)[1]


def test_a_delivery_that_is_read_twice_asks_nothing_the_second_time(payroll: Bench) -> None:
    answers = KeptAnswers()
    first = read(payroll, answers=answers)[1]
    kept = dict(answers.bodies)
    second = read(payroll, answers=answers)[1]
    assert (second, answers.bodies) == (first, kept)
    assert payroll.source.traffic.calls == 0
    assert payroll.source.traffic.resumed >= len(kept)


@pytest.mark.parametrize("how", sorted(BREAKS))
def test_a_broken_reading_has_its_name_and_goes_on_where_it_stopped(payroll: Bench, how: str) -> None:
    whole = KeptAnswers()
    expected = read(payroll, answers=whole)[1]
    answers = KeptAnswers()
    payroll.break_reading(how)
    with pytest.raises(BREAKS[how]) as caught:
        read(payroll, answers=answers)
    assert caught.value.operation
    assert caught.value.message("nl") != caught.value.message("en")
    kept = len(readable(answers))
    assert 0 < kept < len(whole.bodies)
    payroll.mend()
    assert read(payroll, answers=answers)[1] == expected
    assert payroll.source.traffic.resumed >= kept
    assert readable(answers) == readable(whole)


def test_a_reader_who_stops_half_way_leaves_nothing_running(payroll: Bench) -> None:
    delivery = payroll.source.deliver(entity_of(payroll), EVERYTHING, KeptAnswers(), silent)
    assert len(list(islice(delivery.records, 2))) == 2
    del delivery
    assert read(payroll)[1]


def test_progress_ends_at_the_number_of_employees(payroll: Bench) -> None:
    told: list[tuple[int, int]] = []
    delivery = payroll.source.deliver(
        entity_of(payroll), EVERYTHING, KeptAnswers(), lambda done, total: told.append((done, total))
    )
    count = len(list(delivery.records))
    assert told[0] == (0, count)
    assert told[-1] == (count, count)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_rights_say_what_is_not_needed_and_what_to_do_about_a_refusal(payroll: Bench) -> None:
    before = payroll.source.rights(entity_of(payroll), Needs())
    assert {right.state for right in before} == {"granted", "not_needed"}
    payroll.refuse()
    after = payroll.source.rights(entity_of(payroll), EVERYTHING)
    assert [right.operation for right in after] == [right.operation for right in before]
    assert {right.state for right in after} >= {"granted"}
    for right in (*before, *after):
        assert (right.state in {"refused", "not_needed"}) == bool(right.reason_nl) == bool(right.reason_en)


def test_a_repr_shows_no_secret(payroll: Bench) -> None:
    assert "token" not in repr(payroll.source)
    assert "0123456789abcdef" not in repr(payroll.source)
