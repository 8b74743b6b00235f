"""What cannot be true is kept out and named; the rest of the record goes on.

A source already remarks on what it sees. This is the last gate before anything is written, for every source.
"""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from schakel.connectors.payroll_source import PayrollRecord, Remark, StatedFact, StatedValue
from schakel.engine.employee import FACTS, Fact, as_integer
from schakel.engine.errors import ImplausibleFact


def sifted(record: PayrollRecord, today: date) -> tuple[tuple[StatedFact, ...], tuple[Remark, ...]]:
    """The facts that may be written, and a remark for each that may not."""
    good: list[StatedFact] = []
    remarks: list[Remark] = []
    for stated in record.stated:
        found = _wrong(stated, today)
        if found is None:
            good.append(stated)
        else:
            remarks.append(found)
    return tuple(good), tuple(remarks)


def _wrong(stated: StatedFact, today: date) -> Remark | None:
    fact = FACTS.get(stated.fact)
    nl, en = (fact.nl, fact.en) if fact is not None else (stated.fact, stated.fact)
    if _overlap(stated.values):
        return Remark(
            "conflicting-facts",
            f"“{nl}” heeft voor dezelfde dagen twee waarden. Beide zijn buiten gehouden; wat bekend was blijft staan. "
            "Herstel er één in de salarisadministratie.",
            f"“{en}” has two values for the same days. Both were kept out; what was known stays. Correct one of "
            "them in payroll.",
            stated.fact,
        )
    if fact is None:
        return None
    try:
        for one in stated.values:
            _check(fact, one, today)
    except ImplausibleFact as error:
        return Remark(error.code, error.message("nl"), error.message("en"), stated.fact)
    return None


def _overlap(values: tuple[StatedValue, ...]) -> bool:
    ordered = sorted(values, key=lambda one: one.effective_from)
    turned = any(v.effective_until is not None and v.effective_until <= v.effective_from for v in values)
    return turned or any(
        (one.effective_until or date.max) > other.effective_from for one, other in pairwise(ordered)
    )


def _check(fact: Fact, stated: StatedValue, today: date) -> None:
    if stated.value is None:
        return
    _CHECKS.get(fact.unit.name, _number)(fact, stated.value, stated.effective_from, today)


def _number(fact: Fact, value: Any, on: date, _today: date) -> None:
    if not fact.choices and not isinstance(value, int):
        raise _unreadable(fact, on)
    as_integer(fact, value, on)


def _birth_day(fact: Fact, value: Any, on: date, today: date) -> None:
    day = _date(fact, value, on)
    if fact.name.endswith("birth_on") and day > today:
        raise ImplausibleFact(
            f"“{fact.en}” lies in the future. It was kept out; what was known stays. Correct it in payroll.",
            f"“{fact.nl}” ligt in de toekomst. Die is buiten gehouden; wat bekend was blijft staan. Herstel het in "
            "de salarisadministratie.",
            about=fact.name,
        )


def _birth_days(fact: Fact, value: Any, on: date, today: date) -> None:
    if not isinstance(value, list):
        raise _unreadable(fact, on)
    for one in value:
        _birth_day(fact, one, on, today)


def _date(fact: Fact, value: Any, on: date) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _unreadable(fact, on) from None


def _unreadable(fact: Fact, on: date) -> ImplausibleFact:
    return ImplausibleFact(
        f"“{fact.en}” of {on} cannot be read. It was kept out; what was known stays. Correct it in payroll.",
        f"“{fact.nl}” van {on:%d-%m-%Y} is niet te lezen. Het is buiten gehouden; wat bekend was blijft staan. "
        "Herstel het in de salarisadministratie.",
        about=fact.name,
    )


_CHECKS: dict[str, Callable[[Fact, Any, date, date], None]] = {"date": _birth_day, "dates": _birth_days}
