"""A row of wage periods written at once: what stretches came to, each from the wage period on in which it begins.

Needs Numba. A loop does the same, but stores every run by itself, across the borders that a processor likes to keep.
"""

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

PLACE, LANE = ir.IntType(64), ir.IntType(32)


@intrinsic(prefer_literal=True)
def written(
    _context: Any,
    to: Any,
    _base: Any,
    _stride: Any,
    source: Any,
    run_k: Any,
    run_at: Any,
    _first: Any,
    _count: Any,
    shape: Any,
) -> Any:
    """Rows of one employee, `base + row * stride` on: of each run of the `count` from `first` on its amount.

    `shape`: how many runs at most, rows, lanes (wage periods) and rows of `source` before, and its capacity, all
    literal. A run says where it begins (`run_at`) and which column of `source` is its amount (`run_k`).
    """
    runs, rows, lanes, before, capacity = (part.literal_value for part in shape)

    def code(target: Any, builder: Any, _signature: Any, given: Any) -> Any:
        base, stride, first, count = given[1], given[2], given[6], given[7]
        into, read, of_run, begins = (
            target.make_array(kind)(target, builder, given[at]).data
            for at, kind in ((0, to), (3, source), (4, run_k), (5, run_at))
        )
        vector = ir.VectorType(target.get_data_type(to.dtype), lanes).as_pointer()
        places, masks = [], []
        for run in range(runs):
            # What is asked beyond the last run is the first again, from beyond the last lane on.
            exists = builder.icmp_signed("<", ir.Constant(PLACE, run), count)
            at = builder.add(first, builder.select(exists, ir.Constant(PLACE, run), ir.Constant(PLACE, 0)))
            places.append(builder.load(builder.gep(of_run, [at])))
            since = builder.sub(builder.load(builder.gep(begins, [at])), base)
            since = builder.trunc(builder.select(exists, since, ir.Constant(PLACE, lanes)), LANE)
            numbers = ir.Constant(ir.VectorType(LANE, lanes), list(range(lanes)))
            masks.append(builder.icmp_signed(">=", numbers, _every(builder, since, lanes)))
        to_place = base
        for row in range(rows):
            found = None
            for place, mask in zip(places, masks, strict=True):
                k = builder.add(place, ir.Constant(PLACE, (before + row) * capacity))
                value = _every(builder, builder.load(builder.gep(read, [k])), lanes)
                found = value if found is None else builder.select(mask, value, found)
            stored = builder.store(found, builder.bitcast(builder.gep(into, [to_place]), vector))
            stored.align = to.dtype.bitwidth // 8
            to_place = builder.add(to_place, stride)
        return target.get_dummy_value()

    kinds = (to, types.intp, types.intp, source, run_k, run_at, types.intp, types.intp, shape)
    return types.void(*kinds), code


def _every(builder: Any, value: Any, lanes: int) -> Any:
    """One value in all lanes."""
    vector = ir.VectorType(value.type, lanes)
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(LANE, 0))
    return builder.shuffle_vector(
        one, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(LANE, lanes), [0] * lanes)
    )
