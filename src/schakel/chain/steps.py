"""The path of one change, on one page.

    receive → apply → affected → recalculate → compose → send → acknowledge → verify

Each step may run twice: the second time changes nothing. What a step does to the database and the message
it leads to commit together; nothing touches the wire inside a transaction.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.chain.run import Run
from schakel.connectors.carrier_channel import Acknowledgement, ParticipantState, Person
from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll_source import CurrentPeriod, Traffic
from schakel.delivery import acknowledge, compose, send
from schakel.engine.timeline import day_of
from schakel.intake import apply, receive
from schakel.links import health
from schakel.links.preflight import EntityToRead
from schakel.participation import affected, recalculate, state, wage_sums
from schakel.reconciliation import compare, differences
from schakel.records import timelines
from schakel.schemes import agreed
from schakel.schemes.agreed import AgreedCarrier, Agreements
from schakel.tenancy import employers


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one reading of one entity brought, before anything is applied."""

    delivery: UUID
    employees: int
    changed: int
    held: tuple[receive.GuardReason, ...]
    current_period: CurrentPeriod
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class Followed:
    """What one employee's changed record led to."""

    employee_id: int
    facts_changed: tuple[str, ...]
    revisions: tuple[recalculate.RevisionMade, ...]
    messages: tuple[UUID, ...]


def take_in(run: Run, to_read: EntityToRead) -> TakenIn:
    """Receive: read one entity, keep every answer, let the guard look at the whole before any of it counts.

    Raises ConnectorError after noting it on the link and the delivery; what was received so far is kept and
    the next try goes on from there.
    """
    entity, link = to_read.entity, to_read.link
    with run.scope("receive"):
        opened = receive.open_delivery(to_read.employer_id, link, entity.key, run.clock())
        needs = agreed.needs_of(to_read.employer_id)
    answers = receive.KeptAnswers(run.tenant_id, opened.reference, run.clock)
    source = run.source(link)
    try:
        told = source.deliver(
            entity, needs, answers, lambda done, total: run.report(f"read {entity.name}", done, total)
        )
        received = receive.receive(
            opened.reference, told, receive.GuardLimits(), run.clock(), tenant_id=run.tenant_id
        )
    except ConnectorError as error:
        answers.flush()
        with run.scope("receive"):
            receive.fail(opened.reference, error, run.clock())
            health.went_wrong(link, entity.key, error, run.clock())
        raise
    answers.flush()
    with run.scope("receive"):
        health.went_well(link, entity.key, told.current_period, run.clock())
        employers.note_wage_period_kind(to_read.employer_id, told.current_period.kind)
    return TakenIn(
        opened.reference,
        received.employees,
        received.changed,
        received.held,
        told.current_period,
        source.traffic,
    )


def follow(run: Run, delivery: UUID, employer_id: int, employee_key: str) -> Followed:
    """Apply, affected, recalculate and compose for one employee: one transaction, all or nothing."""
    with run.scope("follow"):
        known_at, agreements, horizon = run.clock(), run.agreements(employer_id), run.horizon(delivery)
        applied = apply.apply(delivery, employee_key, known_at)
        facts = tuple(sorted({change.fact for change in applied.changes}))
        benefits = affected.affected(applied.employee_id, agreements.benefits, facts, horizon)
        revisions = recalculate.recalculate(applied.employee_id, benefits, horizon, known_at, delivery, facts)
        policies = {revision.policy_id for revision in revisions if revision.policy_id is not None}
        if applied.identity_changed:
            policies |= agreements.carriers.keys()
        messages = tell(run, applied.employee_id, agreements, policies, known_at, delivery)
    return Followed(applied.employee_id, facts, revisions, messages)


