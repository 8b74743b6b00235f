"""What a simulated carrier decides and holds, without a network."""

from datetime import date
from typing import Any

import pytest
from tests.simulators.carriers.told import REFERENCE, TODAY, amount, as_bytes, message, person

from schakel_simulators.carriers.checks import Kind, passes_eleven_test
from schakel_simulators.carriers.ledger import Ledger, Policy
from schakel_simulators.carriers.told import UnreadableError

POLICIES = (Policy("PEN-1001", date(2020, 1, 1)), Policy("WGA-2001", date(2024, 7, 1)))


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def ledger(
    kind: Kind = "pension_provider", *, decide_after: float = 0.0, clock: Clock | None = None
) -> Ledger:
    return Ledger(kind, POLICIES, seed=1, decide_after_seconds=decide_after, clock=clock or Clock())


def tell(books: Ledger, told: dict[str, Any]) -> tuple[str, list[str]]:
    """Submit, and ask at once: the verdict and the codes of its remarks."""
    books.submit(told["message_id"], as_bytes(told))
    answer = books.answer(told["message_id"])
    assert answer is not None
    assert all(remark["nl"] and remark["en"] for remark in answer["remarks"])
    return answer["verdict"], [remark["code"] for remark in answer["remarks"]]


@pytest.mark.parametrize(
    ("kind", "replaced", "codes"),
    [
        ("pension_provider", {}, []),
        ("pension_provider", {"sequence": 900}, []),
        ("pension_provider", {"policy_number": "PEN-9999"}, ["unknown-policy"]),
        ("pension_provider", {"person": person(birth_on=None)}, ["birth-date-missing"]),
        ("pension_provider", {"person": person(bsn=None)}, ["bsn-missing"]),
        ("insurer", {"person": person(bsn=None)}, []),
        ("pension_provider", {"person": person(bsn="999990018")}, ["bsn-fails-eleven-test"]),
        ("insurer", {"person": person(bsn="000000000")}, ["bsn-fails-eleven-test"]),
        ("insurer", {"amounts": [amount("2026-01-01", "2026-02-01", -1)]}, ["negative-amount"]),
        ("insurer", {"amounts": [amount("2026-01-01", "2026-02-01", 0)]}, []),
        ("insurer", {"amounts": [amount("2026-01-01", "2026-01-01")]}, ["period-upside-down"]),
        (
            "insurer",
            {"participates": [{"from": "2026-05-01", "until": "2026-04-01"}]},
            ["period-upside-down"],
        ),
        (
            "insurer",
            {"amounts": [amount("2026-01-01", "2026-02-01"), amount("2026-01-31", "2026-03-01")]},
            ["periods-overlap"],
        ),
        (
            "insurer",
            {"amounts": [amount("2026-01-01", "2026-02-01"), amount("2026-02-01", "2026-03-01")]},
            [],
        ),
        (
            "insurer",
            {
                "amounts": [
                    amount("2026-01-01", "2026-02-01", quantity="premium"),
                    amount("2026-01-01", "2026-02-01", quantity="sum_insured"),
                ]
            },
            [],
        ),
        (
            "insurer",
            {"participates": [{"from": "2026-01-01", "until": None}, {"from": "2026-06-01", "until": None}]},
            ["periods-overlap"],
        ),
        ("insurer", {"policy_number": "WGA-2001"}, []),
        (
            "insurer",
            {"policy_number": "WGA-2001", "participates": [{"from": "2024-06-30", "until": None}]},
            ["before-policy-start"],
        ),
        (
            "pension_provider",
            {"policy_number": "PEN-9999", "person": person(bsn=None, birth_on=None)},
            ["unknown-policy", "birth-date-missing", "bsn-missing"],
        ),
    ],
)
def test_every_functional_check(kind: Kind, replaced: dict[str, Any], codes: list[str]) -> None:
    books = ledger(kind)
    told = message(**replaced)
    assert tell(books, told) == ("rejected" if codes else "accepted", codes)
    held = books.held(told["policy_number"], REFERENCE, TODAY)
    assert (held is None) == bool(codes)


def test_a_birth_date_that_is_absent_is_missing() -> None:
    told = message()
    del told["person"]["birth_on"]
    assert tell(ledger(), told) == ("rejected", ["birth-date-missing"])


