"""What every kernel has in common, compiled: exact division of whole numbers in floats, and adding up by size.

Needs Numba. A float holds whole numbers below 2^53 exactly. Divisions get a reciprocal that is too small by at least
2^-51 and at most 2^-49 of itself: the quotient of `above` × reciprocal, which stays below 2^47, is then the right
whole number or one less, and the exact remainder says which.

Where dividend and divisor are together below 2^49, no remainder is needed. The reciprocal is too large by more than
nothing and at most 2^-51.4 of itself, so that a product is never rounded below the whole or half it should reach; and
it is too large by less than 2^-51 of itself and of the half that is added, while the next whole or half is at least
1 / 2·divisor away. Rounding up is the same from the other side, with a reciprocal that is too small.
"""

import numpy as np
from numba import njit

UNKNOWN = np.iinfo(np.int64).min
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
def half_up_at_once(above, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of small whole numbers, halves up."""
    return np.floor(above * inverse + 0.5)


@njit(error_model="numpy", nogil=True, cache=True)
def down_at_once(above, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of small whole numbers, rounded down."""
    return np.floor(above * inverse)


@njit(error_model="numpy", nogil=True, cache=True)
def up_at_once(above, inverse):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The quotient of small whole numbers, rounded up."""
    return np.ceil(above * inverse)


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
    stretches, pieces, count, run_k, run_at, ints, capacity, reasons, whys, sums
):
    """Amounts added up (in the last column) and counted by size, reasons counted; each as often as its run is long."""
    every_time, every_size = np.zeros(capacity, dtype=np.int64), np.empty(capacity, dtype=np.int32)
    for run in range(count):
        every_time[run_k[run]] += run_at[run + 1] - run_at[run]
    # Pieces are written from the end on; see `pieces`.
    for begin, end in ((0, stretches), (capacity - pieces, capacity)):
        times, sizes = every_time[begin:end], every_size[begin:end]
        for row in range(whys.shape[0]):
            _counted(ints[row * capacity + begin : row * capacity + end], times, whys[row])
        for row in range(sums.shape[0]):
            amounts = ints[(reasons + row) * capacity + begin : (reasons + row) * capacity + end]
            sums[row, SIZES] += _total(amounts, times)
            _sized(amounts, sizes)
            _counted(sizes, times, sums[row])


@njit(error_model="numpy", nogil=True, cache=True)
def _counted(found, times, counts):  # type: ignore[no-untyped-def]  # Numba finds the types
    """How often each number is found."""
    for k in range(len(found)):
        counts[found[k]] += times[k]


@njit(error_model="numpy", nogil=True, cache=True)
def _total(amounts, times):  # type: ignore[no-untyped-def]  # Numba finds the types
    """Amounts as often as they count; a loop of its own, so that it goes four at a time."""
    total = 0
    for k in range(len(amounts)):
        total += np.int64(amounts[k]) * times[k]
    return total


@njit(error_model="numpy", nogil=True, cache=True)
def _sized(amounts, sizes):  # type: ignore[no-untyped-def]  # Numba finds the types
    """The size of each amount; eight at a time."""
    for k in range(len(amounts)):
        sizes[k] = size_of(amounts[k])
