"""A payroll source in memory that keeps every rule of the protocol: records given, calls counted, faults scripted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll_source import (
    Answers,
    CurrentPeriod,
    Delivery,
    Entity,
    Needs,
    PayrollRecord,
    Progress,
    Remark,
    Right,
    Traffic,
)

PERIOD = CurrentPeriod("month", 2026, 11, date(2026, 11, 1), date(2026, 12, 1))
CONDITIONAL = {"bank_account": "bank accounts", "partner": "partners", "children": "children"}


@dataclass(slots=True)
class FakeSource:
    """Entities with their records. `fail` breaks the reading at the n-th employee, once."""

    records_of: dict[str, list[PayrollRecord]]
    listed: list[Entity]
    period: CurrentPeriod = PERIOD
    remarks: tuple[Remark, ...] = ()
    refused: set[str] = field(default_factory=set)
    traffic: Traffic = field(default_factory=Traffic)
    _fail: tuple[int, ConnectorError] | None = None

    def fail(self, error: ConnectorError, at: int = 0) -> None:
        """The next reading breaks at this employee."""
        self._fail = (at, error)

    def entities(self) -> Sequence[Entity]:
        """Every entity the log-in may see."""
        return list(self.listed)

    def rights(self, entity: Entity, needs: Needs) -> Sequence[Right]:
        """One right per kind of data."""
        assert entity in self.listed
        rights = [Right("employees", "granted")]
        if "employees" in self.refused:
            rights = [Right("employees", "refused", "sta toe: werknemers", "allow: employees")]
        for name, what in CONDITIONAL.items():
            if not getattr(needs, name):
                rights.append(Right(name, "not_needed", f"niet nodig: {what}", f"not needed: {what}"))
            elif name in self.refused:
                rights.append(Right(name, "refused", f"sta toe: {what}", f"allow: {what}"))
            else:
                rights.append(Right(name, "granted"))
        return rights

    def deliver(self, entity: Entity, needs: Needs, answers: Answers, progress: Progress) -> Delivery:
        """Read one entity; one call per employee and one for the list."""
        self.traffic = Traffic()
        records = sorted(self.records_of[entity.key], key=lambda record: int(record.employee_key))
        self._ask(answers, "list", b"list")
        failing, self._fail = self._fail, None
        if failing is not None and failing[0] == 0:
            raise failing[1]
        told = replace(entity, wage_period_kind=self.period.kind)
        keys = frozenset(record.employee_key for record in records)
        return Delivery(
            told, self.period, keys, self._stream(records, needs, answers, progress, failing), self.remarks
        )

    def _stream(
        self,
        records: Sequence[PayrollRecord],
        needs: Needs,
        answers: Answers,
        progress: Progress,
        failing: tuple[int, ConnectorError] | None,
    ) -> Iterator[PayrollRecord]:
        progress(0, len(records))
        for done, record in enumerate(records, start=1):
            if failing is not None and failing[0] == done:
                raise failing[1]
            self._ask(answers, f"employee?{record.employee_key}", repr(record).encode())
            progress(done, len(records))
            yield replace(record, stated=tuple(f for f in record.stated if _asked_for(f.fact, needs)))

    def _ask(self, answers: Answers, call: str, body: bytes) -> None:
        if answers.kept(call) is not None:
            self.traffic.resumed += 1
            return
        self.traffic.calls += 1
        answers.keep(call, call.partition("?")[0], body)


_OF: Mapping[str, Callable[[Needs], bool]] = {
    "iban": lambda needs: needs.bank_account,
    "has_partner": lambda needs: needs.partner,
    "partner": lambda needs: needs.partner,
    "partner_birth_on": lambda needs: needs.partner,
    "children": lambda needs: needs.children,
    "children_birth_on": lambda needs: needs.children,
}


def _asked_for(fact: str, needs: Needs) -> bool:
    return fact not in _OF or _OF[fact](needs)
