"""Carriers that answer 500, answer late, twice, or never, over a real line: the right state, and all else goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from tests.chain.conftest import plug_in
from tests.chain.works import NORTH, SOUTH, Works, everything_is_verified, make_works
from tests.fakes.payroll import FakePayroll

from schakel.chain import run
from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.tenancy.queries import create_tenant
from schakel_simulators.carriers import CarrierSimulator, Policy

DEADLINE = 0.4
POLICIES = [Policy(number, date(2019, 1, 1)) for number in ("P-1", "V-1", "V-2")]


@dataclass
class Lines:
    """The works with two simulated carriers at the other end of real lines."""

    works: Works
    north: CarrierSimulator
    south: CarrierSimulator

    def totals(self, carrier: CarrierSimulator) -> dict[str, int]:
        found: dict[str, int] = carrier.ledger.overview()["totals"]
        return found


def channel(carrier: CarrierSimulator) -> SchakelJsonChannel:
    settings = {"address": carrier.address, "token": carrier.token, "deadline_seconds": DEADLINE}
    return SchakelJsonChannel(settings)


@pytest.fixture
def lines(db: None, payroll: FakePayroll, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    with (
        CarrierSimulator("pension_provider", policies=POLICIES) as north,
        CarrierSimulator("insurer", policies=POLICIES) as south,
    ):
        ends = {NORTH: channel(north), SOUTH: channel(south)}
        works = make_works(create_tenant("Adviesbureau", "adviser_firm"), payroll, ends)
        plug_in(works, monkeypatch)
        simulators = {NORTH: north, SOUTH: south}
        monkeypatch.setattr(run, "open_channel", lambda _, settings: channel(simulators[settings["name"]]))
        assert works.sync().errors == []
        yield Lines(works, north, south)
        for end in ends.values():
            end.close()


def of(works: Works, carrier: str) -> list[str]:
    return [one.state for one in works.messages() if one.policy.carrier.name == carrier]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("error_500", "temporarily-unavailable"),
        ("never", "temporarily-unavailable"),
        ("late", "temporarily-unavailable"),
        ("html", "unexpected-format"),
        ("unauthorised_401", "authorisation-expired"),
    ],
)
def test_while_one_carrier_fails_nothing_is_half_and_the_other_goes_on(
    lines: Lines, kind: str, code: str
) -> None:
    lines.north.faults.add(kind, times=None, seconds=2.0)
    lines.works.round()
    lines.works.wait(minutes=1)
    lines.works.round()
    assert set(of(lines.works, SOUTH)) == {"verified"}
    assert set(of(lines.works, NORTH)) == {"drafted"}
    tried = [one for one in lines.works.messages() if one.error_code]
    assert {one.error_code for one in tried} == {code}
    assert all(one.error_nl and one.error_en for one in tried)
    link = lines.works.link_of(NORTH)
    assert (link.error_code, lines.works.link_of(SOUTH).error_code) == (code, "")
    assert not any("Bakker" in text or "99999" in text for text in (link.error_nl, link.error_en))
    lines.north.faults.clear()
    lines.works.come_to_rest()
    everything_is_verified(lines.works)
    assert lines.totals(lines.north)["byte_differences"] == 0


def test_a_carrier_that_never_answers_is_overdue_after_its_term_and_done_when_it_does(lines: Lines) -> None:
    lines.north.faults.add("error_500", times=None)
    lines.works.round()
    lines.works.wait(days=5)
    lines.works.round()
    assert set(of(lines.works, NORTH)) == {"overdue"}
    lines.north.faults.clear()
    lines.works.come_to_rest()
    everything_is_verified(lines.works)


def test_a_message_that_arrives_twice_counts_once(lines: Lines) -> None:
    lines.north.faults.add("twice", operation="submit", times=None)
    lines.works.come_to_rest()
    everything_is_verified(lines.works)
    assert lines.totals(lines.north)["wire_duplicates"] == 3
    assert lines.totals(lines.north)["applied"] == 3


def test_an_answer_that_comes_too_late_makes_a_second_delivery_and_one_effect(lines: Lines) -> None:
    lines.north.faults.add("late", operation="submit", times=1, seconds=DEADLINE * 2)
    lines.works.come_to_rest()
    everything_is_verified(lines.works)
    totals = lines.totals(lines.north)
    assert (totals["wire_duplicates"], totals["byte_differences"], totals["applied"]) == (1, 0, 3)


@pytest.mark.parametrize("operation", ["submit", "acknowledgement", "read_back"])
@pytest.mark.parametrize(
    "kind",
    [
        "error_500",
        "throttled_429",
        "drop_before",
        "drop_after",
        "html",
        "truncated",
        "cut_off",
        "other_subject",
    ],
)
def test_whatever_goes_wrong_once_comes_right(lines: Lines, kind: str, operation: str) -> None:
    lines.north.faults.add(kind, operation=operation, times=2)
    lines.works.come_to_rest()
    everything_is_verified(lines.works)
    assert lines.totals(lines.north)["byte_differences"] == 0
    assert lines.totals(lines.north)["applied"] == 3


def test_a_rejection_keeps_its_reasons_and_the_next_state_goes_out(lines: Lines) -> None:
    lines.north.faults.add("reject", times=1, code="salary-implausible", nl="Controleer het salaris.")
    lines.works.come_to_rest()
    (rejected,) = lines.works.messages(state="rejected")
    assert rejected.remarks[0]["code"] == "salary-implausible"
    assert rejected.remarks[0]["what"] == "Controleer het salaris."
    assert lines.works.sync().messages == 0
    for key in ("1001", "1002", "1003"):
        lines.works.payroll.change(key, salaries=((date(2020, 3, 1), None, 410_000),))
    lines.works.sync()
    lines.works.come_to_rest()
    everything_is_verified(lines.works)


def test_a_carrier_that_holds_something_else_is_a_difference_with_its_worth_until_it_is_put_right(
    lines: Lines,
) -> None:
    lines.north.faults.add("hold_other", times=1, amount_offset=-250)
    lines.works.come_to_rest(hours=0.1)
    (found,) = lines.works.differences()
    assert (found.worth, found.owner) == (250, "carrier")
    assert found.next_step_nl
    assert found.next_step_en
    (message,) = lines.works.messages(state="different")
    ((_, reference), versions) = next(
        item
        for item in lines.north.ledger.versions.items()
        if item[1][-1].message_id == str(message.message_id)
    )
    assert reference
    versions[-1].state["amounts"][0]["amount"] += 250  # the carrier corrects its books
    lines.works.come_to_rest()
    everything_is_verified(lines.works)
