"""What a carrier should hold of one employee in one policy: participation and amounts, as known now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from schakel.connectors.carrier_channel import AmountInPeriod
from schakel.engine.catalogue import benefit
from schakel.engine.timeline import Period
from schakel.participation.models import AmountLine, Participation
from schakel.participation.standing import read_stretches


@dataclass(frozen=True, slots=True)
class HeldState:
    """The whole state of one employee in one policy."""

    participates: tuple[tuple[date, date | None], ...]
    amounts: tuple[AmountInPeriod, ...]


def state_in_policy(employee_id: int, policy_id: int) -> HeldState | None:
    """The state one carrier should hold; None when the employee never took part."""
    return states_in_policies(employee_id, (policy_id,)).get(policy_id)


def states_in_policies(employee_id: int, policy_ids: Collection[int]) -> dict[int, HeldState]:
    """The state each carrier should hold, by policy; a policy the employee never took part in is left out.

    A leaver still has a state: participation has ended. So has somebody who turned out never to have taken
    part, because a carrier may have been told otherwise.
    """
    rows = Participation.objects.filter(employee_id=employee_id, benefit__policy_id__in=policy_ids)
    by_policy: dict[int, list[Participation]] = {}
    for row in rows.select_related("benefit").order_by("id"):
        by_policy.setdefault(row.benefit.policy_id, []).append(row)
    lines: dict[int, list[AmountLine]] = {}
    ids = [row.id for found in by_policy.values() for row in found]
    for line in AmountLine.objects.filter(participation_id__in=ids, known_until=None).order_by("start", "id"):
        lines.setdefault(line.participation_id, []).append(line)
    states = {policy: _state(found, lines) for policy, found in by_policy.items()}
    return {policy: state for policy, state in states.items() if state is not None}


def _state(rows: list[Participation], lines: Mapping[int, list[AmountLine]]) -> HeldState | None:
    told = {
        row.id: {one.name for one in benefit(row.benefit.benefit).quantities if one.is_told_to_carrier}
        for row in rows
    }
    standing = [line for row in rows for line in lines.get(row.id, ())]
    stretches = [one for row in rows for one in read_stretches(row.stretches)]
    if not stretches and not standing and not AmountLine.objects.filter(participation_id__in=told).exists():
        return None
    amounts = [
        AmountInPeriod(quantity, line.start, line.until, amount)
        for line in standing
        for quantity, amount in line.amounts.items()
        if quantity in told[line.participation_id]
    ]
    return HeldState(
        tuple((one.start, one.until) for one in joined(stretches)),
        tuple(sorted(amounts, key=lambda one: (one.quantity, one.start))),
    )


def joined(stretches: list[Period]) -> list[Period]:
    """Stretches of several benefits as one: the days on which any of them is taken part in."""
    found: list[Period] = []
    for one in sorted(stretches, key=lambda period: period.start):
        if found and one.start <= found[-1].end:
            longest = max(found[-1], one, key=lambda period: period.end)
            found[-1] = Period(found[-1].start, longest.until)
        else:
            found.append(one)
    return found
