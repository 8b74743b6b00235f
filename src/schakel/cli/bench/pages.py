"""Every page of the portal, asked of the desk as an adviser, in a firm with a believable volume."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from schakel.cli.bench import one_change
from schakel.cli.bench.multiply import Volume, multiply
from schakel.cli.bench.stage import clock, database_address, stage

TEMPLATES = 40  #: employees that the chain itself takes in; the others are like them
FULL = Volume(employers=300, largest=10_000, others=20)
QUICK = Volume(employers=30, largest=1_000, others=20)

Page = Callable[[], object]


def measure(volume: Volume, times: int) -> dict[str, Any]:
    """Fill a database of its own, then ask for every page: median milliseconds and number of queries."""
    with stage(TEMPLATES, calls_per_second=0) as (firm, outside):
        from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up

        runs.sync_link(firm.tenant_id, firm.link, clock)
        _settle_mail(firm.tenant_id)
        one_change.raise_everybody(outside)
        synced = runs.sync_link(firm.tenant_id, firm.link, clock)
        _release(firm.tenant_id, firm.employers)
        _settle_mail(firm.tenant_id)
        assert not synced.errors
        rows = multiply(database_address(), firm.tenant_id, volume)
        from schakel.cli.bench.questions import Questions  # noqa: PLC0415 - only after Django is set up

        asked = Questions(firm.tenant_id, clock()).of_every_page()
        pages = {name: _timed(page, times) for name, page in asked.items()}
    return {
        "rows": rows,
        "pages": pages,
        "slowest_ms": max(page["median_ms"] for page in pages.values()),
        "most_queries": max(page["queries"] for page in pages.values()),
    }


def _settle_mail(tenant_id: int) -> None:
    """Rounds of the outbox until nothing moves."""
    from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up

    while runs.work_outbox(tenant_id, clock).did_something:
        time.sleep(0.2)


def _release(tenant_id: int, employers: tuple[int, ...]) -> None:
    """Everybody's salary changed at once: the guard holds that for a person."""
    from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up
    from schakel.intake.models import Delivery  # noqa: PLC0415
    from schakel.tenancy.scope import tenant_scope  # noqa: PLC0415

    with tenant_scope(tenant_id):
        held = list(Delivery.objects.filter(state="held").values_list("employer_id", "reference"))
    for employer_id, reference in held:
        assert employer_id in employers
        runs.release_delivery(tenant_id, employer_id, reference, clock)


def _timed(page: Page, times: int) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 - only after Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        page()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        page()
        taken.append((time.perf_counter() - started) * 1000)
    return {"median_ms": round(statistics.median(taken), 1), "queries": len(asked)}
