"""The same batches by Spark (`mapInArrow`). Needs PySpark, and Java."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from schakel.engine.runners.arrow import Portfolio


def amounts(portfolio: Portfolio, frame: Any) -> Any:
    """The amounts of a frame of employees, a column each."""
    schema = ", ".join(f"`{field.name}` {_type(field.type)}" for field in portfolio.schema)

    def calculated(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from portfolio(pa.Table.from_batches([batch])).to_batches()

    return frame.mapInArrow(calculated, schema)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_string(kind):
        return "string"
    return "array<tinyint>" if pa.types.is_int8(kind.value_type) else "array<bigint>"
