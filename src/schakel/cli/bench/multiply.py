"""A believable volume: one small firm that the chain filled, multiplied in the database by rows of the same shape.

Done as the superuser of a throw-away server: the walls and the checks of references would only cost time.
"""

# ruff: noqa: S608 - every part of these statements stands in this module
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from schakel.records.names import folded

LAST_NAMES = (
    "Aalbers", "Bakker", "Çelik", "Dijkstra", "El Amrani", "Faber", "Groen", "Hendriks", "Ibrahimović", "Jansen",
    "Koster", "Löwenthal", "Mulder", "Nguyễn", "Öztürk", "Peters", "Quaedvlieg", "Renée", "Smit", "Timmermans",
    "Uijtdewilligen", "Vermeulen", "Willems", "Xhemali", "Yıldız", "Zwart",
)  # fmt: skip
OLD_DELIVERIES = 200  #: readings of each employer that changed nothing
AUDIT_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Volume:
    """How much there must be."""

    employers: int
    largest: int  #: employees of the first employer
    others: int  #: employees of each of the others


def multiply(address: str, tenant_id: int, volume: Volume) -> dict[str, int]:
    """Copy the employers of one tenant until the volume is there; returns how many rows each table got."""
    with psycopg.connect(address) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("SELECT set_config('bench.tenant', %s, false)", [str(tenant_id)])
        for statement in _maps(volume):
            server.execute(statement)
        for table, (joined, given) in COPIES.items():
            _copy(server, table, joined, given)
        for statement in AFTERWARDS:
            server.execute(statement)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")
        return {table: _count(server, table) for table in COUNTED}


def _count(server: psycopg.Connection[Any], table: str) -> int:
    row = server.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


def _copy(server: psycopg.Connection[Any], table: str, joined: str, given: Mapping[str, str]) -> None:
    """Rows of `table` once more for each row of what is `joined` to it, with what is `given` in its place."""
    found = server.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    )
    columns = [name for (name,) in found if name != "id" or "id" in given]
    values = [
        sql.SQL(given[name]) if name in given else sql.SQL("o.") + sql.Identifier(name) for name in columns
    ]
    server.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} o {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(values),
            sql.Identifier(table),
            sql.SQL(joined),
        )
    )


def _maps(volume: Volume) -> list[str]:
    """Which row stands for which template row, with the id it will get."""
    return [*_maps_of_employers(volume), *_maps_of_people()]


def _maps_of_employers(volume: Volume) -> list[str]:
    return [
        f"""CREATE TEMP TABLE many AS SELECT n, nextval('tenancy_employer_id_seq') AS new,
                CASE WHEN n = 1 THEN {volume.largest} ELSE {volume.others} END AS size,
                (SELECT id FROM tenancy_employer ORDER BY id OFFSET n % 3 / 2 LIMIT 1) AS old,
                gen_random_uuid() AS delivery
            FROM generate_series(1, {volume.employers}) n""",
        """CREATE TEMP TABLE links AS SELECT g, nextval('links_link_id_seq') AS new, gen_random_uuid() AS reference
            FROM generate_series(0, (SELECT max(n) / 3 FROM many)) g""",
        """CREATE TEMP TABLE entities AS SELECT m.*, l.new AS link, l.reference,
                nextval('links_linkedentity_id_seq') AS entity FROM many m JOIN links l ON l.g = m.n / 3""",
        *(
            f"""CREATE TEMP TABLE {name} AS SELECT o.id AS old, nextval('{table}_id_seq') AS new, m.new AS employer,
                m.n FROM {table} o {path} JOIN many m ON m.old = {employer}"""
            for name, table, path, employer in (
                ("schemes", "schemes_scheme", "", "o.employer_id"),
                ("policies", "schemes_policy", "", "o.employer_id"),
                (
                    "benefits",
                    "schemes_schemebenefit",
                    "JOIN schemes_scheme s ON s.id = o.scheme_id",
                    "s.employer_id",
                ),
            )
        ),
    ]


