"""Where there are no terms: the conditions that can still be looked at, and what they read."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from schakel.engine.catalogue import benefit, condition_graph
from schakel.engine.graph import Graph, Leaf


@dataclass(frozen=True, slots=True)
class BeforeTerms:
    """A condition as far as it can be looked at where there are no terms."""

    name: str
    graph: Graph
    leaves: tuple[Leaf, ...]  #: what it reads before the first term
    reads_terms: bool


@lru_cache(maxsize=256)
def before_terms(name: str) -> tuple[BeforeTerms, ...]:
    """The conditions of a benefit up to the first that reads a term: without terms that one is refused."""
    found: list[BeforeTerms] = []
    for condition in benefit(name).conditions:
        graph = condition_graph(name, condition)
        leaves = tuple(takewhile(lambda leaf: leaf.kind in {"fact", "derived"}, graph.leaves.values()))
        found.append(BeforeTerms(condition, graph, leaves, len(leaves) < len(graph.leaves)))
        if found[-1].reads_terms:
            break
    return tuple(found)


def facts_before_terms(name: str) -> frozenset[str]:
    """The facts that decide where there are no terms."""
    return frozenset(fact for one in before_terms(name) for leaf in one.leaves for fact in leaf.facts)
