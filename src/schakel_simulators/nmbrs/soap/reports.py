"""Reports: an XML document inside a string, at once or as a task in the background."""

import random
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.wage_codes import Report, run_reports
from schakel_simulators.nmbrs.soap.fault import nmbrs_fault
from schakel_simulators.nmbrs.soap.wire import Wire

DECLARATION = '<?xml version="1.0" encoding="utf-16"?>\n'
"""What the vendor writes at the head of the string, whatever the encoding around it."""


@dataclass(frozen=True, slots=True)
class WageCodes:
    """Which report is asked: the wage codes of one run, or one code of it."""

    company_id: int
    run_id: int
    year: int
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A report in the making; only the login that started it may ask for it."""

    owner: str
    asked: WageCodes
    started: float


class Tasks:
    """The background tasks. Each is ready `seconds` after it was started; `clock` gives seconds."""

    def __init__(self, seed: int, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self._clock = clock
        self._random = random.Random(seed)
        self._tasks: dict[str, Task] = {}
        self._lock = threading.Lock()

    def start(self, owner: str, asked: WageCodes) -> str:
        """Start one; returns its id."""
        with self._lock:
            task_id = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            self._tasks[task_id] = Task(owner, asked, self._clock())
        return task_id

    def find(self, owner: str, task_id: str) -> tuple[Task, str]:
        """A task and its status. Raises SoapFault 2019 for an unknown one, and for somebody else's."""
        task = self._tasks.get(task_id.lower())
        if task is None or task.owner != owner:
            raise nmbrs_fault(2019)
        waited = self._clock() - task.started
        if waited >= self.seconds:
            return task, "Success"
        return task, "Executing" if waited >= self.seconds / 2 else "Enqueued"


def checked(books: Books, asked: WageCodes) -> WageCodes:
    """The question, when the company has such a run. Raises SoapFault: 2046 no such run, 2006 another year.

    Which codes the vendor gives here is not documented: unverified.
    """
    run = next((run for run in books.companies[asked.company_id].runs if run.id == asked.run_id), None)
    if run is None:
        raise nmbrs_fault(2046)
    if run.year != asked.year:
        raise nmbrs_fault(2006)
    return asked


def document(company: Company, employees: Iterable[Employee], asked: WageCodes, wire: Wire) -> Iterator[str]:
    """The report of a question that was checked, escaped to stand inside an element, employee by employee."""
    run = next(run for run in company.runs if run.id == asked.run_id)
    reports = run_reports(company, run, employees, asked.code)
    yield escape(DECLARATION)
    first = next(reports, None)
    if first is None:
        yield escape("<reports />")
        return
    yield escape("<reports>\n") + escape(_report(first, wire))
    for report in reports:
        yield escape(_report(report, wire))
    yield escape("</reports>")


def _report(report: Report, wire: Wire) -> str:
    lines = "".join(
        f"      <line><code>{line.code}</code><description>{escape(line.description)}</description>"
        f"<value>{wire.value_in_report(line.value)}</value></line>\n"
        for line in report.lines
    )
    return (
        f"  <report>\n    <employeeid>{report.employee_id}</employeeid>\n"
        f"    <period>{report.period}</period>\n    <year>{report.year}</year>\n"
        f"    <runnumber>{report.run_number}</runnumber>\n"
        f"    <lines>\n{lines}    </lines>\n  </report>\n"
    )
