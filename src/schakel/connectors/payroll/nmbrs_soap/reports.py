"""Payroll runs and their wage codes: who was paid, and whose earlier periods a retroactive run moved.

The background form is preferred, as the vendor recommends for reports; where it is not granted or fails, the
direct form is asked. Nothing of a report becomes a fact: it checks what the other answers say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from schakel.connectors.errors import RefusedByPeer, RightRefused, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap.answers import (
    Element,
    Reading,
    children,
    each_inside,
    local,
    result_of,
)
from schakel.connectors.payroll.nmbrs_soap.faults import CompanyNotVisible, unexpected
from schakel.connectors.payroll.nmbrs_soap.fetch import Fetch
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call, call
from schakel.engine.wage_periods import wage_period

RUNS = "CompanyService.Run_GetList"
BY_RUN = "Reports_GetWageCodesByRunCompany_v2"
BY_CODE = "Reports_GetWageCodesByRunCompany_FilterByWageCode"
TASK = "ReportService.Reports_BackgroundTask_Result"
LONGEST_POLL = 30.0
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FINAL = frozenset({"success", "error", "failed"})


@dataclass(frozen=True, slots=True)
class Run:
    """One payroll run. `first` and `last` are numbers of wage periods of its year."""

    key: int
    year: int
    first: int
    last: int
    run_at: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A wage period that a retroactive run paid again, and when it was run last before that."""

    start: date
    until: date
    run_before_at: str


@dataclass(frozen=True, slots=True)
class Runs:
    """What the runs tell: the newest one, and the newest retroactive one."""

    listed: tuple[Run, ...] = ()

    @property
    def newest(self) -> Run | None:
        return next((run for run in reversed(self.listed) if not self._is_retroactive(run)), None)

    @property
    def newest_retroactive(self) -> Run | None:
        """A run is retroactive when it pays a period that an earlier run has paid: SOAP has no kind of run."""
        return next((run for run in reversed(self.listed) if self._is_retroactive(run)), None)

    def run_before(self, run: Run, number: int) -> str:
        """When a period was run last before this run; empty when it was not."""
        moments = [one.run_at for one in self._before(run) if one.first <= number <= one.last]
        return max(moments, default="")

    def _before(self, run: Run) -> list[Run]:
        return [one for one in self.listed[: self.listed.index(run)] if one.year == run.year]

    def _is_retroactive(self, run: Run) -> bool:
        return any(run.first <= one.last for one in self._before(run))


@dataclass(slots=True)
class Checks:
    """What the reports say about people: who was paid, and which of their periods moved."""

    is_complete: bool = (
        True  #: False: a report was not ready in time, so nothing follows from who is not in it
    )
    paid: set[str] = field(default_factory=set)
    moved: dict[str, list[Moved]] = field(default_factory=dict)


def read_runs(reading: Reading, body: bytes) -> tuple[Run, ...]:
    """Run_GetList, in order of time."""
    found = []
    for element in children(result_of(reading.operation, body), "RunInfo"):
        row = reading.fields(element, "RunInfo", tables().needed["RunInfo"])
        run_at = (row.text("RunAt") or "")[:19]
        found.append(
            Run(row.key("ID"), row.key("Year"), row.key("PeriodStart"), row.key("PeriodEnd"), run_at)
        )
    return tuple(sorted(found, key=lambda run: (run.run_at, run.key)))


class Reports:
    """The reports of one delivery: started early, collected when the lists are in."""

    def __init__(
        self, fetch: Fetch, entity_id: int, kind: str, runs: Runs, salary_codes: Sequence[int]
    ) -> None:
        self._fetch, self._kind, self._runs = fetch, kind, runs
        self._asked: list[tuple[_Report, Run]] = []
        if runs.newest is not None:
            self._ask(entity_id, BY_RUN, runs.newest)
        if runs.newest_retroactive is not None:
            for code in salary_codes:
                self._ask(entity_id, BY_CODE, runs.newest_retroactive, code)

    def _ask(self, entity_id: int, name: str, run: Run, *more: int) -> None:
        values = (entity_id, run.key, run.year, *more)
        report = _Report(
            self._fetch,
            call(f"ReportService.{name}_Background", *values),
            call(f"CompanyService.{name}", *values),
        )
        report.start()
        self._asked.append((report, run))

    def collect(self) -> Checks:
        """Wait for the reports and read them; what is not ready in time checks nothing."""
        client, checks = self._fetch.client, Checks()
        end = client.now() + client.settings.report_total_seconds
        for report, run in self._asked:
            rows = report.rows(end)
            checks.is_complete = checks.is_complete and rows is not None
            for employee_key, year, number in rows or ():
                if run is self._runs.newest_retroactive:
                    self._note_moved(checks, run, employee_key, year, number)
                else:
                    checks.paid.add(employee_key)
        return checks

    def _note_moved(self, checks: Checks, run: Run, employee_key: str, year: int, number: int) -> None:
        try:
            period = wage_period(self._kind, year, number).period
        except ValueError:
            raise unexpected(TASK, "there is no such wage period", "zo'n loontijdvak bestaat niet") from None
        assert period.until is not None, "a wage period ends"
        before = self._runs.run_before(run, number)
        checks.moved.setdefault(employee_key, []).append(Moved(period.start, period.until, before))