def tell(  # noqa: PLR0917 - follow hands on all it knows
    run: Run,
    employee_id: int,
    agreements: Agreements,
    policies: Set[int],
    now: datetime,
    delivery: UUID | None,
) -> tuple[UUID, ...]:
    """Compose: the full state of one employee in each policy, into the outbox, where anything is new."""
    reached = {policy for policy in policies if agreements.carriers[policy].link is not None}
    if not reached:
        return ()
    identity = timelines.identity_on(employee_id, day_of(now))
    to_tell = []
    for policy, held in sorted(state.states_in_policies(employee_id, reached).items()):
        carrier = agreements.carriers[policy]
        assert carrier.link is not None
        told = ParticipantState(
            carrier.policy_number, person_for(identity, carrier), held.participates, held.amounts
        )
        to_tell.append(compose.ToTell(policy, told, run.channel(carrier.link).compose))
    return compose.compose(employee_id, to_tell, now, delivery)


def person_for(identity: timelines.Identity, carrier: AgreedCarrier) -> Person:
    """The employee as this carrier may know them.

    The BSN only where its agreement names the law, the household only where a benefit it carries asks for it.
    """
    # Whoever takes part in what a carrier holds has an age: the rules of those benefits read it.
    assert identity.birth_on is not None, "a participant has a date of birth"
    return Person(
        reference=str(identity.reference),
        employee_number=identity.employee_number,
        initials=identity.initials,
        prefix=identity.prefix,
        last_name=identity.last_name,
        birth_on=identity.birth_on,
        bsn=identity.bsn if carrier.bsn_basis else None,
        partner_birth_on=identity.partner_birth_on if carrier.needs.partner else None,
        children_birth_on=identity.children_birth_on if carrier.needs.children else (),
    )


def settle(run: Run, employer_id: int) -> tuple[wage_sums.WageSumChange, ...]:
    """The wage-sum policies of one employer, over everybody's insured wage as it is now."""
    with run.scope("settle"):
        return wage_sums.settle_wage_sums(employer_id, run.clock())


def hand_over(run: Run, message_id: UUID) -> str | None:
    """Send: one try for one message. The try is committed before the wire is touched, the outcome after."""
    with run.scope("send"):
        outgoing = send.begin(message_id, run.clock())
    if outgoing is None:
        return None
    outcome: Acknowledgement | ConnectorError
    try:
        outcome = run.channel(outgoing.link).submit(str(outgoing.message_id), outgoing.body)
    except ConnectorError as error:
        outcome = error
    with run.scope("send"):
        if isinstance(outcome, ConnectorError):
            run.carrier_failed(outgoing.link, outcome, run.clock())
        else:
            run.carrier_answered(outgoing.link, run.clock())
        return send.settle(message_id, outgoing.attempt, outcome, run.clock())


def ask(run: Run, waiting: acknowledge.Waiting) -> str | None:
    """Acknowledge: what the carrier says of one message now. None when its line is down; we ask again."""
    try:
        answer = run.channel(waiting.link).acknowledgement(str(waiting.message_id))
    except ConnectorError as error:
        with run.scope("acknowledge"):
            run.carrier_failed(waiting.link, error, run.clock())
        return None
    with run.scope("acknowledge"):
        run.carrier_answered(waiting.link, run.clock())
        return acknowledge.acknowledge(waiting.message_id, answer, run.clock())


def verify(run: Run, ready: acknowledge.ToVerify) -> bool | None:
    """Verify: read back what the carrier holds. Equal is done; the rest gets an owner and a next step."""
    now = run.clock()
    try:
        held = run.channel(ready.link).read_back(
            ready.told.policy_number, ready.told.person.reference, day_of(now)
        )
    except ConnectorError as error:
        with run.scope("verify"):
            run.carrier_failed(ready.link, error, now)
        return None
    found = compare.compare(ready.told, held)
    with run.scope("verify"):
        run.carrier_answered(ready.link, now)
        differences.keep(ready.policy_id, ready.employee_id, ready.message_id, found, now)
        if found:
            acknowledge.mark_different(ready.message_id, now)
        else:
            acknowledge.mark_verified(ready.message_id, now)
    return not found
