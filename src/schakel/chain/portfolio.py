"""Everybody of an employer at once: a year change, other terms, other statutory figures.

The path is that of one change: what is stored and the messages it leads to commit together, a block of employees
at a time, and a run that was broken off goes on after its last block.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from schakel.chain import steps
from schakel.chain.run import Clock, Report, Run, new_run, silent
from schakel.participation import portfolio, portfolio_runs
from schakel.participation.portfolio import Range, Recalculated
from schakel.schemes.agreed import benefits_of
from schakel.tenancy import queries as tenancy

__all__ = ["PortfolioReport", "Range", "recalculate_everybody"]

BLOCK = 500
"""Employees in one transaction: messages are composed for each whose amounts differ."""


@dataclass(slots=True)
class PortfolioReport:
    """What a recalculation of everybody brought."""

    employers: int = 0
    employees: int = 0
    changed: int = 0  #: participations whose amounts are different now
    refused: int = 0  #: wage periods that cannot be calculated
    messages: int = 0
    resumed: int = 0  #: employees that an earlier run had done already
    lines: int = 0  #: wage periods with amounts that were calculated
    seconds: float = 0.0
    stages: dict[str, float] = field(
        default_factory=dict
    )  #: seconds of reading, calculating, storing, telling
    wage_sums_changed: int = 0
    stopped: list[int] = field(default_factory=list)  #: employers without benefits in these days


def recalculate_everybody(  # noqa: PLR0917 - whose, which days, by which clock, and who watches
    tenant_id: int,
    over: Range,
    clock: Clock,
    report: Report = silent,
    only: int | None = None,
    block: int = BLOCK,
) -> PortfolioReport:
    """Every employee of every employer of a tenant, or of one employer, over these days. Safe to run again."""
    started, result = time.perf_counter(), PortfolioReport()
    with new_run(tenant_id, clock, report) as run:
        with run.scope("portfolio"):
            employers = [one.id for one in tenancy.employers() if only in {None, one.id}]
        for employer_id in employers:
            _one_employer(run, employer_id, over, block, result)
    result.seconds = time.perf_counter() - started
    return result


def _one_employer(run: Run, employer_id: int, over: Range, most: int, result: PortfolioReport) -> None:
    with run.scope("portfolio"):
        if not any(one.administered_from < over.until for one in benefits_of(employer_id)):
            result.stopped.append(employer_id)
            return
        progress = portfolio_runs.begin(employer_id, over.start, over.until, run.clock())
    result.employers += 1
    result.resumed += progress.done
    done = progress.done
    run.report("recalculate", done, progress.total)
    while (made := _one_block(run, progress.run_id, over, most, result)) is not None:
        done += made.employees
        run.report("recalculate", min(done, progress.total), progress.total)
    with run.scope("portfolio"):
        portfolio_runs.finish(progress.run_id, run.clock())
    result.wage_sums_changed += len(steps.settle(run, employer_id))


def _one_block(run: Run, run_id: int, over: Range, most: int, result: PortfolioReport) -> Recalculated | None:
    """Stored, told and noted in one transaction: after a crash nothing of a block is half done."""
    with run.scope("portfolio"):
        progress = portfolio_runs.locked(run_id)
        now = run.clock()
        made = portfolio.recalculate_block(progress.employer_id, over, progress.after_employee, most, now)
        if made is None:
            return None
        agreements = run.agreements(progress.employer_id)
        policy_of = {one.id: one.policy_id for one in agreements.benefits}
        started = time.perf_counter()
        policies: dict[int, set[int]] = {}
        for employee_id, benefit_id in made.changed:
            policy = policy_of.get(benefit_id)
            if policy is not None:
                policies.setdefault(employee_id, set()).add(policy)
        for employee_id, of_employee in sorted(policies.items()):
            result.messages += len(steps.tell(run, employee_id, agreements, of_employee, now, None))
        _add(result.stages, {"tell": time.perf_counter() - started})
        portfolio_runs.went_on(run_id, made)
    _add(result.stages, made.seconds)
    result.lines += made.lines
    result.employees += made.employees
    result.changed += len(made.changed)
    result.refused += made.refused
    return made


def _add(stages: dict[str, float], seconds: Mapping[str, float]) -> None:
    for name, more in seconds.items():
        stages[name] = stages.get(name, 0.0) + more
