"""The channel that speaks schakel-json/1 to a carrier that misbehaves: nothing wrong is taken in."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.connectors.carriers.states import POLICY, TODAY, draft, state

from schakel.connectors.carrier_channel import CarrierRemark, Verdict
from schakel.connectors.carriers.schakel_json import format as wire
from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RateLimited,
    RefusedByPeer,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel_simulators.carriers import CarrierSimulator

DEADLINE = 1.0

FAULTS: dict[str, tuple[type[ConnectorError], ...]] = {
    "error_500": (TemporarilyUnavailable,),
    "unavailable_503": (TemporarilyUnavailable,),
    "throttled_429": (RateLimited,),
    "unauthorised_401": (AuthorisationExpired,),
    "late": (TemporarilyUnavailable,),
    "never": (TemporarilyUnavailable,),
    "drop_before": (TemporarilyUnavailable,),
    "drop_after": (TemporarilyUnavailable,),
    "html": (UnexpectedFormat,),
    "html_404": (UnexpectedFormat,),
    # A redirect is never followed; either name is right, for somebody of ours must look.
    "redirect": (UnexpectedFormat, RefusedByPeer),
    "truncated": (UnexpectedFormat,),
    "cut_off": (TemporarilyUnavailable, UnexpectedFormat),
    "empty": (UnexpectedFormat,),
    "huge": (UnexpectedFormat,),
    "drip": (TemporarilyUnavailable,),
    "wrong_types": (UnexpectedFormat,),
    "other_subject": (UnexpectedFormat,),
}


@pytest.fixture(scope="module")
def carrier() -> Iterator[CarrierSimulator]:
    with CarrierSimulator("pension_provider", seed=3) as made:
        yield made


@pytest.fixture
def channel(carrier: CarrierSimulator) -> Iterator[SchakelJsonChannel]:
    carrier.faults.clear()
    made = SchakelJsonChannel(
        {"address": carrier.address, "token": carrier.token, "deadline_seconds": DEADLINE}
    )
    yield made
    made.close()


@pytest.mark.parametrize("operation", ["submit", "acknowledgement", "read_back"])
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_error_and_ends_in_time(
    carrier: CarrierSimulator, channel: SchakelJsonChannel, fault: str, operation: str
) -> None:
    told = state()
    message = draft(told)
    body = channel.compose(message)
    channel.submit(message.message_id, body)
    ask: dict[str, Any] = {
        "submit": lambda: channel.submit(message.message_id, body),
        "acknowledgement": lambda: channel.acknowledgement(message.message_id),
        "read_back": lambda: channel.read_back(POLICY, told.person.reference, TODAY),
    }
    whole = ask[operation]()
    carrier.faults.add(fault, operation=operation, seconds=3 * DEADLINE)
    begun = time.monotonic()
    with pytest.raises(FAULTS[fault]) as caught:
        ask[operation]()
    assert time.monotonic() - begun < 2.5 * DEADLINE
    assert type(caught.value) in FAULTS[fault]
    for language in ("nl", "en"):
        said = caught.value.message(language)
        assert said
        for secret in (carrier.token, "Voorbeeld", "999990019", "1984-05-17"):
            assert secret not in said
    assert caught.value.__cause__ is None or carrier.token not in repr(caught.value.__cause__)
    assert ask[operation]() == whole


def test_a_request_that_arrives_twice_is_one_message(
    carrier: CarrierSimulator, channel: SchakelJsonChannel
) -> None:
    carrier.faults.add("twice", operation="submit")
    message = draft(state())
    answer = channel.submit(message.message_id, channel.compose(message))
    assert answer.verdict is Verdict.RECEIVED
    assert carrier.messages[message.message_id].deliveries == 2
    assert carrier.messages[message.message_id].applied == 1


def test_a_carrier_that_asks_for_patience_is_given_it(
    carrier: CarrierSimulator, channel: SchakelJsonChannel
) -> None:
    carrier.faults.add("throttled_429", seconds=17)
    with pytest.raises(RateLimited) as caught:
        channel.acknowledgement(str(uuid4()))
    assert caught.value.retry_after_seconds == 17
    carrier.faults.add("throttled_429", seconds=900_000)
    with pytest.raises(RateLimited) as caught:
        channel.acknowledgement(str(uuid4()))
    assert caught.value.retry_after_seconds == 3600


def test_a_wrong_token_asks_for_a_new_one(carrier: CarrierSimulator) -> None:
    channel = SchakelJsonChannel({"address": carrier.address, "token": "0" * 32})
    with pytest.raises(AuthorisationExpired, match=r"127\.0\.0\.1"):
        channel.acknowledgement(str(uuid4()))
    assert "0" * 32 not in repr(channel)
    channel.close()


def test_a_message_the_carrier_cannot_read_is_refused_by_its_code(channel: SchakelJsonChannel) -> None:
    message_id = str(uuid4())
    with pytest.raises(RefusedByPeer, match="not-json"):
        channel.submit(message_id, b"{")
    with pytest.raises(RefusedByPeer, match="not-this-format"):
        channel.submit(message_id, b'{"format":"schakel-json/2"}')
    with pytest.raises(RefusedByPeer, match="other-message-id"):
        channel.submit(message_id, channel.compose(draft(state())))
    with pytest.raises(RefusedByPeer, match="too-large"):
        channel.submit(message_id, b" " * (8 * 1024 * 1024 + 1))
    assert channel.acknowledgement(message_id) is None


def test_reasons_arrive_in_two_languages(carrier: CarrierSimulator, channel: SchakelJsonChannel) -> None:
    message = draft(state(policy="NO-SUCH"))
    channel.submit(message.message_id, channel.compose(message))
    answer = channel.acknowledgement(message.message_id)
    assert answer is not None
    assert answer.verdict is Verdict.REJECTED
    assert answer.remarks == (
        CarrierRemark(
            "unknown-policy",
            "Dit polisnummer kennen wij niet. Controleer het nummer in de overeenkomst.",
            "We do not know this policy number. Check the number in the agreement.",
        ),
    )


@pytest.mark.parametrize("number", ["A/1 ?x=1#y", "é-1", "a/../../messages/1", "100%25"])
def test_a_policy_number_is_one_segment_of_the_address(
    carrier: CarrierSimulator, channel: SchakelJsonChannel, number: str
) -> None:
    assert channel.read_back(number, "7c9e6679-7425-40de-944b-e07fc1f90ae7", TODAY) is None
    assert carrier.log[-1].operation == "read_back"
    assert carrier.log[-1].subject["policy_number"] == number


@pytest.mark.parametrize("number", ["", ".", "..", "/", " "])
def test_a_policy_number_cannot_climb_out_of_the_address(
    carrier: CarrierSimulator, channel: SchakelJsonChannel, number: str
) -> None:
    before = len(carrier.log)
    with pytest.raises(RefusedByPeer):
        channel.read_back(number, "7c9e6679-7425-40de-944b-e07fc1f90ae7", TODAY)
    with pytest.raises(ValueError, match="UUID"):
        channel.acknowledgement("{7C9E6679-7425-40DE-944B-E07FC1F90AE7}")
    assert len(carrier.log) == before


def test_no_address_on_the_wire_holds_a_person(
    carrier: CarrierSimulator, channel: SchakelJsonChannel
) -> None:
    told = state()
    message = draft(told)
    channel.submit(message.message_id, channel.compose(message))
    channel.read_back(POLICY, told.person.reference, TODAY)
    for entry in carrier.log[-2:]:
        assert set(entry.subject.values()) <= {message.message_id, POLICY, told.person.reference}


@pytest.mark.parametrize(
    "settings_",
    [
        {"token": "0" * 32},
        {"address": "", "token": "0" * 32},
        {"address": "https://carrier.example/"},
        {"address": "https://carrier.example/", "token": "short"},
        {"address": "https://carrier.example/", "token": "0" * 20 + "\r\nX: y"},
        {"address": "http://carrier.example/", "token": "0" * 32},
        {"address": "ftp://127.0.0.1/", "token": "0" * 32},
        {"address": "https://user:secret@carrier.example/", "token": "0" * 32},
        {"address": "https://carrier.example/", "token": "0" * 32, "deadline_seconds": -1},
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_sent(settings_: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"address|token|deadline") as caught:
        SchakelJsonChannel(settings_)
    assert "0" * 20 not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_bytes_of_a_message_never_change() -> None:
    told = replace(state("7c9e6679-7425-40de-944b-e07fc1f90ae7"), participates=((date(2026, 1, 1), None),))
    message = draft(told, 2, message_id="0f4c1a52-6f1d-4f7e-9c3b-2b7f0d8f6a11")
    assert wire.message_bytes(message).decode() == (
        '{"amounts":[{"amount":52410,"from":"2026-10-01","quantity":"contribution","until":"2026-11-01"},'
        '{"amount":52411,"from":"2026-11-01","quantity":"contribution","until":"2026-12-01"}],"changed":'
        '[{"from":"2026-10-01","new":52410,"old":null,"quantity":"contribution","until":"2026-11-01"},'
        '{"from":"2026-11-01","new":52411,"old":null,"quantity":"contribution","until":"2026-12-01"}],'
        '"composed_on":"2026-11-24","format":"schakel-json/1",'
        '"message_id":"0f4c1a52-6f1d-4f7e-9c3b-2b7f0d8f6a11",'
        '"participates":[{"from":"2026-01-01","until":null}],"person":{"birth_on":"1984-05-17",'
        '"bsn":"999990019","children_birth_on":["2015-08-30"],"employee_number":"1024","initials":"A.B.",'
        '"last_name":"Voorbeeld","partner_birth_on":"1986-02-03","prefix":"van der",'
        '"reference":"7c9e6679-7425-40de-944b-e07fc1f90ae7"},"policy_number":"PEN-1001",'
        '"reason":"enrolment","sequence":2}'
    )


HELD = {
    "format": "schakel-json/1",
    "policy_number": POLICY,
    "on": TODAY.isoformat(),
    "person": {
        "reference": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "employee_number": "1",
        "initials": "",
        "prefix": "",
        "last_name": "",
        "birth_on": "1984-05-17",
        "bsn": None,
        "partner_birth_on": None,
        "children_birth_on": [],
    },
    "participates": [{"from": "2026-01-01", "until": None}],
    "amounts": [{"quantity": "premium", "from": "2026-01-01", "until": "2026-02-01", "amount": 1}],
}


def _read(value: object) -> object:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return wire.read_held(body, POLICY, "7c9e6679-7425-40de-944b-e07fc1f90ae7", TODAY)


def _with(path: str, value: object) -> dict[str, Any]:
    """HELD with one member replaced; a path is written a/0/b."""
    whole: Any = json.loads(json.dumps(HELD))
    inner = whole
    *steps, last = path.split("/")
    for step in steps:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[last] = value
    assert isinstance(whole, dict)
    return whole


def test_members_we_do_not_know_are_passed_over() -> None:
    assert _read(_with("news", {"deep": [1]})) == _read(HELD)
    assert _read(_with("person/shoe_size", 44)) == _read(HELD)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("amounts/0/amount", 1.0),
        ("amounts/0/amount", "1"),
        ("amounts/0/amount", True),
        ("amounts/0/amount", None),
        ("amounts/0/amount", 10**16),
        ("amounts/0/until", None),
        ("amounts/0/until", "2026-01-01"),
        ("amounts/0/from", "2026-1-1"),
        ("amounts/0/from", "2026-01-01T00:00:00"),
        ("amounts/0/from", 20454),
        ("amounts/0/quantity", ""),
        ("participates/0/until", "2025-12-31"),
        ("participates", None),
        ("participates", {}),
        ("amounts", "none"),
        ("person/birth_on", None),
        ("person/birth_on", "2026-02-30"),
        ("person/bsn", 999990019),
        ("person/bsn", "99999001"),
        ("person/reference", "somebody-else"),
        ("person/last_name", "x" * 201),
        ("person/children_birth_on", ["yesterday"]),
        ("policy_number", "PEN-1002"),
        ("on", "2026-11-23"),
        ("format", "schakel-json/2"),
    ],
)
def test_a_read_back_that_is_not_as_agreed_is_not_taken_in(path: str, value: object) -> None:
    with pytest.raises(UnexpectedFormat) as caught:
        _read(_with(path, value))
    assert re.search(r"/[a-z_]+", caught.value.message("en"))
    assert "999990019" not in caught.value.message("en") + caught.value.message("nl")


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000, b'{"format":NaN}'],
)
def test_bytes_that_are_not_an_answer_are_not_taken_in(body: bytes) -> None:
    with pytest.raises(UnexpectedFormat):
        _read(body)
    with pytest.raises(UnexpectedFormat):
        wire.read_acknowledgement(body, str(uuid4()), "submit")
    assert wire.problem_code(body) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
PLACES = [
    "format", "policy_number", "on", "person", "participates", "amounts", "person/reference",
    "person/birth_on", "person/bsn", "person/children_birth_on", "amounts/0/amount", "amounts/0/from",
    "amounts/0/until", "participates/0/from", "participates/0/until",
]  # fmt: skip


@given(path=st.sampled_from(PLACES), value=JSON)
@settings(max_examples=examples(300))
def test_whatever_stands_in_an_answer_it_is_read_right_or_not_at_all(path: str, value: object) -> None:
    changed = _with(path, value)
    try:
        held = _read(changed)
    except UnexpectedFormat:
        return
    # What was read says the same as the answer: told again, it gives the same members.
    again = json.loads(wire.message_bytes(draft(held)))  # type: ignore[arg-type]  # something is held
    for member in ("policy_number", "person", "participates", "amounts"):
        told = changed[member]
        if member == "person":
            told = {name: told[name] for name in again["person"]}
        assert again[member] == told


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"type":"urn:schakel-json:problem:other-bytes"}', "other-bytes"),
        (b'{"type":"about:blank"}', None),
        (b'{"type":"urn:schakel-json:problem:<script>"}', None),
        (b'{"type":"urn:schakel-json:problem:"}', None),
        (b'{"type":7}', None),
    ],
)
def test_only_a_plain_code_of_a_problem_is_repeated(body: bytes, code: str | None) -> None:
    assert wire.problem_code(body) == code
