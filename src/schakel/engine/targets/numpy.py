"""For many employees at once: int64 columns in, int64 columns out, the same cents as `scalar`."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from schakel.engine.graph import Graph
from schakel.engine.targets.source import COLUMNS, source

Column = NDArray[np.int64]
Evaluate = Callable[[Mapping[str, "Column | Tables"]], dict[str, Column]]
Tables = tuple[Column, Column]
"""One table for each scheme, a row each, and for each employee the row that is theirs."""


def look_up(table: "Column | Tables", key: Column) -> Column:
    """The entries at the keys: of one table for everybody, or of each employee's own."""
    if isinstance(table, tuple):
        tables, rows = table
        found: Column = tables[rows, key]
        return found
    return table[key]


def compiled(graph: Graph) -> Evaluate:
    """The graph as a function of columns, one row for each employee."""
    namespace: dict[str, Evaluate] = {}
    exec(source(graph, COLUMNS), {"np": np, "look_up": look_up}, namespace)  # noqa: S102 - made from our own traced rules alone
    return namespace["evaluate"]
