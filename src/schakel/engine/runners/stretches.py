"""What every kernel has in common, compiled: exact division of whole numbers in floats, and periods in pieces.

Needs Numba. A float holds whole numbers below 2^53 exactly; a quotient from the reciprocal is at most one off, and
its remainder, exact again, says which way.
"""

import numpy as np
from numba import njit

SPREAD, REST = 0, 2  #: kinds of amounts; 1 is an amount as it stands


@njit(error_model="numpy", nogil=True, cache=True)  # type: ignore[untyped-decorator]
def half_up(above, below, inverse):  # type: ignore[no-untyped-def]
    """The quotient of whole numbers, halves up."""
    quotient = np.floor(above * inverse)
    left = above - quotient * below
    quotient += (1.0 if left >= below else 0.0) - (1.0 if left < 0.0 else 0.0)
    left = above - quotient * below
    return quotient + (1.0 if 2.0 * left >= below else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)  # type: ignore[untyped-decorator]
def down(above, below, inverse):  # type: ignore[no-untyped-def]
    """The quotient of whole numbers, rounded down."""
    quotient = np.floor(above * inverse)
    left = above - quotient * below
    return quotient + (1.0 if left >= below else 0.0) - (1.0 if left < 0.0 else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)  # type: ignore[untyped-decorator]
def up(above, below, inverse):  # type: ignore[no-untyped-def]
    """The quotient of whole numbers, rounded up."""
    quotient = down(above, below, inverse)
    return quotient + (1.0 if above - quotient * below > 0.0 else 0.0)


@njit(error_model="numpy", nogil=True, cache=True)  # type: ignore[untyped-decorator]
def pieces(k, begin, end, starts, ends, work, ints, capacity, per_year, layout, refuses, amounts, reasons):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """One wage period of several stretches, weighed by days: see `spreading` for one employee.

    `layout` has a row for each amount: benefit, kind, row of the amount, row of the year's amount, parts of it in a
    cent, and for a rest the amount it is of and up to two that are taken off (−1 for none).
    """
    whole = end - begin
    for benefit in range(refuses.shape[0]):
        refusal, reason, last = 0, 0, -1
        q = k
        while True:
            reason = ints[refuses[benefit, 0] * capacity + q]
            if reason == 0:
                last = q
            elif refuses[benefit, reason] != 0 and refusal == 0:
                refusal = reason
            if ends[q] >= end:
                break
            q += 1
        found = refusal if refusal != 0 else (0 if last >= 0 else reason)
        reasons[benefit] = found
        for at in range(layout.shape[0]):
            if layout[at, 0] != benefit:
                continue
            if found != 0:
                amounts[at] = 0
            elif layout[at, 1] == SPREAD:
                parts = int(per_year) * layout[at, 4]
                cents, left = 0, 0
                q = k
                while True:
                    if ints[refuses[benefit, 0] * capacity + q] == 0:
                        days = min(ends[q], end) - max(starts[q], begin)
                        year = int(work[layout[at, 3] * capacity + q])
                        cents += year // parts * days
                        left += year % parts * days
                    if ends[q] >= end:
                        break
                    q += 1
                rest = cents % whole * parts + left
                amounts[at] = cents // whole + (2 * rest + parts * whole) // (2 * parts * whole)
            elif layout[at, 1] == REST:
                amounts[at] = amounts[layout[at, 5]]
                for minus in range(6, 8):
                    if layout[at, minus] >= 0:
                        amounts[at] -= amounts[layout[at, minus]]
            else:
                amounts[at] = ints[layout[at, 2] * capacity + last]
