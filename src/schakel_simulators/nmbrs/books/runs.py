"""Payroll runs: what one is called and when it was made."""

from datetime import datetime, time, timedelta

from schakel_simulators.nmbrs.books.environment import Run
from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind

MONTHS = (
    "Januari",
    "Februari",
    "Maart",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Augustus",
    "September",
    "Oktober",
    "November",
    "December",
)


def period_name(period: PayPeriod) -> str:
    """What people call the period: `Oktober 2026`, `Periode 4 2026`, `Week 9 2026`."""
    if period.kind is PeriodKind.MONTH:
        return f"{MONTHS[period.number - 1]} {period.year}"
    word = "Week" if period.kind is PeriodKind.WEEK else "Periode"
    return f"{word} {period.number} {period.year}"


def ran_at(period: PayPeriod) -> datetime:
    """When a period was run: in the afternoon, six days before its end, a weekly one a day before."""
    early = timedelta(days=1 if period.kind is PeriodKind.WEEK else 6)
    return datetime.combine(period.end_on - early, time(14, 5, 31))


def normal_run(run_id: int, number: int, period: PayPeriod, at: datetime | None = None) -> Run:
    """The approved run of one period."""
    return Run(
        run_id,
        number,
        period.year,
        period.number,
        period.number,
        period_name(period),
        at or ran_at(period),
        True,
    )
