"""The same batches by Daft: native on this machine, or on a Ray cluster. Needs Daft."""

from typing import Any

import daft
import pyarrow as pa

from schakel.engine.runners.arrow import Portfolio

BATCH = 16_384


def amounts(portfolio: Portfolio, frame: "daft.DataFrame") -> "daft.DataFrame":
    """The amounts of a frame of employees, a column each."""
    names, schema = frame.column_names, portfolio.schema
    made = daft.DataType.from_arrow_type(pa.struct(list(schema)))

    @daft.func.batch(return_dtype=made, batch_size=BATCH)
    def calculated(*columns: Any) -> Any:
        table = portfolio(
            pa.table({name: column.to_arrow() for name, column in zip(names, columns, strict=True)})
        )
        return daft.Series.from_arrow(
            pa.StructArray.from_arrays([c.combine_chunks() for c in table.columns], fields=list(schema))
        )

    one = frame.select(calculated(*(daft.col(name) for name in names)).alias("amounts"))
    return one.select(*(daft.col("amounts").get(name).alias(name) for name in schema.names))
