"""The preflight: each of the nineteen calls tried once, and where in Nmbrs to tick the ones that are refused."""

from collections.abc import Sequence

from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RightRefused,
)
from schakel.connectors.payroll.nmbrs_soap.answers import Reading, refuse_unsafe
from schakel.connectors.payroll.nmbrs_soap.client import NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.entities import (
    EMPLOYEES,
    ENTITIES,
    PERIOD,
    read_employees,
    read_period,
)
from schakel.connectors.payroll.nmbrs_soap.faults import CallRefused, CompanyNotVisible, place_to_tick
from schakel.connectors.payroll.nmbrs_soap.histories import EMPLOYMENTS, SALARIES
from schakel.connectors.payroll.nmbrs_soap.reports import BY_CODE, BY_RUN, RUNS, Runs, read_runs
from schakel.connectors.payroll.nmbrs_soap.settings import NmbrsSettings
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call, call
from schakel.connectors.payroll_source import CurrentPeriod, Entity, Needs, Right

PERSONAL = "EmployeeService.PersonalInfo_GetCurrent"
ADDRESS = "EmployeeService.Address_GetListCurrent"
BANK_ACCOUNT = "EmployeeService.BankAccount_GetListCurrent"
CHILDREN = "EmployeeService.Children_Get"
PARTNER = "EmployeeService.Partner_Get"
CONTRACT = "EmployeeService.Contract_GetCurrentPeriod"
SCHEDULE = "EmployeeService.Schedule_GetCurrent"
SCHEDULES = "EmployeeService.Schedule_GetList"
INSURANCE = "EmployeeService.SVW_GetCurrent"
FIXED = "EmployeeService.WageComponentFixed_GetCurrent"
VARIABLE = "EmployeeService.WageComponentVar_GetCurrent"

OPERATIONS = (
    ENTITIES, PERIOD, RUNS, f"CompanyService.{BY_RUN}", f"CompanyService.{BY_CODE}", EMPLOYEES, PERSONAL,
    ADDRESS, BANK_ACCOUNT, CHILDREN, PARTNER, CONTRACT, SALARIES, EMPLOYMENTS, SCHEDULE, SCHEDULES, INSURANCE,
    FIXED, VARIABLE,
)  # fmt: skip
"""The calls an employer grants in the API template, in the order of the vendor's guide."""

_CONDITIONAL = {
    BANK_ACCOUNT: ("bank_account", "het rekeningnummer", "the bank account"),
    CHILDREN: ("children", "kinderen", "children"),
    PARTNER: ("partner", "een partner", "a partner"),
}


def is_needed(operation: str, needs: Needs) -> bool:
    """Whether a scheme of the employer asks for what this call tells."""
    return operation not in _CONDITIONAL or bool(getattr(needs, _CONDITIONAL[operation][0]))


class Preflight:
    """Tries the calls at one entity. Nothing is stored."""

    def __init__(self, client: NmbrsClient, settings: NmbrsSettings, entity: Entity) -> None:
        self._client, self._settings, self._entity_id = client, settings, int(entity.key)
        self._period: CurrentPeriod | None = None
        self._runs = Runs()
        # An id that nobody has: a call that is allowed then says so with another code than "no right".
        self._employee_id = 0

    def rights(self, needs: Needs) -> Sequence[Right]:
        """One answer per call. Raises AuthorisationExpired when the log-in itself is not accepted."""
        return [self._right(operation, needs) for operation in OPERATIONS]

    def _right(self, operation: str, needs: Needs) -> Right:
        if not is_needed(operation, needs):
            _, what_nl, what_en = _CONDITIONAL[operation]
            return Right(
                operation,
                "not_needed",
                f"Geen regeling van deze werkgever vraagt naar {what_nl}; dit wordt niet opgehaald.",
                f"No scheme of this employer asks for {what_en}; this is not fetched.",
            )
        try:
            body = self._client.ask(self._call(operation))
            refuse_unsafe(operation, body)
            self._learn(operation, body)
        except AuthorisationExpired:
            raise
        except ConnectorError as error:
            return _judged(operation, error)
        return Right(operation, "granted")

    def _call(self, operation: str) -> Call:
        year, number = (self._period.year, self._period.number) if self._period else (0, 0)
        run = self._runs.newest
        of_run = (self._entity_id, run.key if run else 0, run.year if run else year)
        types = self._settings.employee_types or (tables().fallback_employee_type,)
        values: dict[str, tuple[int, ...]] = {
            ENTITIES: (),
            PERIOD: (self._entity_id,),
            RUNS: (self._entity_id, year),
            f"CompanyService.{BY_RUN}": of_run,
            f"CompanyService.{BY_CODE}": (*of_run, self._settings.wage_codes["salary"][0]),
            EMPLOYEES: (self._entity_id, types[0]),
            SALARIES: (self._entity_id,),
            EMPLOYMENTS: (self._entity_id,),
            SCHEDULES: (self._employee_id, number, year),
        }
        return call(operation, *values.get(operation, (self._employee_id,)))

    def _learn(self, operation: str, body: bytes) -> None:
        """What later calls need of this answer: the period, a run and an employee."""
        if operation == PERIOD:
            self._period = read_period(body)
        elif operation == RUNS:
            self._runs = Runs(read_runs(Reading(RUNS), body))
        elif operation == EMPLOYEES:
            self._employee_id = min(map(int, read_employees(Reading(EMPLOYEES), body)), default=0)


def _judged(operation: str, error: ConnectorError) -> Right:
    """What an error says about the right: a call that is refused for another reason is a call we may make."""
    if isinstance(error, CompanyNotVisible):
        return Right(operation, "refused", error.message("nl"), error.message("en"))
    if isinstance(error, RightRefused):
        return Right(operation, "refused", *place_to_tick(operation))
    if isinstance(error, CallRefused):
        return Right(operation, "granted")
    return Right(operation, "unknown", error.message("nl"), error.message("en"))
