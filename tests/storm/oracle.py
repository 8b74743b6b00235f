"""The oracles: what was acknowledged, what the hub holds, and what the carriers hold, laid beside each other."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from django.db import connection
from tests.storm.clerk import Place
from tests.storm.stage import Stage

from schakel.chain.run import Run, new_run
from schakel.connectors.carrier_channel import AmountInPeriod
from schakel.delivery.models import CarrierMessage
from schakel.delivery.sealed import open_state
from schakel.engine.calculation import calculate
from schakel.participation.models import AmountLine, Participation
from schakel.participation.periods import administered, periods_of
from schakel.participation.state import state_in_policy
from schakel.reconciliation import compare
from schakel.records.models import Employee
from schakel.records.timelines import timeline_of, values_of
from schakel.schemes import agreed
from schakel.schemes.terms import known_terms
from schakel.tenancy.scope import tenant_scope

State = CarrierMessage.State

HANDED_OVER = (State.SENT, State.RECEIVED, State.ACCEPTED, State.VERIFIED, State.DIFFERENT)
"""States in which the hub believes that the carrier has the message."""


@dataclass(slots=True)
class Found:
    """What the oracles say. Everything but `messages` and `repeats` must be nothing."""

    messages: int = 0  #: that the hub composed
    delivered: int = 0  #: different messages the carriers have
    repeats: int = 0  #: deliveries on the wire beyond the first of each message, byte for byte the same
    other_bytes: int = 0  #: deliveries under a known id with other bytes
    unsaved: int = 0  #: acknowledged changes that are not in the facts
    lost: int = 0  #: messages the hub takes for handed over and no carrier has
    doubled: int = 0  #: messages or sequence numbers that took effect more than once
    phantom: int = 0  #: messages a carrier has and the hub never composed
    out_of_order: int = 0  #: messages that arrived after a newer one of the same employee and policy
    rejected: int = 0
    recalculated_otherwise: int = 0  #: wage periods whose amounts are not those of a calculation from scratch
    held_otherwise: int = 0  #: employees in a policy of whom the carrier holds another state than the hub
    stalled_jobs: int = 0
    failed_jobs: int = 0
    details: list[str] = field(default_factory=list)  #: without personal data


def ask(stage: Stage, acknowledged: Mapping[Place, int], now: datetime) -> Found:
    """All oracles over a system that has come to rest."""
    found = Found()
    with tenant_scope(stage.firm.tenant_id, actor="storm"):
        _facts(acknowledged, found)
        for employee in Employee.objects.order_by("id"):
            _from_scratch(employee, found)
        hub = {
            str(one.message_id): one
            for one in CarrierMessage.objects.defer("body", "told").order_by("sequence")
        }
    compare_messages(hub, carriers(stage), found)
    with new_run(stage.firm.tenant_id, lambda: now) as run:
        _states(run, now, found)
    _jobs(found)
    return found


def carriers(stage: Stage) -> list[dict[str, Any]]:
    """The books of every carrier, from its desk."""
    return [
        httpx.get(f"{line.address}desk/state", timeout=60, trust_env=False).json()
        for line in stage.outside.carriers
    ]


def _facts(acknowledged: Mapping[Place, int], found: Found) -> None:
    """Every acknowledged change is in the facts."""
    ids = dict(Employee.objects.values_list("employee_key", "id"))
    values = values_of(list(ids.values()), ("salary_amount", "hours_per_week"))
    for (key, fact, day), value in acknowledged.items():
        timeline = values.get(ids.get(key, 0), {}).get(fact)
        if timeline is None or timeline.at(day) != value:
            found.unsaved += 1
            found.details.append(f"{fact} of {key} on {day} is not the acknowledged one")


def _from_scratch(employee: Employee, found: Found) -> None:
    """The amounts that stand are those of a calculation of every wage period from the facts alone."""
    facts = timeline_of(employee.id)
    rows = {row.benefit_id: row for row in Participation.objects.filter(employee_id=employee.id)}
    benefits = agreed.benefits_of(employee.employer_id)
    terms = known_terms([one.id for one in benefits])
    for one in benefits:
        row = rows.get(one.id)
        lines = AmountLine.objects.filter(participation=row, known_until=None) if row else ()
        standing = {line.start: line.amounts for line in lines}
        ours = administered(facts, one.administered_from)
        until = row.calculated_until if row else None
        periods = periods_of(ours, one.administered_from, until) if until else ()
        wanted = {
            result.wage_period.period.start: dict(result.amounts)
            for result in calculate(one.benefit, ours, terms[one.id].terms, periods)
            if result.amounts
        }
        wrong = [
            day for day in sorted(wanted.keys() | standing.keys()) if wanted.get(day) != standing.get(day)
        ]
        found.recalculated_otherwise += len(wrong)
        found.details += [f"{one.benefit} of employee {employee.id} from {day}" for day in wrong]


def compare_messages(hub: Mapping[str, CarrierMessage], books: list[dict[str, Any]], found: Found) -> None:
    """What was composed beside what arrived, message by message."""
    arrived = {message_id: told for book in books for message_id, told in book["messages"].items()}
    found.messages, found.delivered = len(hub), len(arrived)
    found.repeats = sum(book["totals"]["wire_duplicates"] for book in books)
    found.other_bytes = sum(book["totals"]["byte_differences"] for book in books)
    found.rejected = sum(book["totals"]["rejected"] for book in books)
    found.out_of_order = sum(book["totals"]["superseded"] for book in books)
    lost = [
        one
        for message_id, one in hub.items()
        if message_id not in arrived and (one.state in HANDED_OVER or one.receipt)
    ]
    found.lost = len(lost)
    found.details += [f"message {one.message_id} ({one.state}) never arrived" for one in lost]
    phantom = sorted(arrived.keys() - hub.keys())
    found.phantom = len(phantom)
    found.details += [f"message {message_id} was never composed" for message_id in phantom]
    effects = Counter(
        (told["policy_number"], told["reference"], told["sequence"])
        for told in arrived.values()
        if told["applied"]
    )
    found.doubled = sum(told["applied"] > 1 for told in arrived.values())
    found.doubled += sum(count - 1 for count in effects.values())


def _states(run: Run, now: datetime, found: Found) -> None:
    """Of each employee in each policy: what stands, what was told last, and what the carrier holds are one."""
    with run.scope("storm"):
        told_last = {(one.policy_id, one.employee_id): one for one in _told()}
        pairs = {
            pair: (agreed.carrier_of(pair[0]), open_state(one.told), state_in_policy(pair[1], pair[0]))
            for pair, one in told_last.items()
        }
    for (policy_id, employee_id), (carrier, told, standing) in pairs.items():
        assert carrier.link is not None, "every carrier of the storm is connected"
        held = run.channel(carrier.link).read_back(told.policy_number, told.person.reference, now.date())
        is_told = standing is not None and told.amounts == _in_order(standing.amounts)
        if not is_told or compare.compare(told, held):
            found.held_otherwise += 1
            found.details.append(
                f"policy {policy_id} of employee {employee_id}: "
                + ("held otherwise than was told" if is_told else "told otherwise than stands")
            )


def _told() -> Any:
    """Messages that count, so that the last of each pair is the newest."""
    rows = CarrierMessage.objects.exclude(state__in=(State.SUPERSEDED, State.REJECTED))
    return rows.order_by("sequence").defer("body")


def _in_order(amounts: tuple[AmountInPeriod, ...]) -> tuple[AmountInPeriod, ...]:
    return tuple(sorted(amounts, key=lambda one: (one.quantity, one.start, one.until)))


def _jobs(found: Found) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        counted = dict(cursor.fetchall())
    found.stalled_jobs, found.failed_jobs = counted.get("doing", 0), counted.get("failed", 0)
