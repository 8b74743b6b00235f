"""The simulated carrier over HTTP: the interface as described, the desk, and the page for people."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.simulators.carriers.told import REFERENCE, TODAY, as_bytes, message, person

from schakel_simulators.carriers import CarrierSimulator, Policy
from schakel_simulators.carriers.faults import DECISIONS, KINDS


@pytest.fixture
def carrier() -> Iterator[CarrierSimulator]:
    with CarrierSimulator("pension_provider", seed=5) as made:
        yield made


@pytest.fixture
def client(carrier: CarrierSimulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {carrier.token}", "Content-Type": "application/json"}
    with httpx.Client(base_url=carrier.address, headers=headers, timeout=5, trust_env=False) as made:
        yield made


def put(client: httpx.Client, told: dict[str, Any]) -> httpx.Response:
    return client.put(f"/v1/messages/{told['message_id']}", content=as_bytes(told))


def problem(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem, after checking that it is one as RFC 9457 has it."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    return response.status_code, body["type"].removeprefix("urn:schakel-json:problem:")


def test_told_receipted_accepted_and_read_back(client: httpx.Client, carrier: CarrierSimulator) -> None:
    told = message()
    first = put(client, told)
    assert (first.status_code, first.json()["verdict"]) == (202, "received")
    again = put(client, told)
    assert (again.status_code, again.content) == (200, first.content)
    assert client.get(f"/v1/messages/{told['message_id']}").json() == first.json() | {"verdict": "accepted"}
    held = client.get(f"/v1/policies/PEN-1001/participants/{REFERENCE}", params={"on": "2026-11-24"})
    assert held.status_code == 200
    assert held.json() == carrier.held("PEN-1001", REFERENCE, TODAY)
    assert {name: held.json()[name] for name in ("person", "participates", "amounts")} == {
        name: told[name] for name in ("person", "participates", "amounts")
    }


def test_every_problem(client: httpx.Client) -> None:
    told = message()
    place = f"/v1/messages/{told['message_id']}"
    participant = f"/v1/policies/PEN-1001/participants/{REFERENCE}"
    put(client, told)
    assert problem(client.put(place, content=b"{}")) == (409, "other-bytes")
    assert problem(client.get(f"/v1/messages/{uuid4()}")) == (404, "unknown-message")
    assert problem(client.get(participant)) == (400, "date-missing")
    assert problem(client.get(participant, params={"on": "2026-02-30"})) == (400, "date-missing")
    assert problem(client.get(participant, params={"on": ["2026-01-01", "2026-02-01"]}))[0] == 400
    assert problem(client.get(participant, params={"on": "2026-11-23"})) == (404, "nothing-held")
    assert problem(client.delete(place)) == (405, "method-not-allowed")
    assert problem(client.get("/v1/elsewhere")) == (404, "no-such-place")
    assert problem(client.get("/elsewhere")) == (404, "no-such-place")
    fresh = f"/v1/messages/{uuid4()}"
    assert problem(client.put(fresh, content=b"{")) == (400, "not-json")
    assert problem(client.put(fresh, content=b"[]")) == (422, "not-this-format")
    assert problem(client.put(fresh, content=as_bytes(told))) == (422, "other-message-id")
    assert problem(client.put(fresh, content=b"<x/>", headers={"Content-Type": "text/xml"})) == (
        415,
        "not-json",
    )
    for token in ("", "Bearer", "Bearer wrong", "Basic eDp5"):
        assert problem(client.get(place, headers={"Authorization": token})) == (401, "not-authorised")


def test_a_format_problem_names_places_and_no_values(client: httpx.Client) -> None:
    told = message(person=person(bsn="99999"))
    answer = put(client, told)
    assert problem(answer) == (422, "not-this-format")
    assert answer.json()["places"] == ["/person/bsn"]
    assert "99999" not in answer.text.replace(told["message_id"], "")


def test_the_desk_adds_and_clears_faults(client: httpx.Client) -> None:
    told = message()
    rule = {"kind": "error_500", "operation": "submit", "times": 2, "reference": REFERENCE}
    assert client.post("/desk/faults", json=rule).json()["kind"] == "error_500"
    assert [put(client, told).status_code for _ in range(3)] == [500, 500, 202]
    listed = client.get("/desk/faults").json()
    assert listed["rules"][0]["hits"] == 2
    assert set(listed["kinds"]) == set(KINDS)
    assert set(KINDS) > DECISIONS
    client.post("/desk/faults", json={"kind": "error_500", "times": None})
    assert [client.get("/v1/messages/x").status_code for _ in range(2)] == [500, 500]
    client.delete("/desk/faults")
    assert client.get(f"/v1/messages/{told['message_id']}").status_code == 200


@pytest.mark.parametrize(
    "rule",
    [b"{", b"[]", b'{"kind":"no-such"}', b'{"kind":"late","colour":1}', b'{"kind":"late","operation":"x"}'],
)
def test_the_desk_says_what_it_does_not_understand(client: httpx.Client, rule: bytes) -> None:
    assert problem(client.post("/desk/faults", content=rule)) == (400, "not-understood")
    assert problem(client.put("/desk/faults", content=rule))[0] == 405
    assert problem(client.get("/desk/nothing"))[0] == 404


def test_a_fault_meant_for_one_participant_leaves_the_others(
    carrier: CarrierSimulator, client: httpx.Client
) -> None:
    carrier.faults.add("reject", times=None, reference=REFERENCE, code="test-says-no", nl="Nee.", en="No.")
    one, other = message(), message(person=person(reference=str(uuid4())))
    put(client, one)
    put(client, other)
    answers = [client.get(f"/v1/messages/{m['message_id']}").json() for m in (one, other)]
    assert [a["verdict"] for a in answers] == ["rejected", "accepted"]
    assert answers[0]["remarks"] == [{"code": "test-says-no", "nl": "Nee.", "en": "No."}]


def test_a_share_of_requests_goes_wrong_by_the_seed() -> None:
    def statuses(seed: int) -> list[int]:
        with (
            CarrierSimulator(seed=seed) as carrier,
            httpx.Client(base_url=carrier.address, trust_env=False) as client,
        ):
            carrier.faults.add("unavailable_503", times=None, percent=30)
            return [client.get("/v1/messages/x").status_code for _ in range(60)]

    assert statuses(1) == statuses(1) != statuses(2)
    assert 6 <= statuses(1).count(503) <= 30


def test_hung_up_after_the_work_was_done(carrier: CarrierSimulator, client: httpx.Client) -> None:
    told = message()
    carrier.faults.add("drop_after")
    with pytest.raises(httpx.RemoteProtocolError):
        put(client, told)
    assert carrier.messages[told["message_id"]].verdict == "accepted"
    assert (carrier.log[-1].status, carrier.log[-1].fault) == (0, "drop_after")
    carrier.faults.add("drop_before")
    with pytest.raises(httpx.RemoteProtocolError):
        put(client, message())
    assert len(carrier.messages) == 1


def test_holding_something_else_shows_only_in_the_read_back(
    carrier: CarrierSimulator, client: httpx.Client
) -> None:
    carrier.faults.add("hold_other", amount_offset=-10)
    told = message()
    put(client, told)
    assert client.get(f"/v1/messages/{told['message_id']}").json()["remarks"] == []
    held = carrier.held("PEN-1001", REFERENCE, TODAY)
    assert held is not None
    assert held["amounts"][0]["amount"] == told["amounts"][0]["amount"] - 10
    carrier.faults.add("hold_other")
    put(client, message(sequence=2, amounts=[]))
    held = carrier.held("PEN-1001", REFERENCE, TODAY)
    assert held is not None
    assert held["participates"] == []


def test_the_log_knows_no_person_and_no_token(carrier: CarrierSimulator, client: httpx.Client) -> None:
    put(client, message())
    client.get(f"/v1/policies/PEN-1001/participants/{REFERENCE}", params={"on": "2026-11-24"})
    logged = client.get("/desk/log")
    assert [(r["operation"], r["status"]) for r in logged.json()["requests"]] == [
        ("submit", 202),
        ("read_back", 200),
    ]
    for secret in (carrier.token, "Voorbeeld", "999990019"):
        assert secret not in logged.text
        assert secret not in client.get("/desk/state").text
    client.delete("/desk/log")
    assert carrier.log == []


def test_policies_and_delay_can_be_set_at_the_desk(client: httpx.Client) -> None:
    client.post("/desk/policies", json={"number": "PEN 7/8", "starts_on": "2026-06-01"})
    told = message(policy_number="PEN 7/8", participates=[{"from": "2026-06-01", "until": None}])
    put(client, told)
    place = f"/v1/policies/PEN%207%2F8/participants/{REFERENCE}"
    assert client.get(place, params={"on": "2026-11-24"}).status_code == 200
    assert client.post("/desk/delay", json={"decide_after_seconds": 60}).status_code == 200
    late = message(sequence=2)
    put(client, late)
    assert client.get(f"/v1/messages/{late['message_id']}").json()["verdict"] == "received"


def test_the_page_shows_what_is_held_and_nothing_runs_in_it(
    carrier: CarrierSimulator, client: httpx.Client
) -> None:
    assert "Er is nog niets gemeld." in client.get("/").text
    put(client, message(person=person(last_name="<script>alert(1)</script>")))
    put(client, message(policy_number="NO-SUCH", sequence=2))
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "€ 524,10" in page.text
    assert "01-11-2026 t/m 30-11-2026" in page.text
    assert "Dit polisnummer kennen wij niet." in page.text
    assert "999990019" not in page.text
    assert carrier.token not in page.text


def test_two_carriers_run_side_by_side_and_stop_cleanly() -> None:
    with (
        CarrierSimulator("pension_provider") as one,
        CarrierSimulator("insurer", policies=[Policy("X-1", date(2026, 1, 1))]) as other,
    ):
        assert one.port != other.port
        assert one.token != other.token
        assert [policy.number for policy in other.policies] == ["X-1"]
        address = one.address
        assert httpx.get(address, trust_env=False).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)
    with CarrierSimulator("pension_provider", port=one.port) as again:
        assert again.address == address


def test_stopping_lets_go_of_a_request_that_hangs() -> None:
    carrier = CarrierSimulator().start()
    carrier.faults.add("never", seconds=60)
    with httpx.Client(base_url=carrier.address, timeout=0.3, trust_env=False) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/v1/messages/x")
        carrier.stop()
    assert carrier.log[-1].milliseconds < 5_000