def _maps_of_people() -> list[str]:
    names, plain = (
        ", ".join(f"'{one}'" for one in spelled) for spelled in (LAST_NAMES, map(folded, LAST_NAMES))
    )
    return [
        f"""CREATE TEMP TABLE people AS
            SELECT t.id AS old, nextval('records_employee_id_seq') AS new, m.new AS employer, m.n, k,
                ((ARRAY[{names}])[1 + (k * 7 + m.n) % {len(LAST_NAMES)}]) AS last_name,
                ((ARRAY[{plain}])[1 + (k * 7 + m.n) % {len(LAST_NAMES)}]) AS folded
            FROM many m CROSS JOIN LATERAL generate_series(1, m.size) k
            JOIN (SELECT id, employer_id, row_number() OVER (PARTITION BY employer_id ORDER BY id) - 1 AS place,
                    count(*) OVER (PARTITION BY employer_id) AS of FROM records_employee) t
                ON t.employer_id = m.old AND t.place = k % t.of""",
        "CREATE INDEX ON people (old)",
        """CREATE TEMP TABLE parts AS
            SELECT o.id AS old, nextval('participation_participation_id_seq') AS new, p.new AS employee,
                b.new AS benefit
            FROM participation_participation o JOIN people p ON p.old = o.employee_id
            JOIN benefits b ON b.old = o.benefit_id AND b.employer = p.employer""",
        "CREATE INDEX ON parts (old)",
        """CREATE TEMP TABLE mail AS
            SELECT o.id AS old, nextval('delivery_carriermessage_id_seq') AS new, gen_random_uuid() AS message_id,
                p.new AS employee, y.new AS policy, p.k
            FROM delivery_carriermessage o JOIN people p ON p.old = o.employee_id
            JOIN policies y ON y.old = o.policy_id AND y.employer = p.employer""",
        "CREATE INDEX ON mail (old)",
        """CREATE TEMP TABLE readings AS
            SELECT d.id AS old, d.reference AS old_reference, nextval('intake_delivery_id_seq') AS new,
                gen_random_uuid() AS reference, e.new AS employer, e.reference AS source, e.size, e.n
            FROM intake_delivery d JOIN entities e ON e.old = d.employer_id""",
        "ANALYZE many, links, entities, schemes, policies, benefits, people, parts, mail, readings",
    ]


SOURCED = "JOIN readings r ON r.old_reference = o.delivery AND r.employer = p.employer"

COPIES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "tenancy_employergroup": (
        "JOIN links l ON o.id = (SELECT min(id) FROM tenancy_employergroup)",
        {"id": "1000000 + l.g", "name": "o.name || ' ' || l.g"},
    ),
    "tenancy_employer": (
        "JOIN many m ON m.old = o.id",
        {"id": "m.new", "name": "o.name || ' ' || m.n", "group_id": "1000000 + m.n / 3"},
    ),
    "links_link": (
        "JOIN links l ON o.kind = 'payroll'",
        {
            "id": "l.new",
            "reference": "l.reference",
            "group_id": "1000000 + l.g",
            "name": "o.name || ' ' || l.g",
        },
    ),
    "links_linkedentity": (
        "JOIN entities e ON e.old = o.employer_id",
        {"id": "e.entity", "link_id": "e.link", "employer_id": "e.new", "entity_key": "e.n::text"},
    ),
    "links_linkright": (
        "JOIN links_linkedentity t ON t.id = o.entity_id JOIN entities e ON e.old = t.employer_id",
        {"entity_id": "e.entity"},
    ),
    "schemes_scheme": ("JOIN schemes m ON m.old = o.id", {"id": "m.new", "employer_id": "m.employer"}),
    "schemes_policy": (
        "JOIN policies m ON m.old = o.id",
        {"id": "m.new", "employer_id": "m.employer", "number": "o.number || '-' || m.n"},
    ),
    "schemes_schemebenefit": (
        """JOIN benefits m ON m.old = o.id JOIN schemes s ON s.old = o.scheme_id AND s.employer = m.employer
            LEFT JOIN policies y ON y.old = o.policy_id AND y.employer = m.employer""",
        {"id": "m.new", "scheme_id": "s.new", "policy_id": "y.new"},
    ),
    "schemes_termsversion": ("JOIN benefits m ON m.old = o.benefit_id", {"benefit_id": "m.new"}),
    "records_employee": (
        "JOIN people p ON p.old = o.id JOIN entities e ON e.new = p.employer",
        {
            "id": "p.new",
            "reference": "gen_random_uuid()",
            "employer_id": "p.employer",
            "source": "e.reference",
            "employee_key": "p.new::text",
            "employee_number": "p.k::text",
            "folded_names": "p.folded || ' ' || split_part(o.folded_names, ' ', -1)",
        },
    ),
    "records_fact": (
        f"JOIN people p ON p.old = o.employee_id {SOURCED}",
        {
            "employee_id": "p.new",
            "delivery": "r.reference",
            "value": "CASE WHEN o.name = 'name' THEN jsonb_set(o.value, '{last_name}', to_jsonb(p.last_name)) "
            "ELSE o.value END",
        },
    ),
    "participation_participation": (
        "JOIN parts p ON p.old = o.id",
        {"id": "p.new", "employee_id": "p.employee", "benefit_id": "p.benefit"},
    ),
    "participation_revision": (
        "JOIN parts p ON p.old = o.participation_id",
        {"participation_id": "p.new", "made_at": "o.made_at + p.new * interval '1 millisecond'"},
    ),
    "participation_amountline": ("JOIN parts p ON p.old = o.participation_id", {"participation_id": "p.new"}),
    "participation_notcalculable": (
        "JOIN parts p ON p.old = o.participation_id",
        {"participation_id": "p.new"},
    ),
    "participation_wagesumpremium": ("JOIN benefits m ON m.old = o.benefit_id", {"benefit_id": "m.new"}),
    "intake_delivery": (
        "JOIN readings r ON r.old = o.id",
        {"id": "r.new", "reference": "r.reference", "employer_id": "r.employer", "source": "r.source"},
    ),
    "intake_receipt": (
        """JOIN readings r ON r.old = o.delivery_id CROSS JOIN LATERAL
            generate_series(1, CASE WHEN r.n = 1 THEN 1 + r.size / 20 ELSE 1 END) k""",
        {"delivery_id": "r.new", "call": "o.call || '#' || k"},
    ),
    "delivery_carriermessage": (
        "JOIN mail m ON m.old = o.id",
        {
            "id": "m.new",
            "message_id": "m.message_id",
            "employee_id": "m.employee",
            "policy_id": "m.policy",
            "composed_at": "o.composed_at + m.new * interval '1 millisecond'",
            # One in a hundred waits for a person.
            "state": "CASE WHEN m.k % 100 = 7 AND o.state = 'verified' THEN 'rejected' ELSE o.state END",
        },
    ),
    "delivery_submission": ("JOIN mail m ON m.old = o.message_id", {"message_id": "m.new"}),
    "delivery_acknowledgement": ("JOIN mail m ON m.old = o.message_id", {"message_id": "m.new"}),
}