class _Report:
    """One report, in its background form or else directly."""

    def __init__(self, fetch: Fetch, background: Call, direct: Call) -> None:
        self._fetch, self._background, self._direct = fetch, background, direct
        self._task: str | None = None
        self._body: tuple[Call, str, bytes] | None = None

    def start(self) -> None:
        """Ask for it, unless an earlier try has it."""
        for one, operation in ((self._background, TASK), (self._direct, self._direct.operation.name)):
            kept = self._fetch.kept(one)
            if kept is not None:
                self._body = (one, operation, kept)
                return
        try:
            body = self._fetch.client.ask(self._background)
        except CompanyNotVisible:
            raise
        except (RightRefused, RefusedByPeer):
            return
        name = self._background.operation.name
        result = result_of(name, body)
        task = "" if result is None else (result.text or "").strip()
        if not _GUID.fullmatch(task):
            raise unexpected(name, "there is no task id", "er is geen taaknummer")
        self._task = task

    def rows(self, end: float) -> list[tuple[str, int, int]] | None:
        """Employee, year and period of every report in it that has an amount; None when it is not ready."""
        if self._body is None and self._task is not None:
            self._body = self._poll(self._task, end)
            if self._body is None and self._fetch.client.now() >= end:
                return None
        if self._body is None:
            name = self._direct.operation.name
            self._body = (self._direct, name, self._fetch.client.ask(self._direct))
        of, operation, body = self._body
        try:
            found = list(_rows(operation, _document(operation, body)))
        except UnexpectedFormat:
            self._fetch.keep_evidence(of, body)
            raise
        self._fetch.keep(of, body, operation)
        return found

    def _poll(self, task: str, end: float) -> tuple[Call, str, bytes] | None:
        """Ask for the result until it is there; None when the task failed, or the time is over."""
        client = self._fetch.client
        pause = client.settings.report_poll_seconds
        while True:
            body = client.ask(call(TASK, task))
            status = (_task_text(body, "Status") or "").casefold()
            if status in _FINAL:
                return (self._background, TASK, body) if status == "success" else None
            left = end - client.now()
            if left <= 0:
                return None
            client.pause(min(pause, left))
            pause = min(pause * 2, LONGEST_POLL)


def _task_text(body: bytes, name: str) -> str | None:
    result = result_of(TASK, body, is_huge=True)
    found = next(iter(children(result, name)), None)
    return None if found is None else found.text


def _document(operation: str, body: bytes) -> str:
    """The XML document in the answer's string."""
    if operation == TASK:
        return _task_text(body, "Content") or ""
    result = result_of(operation, body, is_huge=True)
    return "" if result is None else result.text or ""


def _rows(operation: str, document: str) -> Iterator[tuple[str, int, int]]:
    for element in each_inside(operation, document, "report", "reports"):
        told = {local(child).casefold(): child for child in element}
        values = [_number(told, name) for name in ("employeeid", "year", "period")]
        if any(value is None for value in values):
            raise unexpected(
                operation,
                "report/employeeid, year or period is gone",
                "report/employeeid, year of period ontbreekt",
            )
        key, year, number = values
        if any(True for _ in _lines(told.get("lines"))):
            yield str(key), int(year or 0), int(number or 0)


def _lines(lines: Element | None) -> Iterator[Element]:
    """The lines with an amount; a comma may stand for the point in these documents."""
    for line in children(lines, "line"):
        value = next((child.text for child in line if local(child).casefold() == "value"), None)
        if value is not None and value.strip(" 0.,-"):
            yield line


def _number(told: dict[str, Element], name: str) -> int | None:
    text = (told[name].text or "").strip() if name in told else ""
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) else None
