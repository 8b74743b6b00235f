"""What reaches back before the current period is settled in a TWK run: opened when needed, widened while open."""

from dataclasses import replace
from datetime import date, datetime

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company, Run, RunKind
from schakel_simulators.nmbrs.books.periods import PayPeriod, period_of, periods_in
from schakel_simulators.nmbrs.books.runs import period_name


def settle(
    books: Books, company: Company, employee_id: int, from_on: date, at: datetime
) -> tuple[Company, tuple[int, ...]]:
    """The company with the TWK runs that settle a change from that day on; one per year, none when not needed."""
    last = company.period.previous()
    first = period_of(company.kind, from_on)
    settled = []
    for year in range(first.year, last.year + 1):
        start = first.number if year == first.year else 1
        end = last.number if year == last.year else periods_in(company.kind, year)
        if start > end:
            continue
        company, run_id = _settle_year(books, company, employee_id, (year, start, end), at)
        settled.append(run_id)
    return company, tuple(settled)


def _settle_year(
    books: Books, company: Company, employee_id: int, span: tuple[int, int, int], at: datetime
) -> tuple[Company, int]:
    year, start, end = span
    for place, run in enumerate(company.runs):
        if run.kind is RunKind.TWK and not run.is_locked and run.year == year:
            wider = replace(
                run,
                period_start=min(run.period_start, start),
                period_end=max(run.period_end, end),
                run_at=at,
                employee_ids=run.employee_ids | {employee_id},
            )
            wider = replace(wider, description=_name(company, wider))
            runs = (*company.runs[:place], wider, *company.runs[place + 1 :])
            return replace(company, runs=runs), run.id
    number = 1 + sum(run.year == year for run in company.runs)
    new = Run(
        books.ids.next("run"), number, year, start, end, "", at, False, RunKind.TWK, frozenset({employee_id})
    )
    new = replace(new, description=_name(company, new))
    return replace(company, runs=(*company.runs, new)), new.id


def _name(company: Company, run: Run) -> str:
    first = PayPeriod(company.kind, run.year, run.period_start)
    last = PayPeriod(company.kind, run.year, run.period_end)
    if first == last:
        return f"TWK {period_name(first)}"
    return f"TWK {period_name(first)} t/m {period_name(last)}"
