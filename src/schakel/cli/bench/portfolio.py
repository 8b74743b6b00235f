"""From the database and back: everybody recalculated and stored, and beside it the bare COPY of the same rows."""

import os
import resource
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg

from schakel.cli import embedded_postgres
from schakel.cli.bench.stage import clock, database_address
from schakel.cli.database import ready_database

EMPLOYERS = 20
PIECE = 100_000  #: rows held at once for the bare COPY
TERMS: dict[str, dict[str, Any]] = {
    "retirement_pension": {"contribution_rate": "26.5", "employee_rate": "4.75"},
    "partner_pension": {"partner_share": "37.5", "premium_rate": "0.95"},
    "wga_gap": {"premium_rate": "0.625", "employee_rate": "0.3125"},
}
# A salary that is raised within the year for two in three, a part-time factor that changes for one in three.
FACTS = {
    "birth_on": "to_jsonb((date '1966-01-01' + (n * 37 %% 14000)::int)::text)",
    "is_employed": "'true'::jsonb",
    "employed_since": "to_jsonb('2020-01-01'::text)",
    "salary_kind": "to_jsonb('full_time'::text)",
    "wage_period_kind": "to_jsonb('month'::text)",
    "has_partner": "to_jsonb(n %% 2 = 0)",
    "is_wia_insured": "'true'::jsonb",
    "fixed_allowance": "to_jsonb(0)",
}
CHANGING = {
    "salary_amount": "to_jsonb(250000 + (n * 7919 %% 400000) + (CASE WHEN step > 0 THEN 10000 ELSE 0 END))",
    "part_time_factor": "to_jsonb((ARRAY[1000000, 800000, 500000, 888889])[1 + ((n + step) %% 4)::int])",
}
PLACE = """
INSERT INTO records_fact (tenant_id, employee_id, name, value, valid, known, delivery, origin)
SELECT {tenant}, e.id, {name}, {value}, daterange({start}, {until}), tstzrange(now(), NULL), gen_random_uuid(), '{{}}'
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM records_employee) e {steps}
"""


def measure(employees: int) -> dict[str, Any]:
    """Seconds per stage for this many employees of twenty employers, three benefits, a year of months."""
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as name:
        folder = Path(name) / "var"
        os.environ["SCHAKEL_VAR"] = str(folder)
        os.environ.pop("DATABASE_URL", None)  # never measure in a database that somebody uses
        with embedded_postgres.use(folder, discard=True):
            ready_database()
            tenant = _firm(employees)
            started = time.perf_counter()
            _facts(tenant)
            filled = time.perf_counter() - started
            return {
                "employees": employees,
                "benefits": len(TERMS),
                "filled_seconds": round(filled, 2),
                **_run(tenant),
            }


def _firm(employees: int) -> int:
    """A tenant with twenty employers, each with the same three benefits, and nobody told of anything."""
    from schakel.engine.timeline import Period  # noqa: PLC0415 - only after Django is set up
    from schakel.records.models import Employee  # noqa: PLC0415
    from schakel.schemes import agree  # noqa: PLC0415
    from schakel.tenancy.employers import employer_named  # noqa: PLC0415
    from schakel.tenancy.models import Tenant  # noqa: PLC0415
    from schakel.tenancy.queries import create_tenant, employer_group  # noqa: PLC0415
    from schakel.tenancy.scope import tenant_scope  # noqa: PLC0415

    tenant = create_tenant("Bench", Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(tenant, actor="bench"):
        group = employer_group("Bench").id
        for number in range(EMPLOYERS):
            employer = employer_named(group, f"Bench {number}")
            scheme = agree.scheme(employer, "Bench")
            for name, terms in TERMS.items():
                made = agree.benefit(scheme, name, None, date(2026, 1, 1))
                agree.agree_terms(made, terms, Period(date(2019, 1, 1)), datetime.now(UTC), "bench")
            share = employees // EMPLOYERS
            Employee.objects.bulk_create(
                (
                    Employee(
                        tenant_id=tenant,
                        employer_id=employer,
                        source="00000000-0000-4000-8000-000000000001",
                        employee_key=f"{number}-{place}",
                        employee_number=str(place),
                    )
                    for place in range(share)
                ),
                batch_size=5_000,
            )
    return tenant


def _facts(tenant: int) -> None:
    """Facts of everybody, as the superuser of a throw-away server: the walls would only cost time."""
    with psycopg.connect(database_address()) as server:
        server.execute("SET session_replication_role = replica")
        for name, value in FACTS.items():
            server.execute(_placed(tenant, name, value, "date '2020-01-01'", "NULL", ""))
        for name, value in CHANGING.items():
            steps = "CROSS JOIN generate_series(0, 1) step WHERE step = 0 OR e.n % 3 > 0"
            start = "CASE WHEN step = 0 THEN date '2020-01-01' ELSE date '2026-01-01' + (e.n % 330)::int END"
            until = (
                "CASE WHEN step = 0 AND e.n % 3 > 0 THEN date '2026-01-01' + (e.n % 330)::int ELSE NULL END"
            )
            server.execute(_placed(tenant, name, value, start, until, steps))
    with psycopg.connect(database_address(), autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


def _placed(tenant: int, name: str, value: str, start: str, until: str, steps: str) -> str:  # noqa: PLR0917 - a fact
    return PLACE.format(
        tenant=tenant, name=f"'{name}'", value=value.replace("%%", "%"), start=start, until=until, steps=steps
    )


def _run(tenant: int) -> dict[str, Any]:
    from schakel.chain.portfolio import Range, recalculate_everybody  # noqa: PLC0415 - only after Django is set up

    over = Range(date(2026, 1, 1), date(2027, 1, 1))
    first = recalculate_everybody(tenant, over, clock, block=5_000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = recalculate_everybody(tenant, over, clock, block=5_000)
    copied = _bare_copy()
    return {
        "lines": first.lines,
        "seconds": round(first.seconds, 2),
        "stages": {name: round(seconds, 2) for name, seconds in first.stages.items()},
        "peak_mb": round(peak, 1),
        "again_seconds": round(again.seconds, 2),
        "again_changed": again.changed,
        "copy_seconds": round(copied, 2),
        "ratio_copy": round(first.seconds / copied, 2),
        "lines_per_second": round(first.lines / first.seconds),
    }


def _bare_copy() -> float:
    """The same rows into a table without walls, keys or indexes: what the database can at most."""
    seconds = 0.0
    address = database_address()
    with psycopg.connect(address) as reader, psycopg.connect(address) as writer:
        writer.execute(
            "CREATE TABLE bare (tenant_id bigint, participation_id bigint, start date, until date, year smallint, "
            "number smallint, amounts jsonb, known_from timestamptz)"
        )
        with reader.cursor("lines") as lines:
            lines.execute(
                "SELECT tenant_id, participation_id, start, until, year, number, amounts::text, known_from "
                "FROM participation_amountline"
            )
            while rows := lines.fetchmany(PIECE):
                started = time.perf_counter()
                with writer.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as stream:
                    for row in rows:
                        stream.write_row(row)
                seconds += time.perf_counter() - started
        started = time.perf_counter()
        writer.commit()
        return seconds + time.perf_counter() - started
