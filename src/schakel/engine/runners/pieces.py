"""Wage periods of several stretches, compiled: weighed by days as `spreading` does for one employee. Needs Numba.

Nearly all of them are of two stretches, so those two are read without asking; the few with more add the rest after.
"""

from numba import njit

from schakel.engine.runners.stretches import down, half_up, half_up_at_once
from schakel.engine.targets.loops import AT_ONCE_LIMIT, HIGH, LOW

SPREAD, REST = 0, 2  #: kinds of amounts; 1 is an amount as it stands
EXACT = 2.0**53
LONGEST = 400.0  #: days in a wage period, and more


@njit(error_model="numpy", nogil=True, cache=True)
def pieces(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, periods, begins, finishes, starts, ends, work, ints, capacity, per_year, layout, refuses, lacking,
    room, places
):  # fmt: skip
    """Every amount of wage periods that are not one stretch.

    Piece `at` is written in the place `capacity` − 1 − `at` of every row, as if it were a stretch. `layout` has a row
    for each amount: benefit, kind, row of the amount, row of the year's amount, parts of it in a cent, and for a rest
    the amount it is of and up to two that are taken off (−1 for none). In `room` and `places` it keeps what it needs.
    """
    if count == 0:
        return
    # Slices, because the rows of a table are not known to lie together, and then nothing goes four at a time.
    one, two, whole, sums = room[:capacity], room[capacity:], room[2 * capacity :], room[3 * capacity :]
    lasts, held, whys = places[:capacity], places[capacity:], places[2 * capacity :]
    longer, without = places[3 * capacity :], places[4 * capacity :]
    days = (begins, finishes, starts, ends)
    more = _by_days(count, firsts, periods, begins, finishes, starts, ends, one, two, whole, lasts, longer)
    lacks = _lacks(count, firsts, lasts, lacking, capacity, without)
    row = 0
    for benefit in range(refuses.shape[0]):
        _why(count, lacks, without, firsts, lasts, ints, capacity, refuses[benefit], whys, held)
        while row < layout.shape[0] and layout[row, 0] == benefit:
            to = layout[row, 2] * capacity + capacity - 1
            if layout[row, 1] == SPREAD:
                # A year's amount is nought in a stretch without taking part.
                year, parts = layout[row, 3] * capacity, per_year * layout[row, 4]
                _summed(count, firsts, work, year, one, two, sums)
                _longer(more, longer, firsts, lasts, periods, days, work, year, sums)
                _rounded(count, firsts, lasts, periods, days, work, year, parts, whole, sums)
                for at in range(count):
                    ints[to - at] = int(sums[at])
            elif layout[row, 1] == REST:
                _left(count, ints, layout, row, capacity)
            else:
                _as_it_stands(count, ints, layout[row, 2] * capacity, held, to)
            for place in range(lacks):
                if whys[without[place]] != 0:
                    ints[to - without[place]] = 0
            row += 1


@njit(error_model="numpy", nogil=True, cache=True)
def _by_days(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, periods, begins, finishes, starts, ends, one, two, whole, lasts, longer
):
    """The days of the first two stretches of each piece, and its last; gives how many have more, who are `longer`."""
    more = 0
    for at in range(count):
        begin, end, k = begins[periods[at]], finishes[periods[at]], firsts[at]
        one[at] = float(ends[k] - max(starts[k], begin))
        two[at] = float(min(ends[k + 1], end) - starts[k + 1])
        whole[at] = float(end - begin)
        k += 1
        if ends[k] < end:
            longer[more] = at
            more += 1
            while ends[k] < end:
                k += 1
        lasts[at] = k
    return more


@njit(error_model="numpy", nogil=True, cache=True)
def _lacks(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, lasts, lacking, capacity, without
):
    """How many pieces lack an amount of some benefit in some stretch; `without` says which."""
    found = 0
    for at in range(count):
        lacks = lacking[firsts[at]]
        for k in range(firsts[at] + 1, lasts[at] + 1):
            lacks |= lacking[k]
        lacking[capacity - 1 - at] = lacks
        without[found] = at
        found += lacks
    return found