AFTERWARDS = (
    """INSERT INTO participation_periodtotal (tenant_id, benefit_id, start, until, year, number, participants, sums)
        SELECT current_setting('bench.tenant')::bigint, benefit, start, until, year, number, max(participants),
            jsonb_object_agg(name, total)
        FROM (
            SELECT p.benefit, a.start, a.until, a.year, a.number, one.key AS name, count(*) AS participants,
                sum(one.value::bigint) AS total
            FROM participation_amountline a JOIN parts p ON p.new = a.participation_id,
                LATERAL jsonb_each_text(a.amounts) one
            WHERE a.known_until IS NULL GROUP BY 1, 2, 3, 4, 5, 6
        ) sums GROUP BY 2, 3, 4, 5, 6""",
    f"""INSERT INTO intake_delivery (tenant_id, employer_id, reference, source, entity_key, state, started_at,
            finished_at, employees, changed, calls, resumed, seconds, guard, error_code, error_nl, error_en)
        SELECT current_setting('bench.tenant')::bigint, e.new, gen_random_uuid(), e.reference, e.n::text, 'applied',
            now() - k * interval '3 hours', now() - k * interval '3 hours', e.size, 0, 20, 0, 9.5, '[]', '', '', ''
        FROM entities e CROSS JOIN generate_series(1, {OLD_DELIVERIES}) k""",
    """INSERT INTO intake_issue (tenant_id, employer_id, employee_id, code, fact, who, message_nl, message_en,
            delivery, opened_at, resolved_at)
        SELECT current_setting('bench.tenant')::bigint, p.employer, p.new, 'vanished', '', 'payroll',
            'Deze werknemer ontbrak in het laatste antwoord.', 'This employee was not in the last answer.',
            r.reference, now() - k * interval '1 hour',
            CASE WHEN k % 2 = 0 THEN now() - k * interval '1 minute' END
        FROM people p JOIN LATERAL (SELECT reference FROM readings WHERE employer = p.employer LIMIT 1) r ON true
        WHERE k % 40 = 1 OR k % 50 = 2""",
    """INSERT INTO reconciliation_difference (tenant_id, policy_id, employee_id, message_id, what, start, until, ours,
            theirs, worth, owner, next_step_nl, next_step_en, found_at)
        SELECT DISTINCT ON (employee) current_setting('bench.tenant')::bigint, policy, employee, message_id,
            'retirement_contribution', date '2026-09-01', date '2026-10-01', '41250'::jsonb, '40100'::jsonb, 1150,
            'carrier', 'Leg het de uitvoerder voor.', 'Put it to the carrier.', now()
        FROM mail WHERE k % 200 = 3 ORDER BY employee, old""",
    f"""INSERT INTO tenancy_auditline (tenant_id, at, actor, act, subject, detail)
        SELECT current_setting('bench.tenant')::bigint, now() - n * interval '1 minute', 'user:1',
            CASE WHEN n % 5 = 0 THEN 'see_employees' ELSE 'see_employee' END, 'employee:' || gen_random_uuid(), '{{}}'
        FROM generate_series(1, {AUDIT_LINES}) n""",
)

COUNTED = (
    "tenancy_employer",
    "records_employee",
    "records_fact",
    "participation_amountline",
    "participation_revision",
    "delivery_carriermessage",
    "intake_delivery",
    "intake_receipt",
)
