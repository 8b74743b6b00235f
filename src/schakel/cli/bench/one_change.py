"""One retroactive change, timed from the fact to the composed messages."""

import statistics
import time
from typing import Any

from schakel.cli.bench.stage import clock, stage
from schakel.cli.demo.stand_ins import StandIns

RAISED_FROM = "2026-09-01"


def raise_everybody(outside: StandIns) -> int:
    """Two percent more for everybody in service with a fixed salary, entered at the clerk's desk."""
    raised = 0
    for entity in outside.entities:
        asked = {
            "company": entity.id,
            "kind": "in_service,full_time",
            "not": "leaving,rehired",
            "limit": 1000,
        }
        for one in outside.desk.ask("employees", **asked)["employees"]:
            outside.desk.do("raise", employee=one["id"], **{"from": RAISED_FROM}, percent="2.00")
            raised += 1
    return raised


def measure(employees: int) -> dict[str, Any]:
    """Raise everybody two months back, then follow one after the other, each timed by itself."""
    with stage(employees, calls_per_second=0) as (firm, outside):
        from schakel.chain import runs, steps  # noqa: PLC0415 - only after Django is set up
        from schakel.chain.run import new_run  # noqa: PLC0415
        from schakel.intake import receive  # noqa: PLC0415
        from schakel.links.preflight import entities_to_read  # noqa: PLC0415

        runs.sync_link(firm.tenant_id, firm.link, clock)
        raised = raise_everybody(outside)
        taken, changed = [], 0
        with new_run(firm.tenant_id, clock) as run:
            with run.scope("bench"):
                entities = entities_to_read(firm.link)
            for to_read in entities:
                received = steps.take_in(run, to_read)
                with run.scope("bench"):
                    if received.held:
                        receive.release(received.delivery, clock())
                    waiting = receive.pending(received.delivery)
                for employee_key in waiting:
                    started = time.perf_counter()
                    followed = steps.follow(run, received.delivery, to_read.employer_id, employee_key)
                    taken.append((time.perf_counter() - started) * 1000)
                    changed += bool(followed.messages)
    taken.sort()
    return {
        "raised": raised,
        "followed": len(taken),
        "with_messages": changed,
        "median_ms": round(statistics.median(taken), 2),
        "p99_ms": round(taken[min(len(taken) - 1, len(taken) * 99 // 100)], 2),
    }
