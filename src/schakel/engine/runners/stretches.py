"""What every kernel has in common, compiled: exact division of whole numbers in floats, and periods in pieces.

Needs Numba. A float holds whole numbers below 2^53 exactly. Divisions get a reciprocal that is too small by at least
2^-51 and at most 2^-49 of itself: the quotient of `above` × reciprocal, which stays below 2^47, is then the right
whole number or one less, and the exact remainder says which.
"""

import numpy as np
from numba import njit

from schakel.engine.targets.loops import LOW

SPREAD, REST = 0, 2  #: kinds of amounts; 1 is an amount as it stands
UNKNOWN = np.iinfo(np.int64).min
EXACT = 2.0**53
SIZES = 128
"""Sizes of amounts: nothing, then four to every doubling of a cent; see `size_of` and `smallest_of`."""
NOUGHT = 507  #: what the first quarter of the first doubling follows in the bits of a float of 32 bits


@njit(error_model="numpy", nogil=True, cache=True)
def half_up(above, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of whole numbers, halves up."""
    quotient = np.floor(above * inverse + 0.5)
    left = above - quotient * below
    return quotient + (1.0 if left + left >= below else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)
def down(above, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of whole numbers, rounded down."""
    quotient = np.floor(above * inverse)
    return quotient + (1.0 if above - quotient * below >= below else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)
def up(above, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of whole numbers, rounded up."""
    quotient = down(above, below, inverse)
    return quotient + (1.0 if above - quotient * below > 0.0 else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)
def half_up_of_product(one, other, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of a product that a float could not hold, halves up."""
    quotient = down(one, below, inverse)
    return quotient * other + half_up((one - quotient * below) * other, below, inverse)


@njit(error_model="numpy", nogil=True, cache=True)
def down_of_product(one, other, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of a product that a float could not hold, rounded down."""
    quotient = down(one, below, inverse)
    return quotient * other + down((one - quotient * below) * other, below, inverse)


@njit(error_model="numpy", nogil=True, cache=True)
def up_of_product(one, other, below, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of a product that a float could not hold, rounded up."""
    quotient = down(one, below, inverse)
    return quotient * other + up((one - quotient * below) * other, below, inverse)


@njit(error_model="numpy", nogil=True, cache=True)
def number(value):  # type: ignore[no-untyped-def]  # Numba finds the types
    """A whole number as a float; not known is not a number."""
    return np.nan if value == UNKNOWN else float(value)


@njit(error_model="numpy", nogil=True, cache=True)
def pieces(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count,
    firsts,
    periods,
    begins,
    finishes,
    starts,
    ends,
    work,
    ints,
    capacity,
    per_year,
    layout,
    refuses,
    lacking,
    room,
    places,
):
    """Wage periods of several stretches, weighed by days: see `spreading` for one employee.

    Piece `at` is written in the place `capacity` − 1 − `at` of every row, as if it were a stretch. `layout` has a row
    for each amount: benefit, kind, row of the amount, row of the year's amount, parts of it in a cent, and for a rest
    the amount it is of and up to two that are taken off (−1 for none). In `room` and `places` it keeps what it needs.
    """
    if count == 0:
        return
    days, whole, inverse, sums = room
    after, whys, lasts = places
    _by_days(count, firsts, periods, begins, finishes, starts, ends, days, whole, inverse, after)
    _lacks(count, firsts, after, lacking, capacity)
    row = 0
    for benefit in range(refuses.shape[0]):
        _why(count, firsts, after, ints, capacity, refuses[benefit], lacking, whys, lasts)
        while row < layout.shape[0] and layout[row, 0] == benefit:
            to = layout[row, 2] * capacity + capacity - 1
            if layout[row, 1] == SPREAD:
                # A year's amount is nought in a stretch without taking part.
                year, parts = layout[row, 3] * capacity, per_year * layout[row, 4]
                _weighed(count, firsts, after, work, year, days, whole, inverse, parts, sums)
                for at in range(count):
                    ints[to - at] = int(sums[at]) if whys[at] == 0 else 0
            elif layout[row, 1] == REST:
                _left(count, ints, layout, row, capacity)
            else:
                of = layout[row, 2] * capacity
                for at in range(count):
                    ints[to - at] = ints[of + lasts[at]] if whys[at] == 0 else 0
            row += 1


@njit(error_model="numpy", nogil=True, cache=True)
def _lacks(count, firsts, after, lacking, capacity):  # type: ignore[no-untyped-def]  # Numba finds the types
    """Which benefits lack an amount in any stretch of each piece."""
    used = 0
    for at in range(count):
        lacks = 0
        for k in range(firsts[at], firsts[at] + after[at] - used):
            lacks |= lacking[k]
        used = after[at]
        lacking[capacity - 1 - at] = lacks


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
def _by_days(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, periods, begins, finishes, starts, ends, days, whole, inverse, after
):
    """The days of each stretch of each piece, one piece after the other; `after`: where those of a piece end."""
    used = 0
    for at in range(count):
        begin, end, k = begins[periods[at]], finishes[periods[at]], firsts[at]
        while True:
            days[used] = float(min(ends[k], end) - max(starts[k], begin))
            used += 1
            if ends[k] >= end:
                break
            k += 1
        after[at] = used
        whole[at] = float(end - begin)
        inverse[at] = 1.0 / whole[at]


@njit(error_model="numpy", nogil=True, cache=True)
def _why(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, after, ints, capacity, refuses, lacking, whys, lasts
):
    """Why a piece has no amount: a refusal of any stretch, or that none takes part; and the last that does."""
    row, used = refuses[0] * capacity, 0
    for at in range(count):
        if lacking[capacity - 1 - at] == 0:
            whys[at], lasts[at] = 0, firsts[at] + after[at] - used - 1
            ints[row + capacity - 1 - at] = 0
            used = after[at]
            continue
        refusal, reason, last, k = 0, 0, -1, firsts[at]
        while used < after[at]:
            reason = ints[row + k]
            if reason == 0:
                last = k
            elif refuses[reason] != 0 and refusal == 0:
                refusal = reason
            used += 1
            k += 1
        found = refusal if refusal != 0 else (0 if last >= 0 else reason)
        whys[at], lasts[at] = found, last
        ints[row + capacity - 1 - at] = found


@njit(error_model="numpy", nogil=True, cache=True)
def _weighed(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, firsts, after, work, year, days, whole, inverse, parts, sums
):
    """Amounts a year by their days, rounded once; in two steps where the sum would not be exact."""
    used, most = 0, 0.0
    for at in range(count):
        total, k = 0.0, firsts[at]
        while used < after[at]:
            total += work[year + k] * days[used]
            used += 1
            k += 1
        sums[at] = total
        most = max(most, total)
    low = LOW / parts
    if most < EXACT - parts * 400.0:
        for at in range(count):
            sums[at] = half_up(sums[at], parts * whole[at], low * inverse[at])
        return
    used = 0
    for at in range(count):
        cents, left, k = 0.0, 0.0, firsts[at]
        while used < after[at]:
            some = down(work[year + k], parts, low)
            cents += some * days[used]
            left += (work[year + k] - some * parts) * days[used]
            used += 1
            k += 1
        found = down(cents, whole[at], LOW * inverse[at])
        rest = (cents - found * whole[at]) * parts + left
        sums[at] = found + half_up(rest, parts * whole[at], low * inverse[at])


@njit(error_model="numpy", nogil=True, cache=True)
def size_of(amount):  # type: ignore[no-untyped-def]  # Numba finds the types
    """Which size an amount in cents is: the exponent of its float and two bits more, so that sizes are in order."""
    if amount <= 0:
        return 0
    return min((np.float32(amount).view(np.int32) >> 21) - NOUGHT, SIZES - 1)


def smallest_of(size: int) -> float:
    """The smallest amount of a size, in cents."""
    return float(np.array([(size + NOUGHT) << 21], dtype=np.int32).view(np.float32)[0]) if size else 0.0


@njit(error_model="numpy", nogil=True, cache=True)
def added(  # type: ignore[no-untyped-def]  # noqa: PLR0917 - compiled code has no objects to hand over
    count, run_k, run_at, ints, capacity, reasons, whys, sums
):
    """Amounts added up (in the last column) and counted by size, reasons counted; a run as often as it is long."""
    for row in range(whys.shape[0]):
        for run in range(count):
            whys[row, ints[row * capacity + run_k[run]]] += run_at[run + 1] - run_at[run]
    for row in range(sums.shape[0]):
        total = 0
        for run in range(count):
            found, times = (
                np.int64(ints[(reasons + row) * capacity + run_k[run]]),
                run_at[run + 1] - run_at[run],
            )
            total += found * times
            sums[row, size_of(found)] += times
        sums[row, SIZES] += total
