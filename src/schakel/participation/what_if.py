"""What other terms would come to for everybody: totals and how they are spread, and nothing is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.catalogue import benefit, check_terms, facts_read_by
from schakel.engine.choices import Choices
from schakel.engine.errors import NoAgreement
from schakel.engine.runners.histories import UNKNOWN, Column, People
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, wage_periods
from schakel.records import columns
from schakel.schemes.agreed import AgreedBenefit, benefits_of
from schakel.schemes.terms import terms_of

BANDS = 12
"""How many bands a distribution is told in."""


@dataclass(slots=True)
class Compared:
    """One amount of everybody over the whole range: as agreed, and as it would be; in cents."""

    quantity: str
    nl: str
    en: str
    now: int = 0
    then: int = 0
    differences: list[Column] = field(default_factory=list)  #: of each employee, over the whole range

    @property
    def difference(self) -> int:
        return self.then - self.now

    def each(self) -> Column:
        """The difference of each employee over the whole range."""
        return np.concatenate(self.differences) if self.differences else np.empty(0, dtype=np.int64)

    def bands(self) -> list[tuple[int, int, int]]:
        """How the difference is spread over the employees who have one: from, up to, and how many; in cents."""
        each = self.each()
        each = each[each != 0]
        if not len(each):
            return []
        if each.min() == each.max():
            return [(int(each[0]), int(each[0]), len(each))]
        counts, edges = np.histogram(each, bins=min(BANDS, len(np.unique(each))))
        ends = np.round(edges).astype(np.int64).tolist()
        return list(zip(ends[:-1], ends[1:], counts.tolist(), strict=True))


@dataclass(slots=True)
class WhatIf:
    """What was compared."""

    benefit: str
    employees: int = 0
    not_calculated: int = 0  #: employee-periods refused as agreed, or as it would be
    compared: dict[str, Compared] = field(default_factory=dict)


def agreed_benefit(employer_id: int, named: str) -> AgreedBenefit:
    """What is compared: by the name of a benefit, or by its number where several schemes have it.

    Raises NoAgreement.
    """
    offered = benefits_of(employer_id)
    found = [one for one in offered if named in {one.benefit, str(one.id)}]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one.id} ({one.scheme_name})" for one in found)
        raise NoAgreement(
            f"Several schemes of this employer have {named}. Name one by its number: {listed}.",
            f"Meer regelingen van deze werkgever hebben {named}. Noem er één bij haar nummer: {listed}.",
            about=named,
        )
    listed = ", ".join(sorted({one.benefit for one in offered})) or "-"
    raise NoAgreement(
        f"This employer has no {named}. Choose a benefit it has agreed: {listed}.",
        f"Deze werkgever heeft geen {named}. Kies een voorziening die is afgesproken: {listed}.",
        about=named,
    )


def what_if(  # noqa: PLR0917 - whose, what, when, and who watches
    employer_id: int,
    one: AgreedBenefit,
    changes: Mapping[str, Any],
    start: date,
    until: date,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    most: int = 20_000,
) -> WhatIf:
    """Everybody of an employer in one benefit, as agreed and with these terms changed. Raises SchakelError."""
    name = one.benefit
    agreed = terms_of(one.id)
    now = agreed.map(lambda chosen: check_terms(name, chosen))
    then = agreed.map(lambda chosen: check_terms(name, {**chosen, **changes}))
    given = [q for q in benefit(name).quantities if q.kind != "held"]
    result = WhatIf(name, compared={q.name: Compared(q.name, q.nl, q.en) for q in given})
    total, done = columns.how_many(employer_id), 0
    for people, kind in _people(employer_id, one, most):
        periods = wage_periods(kind, max(start, one.administered_from), until)
        if periods:
            _compare(result, name, people, periods, now, then)
        result.employees += len(people)
        done += len(people)
        report(min(done, total), total)
    return result


def _people(employer_id: int, one: AgreedBenefit, most: int) -> Iterator[tuple[People, str]]:
    """Employees in blocks, each block of one kind of wage period: the kind they have last."""
    names = {"wage_period_kind", "is_employed", *facts_read_by(one.benefit)}
    after = 0
    while len((block := columns.people_after(employer_id, after, most, names)).ids):
        after = int(block.ids[-1])
        kinds = block.people.facts.get("wage_period_kind")
        if kinds is None:
            continue
        lasts = kinds.offsets[1:] - 1
        known = (np.diff(kinds.offsets) > 0) & (kinds.values[lasts] != UNKNOWN)
        for number, kind in enumerate(PER_YEAR):
            places = np.flatnonzero(known & (kinds.values[lasts] == number))
            if len(places):
                facts = {name: history.picked(places) for name, history in block.people.facts.items()}
                keys = [block.people.keys[int(place)] for place in places]
                yield People(keys, block.people.employers[places], facts, block.people.lists), kind


def _compare(  # noqa: PLR0917 - both sides of one comparison
    result: WhatIf,
    name: str,
    people: People,
    periods: tuple[WagePeriod, ...],
    now: Timeline[Choices],
    then: Timeline[Choices],
) -> None:
    (before,) = calculate_all(people, {name: [now]}, periods, block=len(people))
    (after,) = calculate_all(people, {name: [then]}, periods, block=len(people))
    result.not_calculated += int((_refused(before) | _refused(after)).sum())
    for quantity, compared in result.compared.items():
        old, new = _summed(before, quantity, len(people)), _summed(after, quantity, len(people))
        compared.now += int(old.sum())
        compared.then += int(new.sum())
        compared.differences.append(new - old)


def _summed(block: Block, quantity: str, count: int) -> Column:
    found = block.amounts.amounts.get(quantity)
    return np.zeros(count, dtype=np.int64) if found is None else found.sum(axis=1, dtype=np.int64)


def _refused(block: Block) -> NDArray[np.bool_]:
    refused = [number for number, reason in enumerate(block.reasons, start=1) if reason.kind == "refused"]
    return np.isin(block.amounts.why, refused)
