"""When a scheme reads something that changes by itself: an age that turns, a month or a wage period that begins.

Segments are as long as nothing changes. An age changes every month, but a scheme that only compares it with its entry
age changes on one day of a life, and one that looks up whole years on birthdays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schakel.engine.choices import Choices
from schakel.engine.derived import AGE_AT, FOLLOWS_BIRTHDAY, FOLLOWS_THE_DAY
from schakel.engine.exact import Exact
from schakel.engine.graph import Graph, Leaf
from schakel.engine.moments import SNAPSHOTS

COMPARED = {"age_months": "birth_on", "partner_age_months": "partner_birth_on"}
BIRTHDAYS = {
    "age_years": ("birth_on",),
    "partner_age_years": ("partner_birth_on",),
    "ages": ("birth_on", "partner_birth_on"),
}
BY_YEAR = {"calendar_year", *AGE_AT}
"""What changes with the year of the wage period, and what does not change at all."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The day on which an age reaches a number of months, or a birthday."""

    birth: str
    term: Leaf | None = None
    months: int = 0  #: without a term the age itself; with one, months more than the term says
    is_birthday: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """When what the graphs of one scheme read changes by itself."""

    by_period: bool  #: with every wage period and every month
    turns: frozenset[Turn]
    turning: frozenset[str]  #: dates whose day of the month counts


def moves(graphs: Iterable[Graph], choices: Choices) -> Moves:
    """When the graphs change by themselves, by the words of the scheme."""
    by_period, turns, turning = _reads_by_period(choices), set[Turn](), set[str]()
    word = choices.get("age_on") or "month_reached"
    for graph in graphs:
        for name, leaf in graph.leaves.items():
            if leaf.kind != "derived" or name in BY_YEAR:
                continue
            if name not in FOLLOWS_BIRTHDAY:
                by_period = True
                turning |= {FOLLOWS_THE_DAY[name]} if name in FOLLOWS_THE_DAY else set()
            elif word == "exact_day":
                by_period = True
                turning |= {"birth_on", "partner_birth_on"}
            elif word == "next_month":
                by_period = True
            elif word == "month_reached":
                found = _turns(graph, name)
                by_period |= found is None
                turns |= found or set()
    return Moves(by_period, frozenset(turns), frozenset(turning))


def _reads_by_period(choices: Choices) -> bool:
    """Whether facts are read on a day of the month or the wage period, or one day decides for a wage period."""
    days = {choices.get("reference_date"), choices.get("part_time_moment")}
    return not days <= {None, "each_change"} or choices.get("proration") in SNAPSHOTS


def _turns(graph: Graph, name: str) -> set[Turn] | None:
    """The days on which an age changes anything; None when every month may."""
    if name in BIRTHDAYS:
        return {Turn(birth, is_birthday=True) for birth in BIRTHDAYS[name]}
    found: set[Turn] = set()
    for rule in graph.rules:
        for compared, more in _compared(graph.expressions[rule.name], name):
            if compared is None:
                return None
            turn = _turn(graph, COMPARED[name], compared, more)
            if turn is None:
                return None
            found.add(turn)
    return found


def _turn(graph: Graph, birth: str, compared: Exact, more: int) -> Turn | None:
    if compared.op == "const":
        return Turn(birth, months=int(compared.value) + more)
    leaf = graph.leaves.get(str(compared.value)) if compared.op == "leaf" else None
    return None if leaf is None or leaf.kind != "term" or leaf.size else Turn(birth, leaf, more)


def _compared(node: Exact, name: str) -> Iterator[tuple[Exact | None, int]]:
    """What an age is compared with, and how many months after reaching it the comparison turns; None when it is more
    than compared."""
    if _is(node, name):
        yield None, 0
    elif node.op in {"lt", "le"} and any(_is(one, name) for one in node.args):
        left, right = node.args
        is_left = _is(left, name)
        # age < x and x <= age turn at x; age <= x and x < age turn a month later.
        yield right if is_left else left, int((node.op == "le") == is_left)
        yield from _compared(right if is_left else left, name)
    else:
        for one in node.args:
            yield from _compared(one, name)


def _is(node: Exact, name: str) -> bool:
    return node.op == "leaf" and node.value == name
