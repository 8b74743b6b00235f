"""What is asked of an entity as a whole: which there are, the current wage period, and who is in it."""

from collections.abc import Iterable, Sequence

from schakel.connectors.errors import RefusedByPeer, RightRefused
from schakel.connectors.payroll.nmbrs_soap.answers import Reading, children, each, result_of
from schakel.connectors.payroll.nmbrs_soap.faults import CompanyNotVisible, unexpected
from schakel.connectors.payroll.nmbrs_soap.fetch import Fetch
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll.nmbrs_soap.wsdl import call
from schakel.connectors.payroll_source import CurrentPeriod, Entity
from schakel.engine.wage_periods import wage_period

ENTITIES = "CompanyService.List_GetAll"
PERIOD = "CompanyService.Company_GetCurrentPeriod"
EMPLOYEES = "EmployeeService.List_GetByCompany"
EMPLOYEE_TYPES = "EmployeeService.EmployeeType_GetList"


def read_entities(body: bytes) -> list[Entity]:
    """List_GetAll: the entities the log-in may see. The list has no employees, so new elements are ignored."""
    reading = Reading(ENTITIES)
    found = []
    for element in children(result_of(ENTITIES, body), "Company"):
        row = reading.fields(element, "Company", tables().needed["Company"])
        found.append(
            Entity(
                key=str(row.key("ID")),
                name=_name_as_written(row.element("Name")),
                wage_period_kind=tables().entity_periods.get(row.text("LoonaangifteTijdvak") or ""),
                registration_number=row.text("KvkNr"),
            )
        )
    return found


def _name_as_written(element: object) -> str:
    """With every space: entities are matched to the literal name."""
    text = getattr(element, "text", None)
    return text if isinstance(text, str) else ""


def read_period(body: bytes) -> CurrentPeriod:
    """Company_GetCurrentPeriod: a text like 2026-11-M or 2026-4-4W."""
    result = result_of(PERIOD, body)
    parts = ((result.text if result is not None else "") or "").strip().upper().split("-")
    try:
        kind = tables().current_periods[parts[2]]
        found = wage_period(kind, int(parts[0]), int(parts[1]))
    except (IndexError, KeyError, ValueError):
        raise unexpected(PERIOD, "it names no wage period", "er staat geen loontijdvak in") from None
    assert found.period.until is not None, "a wage period ends"
    return CurrentPeriod(kind, found.year, found.number, found.period.start, found.period.until)


def read_employees(reading: Reading, body: bytes) -> dict[str, str]:
    """List_GetByCompany: employee numbers by key."""
    found = {}
    for element in each(EMPLOYEES, body, "Employee"):
        row = reading.fields(element, "Employee", tables().needed["Employee"])
        found[str(row.key("Id"))] = row.text("Number") or ""
    return found


def employee_types(fetch: Fetch, configured: Sequence[int] | None) -> Sequence[int]:
    """Which lists hold people on the payroll, leavers too: configured, else by the words Nmbrs describes them with.

    The call is not among those the vendor's guide asks for, so a refusal is no reason to stop: the id that
    public clients use for active employees remains, and leavers are found by their employment.
    """
    if configured is not None:
        return configured
    try:
        types, _ = fetch.get(call(EMPLOYEE_TYPES), _read_types)
    except CompanyNotVisible:
        raise
    except (RightRefused, RefusedByPeer):
        types = []
    return types or [tables().fallback_employee_type]


def _read_types(body: bytes) -> list[int]:
    reading, found = Reading(EMPLOYEE_TYPES), []
    for element in children(result_of(EMPLOYEE_TYPES, body), "EmployeeType"):
        row = reading.fields(element, "EmployeeType", tables().needed["EmployeeType"])
        words = (row.text("Description") or "").casefold()
        if _has(words, tables().payroll_words) and not _has(words, tables().not_payroll_words):
            found.append(row.key("Id"))
    return sorted(found)


def _has(words: str, wanted: Iterable[str]) -> bool:
    return any(word in words for word in wanted)
