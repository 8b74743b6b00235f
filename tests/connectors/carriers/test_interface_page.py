"""The page that describes schakel-json/1 tells the truth: its examples work, its schema fits what is sent."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from tests.campaign import examples
from tests.connectors.carriers.states import draft, states

from schakel.connectors.carrier_channel import ParticipantState, Verdict
from schakel.connectors.carriers.schakel_json import format as wire
from schakel_simulators.carriers import CarrierSimulator, Policy, checks, wsgi
from schakel_simulators.carriers.checks import Reason

PAGE = Path(__file__).resolve().parents[3] / "docs" / "links" / "carrier-interface.md"
BLOCK = re.compile(r"<!-- (example|schema): (\w+) -->\n```json\n(.*?)```", re.DOTALL)
BLOCKS: dict[str, Any] = {
    f"{kind}:{name}": json.loads(text) for kind, name, text in BLOCK.findall(PAGE.read_text())
}
MESSAGE, HELD = BLOCKS["example:message"], BLOCKS["example:held"]


@pytest.fixture
def told() -> Iterator[tuple[CarrierSimulator, httpx.Client]]:
    """A carrier that was sent the page's example."""
    with CarrierSimulator(policies=[Policy("PEN-1001", date(2026, 1, 1))]) as carrier:
        headers = {"Authorization": f"Bearer {carrier.token}", "Content-Type": "application/json"}
        with httpx.Client(base_url=carrier.address, headers=headers, trust_env=False) as client:
            client.put(f"/v1/messages/{MESSAGE['message_id']}", content=wire.canonical(MESSAGE))
            yield carrier, client


def test_the_example_is_accepted_and_read_back_as_the_page_shows(
    told: tuple[CarrierSimulator, httpx.Client],
) -> None:
    carrier, client = told
    message = carrier.messages[MESSAGE["message_id"]]
    assert (message.verdict, message.remarks) == ("accepted", ())
    assert carrier.held("PEN-1001", HELD["person"]["reference"], date.fromisoformat(HELD["on"])) == HELD
    receipt = BLOCKS["example:receipt"]
    assert message.receipt_answer() == receipt | {"receipt": message.receipt}
    problem = client.put(f"/v1/messages/{MESSAGE['message_id']}", content=b"{}").json()
    assert problem == BLOCKS["example:problem"]


def test_the_channel_writes_and_reads_what_the_page_shows() -> None:
    reference, on = HELD["person"]["reference"], date.fromisoformat(HELD["on"])
    held = wire.read_held(json.dumps(HELD).encode(), "PEN-1001", reference, on)
    body = json.loads(wire.message_bytes(draft(held, 2, message_id=MESSAGE["message_id"])))
    unlike = {name for name in MESSAGE if body[name] != MESSAGE[name]}
    assert set(body) == set(MESSAGE)
    assert unlike == {"reason", "changed"}  # a first message has no earlier amounts to differ from
    verdict = BLOCKS["example:verdict"]
    answer = wire.read_acknowledgement(json.dumps(verdict).encode(), verdict["message_id"], "acknowledgement")
    assert (answer.verdict, answer.remarks[0].code) == (Verdict.REJECTED, "unknown-policy")


@given(state=states())
@settings(max_examples=examples(60))
def test_every_message_fits_the_schema(state: ParticipantState) -> None:
    schema = BLOCKS["schema:message"]
    body = json.loads(wire.message_bytes(draft(state)))
    assert list(misfits(body, schema, schema)) == []
    assert set(body) == set(schema["properties"])


@pytest.mark.parametrize(
    ("member", "value"),
    [("format", "other"), ("sequence", 0), ("sequence", True), ("reason", ""), ("composed_on", "1-1-2026"),
     ("policy_number", "."), ("person", {}), ("amounts", [{}]), ("participates", None)],
)  # fmt: skip
def test_the_schema_refuses_what_the_carrier_refuses(member: str, value: object) -> None:
    schema = BLOCKS["schema:message"]
    assert list(misfits(MESSAGE, schema, schema)) == []
    assert list(misfits(MESSAGE | {member: value}, schema, schema))


def test_every_code_stands_on_the_page() -> None:
    page = PAGE.read_text()
    reasons = [one.code for one in vars(checks).values() if isinstance(one, Reason)]
    assert len(reasons) == 10
    source = Path(wsgi.__file__).read_text() + Path(wsgi.__file__).with_name("answers.py").read_text()
    problems = re.findall(r'problem\(\s*\d{3}, "([a-z-]+)"', source)
    assert len(problems) > 8
    own = {"no-such-place", "internal-error", "unavailable"}  # not of the interface, or any 5xx
    for code in {*reasons, *problems, *wsgi.UNREADABLE} - own:
        assert f"`{code}`" in page


TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "null": (type(None),),
}
KNOWN = {"$schema", "$defs", "title", "type", "required", "properties", "items", "const", "enum"} | {
    "pattern", "minLength", "maxLength", "minimum", "maximum", "maxItems"
}  # fmt: skip


def misfits(value: Any, rule: dict[str, Any], whole: dict[str, Any], place: str = "") -> Iterator[str]:
    """Where a value does not fit: the part of JSON Schema that the page uses, and nothing else."""
    if "$ref" in rule:
        rule = whole["$defs"][rule["$ref"].rpartition("/")[2]]
    assert set(rule) <= KNOWN
    if not fits(value, rule):
        yield place
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from misfits(item, rule["items"], whole, f"{place}/{number}")
    elif isinstance(value, dict):
        for name, inner in rule["properties"].items():
            if name in value:
                yield from misfits(value[name], inner, whole, f"{place}/{name}")


def fits(value: Any, rule: dict[str, Any]) -> bool:
    """Whether a value fits as far as it can be seen without looking inside it."""
    types = rule.get("type", [])
    allowed = tuple(one for name in ([types] if isinstance(types, str) else types) for one in TYPES[name])
    if allowed and (not isinstance(value, allowed) or isinstance(value, bool)):
        return False
    if value != rule.get("const", value) or value not in rule.get("enum", [value]):
        return False
    if isinstance(value, str):
        length = bool(rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", 10**6))
        return length and re.search(rule.get("pattern", ""), value) is not None
    if isinstance(value, int):
        return bool(rule.get("minimum", value) <= value <= rule.get("maximum", value))
    if isinstance(value, list):
        return len(value) <= int(rule.get("maxItems", 10**6))
    return not isinstance(value, dict) or set(rule.get("required", ())) <= set(value)
