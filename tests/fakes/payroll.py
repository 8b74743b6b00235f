"""A payroll system in memory, for tests of the chain: who works where, and what goes wrong, is scripted."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tests.rooms.intake.told import NOVEMBER, Told, fact

from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll_source import (
    Answers,
    CurrentPeriod,
    Delivery,
    Entity,
    Needs,
    Origin,
    PayrollRecord,
    Progress,
    Right,
    Traffic,
)

LIST = "Fake.List"
EMPLOYEE = "Fake.Employee"


@dataclass
class FakePayroll:
    """A PayrollSource without a network: one call for the list of an entity, and one for each employee.

    `people` may be changed between readings. `unnamed` are left out of the list as if they never were;
    `fail` breaks the line at the next calls about this employee, or about the list.
    """

    people: dict[Entity, list[Told]]
    period: CurrentPeriod = NOVEMBER
    unnamed: set[str] = field(default_factory=set)
    bsns: dict[str, str] = field(default_factory=dict)
    traffic: Traffic = field(default_factory=Traffic)
    calls: list[str] = field(default_factory=list)
    _failures: dict[str, list[ConnectorError]] = field(default_factory=dict)

    def fail(self, call: str, *errors: ConnectorError) -> None:
        """The next calls about an employee's key, or about LIST, raise these, one each."""
        self._failures.setdefault(call, []).extend(errors)

    def change(self, key: str, **changes: object) -> None:
        """The payroll clerk changes one employee."""
        for listed in self.people.values():
            listed[:] = [one.but(**changes) if one.key == key else one for one in listed]

    def entities(self) -> Sequence[Entity]:
        return tuple(self.people)

    def rights(self, entity: Entity, needs: Needs) -> Sequence[Right]:  # noqa: ARG002 - as the protocol has it
        return (Right(LIST, "granted"), Right(EMPLOYEE, "granted"))

    def deliver(self, entity: Entity, needs: Needs, answers: Answers, progress: Progress) -> Delivery:
        """Read one entity; the records come while calls are made, and may break off."""
        self.traffic = Traffic()
        people = next(found for one, found in self.people.items() if one.key == entity.key)
        named = [one for one in people if one.key not in self.unnamed]
        self._call(answers, LIST, LIST, [one.key for one in named])
        keys = frozenset(one.key for one in named)
        records = self._records(entity, needs, named, answers, progress)
        return Delivery(entity, self.period, keys, records, ())

    def _records(
        self, entity: Entity, needs: Needs, named: list[Told], answers: Answers, progress: Progress
    ) -> Iterator[PayrollRecord]:
        for done, one in enumerate(named, start=1):
            asked = one if needs.bank_account else one.but(iban=None)
            digest = self._call(answers, one.key, EMPLOYEE, repr(asked))
            yield self._record(entity, asked, Origin(EMPLOYEE, f"Employee[{one.key}]", digest))
            progress(done, len(named))

    def _record(self, entity: Entity, told: Told, origin: Origin) -> PayrollRecord:
        record = told.record(self.period, origin)
        since = min(start for start, _, _ in told.employed)
        bsn = (
            fact("bsn", [(since, None, self.bsns[told.key])], origin=origin)
            if told.key in self.bsns
            else None
        )
        stated = record.stated if bsn is None else (*record.stated, bsn)
        return replace(record, entity_key=entity.key, stated=stated)

    def _call(self, answers: Answers, call: str, operation: str, body: object) -> str:
        """One call, unless an earlier try of this delivery got that far; what was kept then still counts."""
        kept = answers.kept(call)
        if kept is not None:
            self.traffic.resumed += 1
            return answers.keep(call, operation, kept)
        self.traffic.calls += 1
        self.calls.append(call)
        if self._failures.get(call):
            raise self._failures[call].pop(0)
        return answers.keep(call, operation, json.dumps(body).encode())
