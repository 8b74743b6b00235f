"""The remarks about a reading as a whole, and those that weigh several answers about one employee."""

from collections.abc import Collection, Sequence

from schakel.connectors.payroll.nmbrs_soap.histories import EmploymentRow, SalaryRow
from schakel.connectors.payroll.nmbrs_soap.reports import Checks, Moved
from schakel.connectors.payroll.nmbrs_soap.statement import Statement
from schakel.connectors.payroll.nmbrs_soap.work import DAY
from schakel.connectors.payroll_source import Remark


def about_delivery(
    unknown: Collection[str], checks: Checks, employee_keys: Collection[str]
) -> tuple[Remark, ...]:
    """What a person must know of the reading as a whole."""
    found = []
    paid_but_not_named = checks.paid.difference(employee_keys)
    if not checks.is_complete:
        found.append(
            Remark(
                "report-not-ready",
                "Nmbrs had een rapport van de verloning niet op tijd klaar. De gegevens zijn overgenomen, maar niet "
                "met de verloning vergeleken; dat gebeurt bij de volgende synchronisatie.",
                "Nmbrs did not finish a report of the payroll run in time. The data were taken over but not compared "
                "with the run; the next sync does that.",
            )
        )
    if not employee_keys:
        found.append(
            Remark(
                "empty-list",
                "Nmbrs noemt bij dit bedrijf geen enkele werknemer. Er is niemand afgemeld; kijk in Nmbrs of dat "
                "klopt.",
                "Nmbrs names no employee at this employer. Nobody was withdrawn; see in Nmbrs whether that is right.",
            )
        )
    if paid_but_not_named:
        count = len(paid_but_not_named)
        found.append(
            Remark(
                "paid-but-not-named",
                f"De laatste verloning betaalde {count} werknemers die in geen lijst van Nmbrs staan. Er is niemand "
                "afgemeld; kijk in Nmbrs of ze zichtbaar zijn voor de API-gebruiker.",
                f"The last payroll run paid {count} employees who are on no list of Nmbrs. Nobody was withdrawn; see "
                "in Nmbrs whether the API user may see them.",
            )
        )
    if unknown:
        found.append(unknown_remark(unknown))
    return tuple(found)


def unknown_remark(unknown: Collection[str]) -> Remark:
    """Elements that are new to us; nothing of them is taken over."""
    named = ", ".join(sorted(unknown))
    return Remark(
        "unknown-element",
        f"Nmbrs stuurt iets wat wij nog niet kennen: {named}. Er is niets van overgenomen; de beheerder van de "
        "koppeling kijkt ernaar.",
        f"Nmbrs sends something we do not know yet: {named}. Nothing of it was taken over; the operator of the "
        "link looks into it.",
    )


def remark_missing(statement: Statement, fact: str, operation: str) -> None:
    """One answer names somebody whom another one leaves out."""
    statement.remark(
        "missing-from-answer",
        f"Deze werknemer ontbreekt in één antwoord van Nmbrs ({operation}). Wat bekend was blijft; er is niets "
        "beëindigd. Kijk in Nmbrs of het daar is ingevuld; is dat zo, dan komt het de volgende keer vanzelf goed.",
        f"This employee is missing from one answer of Nmbrs ({operation}). What was known stays; nothing was ended. "
        "See in Nmbrs whether it is filled in; if so, the next sync puts it right by itself.",
        fact,
    )


def remark_not_visible(statement: Statement) -> None:
    """Nmbrs names the employee and then refuses to tell of them."""
    statement.remark(
        "employee-not-visible",
        "Nmbrs noemt deze werknemer maar toont de gegevens niet. Wat bekend was blijft; kijk in Nmbrs of de werknemer "
        "is verplaatst.",
        "Nmbrs names this employee but does not show the details. What was known stays; see in Nmbrs whether the "
        "employee was moved.",
    )


def remark_retroactive(
    moved: Sequence[Moved],
    salaries: Sequence[SalaryRow],
    employments: Sequence[EmploymentRow],
    statement: Statement,
) -> None:
    """A retroactive run paid an old period again, and nothing we can date explains it.

    Wage components, insurance and partner are only told as they are now. When one of those was corrected for the
    past, the run is the only sign of it, and a person must say from when.
    """
    if all(_is_explained(one, salaries, employments, statement) for one in moved):
        return
    statement.remark(
        "retroactive-run-unexplained",
        "Een TWK-verloning rekende een eerder loontijdvak opnieuw, maar salaris, rooster en dienstverband verklaren "
        "dat niet. Kijk in Nmbrs wat er met terugwerkende kracht is gewijzigd.",
        "A retroactive run paid an earlier wage period again, but salary, schedule and employment do not explain it. "
        "See in Nmbrs what was changed retroactively.",
    )


def _is_explained(
    moved: Moved,
    salaries: Sequence[SalaryRow],
    employments: Sequence[EmploymentRow],
    statement: Statement,
) -> bool:
    entered = [(row.start, row.created) for row in salaries]
    entered += [(row.start, row.created) for row in employments]
    if not moved.run_before_at or any(
        start is not None and start < moved.until and created[:19] > moved.run_before_at
        for start, created in entered
    ):
        return True
    # Schedules and ends of employment carry no moment of entry: one in or after the period explains it.
    ends = [row.end + DAY for row in employments if row.end is not None]
    days = [*statement.days_of("hours_per_week"), *ends]
    return any(moved.start <= day < max(moved.until, statement.period.start) for day in days)
