"""Employee-months calculated four times: by an oracle in Decimal, one by one, over columns, and by a compiled loop.

An oracle is a module of `tests/engine/oracles`, named after its benefit. It has

    SCHEMES: list[dict[str, object]]           terms as in a case file, statutory figures written out
    facts(draw: random.Random) -> dict         the facts of one employee in March 2026, in which nothing changes
    amounts(facts, terms) -> dict[str, Decimal]   every amount in euros; empty for who does not take part
"""

import importlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from schakel.engine.calculation import Calculation, PeriodResult
from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.choices import Choices
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.parameters import statutory
from schakel.engine.runners.histories import people_of
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import WagePeriod, wage_period

FOLDER = Path(__file__).with_name("oracles")
HUNDRED = Decimal(100)

Facts = dict[str, Any]
Amounts = dict[str, Decimal]


class Oracle(Protocol):
    """What a module in the folder offers."""

    SCHEMES: list[dict[str, object]]

    def facts(self, draw: random.Random) -> Facts: ...

    def amounts(self, facts: Facts, terms: dict[str, object]) -> Amounts: ...


@dataclass(frozen=True, slots=True)
class Month:
    """One employee in March 2026, and what the oracle says it comes to."""

    scheme: int
    facts: Facts
    wanted: Amounts

    @property
    def timeline(self) -> EmployeeTimeline:
        always = {name: Timeline.always(Sourced(value)) for name, value in self.facts.items()}
        return EmployeeTimeline("one", always)

    @property
    def kind(self) -> str:
        return str(self.facts.get("wage_period_kind", "month"))


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two calculations of one month do not say the same."""

    by: str  #: one_by_one, columns or loop
    scheme: int
    facts: Facts
    wanted: Amounts
    found: Amounts | str  #: the amounts, or why there are none


def names() -> list[str]:
    """Every benefit that has an oracle."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def oracle(name: str) -> Oracle:
    """The oracle of a benefit."""
    found: Any = importlib.import_module(f"tests.engine.oracles.{name}")
    return found  # type: ignore[no-any-return]  # modules are found by name


def months(of: Oracle, count: int, seed: int) -> list[Month]:
    """`count` employee-months over all schemes of an oracle; the same for the same seed."""
    draw = random.Random(seed)
    found = []
    for place in range(count):
        scheme = place % len(of.SCHEMES)
        facts = of.facts(draw)
        found.append(Month(scheme, facts, of.amounts(facts, of.SCHEMES[scheme])))
    return found


def differences(
    name: str, schemes: Sequence[Mapping[str, object]], drawn: Sequence[Month], *, over_columns: bool = True
) -> Iterator[Difference]:
    """Every month that does not come out as the oracle says."""
    agreed = [Timeline.always(check_terms(name, terms)) for terms in schemes]
    for month in drawn:
        found = _told(one_by_one(name, month, agreed[month.scheme]))
        if found != month.wanted:
            yield Difference("one_by_one", month.scheme, month.facts, month.wanted, found)
    if over_columns:
        yield from _over_columns(name, agreed, drawn)


def one_by_one(name: str, month: Month, terms: Timeline[Choices]) -> PeriodResult:
    """One month by the calculation of one employee."""
    period = wage_period(month.kind, 2026, 3)
    return Calculation(benefit(name), month.timeline, terms, statutory()).of(period)


def _told(result: PeriodResult) -> Amounts | str:
    if result.refusal is not None:
        return f"{result.refusal.code}: {result.refusal.about}"
    return {name: Decimal(cents) / HUNDRED for name, cents in result.amounts.items()}


def by_kind(drawn: Sequence[Month]) -> Iterator[tuple[WagePeriod, list[Month]]]:
    """The months of each kind of wage period."""
    for kind in sorted({month.kind for month in drawn}):
        yield wage_period(kind, 2026, 3), [month for month in drawn if month.kind == kind]


def _over_columns(
    name: str, agreed: Sequence[Timeline[Choices]], drawn: Sequence[Month]
) -> Iterator[Difference]:
    for period, some in by_kind(drawn):
        people = people_of([month.timeline for month in some], [month.scheme for month in some])
        (block,) = calculate_all(people, {name: agreed}, [period], block=max(len(some), 1))
        for place, month in enumerate(some):
            found = _in_block(block, place, month)
            if found != month.wanted:
                yield Difference("columns", month.scheme, month.facts, month.wanted, found)


def _in_block(block: Block, place: int, month: Month) -> Amounts | str:
    why = int(block.amounts.why[place, 0])
    if why and block.reasons[why - 1].kind == "refused":
        return f"{block.reasons[why - 1].code}: {block.reasons[why - 1].about}"
    if why:
        return {}
    # A block has a column for every amount of every scheme in it; those of other schemes stay nought.
    columns = block.amounts.amounts.items()
    told = {name: Decimal(int(column[place, 0])) / HUNDRED for name, column in columns}
    return {name: value for name, value in told.items() if name in month.wanted or value}


def by_loop(name: str, terms: Mapping[str, object], drawn: Sequence[Month], folder: Path) -> list[Difference]:
    """Every month of one scheme that a compiled loop gives otherwise. Raises Unfit where loops do not reach."""
    from schakel.engine.runners.kernel import Kernel  # noqa: PLC0415 - needs what is only installed for portfolios

    agreed = Timeline.always(check_terms(name, terms))
    found = []
    for period, some in by_kind(drawn):
        kernel = Kernel({name: [agreed]}, [period])
        people = people_of([month.timeline for month in some], [0] * len(some))
        amounts = kernel.compiled(people, folder).calculate(people)[name]
        block = Block(name, 0, amounts, kernel.reasons(name))
        for place, month in enumerate(some):
            told = _in_block(block, place, month)
            if told != month.wanted:
                found.append(Difference("loop", month.scheme, month.facts, month.wanted, told))
    return found
