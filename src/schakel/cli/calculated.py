"""What `schakel calculate` prints: tables for people, data for programs, trees and differences."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from schakel.engine.benefit import Benefit
from schakel.engine.calculation import PeriodResult
from schakel.engine.case_file import Case, Expected
from schakel.engine.catalogue import benefit
from schakel.engine.counterfactual import Branch, Compared
from schakel.engine.errors import SchakelError
from schakel.engine.explaining import explain_all
from schakel.engine.explanation import Explanation, money, shown
from schakel.engine.wage_periods import WagePeriod

HEADS = {
    "nl": ("loontijdvak", "bedrag", "was", "wordt", "verschil"),
    "en": ("wage period", "amount", "old", "new", "difference"),
}
BROADEST = 5  #: amounts that fit side by side


def named(wage_period: WagePeriod) -> str:
    """2026-03, as a case file writes it."""
    return f"{wage_period.year}-{wage_period.number:02d}"


def differences(expected: Expected, result: PeriodResult, language: str) -> list[str]:
    """What is not as the case says, a sentence each."""
    refused = None if result.refusal is None else result.refusal.code
    pairs: list[tuple[str, Any, Any]] = [
        (name, money(amount, language), _amount(result.amounts.get(name), language))
        for name, amount in expected.amounts.items()
    ]
    for name, value in expected.steps.items():
        unit, found = expected.units[name], result.steps.get(name)
        if value != found:
            pairs.append((name, _step(value, unit, language), _step(found, unit, language)))
    pairs.append(("not_participating", expected.not_participating, result.why_not))
    pairs.append(("refused", expected.refused, refused))
    wanted_word, found_word = {"nl": ("verwacht", "berekend"), "en": ("expected", "calculated")}[language]
    start = {"nl": "regel", "en": "line"}[language]
    lines = [
        f"{start} {expected.line}: {named(expected.wage_period)} {name}: "
        f"{wanted_word} {_spelled(wanted)}, {found_word} {_spelled(found)}"
        for name, wanted, found in pairs
        if wanted != found
    ]
    # An amount that is not there is understood by why it is not.
    if lines and result.refusal is not None:
        lines.append(f"{named(expected.wage_period)}: {result.refusal.message(language)}")
    return lines


def _amount(cents: int | None, language: str) -> str | None:
    return None if cents is None else money(cents, language)


def _step(value: int | None, unit: str, language: str) -> str:
    return "–" if value is None else shown(value, unit if unit != "choice" else "count", language)


def _spelled(value: Any) -> str:
    return "–" if value is None else str(value)


def _title(case: Case, language: str) -> Text:
    one = benefit(case.benefit)
    title = "".join(letter for letter in case.title if letter.isprintable())
    return Text(f"{title} · {one.nl if language == 'nl' else one.en}")


def as_table(case: Case, results: Sequence[PeriodResult], language: str) -> Table:
    """A row a wage period and a column an amount; where there are many, a row an amount."""
    one = benefit(case.benefit)
    given = [q for q in one.quantities if any(q.name in result.amounts for result in results)]
    table = Table(title=_title(case, language), title_justify="left", caption_justify="left")
    table.add_column(HEADS[language][0])
    notes = [
        f"{named(result.wage_period)}: {why}"
        for result in results
        if (why := why_none(one, result, language))
    ]
    table.caption = Text("\n".join(notes)) if notes else None
    words = {q.name: q.nl if language == "nl" else q.en for q in given}
    if len(given) > BROADEST:
        table.add_column(HEADS[language][1])
        table.add_column("€", justify="right")
        for result in results:
            for name, amount in result.amounts.items():
                table.add_row(named(result.wage_period), words[name], money(amount, language))
        return table
    for head in words.values():
        table.add_column(head, justify="right")
    for result in results:
        cells = (_spelled(_amount(result.amounts.get(name), language)) for name in words)
        table.add_row(named(result.wage_period), *cells)
    return table


def why_none(one: Benefit, result: PeriodResult, language: str) -> str:
    """Why there is no amount; empty when there is."""
    if result.refusal is not None:
        return result.refusal.message(language)
    if result.why_not is None:
        return ""
    rule = one.rules[result.why_not]
    return f"{'niet' if language == 'nl' else 'not'}: {rule.nl if language == 'nl' else rule.en}"


def trees(case: Case, results: Sequence[PeriodResult]) -> Iterator[tuple[PeriodResult, list[Explanation]]]:
    """The explanation of every amount of a wage period; one of why there are none."""
    for result in results:
        if result.refusal is None:
            found = explain_all(
                case.benefit, case.facts, case.terms, result.wage_period, parameters=case.parameters
            )
            told = [tree for name, tree in found.items() if name in result.amounts]
            yield result, told or list(found.values())[:1]


def explanations(case: Case, results: Sequence[PeriodResult], language: str) -> Iterator[str]:
    """The trees in words; within a wage period each branch once."""
    for result, found in trees(case, results):
        told: set[int] = set()
        yield f"── {named(result.wage_period)}"
        yield from (tree.tell(language, told=told) for tree in found)


def as_data(
    case: Case, results: Sequence[PeriodResult], wrong: list[str], *, with_explanation: bool
) -> dict[str, Any]:
    """The same for programs; amounts in cents."""
    data: dict[str, Any] = {
        "title": case.title,
        "benefit": case.benefit,
        "as_expected": not wrong,
        "differences": wrong,
        "wage_periods": [_period_data(result) for result in results],
    }
    if with_explanation:
        data["explanations"] = [
            {"wage_period": named(result.wage_period), **tree.as_dict()}
            for result, found in trees(case, results)
            for tree in found
        ]
    return data


def _period_data(result: PeriodResult) -> dict[str, Any]:
    refusal: SchakelError | None = result.refusal
    return {
        "kind": result.wage_period.kind,
        "year": result.wage_period.year,
        "number": result.wage_period.number,
        "start": result.wage_period.period.start.isoformat(),
        "until": result.wage_period.period.end.isoformat(),
        "amounts": dict(result.amounts),
        "not_participating": result.why_not,
        "refused": None
        if refusal is None
        else {"code": refusal.code, "nl": refusal.message("nl"), "en": refusal.message("en")},
    }


def compared_table(case: Case, changes: Sequence[str], compared: Sequence[Compared], language: str) -> Table:
    """Old, new and difference of each amount of each wage period."""
    one = benefit(case.benefit)
    words = {q.name: q.nl if language == "nl" else q.en for q in one.quantities}
    title = Text.assemble(_title(case, language), "\n", ", ".join(changes))
    table = Table(title=title, title_justify="left", caption_justify="left")
    for place, head in enumerate(HEADS[language]):
        table.add_column(head, justify="left" if place < 2 else "right")
    notes: list[str] = []
    for pair in compared:
        period = named(pair.before.wage_period)
        for name, (old, new) in pair.amounts.items():
            less = _amount(None if old is None or new is None else new - old, language)
            cells = (_amount(old, language), _amount(new, language), less)
            table.add_row(period, words[name], *(_spelled(cell) for cell in cells))
        for head, result in zip(HEADS[language][2:4], (pair.before, pair.after), strict=True):
            why = why_none(one, result, language)
            notes += [f"{period} {head}: {why}"] if why else []
    table.caption = Text("\n".join(notes)) if notes else None
    return table


def told_branches(
    compared: Sequence[Compared], found: Sequence[tuple[Branch, ...]], language: str
) -> Iterator[str]:
    """Of each wage period only what differs."""
    for pair, branches in zip(compared, found, strict=True):
        if branches:
            told: set[int] = set()
            yield f"── {named(pair.before.wage_period)}"
            yield from (branch.tell(language, told=told) for branch in branches)


def compared_data(
    case: Case,
    changes: Sequence[str],
    compared: Sequence[Compared],
    found: Sequence[tuple[Branch, ...]] | None,
) -> dict[str, Any]:
    """The same for programs; amounts in cents."""
    return {
        "title": case.title,
        "benefit": case.benefit,
        "changes": list(changes),
        "wage_periods": [
            {
                "wage_period": named(pair.before.wage_period),
                "amounts": {
                    name: {
                        "old": old,
                        "new": new,
                        "difference": None if old is None or new is None else new - old,
                    }
                    for name, (old, new) in pair.amounts.items()
                },
                "old": _period_data(pair.before),
                "new": _period_data(pair.after),
                **({} if found is None else {"differs": [branch.as_dict() for branch in found[place]]}),
            }
            for place, pair in enumerate(compared)
        ],
    }
