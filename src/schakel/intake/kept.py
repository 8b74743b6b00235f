"""A payroll record as it is kept: sealed JSON, and the fingerprint that says whether it is news."""

import json
from datetime import date
from typing import Any

from schakel.connectors.payroll_source import (
    CurrentPeriod,
    Origin,
    PayrollRecord,
    Remark,
    StatedFact,
    StatedValue,
)
from schakel.tenancy.sealing import keyed_digest, seal, unseal

PLACE = "intake_receivedrecord.record"
FINGERPRINT = "intake_receivedrecord.fingerprint"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def fingerprint(tenant_id: int, record: PayrollRecord, period: CurrentPeriod) -> str:
    """The same for the same statements, whatever answer they came in. Keyed: the statements hold a BSN.

    The current wage period counts: when payroll goes on to the next one everybody gets a turn, because
    everybody's amounts reach further from then on.
    """
    said = {
        "period": [period.kind, period.year, period.number],
        "number": record.employee_number,
        "stated": [
            [
                one.fact,
                _day(one.authoritative_from),
                [[_day(v.effective_from), _day(v.effective_until), v.value] for v in one.values],
            ]
            for one in record.stated
        ],
        "remarks": [[one.code, one.fact, one.what_nl, one.what_en] for one in record.remarks],
    }
    return keyed_digest(tenant_id, json.dumps(said, sort_keys=True), FINGERPRINT)


def sealed(record: PayrollRecord) -> bytes:
    """The record for its row, unreadable at rest."""
    kept = {
        "employee_key": record.employee_key,
        "entity_key": record.entity_key,
        "employee_number": record.employee_number,
        "stated": [_fact(one) for one in record.stated],
        "remarks": [[one.code, one.what_nl, one.what_en, one.fact] for one in record.remarks],
    }
    return seal(json.dumps(kept).encode(), PLACE)


def _fact(stated: StatedFact) -> list[Any]:
    return [
        stated.fact,
        _day(stated.authoritative_from),
        [
            [
                _day(one.effective_from),
                _day(one.effective_until),
                one.value,
                one.origin.operation,
                one.origin.path,
                one.origin.answer,
            ]
            for one in stated.values
        ],
    ]


def opened(body: bytes | memoryview) -> PayrollRecord:
    """The record of a row. Raises SealBroken."""
    kept = json.loads(unseal(body, PLACE))
    return PayrollRecord(
        kept["employee_key"],
        kept["entity_key"],
        kept["employee_number"],
        tuple(
            StatedFact(fact, _read_day(since), tuple(_value(*one) for one in values))
            for fact, since, values in kept["stated"]
        ),
        tuple(Remark(*one) for one in kept["remarks"]),
    )


def _value(start: str, until: str | None, value: Any, *origin: str) -> StatedValue:
    return StatedValue(date.fromisoformat(start), _read_day(until), value, Origin(*origin))
