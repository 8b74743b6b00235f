"""Arrow in, Arrow out: one row for each employee, its histories as lists; the amounts of each wage period as lists.

A batch is all a row needs, so the same function runs on one machine and on many. Needs PyArrow.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from schakel.engine.catalogue import benefit, check_terms, quantities
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.runners.histories import UNKNOWN, Column, History, People
from schakel.engine.runners.kernel_blocks import calculate_quickest
from schakel.engine.runners.portfolio import Schemes, calculate_all
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import WagePeriod, year_of

STEP = pa.struct([("from", pa.int32()), ("value", pa.int64())])
"""A step of a history: the day it starts (days since 1 January of the year 1, that day being 1), and its value."""
WITH_AMOUNTS, NOT_TAKING_PART, REFUSED = 0, 1, 2
STATUS = "status"


@dataclass(frozen=True)
class Portfolio:
    """What a batch is calculated with: it travels to workers as it is. Call it with a table of employees.

    `terms`: benefit → the terms of each employer as they are written, in the order of the column `employer`.
    """

    terms: Mapping[str, Sequence[Mapping[str, Any]]]
    year: int
    kind: str = "month"
    kernels: str = ""  #: the folder of compiled kernels; empty: over NumPy columns

    def __call__(self, table: pa.Table) -> pa.Table:
        """The amounts of these employees, a row each."""
        people, (schemes, periods) = people_of_table(table), self._read()
        size = max(len(people), 1)
        blocks = (
            calculate_quickest(people, schemes, periods, Path(self.kernels), block=size)
            if self.kernels
            else calculate_all(people, schemes, periods, block=size)
        )
        columns: dict[str, pa.Array] = {"employee": table["employee"]}
        for block in blocks if len(people) else ():
            refused = np.array([False, *(one.kind == "refused" for one in block.reasons)])
            status = np.where(refused[block.amounts.why], REFUSED, np.minimum(block.amounts.why, 1))
            columns[f"{block.benefit}.{STATUS}"] = _lists(status.astype(np.int8))
            for name, column in block.amounts.amounts.items():
                columns[f"{block.benefit}.{name}"] = _lists(column.astype(np.int64))
        nothing = _lists(np.zeros((len(people), len(periods)), dtype=np.int64))
        return pa.table(
            [columns.get(field.name, nothing).cast(field.type) for field in self.schema], schema=self.schema
        )

    @property
    def schema(self) -> pa.Schema:
        """What comes out: the employee, and of each benefit its status and its amounts, a number a wage period."""
        schemes, _ = self._read()
        fields = [("employee", pa.string())]
        for name, timelines in schemes.items():
            fields.append((f"{name}.{STATUS}", pa.list_(pa.int8())))
            shapes = {timeline.steps[0].value.shape for timeline in timelines}
            named = {one.name for shape in shapes for one in quantities(benefit(name), shape)}
            fields += [
                (f"{name}.{one.name}", pa.list_(pa.int64()))
                for one in benefit(name).quantities
                if one.name in named
            ]
        return pa.schema(fields)

    def _read(self) -> tuple[Schemes, Sequence[WagePeriod]]:
        schemes = {
            name: [_checked(name, json.dumps(one, sort_keys=True)) for one in each]
            for name, each in self.terms.items()
        }
        return schemes, year_of(self.kind, self.year)


@lru_cache(maxsize=65536)
def _checked(name: str, written: str) -> Timeline[Choices]:
    return Timeline.always(check_terms(name, json.loads(written)))


def _lists(column: Column) -> pa.Array:
    """A row of a column as a list."""
    offsets = np.arange(len(column) + 1, dtype=np.int32) * np.int32(column.shape[1])
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(column.reshape(-1)))


def table_of_people(people: People) -> pa.Table:
    """Employees as a table; facts that are lists stay behind."""
    columns: dict[str, pa.Array] = {
        "employee": pa.array(list(people.keys), pa.string()),
        "employer": pa.array(people.employers, pa.int64()),
    }
    for name, history in people.facts.items():
        if FACTS[name].unit.name == "dates":
            continue
        known = history.values != UNKNOWN
        values = pa.array(history.values, pa.int64(), mask=~known)
        steps = pa.StructArray.from_arrays([pa.array(history.starts, pa.int32()), values], fields=list(STEP))
        columns[name] = pa.ListArray.from_arrays(pa.array(history.offsets.astype(np.int32)), steps)
    return pa.table(columns)


def people_of_table(table: pa.Table) -> People:
    """Employees from a table; a column is a fact of that name."""
    facts = {
        name: _history(_whole(table[name]))
        for name in table.column_names
        if name not in {"employee", "employer"}
    }
    employers = _whole(table["employer"]).to_numpy(zero_copy_only=False).astype(np.int64)
    return People(table["employee"].to_pylist(), employers, facts)


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _history(lists: pa.Array) -> History:
    # Programs that carry tables differ in how wide they count; what is in the lists is the same.
    lists = lists.cast(pa.list_(STEP))
    offsets = lists.offsets.to_numpy().astype(np.int64)
    steps = lists.values.slice(int(offsets[0]), int(offsets[-1] - offsets[0]))
    values = steps.field("value").fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    starts = steps.field("from").to_numpy(zero_copy_only=False)
    return History(offsets - offsets[0], starts.astype(np.int32), values.astype(np.int64))
