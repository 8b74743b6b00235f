"""A reading without a server: the hand-made answers of `answers/`, one employee, changed as a test wants.

They have the shapes of the wire contract; the people in them do not exist.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll.nmbrs_soap.client import NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.settings import read_settings
from schakel.connectors.payroll.nmbrs_soap.source import NmbrsSource
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call
from schakel.connectors.payroll_source import Delivery, Entity, Needs, PayrollRecord, StatedFact

FOLDER = Path(__file__).parent / "answers"
SETTINGS: Mapping[str, Any] = {
    "username": "api@proefpayroll.example",
    "token": "0123456789abcdef0123456789abcdef",
    "domain": "proefpayroll",
    "calls_per_second": 0,
    "first_retry_seconds": 0.001,
    "report_poll_seconds": 0.0,
}
ENTITY = Entity("41001", "Proefbedrijf  Kozijnen B.V.", "month")
EVERYTHING = Needs(bank_account=True, partner=True, children=True)

Change = tuple[str, str, str]
"""An operation, a regular expression, and what takes its place everywhere in that operation's answer."""


class KeptAnswers:
    """Answers in memory, as a delivery keeps them."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.operations: dict[str, str] = {}

    def kept(self, call: str) -> bytes | None:
        return self.bodies.get(call)

    def keep(self, call: str, operation: str, body: bytes) -> str:
        self.bodies.setdefault(call, body)
        self.operations[call] = operation
        return hashlib.sha256(body).hexdigest()


def recorded(operation: str) -> str:
    """The hand-made answer to an operation."""
    return (FOLDER / f"{operation}.xml").read_text(encoding="utf-8")


class RecordedClient(NmbrsClient):
    """Gives the hand-made answers, with changes; and errors where they are scripted."""

    def __init__(
        self, settings: Mapping[str, Any], changes: tuple[Change, ...], errors: Mapping[str, ConnectorError]
    ) -> None:
        super().__init__(read_settings(settings))
        self._changes, self._errors = changes, errors
        self.asked: list[str] = []

    def ask(self, call: Call) -> bytes:
        name = call.operation.name
        self.asked.append(call.key)
        self.traffic.calls += 1
        if name in self._errors:
            raise self._errors[name]
        text = recorded(name)
        for operation, pattern, new in self._changes:
            if operation == name:
                text, count = re.subn(pattern, new, text, flags=re.DOTALL)
                assert count, f"{pattern} does not occur in the answer of {name}"
        return text.encode()


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def source(
    *changes: Change, errors: Mapping[str, ConnectorError] | None = None, **settings: Any
) -> tuple[NmbrsSource, RecordedClient]:
    """A source over the hand-made answers."""
    given = {**SETTINGS, **settings}
    client = RecordedClient(given, changes, errors or {})
    return NmbrsSource(given, client), client


def deliver(
    *changes: Change,
    needs: Needs = EVERYTHING,
    errors: Mapping[str, ConnectorError] | None = None,
    answers: KeptAnswers | None = None,
    **settings: Any,
) -> tuple[Delivery, list[PayrollRecord]]:
    """One reading, to the end."""
    made, _ = source(*changes, errors=errors, **settings)
    delivery = made.deliver(ENTITY, needs, answers or KeptAnswers(), silent)
    return delivery, list(delivery.records)


def facts(*changes: Change, needs: Needs = EVERYTHING, **settings: Any) -> dict[str, StatedFact]:
    """What is stated of the one employee."""
    _, (record,) = deliver(*changes, needs=needs, **settings)
    return {fact.fact: fact for fact in record.stated}


def remarks(*changes: Change, **settings: Any) -> dict[str, str | None]:
    """The remarks about the one employee: code and fact."""
    _, (record,) = deliver(*changes, **settings)
    return {remark.code: remark.fact for remark in record.remarks}


def values(fact: StatedFact) -> list[tuple[str, str | None, Any]]:
    """The values of a fact as a test reads them."""
    return [
        (
            one.effective_from.isoformat(),
            one.effective_until.isoformat() if one.effective_until is not None else None,
            one.value,
        )
        for one in fact.values
    ]
