"""For many employees at once: int64 columns in, int64 columns out, the same cents as `scalar`."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from schakel.engine.graph import Graph
from schakel.engine.targets.source import COLUMNS, source

Column = NDArray[np.int64]
Evaluate = Callable[[Mapping[str, Column]], dict[str, Column]]


def compiled(graph: Graph) -> Evaluate:
    """The graph as a function of columns, one row for each employee."""
    namespace: dict[str, Evaluate] = {}
    exec(source(graph, COLUMNS), {"np": np}, namespace)  # noqa: S102 - made from our own traced rules alone
    return namespace["evaluate"]