@njit(error_model="numpy", nogil=True, cache=True)
def _why(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, lacks, without, firsts, lasts, ints, capacity, refuses, whys, held
):
    """Why a piece has no amount: a refusal of any stretch, or that none takes part; and the last that does."""
    row = refuses[0] * capacity
    for at in range(count):
        held[at] = lasts[at]
        ints[row + capacity - 1 - at] = 0
    for place in range(lacks):
        at = without[place]
        refusal, reason, last = 0, 0, -1
        for k in range(firsts[at], lasts[at] + 1):
            reason = ints[row + k]
            if reason == 0:
                last = k
            elif refuses[reason] != 0 and refusal == 0:
                refusal = reason
        found = refusal if refusal != 0 else (0 if last >= 0 else reason)
        whys[at], held[at] = found, max(last, firsts[at])
        ints[row + capacity - 1 - at] = found


@njit(error_model="numpy", nogil=True, cache=True)
def _as_it_stands(count, ints, of, held, to):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The amount of the last stretch with taking part."""
    for at in range(count):
        ints[to - at] = ints[of + held[at]]


@njit(error_model="numpy", nogil=True, cache=True)
def _left(count, ints, layout, row, capacity):  # type: ignore[no-untyped-def]  # Numba finds the types
    """What is left of an amount when others are taken off, in every piece."""
    to = layout[row, 2] * capacity + capacity - 1
    of = layout[layout[row, 5], 2] * capacity + capacity - 1
    for at in range(count):
        ints[to - at] = ints[of - at]
    for minus in range(6, 8):
        if layout[row, minus] >= 0:
            of = layout[layout[row, minus], 2] * capacity + capacity - 1
            for at in range(count):
                ints[to - at] -= ints[of - at]


@njit(error_model="numpy", nogil=True, cache=True)
def _summed(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, work, year, one, two, sums
):
    """Amounts a year by the days of the first two stretches."""
    for at in range(count):
        k = year + firsts[at]
        sums[at] = work[k] * one[at] + work[k + 1] * two[at]


@njit(error_model="numpy", nogil=True, cache=True)
def _longer(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    more, longer, firsts, lasts, periods, days, work, year, sums
):
    """What the other stretches of the longer pieces add."""
    _, finishes, starts, ends = days
    for place in range(more):
        at = longer[place]
        end = finishes[periods[at]]
        for k in range(firsts[at] + 2, lasts[at] + 1):
            sums[at] += work[year + k] * float(min(ends[k], end) - starts[k])


@njit(error_model="numpy", nogil=True, cache=True)
def _rounded(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, lasts, periods, days, work, year, parts, whole, sums
):
    """The sums in cents of a wage period, rounded once; in two steps where a sum would not be exact."""
    begins, finishes, starts, ends = days
    most = 0.0
    for at in range(count):
        most = max(most, sums[at])
    if most < AT_ONCE_LIMIT - parts * LONGEST:
        for at in range(count):
            sums[at] = half_up_at_once(sums[at], HIGH / (parts * whole[at]))
        return
    for at in range(count):
        divisor = parts * whole[at]
        if sums[at] < EXACT - parts * LONGEST:
            sums[at] = half_up(sums[at], divisor, LOW / divisor)
            continue
        begin, end, cents, left = begins[periods[at]], finishes[periods[at]], 0.0, 0.0
        for k in range(firsts[at], lasts[at] + 1):
            part = float(min(ends[k], end) - max(starts[k], begin))
            some = down(work[year + k], parts, LOW / parts)
            cents += some * part
            left += (work[year + k] - some * parts) * part
        found = down(cents, whole[at], LOW / whole[at])
        rest = (cents - found * whole[at]) * parts + left
        sums[at] = found + half_up(rest, divisor, LOW / divisor)
