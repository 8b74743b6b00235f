"""`schakel calculate`: the amounts of a case file, checked to the cent, and why they are what they are."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from schakel.engine.calculation import PeriodResult
from schakel.engine.calculation import calculate as calculate_amounts
from schakel.engine.case_file import Case, CaseMistake, Expected, read_case
from schakel.engine.catalogue import Benefit, benefit
from schakel.engine.errors import SchakelError
from schakel.engine.explaining import explain
from schakel.engine.explanation import money


@click.command()
@click.argument("case_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explain", "with_explanation", is_flag=True, help="Print the tree behind every amount.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def calculate(case_file: Path, *, with_explanation: bool, as_json: bool, language: str) -> None:
    """Calculate a case file and compare with the amounts it expects.

    Ends with 1 when an amount differs by a cent, and with 2 when the file cannot be read; the mistake is named
    with its line and the allowed values. The format stands in docs/calculations/case-files.md.

    \b
    Examples
      schakel calculate tests/engine/cases/retirement_pension/full_time.yaml
      schakel calculate case.yaml --explain --language en
    """
    try:
        case = read_case(case_file.read_text(encoding="utf-8"))
    except CaseMistake as mistake:
        click.echo(f"{case_file.name}: {mistake.message(language)}", err=True)
        raise SystemExit(2) from None
    except UnicodeDecodeError:
        click.echo(f"{case_file.name}: not UTF-8 text; save it as UTF-8.", err=True)
        raise SystemExit(2) from None
    results = calculate_amounts(case.benefit, case.facts, case.terms, case.wage_periods)
    wrong = [
        line
        for one, result in zip(case.expected, results, strict=True)
        for line in differences(one, result, language)
    ]
    if as_json:
        click.echo(
            json.dumps(as_data(case, results, wrong, with_explanation=with_explanation), ensure_ascii=False)
        )
    else:
        Console().print(as_table(benefit(case.benefit), case, results, language))
        if with_explanation:
            click.echo("\n\n".join(tree.tell(language) for tree in trees(case, results)))
        for line in wrong:
            click.echo(line, err=True)
    if wrong:
        raise SystemExit(1)


def differences(expected: Expected, result: PeriodResult, language: str) -> list[str]:
    """What is not as the case says, a sentence each."""
    where = f"{expected.wage_period.year}-{expected.wage_period.number:02d}"
    refused = None if result.refusal is None else result.refusal.code
    pairs: list[tuple[str, Any, Any]] = [
        (name, money(amount, language), _shown(result.amounts.get(name), language))
        for name, amount in expected.amounts.items()
    ]
    pairs.append(("not_participating", expected.not_participating, result.why_not))
    pairs.append(("refused", expected.refused, refused))
    words = {"nl": "verwacht", "en": "expected"}[language]
    got = {"nl": "berekend", "en": "calculated"}[language]
    return [
        f"{expected.line}: {where} {name}: {words} {_spelled(wanted)}, {got} {_spelled(found)}"
        for name, wanted, found in pairs
        if wanted != found
    ]


def _shown(cents: int | None, language: str) -> str | None:
    return None if cents is None else money(cents, language)


def _spelled(value: Any) -> str:
    return "–" if value is None else str(value)


def as_table(one: Benefit, case: Case, results: tuple[PeriodResult, ...], language: str) -> Table:
    """A row a wage period, a column an amount."""
    table = Table(title=f"{case.title} · {one.nl if language == 'nl' else one.en}", title_justify="left")
    table.add_column({"nl": "loontijdvak", "en": "wage period"}[language])
    for quantity in one.quantities:
        table.add_column(quantity.nl if language == "nl" else quantity.en, justify="right")
    table.add_column("")
    for result in results:
        cells = [_spelled(_shown(result.amounts.get(quantity.name), language)) for quantity in one.quantities]
        table.add_row(
            f"{result.wage_period.year}-{result.wage_period.number:02d}",
            *cells,
            why_none(one, result, language),
        )
    return table


def why_none(one: Benefit, result: PeriodResult, language: str) -> str:
    """Why there is no amount; empty when there is."""
    if result.refusal is not None:
        return result.refusal.message(language)
    if result.why_not is None:
        return ""
    rule = one.rules[result.why_not]
    return f"{'niet' if language == 'nl' else 'not'}: {rule.nl if language == 'nl' else rule.en}"


def trees(case: Case, results: tuple[PeriodResult, ...]) -> list[Any]:
    """The explanation of every amount that was calculated."""
    return [
        explain(case.benefit, case.facts, case.terms, result.wage_period, quantity.name)
        for result in results
        if result.refusal is None
        for quantity in benefit(case.benefit).quantities
    ]


def as_data(
    case: Case, results: tuple[PeriodResult, ...], wrong: list[str], *, with_explanation: bool
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
        data["explanations"] = [tree.as_dict() for tree in trees(case, results)]
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
