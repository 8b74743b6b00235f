"""What a carrier should hold of one employee in one policy: participation and amounts, as known now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from schakel.connectors.carrier_channel import AmountInPeriod
from schakel.engine.catalogue import benefit
from schakel.engine.timeline import Period
from schakel.participation import rows
from schakel.participation.rows import StateRow
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
    by_policy: dict[int, list[StateRow]] = {}
    for row in rows.states(employee_id, policy_ids):
        by_policy.setdefault(row.policy_id, []).append(row)
    states = {policy: _state(found) for policy, found in by_policy.items()}
    return {policy: state for policy, state in states.items() if state is not None}


@cache
def _told(name: str) -> frozenset[str]:
    """The quantities of a benefit that its carrier is told."""
    return frozenset(one.name for one in benefit(name).quantities if one.is_told_to_carrier)


def _state(found: Sequence[StateRow]) -> HeldState | None:
    days = {row.participation_id: row.stretches for row in found}
    stretches = [one for kept in days.values() for one in read_stretches(kept)]
    standing = [row for row in found if row.start is not None]
    if not stretches and not standing and not rows.was_ever_calculated(days):
        return None
    amounts = [
        AmountInPeriod(quantity, row.start, row.until, amount)
        for row in standing
        if row.start is not None and row.until is not None
        for quantity, amount in row.amounts.items()
        if quantity in _told(row.benefit)
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
