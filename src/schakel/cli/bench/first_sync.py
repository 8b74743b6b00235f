"""A first sync, timed: each size in a process of its own, so that its peak memory is its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

BUDGET = 20  # calls a second, the default of a link


def measure(sizes: Sequence[int], budget_employees: int) -> dict[str, Any]:
    """Every size without a budget, and a small one with it."""
    runs = [in_own_process(size, 0) for size in sizes]
    kept = in_own_process(budget_employees, BUDGET)
    return {
        "runs": runs,
        "peak_mb_growth": round(runs[-1]["peak_mb"] / runs[0]["peak_mb"], 2),
        "employees_growth": round(runs[-1]["employees"] / runs[0]["employees"], 2),
        "budget": {
            "calls_per_second": BUDGET,
            "calls": kept["calls"],
            "reading_seconds": kept["reading_seconds"],
            "share_used": round(kept["calls"] / kept["reading_seconds"] / BUDGET, 3),
        },
    }


def in_own_process(employees: int, calls_per_second: int) -> dict[str, Any]:
    """One first sync in a fresh interpreter. Raises CalledProcessError; what it said stands on stderr."""
    command = [sys.executable, "-m", "schakel.cli.bench.first_sync", str(employees), str(calls_per_second)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(told.stdout)
    assert isinstance(found, dict)
    return found


def empty_outbox(tenant_id: int) -> dict[str, Any]:
    """Rounds of the outbox, without the pauses of the worker, until every message is verified."""
    from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up
    from schakel.cli.bench.stage import clock  # noqa: PLC0415 - only in the process that measures

    started, used = time.perf_counter(), time.process_time()
    verified = 0
    while (found := runs.work_outbox(tenant_id, clock)).did_something:
        verified += found.verified
    return {
        "verified": verified,
        "messages_per_second": round(verified / (time.perf_counter() - started), 1),
        "processor_ms_per_message": round((time.process_time() - used) * 1000 / verified, 1),
    }


def first_sync(employees: int, calls_per_second: int, *, outbox: bool) -> dict[str, Any]:
    """Read everybody, calculate everything, compose every message; and, when asked, hand all of them over."""
    from schakel.cli.bench.stage import clock, stage  # noqa: PLC0415 - only in the process that measures

    with stage(employees, calls_per_second=calls_per_second) as (firm, _):
        from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up

        started = time.process_time()
        result = runs.sync_link(firm.tenant_id, firm.link, clock)
        if result.errors or result.held:
            raise SystemExit(f"the sync did not finish: {result.errors or result.held}")
        following = time.process_time() - started
        told = empty_outbox(firm.tenant_id) if outbox else {}
    return {
        "employees": result.employees,
        "calls": result.calls,
        "messages": result.messages,
        "seconds": round(result.seconds, 2),
        "reading_seconds": round(result.reading_seconds, 2),
        "employees_per_second": round(result.employees / result.seconds, 1),
        "calls_per_second": round(result.calls / result.reading_seconds, 1),
        "processor_ms_per_employee": round(following * 1000 / result.employees, 1),
        **told,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


if __name__ == "__main__":
    # With a budget it is about the budget alone.
    chosen = int(sys.argv[2])
    print(json.dumps(first_sync(int(sys.argv[1]), chosen, outbox=not chosen)))
