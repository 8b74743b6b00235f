"""What somebody works and earns: service, salary, contract, social insurance and wage components, as facts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from schakel.connectors.payroll.nmbrs_soap.answers import Fields, children, descendants
from schakel.connectors.payroll.nmbrs_soap.histories import EmploymentRow, SalaryRow
from schakel.connectors.payroll.nmbrs_soap.statement import Answered, Statement
from schakel.connectors.payroll_source import Origin, StatedValue
from schakel.engine.wage_periods import wage_period

DAY = timedelta(days=1)


def state_employments(
    rows: Sequence[EmploymentRow], operation: str, sha256: str, statement: Statement
) -> None:
    """The whole history of service. Nobody leaves because a row is missing: only an end date ends it."""
    stretches = list(_stretches(rows, statement))
    if not stretches:
        return
    statement.first_day = stretches[0][0]
    employed: list[StatedValue] = []
    since: list[StatedValue] = []
    for place, (start, until, key) in enumerate(stretches):
        row = f"EmployeeEmploymentItem/EmployeeEmployments/Employment[EmploymentId={key}]"
        began, ended = (
            Origin(operation, f"{row}/StartDate", sha256),
            Origin(operation, f"{row}/EndDate", sha256),
        )
        employed.append(StatedValue(start, until, True, began))
        since.append(StatedValue(start, until, start.isoformat(), began))
        if until is not None:
            again = stretches[place + 1][0] if place + 1 < len(stretches) else None
            employed.append(StatedValue(until, again, False, ended))
    statement.history("is_employed", employed)
    statement.history("employed_since", since)


def _stretches(
    rows: Sequence[EmploymentRow], statement: Statement
) -> Iterator[tuple[date, date | None, int]]:
    """Stretches of service `[start, until)` in order, those that touch or overlap taken together."""
    dated = sorted(
        (row.start, date.max if row.end is None else row.end, row.key)
        for row in rows
        if row.start is not None
    )
    if len(dated) < len(rows) or any(end < start for start, end, _ in dated):
        statement.remark(
            "employment-dates-wrong",
            "Een dienstverband heeft geen begindatum of eindigt voor het begint. Herstel het in Nmbrs; tot dan geldt "
            "wat eerder bekend was.",
            "An employment has no start date or ends before it starts. Correct it in Nmbrs; until then what was known "
            "before holds.",
            "is_employed",
        )
        return
    if any(later[0] <= earlier[1] for earlier, later in pairwise(dated)):
        statement.remark(
            "two-employments-at-once",
            "Er lopen twee dienstverbanden tegelijk. Ze tellen als één; kijk in Nmbrs of dat klopt.",
            "Two employments run at once. They count as one; see in Nmbrs whether that is right.",
            "is_employed",
        )
    while dated:
        start, end, key = dated.pop(0)
        while dated and (end == date.max or dated[0][0] <= end + DAY):
            end = max(end, dated.pop(0)[1])
        yield start, None if end == date.max else end + DAY, key


def state_salaries(rows: Sequence[SalaryRow], operation: str, sha256: str, statement: Statement) -> None:
    """The whole history of salaries, an amount per wage period or hour; of one start date the newest entry.

    When one of them cannot be right the fact is left out as a whole: half a history would be a wrong one.
    """
    newest: dict[date, SalaryRow] = {}
    for row in sorted(rows, key=lambda one: (one.created, one.key)):
        if row.start is not None:
            newest[row.start] = row
    if any(row.start is None for row in rows) or any(row.cents is None for row in newest.values()):
        _remark_salary("salary-incomplete", "Een salaris heeft geen bedrag of begindatum", statement)
        return
    if any(row.cents is not None and row.cents < 0 for row in newest.values()):
        _remark_salary("negative-salary", "Een salaris is negatief", statement)
        return
    if any(not row.kind for row in newest.values()):
        _remark_salary(
            "salary-kind-not-gross", "Een salaris is geen bruto maand-, periode- of uurloon", statement
        )
        return
    starts = sorted(newest)
    amounts, kinds = [], []
    for start, until in zip(starts, [*starts[1:], None], strict=False):
        row = newest[start]
        path = f"EmployeeSalaryItem/EmployeeSalaries/Salary_V2[ID={row.key}]"
        amounts.append(StatedValue(start, until, row.cents, Origin(operation, f"{path}/Value", sha256)))
        kinds.append(StatedValue(start, until, row.kind, Origin(operation, f"{path}/Type", sha256)))
    if amounts:
        statement.history("salary_amount", amounts)
        statement.history("salary_kind", kinds)


_SALARY_EN = {
    "salary-incomplete": "A salary has no amount or start date",
    "negative-salary": "A salary is negative",
    "salary-kind-not-gross": "A salary is no gross wage per month, period or hour",
}


def _remark_salary(code: str, what_nl: str, statement: Statement) -> None:
    statement.remark(
        code,
        f"{what_nl}. Herstel het in Nmbrs; tot dan geldt het salaris dat eerder bekend was.",
        f"{_SALARY_EN[code]}. Correct it in Nmbrs; until then the salary known before holds.",
        "salary_amount",
    )


def state_contract(told: Answered, statement: Statement) -> None:
    """Contract_GetCurrentPeriod: the latest contract of the period. A contract is a document: it neither
    starts nor ends an employment.
    """
    rows = [told.fields(row, "EmployeeContract") for row in descendants(told.result, "EmployeeContract")]
    if not rows:
        statement.current("contract", None, told.origin("EmployeeContracts"))
        return
    latest = max(rows, key=lambda row: (row.day("StartDate") or date.min, row.key("ContractID")))
    key, ends = latest.key("ContractID"), latest.day("EndDate")
    starts = latest.day("StartDate")
    contract = {
        "contract_key": str(key),
        "is_indefinite": latest.yes("Indefinite"),
        "is_written": latest.yes("WrittenContract"),
        "starts_on": None if starts is None else starts.isoformat(),
        "ends_on": None if ends is None else ends.isoformat(),
        "hours_per_week": latest.scaled("HoursPerWeek"),
    }
    path = f"EmployeeContracts/EmployeeContract[ContractID={key}]"
    statement.current("contract", contract, told.origin(path))
    number = latest.whole("EmploymentSequenceTaxId")
    if number:
        statement.current("ikv_number", number, told.origin(f"{path}/EmploymentSequenceTaxId"))


def state_insurance(told: Answered, statement: Statement) -> None:
    """SVW_GetCurrent: insured for the WIA, number of the income relationship, and collective agreement."""
    if told.result is None or not len(told.result):
        return
    row = told.fields(told.result, "EmployeeSVWSettings")
    insured = row.yes("Wao_Wia")
    if insured is not None:
        start, origin = _insured_from(row, statement), told.origin("EmployeeSVWSettings/Wao_Wia")
        statement.steps("is_wia_insured", start, [StatedValue(start, None, insured, origin)])
    number = row.whole("EmploymentSequenceTaxId")
    if number:
        path = "EmployeeSVWSettings/EmploymentSequenceTaxId"
        statement.current("ikv_number", number, told.origin(path))
    agreement = row.element("CAO")
    if agreement is not None:
        code = told.fields(agreement, "CAO").text("CAOCode")
        statement.current("collective_agreement", code, told.origin("EmployeeSVWSettings/CAO/CAOCode"))


def _insured_from(row: Fields, statement: Statement) -> date:
    """The settings hold from the period they name, at the latest from the current one."""
    year, number, current = row.whole("StartYear"), row.whole("StartPeriod"), statement.period
    try:
        start = wage_period(current.kind, year or 0, number or 0).period.start
    except ValueError:
        return current.start
    return min(start, current.start)


def state_component(told: Answered, fact: str, codes: Sequence[int], statement: Statement) -> None:
    """WageComponent…_GetCurrent: the sum of the components with one of these wage codes; zero when none has.

    Payroll tells these without dates, so they hold from the current wage period until it says otherwise.
    """
    total = 0
    for element in children(told.result, "WageComponent"):
        row = told.fields(element, "WageComponent")
        if row.key("Code") in codes:
            total += row.scaled("Value") or 0
    if total < 0:
        statement.remark(
            "negative-component",
            "Een looncomponent is negatief. Herstel het in Nmbrs; tot dan geldt wat eerder bekend was.",
            "A wage component is negative. Correct it in Nmbrs; until then what was known before holds.",
            fact,
        )
        return
    spelled = " or ".join(f"Code={code}" for code in codes)
    statement.current(fact, total, told.origin(f"WageComponent[{spelled}]/Value"))
