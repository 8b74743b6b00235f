"""Every page of the portal, asked of the desk as an adviser, in a firm with a believable volume."""

import statistics
import time
from collections.abc import Callable, Mapping
from datetime import datetime
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
        pages = {name: _timed(page, times) for name, page in _pages(firm.tenant_id, clock()).items()}
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


def _pages(tenant_id: int, now: datetime) -> Mapping[str, Page]:
    """What each page of the portal asks, the visitor let in again each time."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - only after Django is set up
    from django.utils.timezone import localdate  # noqa: PLC0415

    from schakel.desk import (  # noqa: PLC0415
        access,
        audit,
        differences,
        employees,
        employers,
        explaining,
        issues,
        links,
        messages,
        revised,
        totals,
    )

    adviser = get_user_model().objects.get(username__startswith="adviseur@").pk

    def who() -> access.Visitor:
        return access.visit(adviser, tenant_id)

    every = employers.overview(who(), now, "in_service", descending=True).rows
    largest, small = every[0].id, every[-1].id
    on = localdate(now)
    listed = employees.employees(who(), largest, on, now=now)
    one = employees.employee(who(), listed.rows[7].id, now)
    benefit = next(one for one in one.benefits if one.periods)
    period = benefit.periods[-1]
    mail = messages.messages(who(), now, employer_id=largest).rows[0].message_id
    payroll = next(link for link in every[0].links if link.kind == "payroll").reference

    def employer_page(employer_id: int) -> Page:
        def page() -> None:
            employers.employer(who(), employer_id, now)
            issues.issues(who(), now, employer_id=employer_id, per_page=5)
            totals.totals(who(), employer_id, now)
            totals.wage_sums(who(), employer_id, now)
            revised.revised(who(), employer_id, now)
            differences.differences(who(), employer_id)

        return page

    def listing(**asked: Any) -> Page:
        def page() -> None:
            employees.employees(who(), largest, on, now=now, **asked)
            employers.employer(who(), largest, now)

        return page

    def why() -> None:
        explaining.why(
            who(),
            one.id,
            benefit.benefit_id,
            year=period.year,
            number=period.number,
            quantity=benefit.quantities[0].name,
            now=now,
        )

    which = employees.Which
    return {
        "employers": lambda: employers.overview(who(), now),
        "employer_largest": employer_page(largest),
        "employer_small": employer_page(small),
        "schemes": lambda: employers.employer(who(), largest, now),
        "employees": listing(),
        "employees_last_page": listing(which=which.ALL, page=listed.counts[which.ALL] // 50),
        "employees_left": listing(which=which.LEFT),
        "employees_with_issue": listing(which=which.WITH_ISSUE),
        "employees_searched": listing(search="ozturk", which=which.ALL),
        "employee": lambda: employees.employee(who(), one.id, now),
        "why": why,
        "messages": lambda: messages.messages(who(), now),
        "messages_of_employer": lambda: messages.messages(who(), now, employer_id=largest),
        "messages_stuck": lambda: messages.messages(who(), now, state="stuck"),
        "message": lambda: messages.message(who(), mail, now),
        "issues": lambda: issues.issues(who(), now),
        "differences": lambda: differences.differences(who()),
        "links": lambda: links.links(who(), now),
        "link": lambda: links.link(who(), payroll, now),
        "audit": lambda: audit.trail(who()),
    }
