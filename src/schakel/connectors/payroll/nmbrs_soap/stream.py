"""The employees of one reading, as a stream: calls ahead in a few threads, records in order of key."""

from collections.abc import Iterator
from dataclasses import replace

from schakel.connectors.errors import ConnectorError, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap.employees import (
    Lists,
    calls_for,
    read_answer,
    state_employee,
    unknown_in,
)
from schakel.connectors.payroll.nmbrs_soap.faults import EmployeeNotVisible
from schakel.connectors.payroll.nmbrs_soap.fetch import Fetch, Fetched
from schakel.connectors.payroll.nmbrs_soap.remarks import unknown_remark
from schakel.connectors.payroll.nmbrs_soap.settings import NmbrsSettings
from schakel.connectors.payroll.nmbrs_soap.statement import Statement
from schakel.connectors.payroll_source import Needs, PayrollRecord, Progress


class EmployeeStream:
    """Makes the records of one entity. Lists are small rows; answers live no longer than their employee."""

    def __init__(self, fetch: Fetch, lists: Lists, settings: NmbrsSettings, entity_key: str) -> None:
        self._fetch, self._lists, self._settings, self._entity_key = fetch, lists, settings, entity_key

    def records(self, needs: Needs, progress: Progress) -> Iterator[PayrollRecord]:
        """A record per employee, in order of key. Raises ConnectorError after keeping what came in."""
        client, keys = self._fetch.client, self._lists.employee_keys
        started = client.now() - client.traffic.seconds
        broken: ConnectorError | None = None
        progress(0, len(keys))
        groups = (calls_for(key, self._lists.period, needs) for key in keys)
        try:
            for done, fetched in enumerate(self._fetch.in_order(groups)):
                statement, unknown, error = self._told(keys[done], fetched)
                broken = broken or error
                if broken is None and statement is not None:
                    record = self._record(statement, unknown, is_first=done == 0)
                    progress(done + 1, len(keys))
                    yield record
            if broken is not None:
                raise broken
        finally:
            client.close()
            client.traffic.seconds = client.now() - started

    def _told(
        self, employee_key: str, fetched: Fetched
    ) -> tuple[Statement | None, set[str], ConnectorError | None]:
        """What the answers about one employee state, as far as they came in; after that the new ones are kept."""
        is_visible = not isinstance(fetched.error, EmployeeNotVisible)
        try:
            told = {
                one.operation.name: read_answer(one.operation.name, body)
                for one, body in fetched.answered.items()
            }
            statement = state_employee(employee_key, self._lists, told, self._settings, is_visible=is_visible)
        except UnexpectedFormat as unreadable:
            self._fetch.stop()
            self._keep_evidence(unreadable, fetched)
            return None, set(), fetched.error if is_visible and fetched.error else unreadable
        for one, body in fetched.new.items():
            self._fetch.keep(one, body)
        return statement, unknown_in(list(told.values())), fetched.error if is_visible else None

    def _keep_evidence(self, unreadable: UnexpectedFormat, fetched: Fetched) -> None:
        for one, body in fetched.new.items():
            if one.operation.name == unreadable.operation:
                self._fetch.keep_evidence(one, body)

    def _record(self, statement: Statement, unknown: set[str], *, is_first: bool) -> PayrollRecord:
        """The record. An element that is new is said once: of the delivery when the first employee has it,
        else of the first employee who does.
        """
        record = statement.record(self._entity_key)
        fresh = unknown - self._lists.unknown
        self._lists.unknown.update(unknown)
        if not fresh or is_first:
            return record
        return replace(record, remarks=(*record.remarks, unknown_remark(fresh)))
