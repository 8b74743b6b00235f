"""What Nmbrs states of one employee, while it is put together: facts with their dates, and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schakel.connectors.payroll.nmbrs_soap.answers import Element, Fields, Reading
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll_source import (
    CurrentPeriod,
    FactValue,
    Origin,
    PayrollRecord,
    Remark,
    StatedFact,
    StatedValue,
)

ALWAYS = date(1900, 1, 1)
"""Where a fact begins that never changes, like a date of birth."""


@dataclass(slots=True)
class Answered:
    """One answer about one employee: its result element, and where it is kept."""

    reading: Reading
    result: Element | None
    sha256: str

    @property
    def operation(self) -> str:
        return self.reading.operation

    def fields(self, element: Element, type_name: str) -> Fields:
        return self.reading.fields(element, type_name, tables().needed.get(type_name, ()))

    def origin(self, path: str) -> Origin:
        return Origin(self.operation, path, self.sha256)


class Statement:
    """Gathers what is stated of one employee. Equal answers give equal records."""

    def __init__(self, employee_key: str, period: CurrentPeriod) -> None:
        self.employee_key = employee_key
        self.period = period
        self.employee_number = ""
        self.first_day: date | None = None  #: of the first employment, once that is known
        self._facts: dict[str, StatedFact] = {}
        self._remarks: dict[tuple[str, str], Remark] = {}

    def current(self, fact: str, value: FactValue, origin: Origin) -> None:
        """Told as current only: it holds from the start of the current wage period, and no earlier."""
        start = self.period.start
        self._state(fact, start, [StatedValue(start, None, value, origin)])

    def since(self, fact: str, day: date | None, value: FactValue, before: FactValue, origin: Origin) -> None:
        """Told as current, with the day it began: before that day it was `before`.

        That "before" is only for who was not known yet; what was known before the day stays as it was. So
        it is told for the last day alone, and the records room lets it reach back to the first employment.
        """
        if day is None:
            self.current(fact, value, origin)
            return
        eve = day - timedelta(days=1)
        values = [StatedValue(eve, day, before, origin), StatedValue(day, None, value, origin)]
        self._state(fact, day, values)

    def always(self, fact: str, value: FactValue, origin: Origin) -> None:
        """True at every time, so that a correction counts for every time."""
        self._state(fact, None, [StatedValue(ALWAYS, None, value, origin)])

    def history(self, fact: str, values: Sequence[StatedValue]) -> None:
        """The whole history; replaces all that was known."""
        self._state(fact, None, values)

    def steps(self, fact: str, authoritative_from: date, values: Sequence[StatedValue]) -> None:
        """Several values of which those before the authoritative day are only for who was not known yet."""
        self._state(fact, authoritative_from, values)

    def days_of(self, fact: str) -> tuple[date, ...]:
        """The days on which a stated fact starts to have a value."""
        stated = self._facts.get(fact)
        return () if stated is None else tuple(value.effective_from for value in stated.values)

    def remark(self, code: str, nl: str, en: str, fact: str | None = None) -> None:
        """Something a person must look at; one of a kind and fact."""
        self._remarks.setdefault((code, fact or ""), Remark(code, nl, en, fact))

    def _state(self, fact: str, authoritative_from: date | None, values: Sequence[StatedValue]) -> None:
        self._facts[fact] = StatedFact(fact, authoritative_from, tuple(values))

    def record(self, entity_key: str) -> PayrollRecord:
        """The record, in an order that does not depend on how it was gathered."""
        return PayrollRecord(
            employee_key=self.employee_key,
            entity_key=entity_key,
            employee_number=self.employee_number,
            stated=tuple(self._facts[name] for name in sorted(self._facts)),
            remarks=tuple(self._remarks[place] for place in sorted(self._remarks)),
        )
