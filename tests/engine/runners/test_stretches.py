"""Quotients in floats are the whole numbers that integer division gives, nearest the limits of their proof."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.engine.targets.loops import AT_ONCE_LIMIT, FLOAT_LIMIT, HIGH, LOW, QUOTIENT_LIMIT

pytest.importorskip("numba", reason="Numba is optional; requirements/bulk.lock has it")
stretches = pytest.importorskip("schakel.engine.runners.stretches")


@st.composite
def quotients(draw: st.DrawFn, limit: int) -> tuple[int, int]:
    """A dividend and a divisor, together below the limit: on a whole, on a half, and one beside either."""
    most = draw(st.sampled_from([10, 10**4, 10**8, limit // 4]))
    below = draw(st.integers(1, most) | st.integers(max(1, most - 9), most))
    whole = draw(st.integers(0, (limit - 2 * below - 2) // below) | st.just((limit - 2 * below - 2) // below))
    whole = min(whole, QUOTIENT_LIMIT - 2)
    above = whole * below + draw(
        st.sampled_from([0, 1, below // 2, (below + 1) // 2, below // 2 + 1, below - 1])
    )
    return above, below


@given(quotients(AT_ONCE_LIMIT))
def test_small_quotients_are_right_at_once(pair: tuple[int, int]) -> None:
    above, below = pair
    assert stretches.half_up_at_once(float(above), HIGH / below) == (2 * above + below) // (2 * below)
    assert stretches.down_at_once(float(above), HIGH / below) == above // below
    assert stretches.up_at_once(float(above), LOW / below) == -(-above // below)


@given(quotients(FLOAT_LIMIT // 2))
def test_larger_quotients_are_right_by_their_remainder(pair: tuple[int, int]) -> None:
    above, below = pair
    assert stretches.half_up(float(above), float(below), LOW / below) == (2 * above + below) // (2 * below)
    assert stretches.down(float(above), float(below), LOW / below) == above // below
    assert stretches.up(float(above), float(below), LOW / below) == -(-above // below)
