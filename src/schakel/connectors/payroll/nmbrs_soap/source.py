"""Nmbrs as a payroll source: entities, rights, and the reading of one entity as a stream of records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any

from schakel.connectors.payroll.nmbrs_soap import entities, reports, rights
from schakel.connectors.payroll.nmbrs_soap.answers import Reading
from schakel.connectors.payroll.nmbrs_soap.client import NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.employees import Lists
from schakel.connectors.payroll.nmbrs_soap.fetch import Fetch
from schakel.connectors.payroll.nmbrs_soap.histories import (
    EMPLOYMENTS,
    SALARIES,
    read_employments,
    read_salaries,
)
from schakel.connectors.payroll.nmbrs_soap.remarks import about_delivery
from schakel.connectors.payroll.nmbrs_soap.settings import read_settings
from schakel.connectors.payroll.nmbrs_soap.stream import EmployeeStream
from schakel.connectors.payroll.nmbrs_soap.wsdl import call
from schakel.connectors.payroll_source import (
    Answers,
    CurrentPeriod,
    Delivery,
    Entity,
    Needs,
    Progress,
    Right,
    Traffic,
)


class NmbrsSource:
    """One log-in to one Nmbrs environment. Connections are given back after each reading."""

    def __init__(self, settings: Mapping[str, Any], client: NmbrsClient | None = None) -> None:
        self._settings = read_settings(settings)
        self._client = client or NmbrsClient(self._settings)
        self.traffic: Traffic = self._client.traffic  #: of the last delivery, or of what came before one

    def __repr__(self) -> str:
        return f"<NmbrsSource {self._settings.domain}>"

    def entities(self) -> Sequence[Entity]:
        """Every entity the log-in may see."""
        try:
            return entities.read_entities(self._client.ask(call(entities.ENTITIES)))
        finally:
            self._client.close()

    def rights(self, entity: Entity, needs: Needs) -> Sequence[Right]:
        """The preflight: each call tried once, without storing anything."""
        try:
            return rights.Preflight(self._client, self._settings, entity).rights(needs)
        finally:
            self._client.close()

    def deliver(self, entity: Entity, needs: Needs, answers: Answers, progress: Progress) -> Delivery:
        """Read one entity. The lists are read at once, the employees while the records are taken."""
        self.traffic = self._client.traffic = Traffic()
        fetch = Fetch(self._client, answers)
        started = self._client.now()
        try:
            lists = self._lists(fetch, int(entity.key))
        finally:
            # Between the lists and the first record nothing may be left open: the stream may never be taken.
            self._client.close()
            self.traffic.seconds = self._client.now() - started
        keys = lists.employee_keys
        records = EmployeeStream(fetch, lists, self._settings, entity.key).records(needs, progress)
        # One employee is read ahead: what is new in those answers is new for everybody, so it is said up here.
        first = list(islice(records, 1))
        return Delivery(
            entity=replace(entity, wage_period_kind=lists.period.kind),
            current_period=lists.period,
            employee_keys=frozenset(keys),
            records=chain(first, records),
            remarks=about_delivery(lists.unknown, lists.checks, keys),
        )

    def _lists(self, fetch: Fetch, entity_id: int) -> Lists:
        """Everything that is asked once. Reports are asked for first, since they take Nmbrs a while."""
        period, period_kept = fetch.get(call(entities.PERIOD, entity_id), entities.read_period)
        unknown: set[str] = set()
        wanted = self._runs(fetch, entity_id, period, unknown)
        asked = reports.Reports(fetch, entity_id, period.kind, wanted, self._settings.wage_codes["salary"])
        numbers = self._numbers(fetch, entity_id, unknown)
        reading = Reading(EMPLOYMENTS)
        employments, employments_kept = fetch.get(
            call(EMPLOYMENTS, entity_id), lambda body: read_employments(reading, body)
        )
        unknown |= reading.unknown
        reading = Reading(SALARIES)
        salaries, salaries_kept = fetch.get(
            call(SALARIES, entity_id), lambda body: read_salaries(reading, body)
        )
        unknown |= reading.unknown
        return Lists(
            period,
            period_kept,
            numbers,
            salaries,
            employments,
            salaries_kept,
            employments_kept,
            asked.collect(),
            unknown,
        )

    def _runs(self, fetch: Fetch, entity_id: int, period: CurrentPeriod, unknown: set[str]) -> reports.Runs:
        """The runs of this year; in a year without runs yet, those of last year."""
        for year in (period.year, period.year - 1):
            reading = Reading(reports.RUNS)
            listed, _ = fetch.get(
                call(reports.RUNS, entity_id, year),
                partial(reports.read_runs, reading),
            )
            unknown |= reading.unknown
            if listed:
                return reports.Runs(listed)
        return reports.Runs()

    def _numbers(self, fetch: Fetch, entity_id: int, unknown: set[str]) -> dict[str, str]:
        """Employee numbers by key, over all lists of people on the payroll."""
        numbers: dict[str, str] = {}
        reading = Reading(entities.EMPLOYEES)
        for employee_type in entities.employee_types(fetch, self._settings.employee_types):
            listed, _ = fetch.get(
                call(entities.EMPLOYEES, entity_id, employee_type),
                lambda body: entities.read_employees(reading, body),
            )
            numbers.update(listed)
        unknown |= reading.unknown
        return numbers
