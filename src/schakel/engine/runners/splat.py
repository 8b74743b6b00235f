"""One store for a run of wage periods: a value written to a fixed number of places that follow each other.

Needs Numba. A loop of fixed length does the same, but is not always made one store of.
"""

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic


@intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
def splat(_context: Any, array: Any, _at: Any, _value: Any, lanes: Any) -> Any:
    """`array[at : at + lanes] = value`; nobody checks that there is room."""
    count = lanes.literal_value

    def code(target: Any, builder: Any, _signature: Any, given: Any) -> Any:
        place = builder.gep(target.make_array(array)(target, builder, given[0]).data, [given[1]])
        vector = ir.VectorType(target.get_data_type(array.dtype), count)
        nothing, none = ir.Constant(vector, ir.Undefined), ir.Constant(ir.IntType(32), 0)
        every = ir.Constant(ir.VectorType(ir.IntType(32), count), [0] * count)
        value = builder.shuffle_vector(builder.insert_element(nothing, given[2], none), nothing, every)
        stored = builder.store(value, builder.bitcast(place, vector.as_pointer()))
        stored.align = array.dtype.bitwidth // 8
        return target.get_dummy_value()

    return types.void(array, types.intp, array.dtype, lanes), code
