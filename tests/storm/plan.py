"""What a storm is: how many kills, of whom, how fast; and the seed that draws all of it."""

from dataclasses import dataclass

VICTIMS = {"web": 30, "worker": 35, "backend": 20, "postmaster": 15}
"""Whom a kill hits, in percent."""

SHORTEST_GAP, LONGEST_GAP = 0.020, 0.350  #: seconds between a kill and the next draw

PEOPLE = 26
MOST_HIRES = 12  #: so that a long storm does not end with readings of hundreds


@dataclass(frozen=True, slots=True)
class Plan:
    """One storm. The seed decides the people, the changes, the gaps and the victims; the machine the timing."""

    kills: int = 100
    seed: int = 1
    is_naive: bool = False  #: the control: commit, then send, without an outbox
    drain_seconds: float = 900.0