@pytest.mark.parametrize(
    "spoil",
    [
        {"format": "schakel-json/2"},
        {"sequence": 0},
        {"sequence": 1.0},
        {"sequence": "1"},
        {"reason": "because"},
        {"composed_on": "24-11-2026"},
        {"composed_on": "2026-02-30"},
        {"policy_number": ".."},
        {"person": None},
        {"person": person(bsn=999990019)},
        {"participates": [{"from": "2026-01-01"}]},
        {"amounts": [amount("2026-01-01", "2026-02-01", cents=1) | {"amount": 1.5}]},
        {"amounts": [{"quantity": "premium", "from": "2026-01-01", "until": None, "amount": 1}]},
        {"message_id": "nonsense"},
    ],
)
def test_what_is_not_a_message_is_not_kept(spoil: dict[str, Any]) -> None:
    books = ledger()
    told = message(**spoil)
    with pytest.raises(UnreadableError) as caught:
        books.submit(told["message_id"], as_bytes(told))
    assert caught.value.code == "not-this-format"
    assert caught.value.places[0].startswith(f"/{next(iter(spoil))}")
    assert books.messages == {}


def test_every_version_is_kept_and_read_back_at_its_date() -> None:
    books = ledger()
    for sequence, day in ((1, "2026-01-10"), (2, "2026-03-10"), (5, "2026-06-10")):
        told = message(
            sequence=sequence, composed_on=day, amounts=[amount("2026-01-01", "2026-02-01", sequence)]
        )
        assert tell(books, told) == ("accepted", [])
    held = {
        day: books.held("PEN-1001", REFERENCE, date.fromisoformat(day))
        for day in ("2026-01-09", "2026-01-10", "2026-03-09", "2026-03-10", "2026-06-10", "2030-01-01")
    }
    assert held["2026-01-09"] is None
    assert [h and h["amounts"][0]["amount"] for h in list(held.values())[1:]] == [1, 1, 2, 5, 5]
    late = message(sequence=3, composed_on="2026-04-10")
    assert tell(books, late) == ("accepted", ["superseded"])
    assert books.held("PEN-1001", REFERENCE, date(2026, 4, 10)) == held["2026-03-10"] | {"on": "2026-04-10"}  # type: ignore[operator]  # it is held, as the line above says


def test_verdicts_come_when_due_and_in_that_order() -> None:
    clock = Clock()
    books = ledger(decide_after=10, clock=clock)
    first, second = message(sequence=1), message(sequence=2)
    assert tell(books, first) == ("received", [])
    books.decide_after_seconds = 5
    assert tell(books, second) == ("received", [])
    clock.now = 5
    assert books.answer(second["message_id"])["verdict"] == "accepted"  # type: ignore[index]  # it was told, so there is an answer
    assert books.answer(first["message_id"])["verdict"] == "received"  # type: ignore[index]  # it was told, so there is an answer
    clock.now = 10
    assert books.answer(first["message_id"])["remarks"][0]["code"] == "superseded"  # type: ignore[index]  # it was told, so there is an answer
    assert books.overview()["totals"]["superseded"] == 1


def test_the_desk_counts_what_a_storm_must_prove() -> None:
    books = ledger()
    told = message()
    body = as_bytes(told)
    for _ in range(3):
        books.submit(told["message_id"], body)
    assert books.submit(told["message_id"], body + b" ").what == "other-bytes"
    books.submit(told["message_id"], b"not even JSON")
    other = message(sequence=2)
    tell(books, other)
    overview = books.overview()
    first = overview["messages"][told["message_id"]]
    assert (first["deliveries"], first["distinct_hashes"], first["verdict"], first["applied"]) == (
        5,
        3,
        "accepted",
        1,
    )
    assert overview["totals"] == {
        "messages": 2,
        "deliveries": 6,
        "wire_duplicates": 4,
        "byte_differences": 2,
        "received": 0,
        "accepted": 2,
        "rejected": 0,
        "superseded": 0,
        "applied": 2,
        "effective": 1,
    }
    assert overview["effective"] == [
        {
            "policy_number": "PEN-1001",
            "reference": REFERENCE,
            "sequence": 2,
            "message_id": other["message_id"],
            "versions": 2,
        }
    ]
    for personal in ("Voorbeeld", "999990019", "1984-05-17"):
        assert personal not in str(overview)


def test_receipts_follow_from_the_seed() -> None:
    told = message()
    receipts = {
        seed: Ledger("insurer", POLICIES, seed=seed, decide_after_seconds=0, clock=Clock())
        .submit(told["message_id"], as_bytes(told))
        .message.receipt
        for seed in (1, 2)
    }
    again = ledger("insurer").submit(told["message_id"], as_bytes(told)).message.receipt
    assert receipts[1] == again != receipts[2]


def test_a_carrier_for_load_tests_takes_any_policy() -> None:
    books = Ledger("insurer", (), seed=1, decide_after_seconds=0, clock=Clock(), accept_any_policy=True)
    assert tell(books, message(policy_number="whatever-1")) == ("accepted", [])


@pytest.mark.parametrize(
    ("bsn", "passes"), [("123456782", True), ("999990019", True), ("123456789", False), ("000000000", False)]
)
def test_the_eleven_test(bsn: str, *, passes: bool) -> None:
    assert passes_eleven_test(bsn) is passes
