"""The two company-wide histories, read as a stream: employments and salaries, as small rows per employee."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from schakel.connectors.payroll.nmbrs_soap.answers import Element, Fields, Reading, children, each
from schakel.connectors.payroll.nmbrs_soap.tables import tables

SALARIES = "EmployeeService.Salary_GetAll_AllEmployeesByCompany"
EMPLOYMENTS = "EmployeeService.Employment_GetAll_AllEmployeesByCompany"


class SalaryRow(NamedTuple):
    """One row of the salary history."""

    key: int
    start: date | None
    created: str  #: as written; sorts as time
    cents: int | None
    kind: str  #: "" when it is no gross salary


class EmploymentRow(NamedTuple):
    """One stretch of service; `end` is the last day in it."""

    key: int
    start: date | None
    end: date | None
    created: str


def read_salaries(reading: Reading, body: bytes) -> dict[str, tuple[SalaryRow, ...]]:
    """The salary rows of every employee the answer names."""
    found: dict[str, tuple[SalaryRow, ...]] = {}
    kinds = tables().salary_kinds
    for item in each(reading.operation, body, "EmployeeSalaryItem"):
        key, rows = _item(reading, item, "EmployeeSalaryItem", "EmployeeSalaries", "Salary_V2")
        told = tuple(_salary(row, kinds) for row in rows)
        found[key] = found.get(key, ()) + told
    return found


def read_employments(reading: Reading, body: bytes) -> dict[str, tuple[EmploymentRow, ...]]:
    """The employments of every employee the answer names."""
    found: dict[str, tuple[EmploymentRow, ...]] = {}
    for item in each(reading.operation, body, "EmployeeEmploymentItem"):
        key, rows = _item(reading, item, "EmployeeEmploymentItem", "EmployeeEmployments", "Employment")
        told = tuple(
            EmploymentRow(
                row.key("EmploymentId"),
                row.day("StartDate"),
                row.day("EndDate"),
                row.text("CreationDate") or "",
            )
            for row in rows
        )
        found[key] = found.get(key, ()) + told
    return found


def _item(
    reading: Reading, item: Element, item_type: str, holder: str, row_type: str
) -> tuple[str, list[Fields]]:
    needed = tables().needed
    fields = reading.fields(item, item_type, needed[item_type])
    rows = children(fields.element(holder), row_type)
    return str(fields.key("EmployeeId")), [reading.fields(row, row_type, needed[row_type]) for row in rows]


def _salary(row: Fields, kinds: Mapping[str, str]) -> SalaryRow:
    kind = kinds.get(row.text("Type") or "", "")
    return SalaryRow(
        row.key("ID"),
        row.day("StartDate"),
        row.text("CreationDate") or "",
        row.scaled("Value"),
        kind,
    )
