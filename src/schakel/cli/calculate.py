"""`schakel calculate`: the amounts of case files, checked to the cent, why they are what they are, and what if."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from schakel.cli.calculated import (
    as_data,
    as_table,
    compared_data,
    compared_table,
    differences,
    explanations,
    told_branches,
)
from schakel.engine.calculation import PeriodResult
from schakel.engine.calculation import calculate as calculate_amounts
from schakel.engine.case_file import Case, CaseMistake, read_case
from schakel.engine.case_values import mistake
from schakel.engine.counterfactual import branches, changed, compare, read_change
from schakel.engine.errors import SchakelError

LARGEST = 2_000_000  #: bytes of a file


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…"
)
@click.option("--explain", "with_explanation", is_flag=True, help="Print the tree behind every amount.")
@click.option("--change", "changes", multiple=True, help="What if: salary_amount=4200; may be given again.")
@click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day of the change; else always."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs; amounts in cents.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def calculate(
    paths: tuple[Path, ...],
    *,
    with_explanation: bool,
    changes: tuple[str, ...],
    start: datetime | None,
    as_json: bool,
    language: str,
) -> None:
    """Calculate case files and compare with the amounts they expect; a folder stands for the files in it.

    Ends with 1 when an amount differs by a cent, and with 2 when a file cannot be read; the mistake is named
    with its line and the allowed values. The format stands in docs/calculations/case-files.md.

    With --change the same case is calculated with another fact, term or figure: old, new and the difference.

    \b
    Examples
      schakel calculate tests/engine/cases/retirement_pension/full_time.yaml
      schakel calculate case.yaml --explain --language en
      schakel calculate case.yaml --change salary_amount=4200 --from 2026-03-01
      schakel calculate tests/engine/cases
    """
    files = [file for path in paths for file in _files(path)]
    is_one = len(paths) == 1 and paths[0].is_file()
    if (with_explanation or changes) and not is_one:
        raise click.UsageError("--explain and --change are for one case file.")
    if start is not None and not changes:
        raise click.UsageError("--from says when a --change starts; give both.")
    if not files:
        raise click.UsageError("There is no case file (.yaml) in that folder.")
    run = _Run(language, as_json=as_json, with_explanation=with_explanation)
    if not is_one:
        raise SystemExit(run.several(files))
    raise SystemExit(run.what_if(files[0], changes, start) if changes else run.one(files[0]))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(one for one in path.rglob("*.y*ml") if one.suffix in {".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class _Run:
    """One call of the command."""

    language: str
    as_json: bool
    with_explanation: bool
    console: Console = field(default_factory=Console)

    def one(self, file: Path) -> int:
        """One case in full."""
        try:
            case, results, wrong = self._calculated(file)
        except SchakelError as mistake:
            return self._refused(file, mistake)
        if self.as_json:
            data = as_data(case, results, wrong, with_explanation=self.with_explanation)
            click.echo(json.dumps(data, ensure_ascii=False))
        else:
            self.console.print(as_table(case, results, self.language))
            if self.with_explanation:
                click.echo("\n\n".join(explanations(case, results, self.language)))
            for line in wrong:
                click.echo(line, err=True)
        return 1 if wrong else 0

    def several(self, files: list[Path]) -> int:
        """A line a file, and a total."""
        counts = {"as_expected": 0, "different": 0, "unreadable": 0}
        told: list[dict[str, Any]] = []
        for file in files:
            wrong: list[str] = []
            try:
                wrong = self._calculated(file)[2]
                state = "different" if wrong else "as_expected"
            except SchakelError as mistake:
                wrong, state = [mistake.message(self.language)], "unreadable"
            counts[state] += 1
            told.append({"file": str(file), "state": state, "differences": wrong})
            if not self.as_json:
                click.echo("\n    ".join([f"{STATES[state][self.language]:<10} {file}", *wrong]))
        if self.as_json:
            click.echo(json.dumps({"total": counts, "files": told}, ensure_ascii=False))
        else:
            click.echo(
                ", ".join(f"{count} {STATES[state][self.language]}" for state, count in counts.items())
            )
        return 2 if counts["unreadable"] else int(counts["different"] > 0)

    def what_if(self, file: Path, changes: tuple[str, ...], start: datetime | None) -> int:
        """The case beside the same case with something changed."""
        try:
            case = other = _read(file)
            for change in changes:
                name, value = read_change(change)
                other = changed(other, name, value, None if start is None else start.date())
            compared = compare(case, other)
            _check_start(case, start)
        except SchakelError as mistake:
            return self._refused(file, mistake)
        found = [branches(case, other, one) for one in compared] if self.with_explanation else None
        if self.as_json:
            click.echo(json.dumps(compared_data(case, changes, compared, found), ensure_ascii=False))
            return 0
        self.console.print(compared_table(case, changes, compared, self.language))
        if found is not None:
            click.echo("\n\n".join(told_branches(compared, found, self.language)))
        return 0

    def _calculated(self, file: Path) -> tuple[Case, tuple[PeriodResult, ...], list[str]]:
        case = _read(file)
        results = calculate_amounts(
            case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters
        )
        pairs = zip(case.expected, results, strict=True)
        return case, results, [line for pair in pairs for line in differences(*pair, self.language)]

    def _refused(self, file: Path, mistake: SchakelError) -> int:
        click.echo(f"{file.name}: {mistake.message(self.language)}", err=True)
        return 2


STATES = {
    "as_expected": {"nl": "goed", "en": "as expected"},
    "different": {"nl": "anders", "en": "different"},
    "unreadable": {"nl": "onleesbaar", "en": "unreadable"},
}


def _check_start(case: Case, start: datetime | None) -> None:
    """Raises CaseMistake when no wage period of the case is late enough to show the change."""
    last = max(one.period.end for one in case.wage_periods)
    if start is not None and start.date() >= last:
        raise CaseMistake(
            f"No wage period of this case is on or after {start:%Y-%m-%d}; add one under expected.",
            f"Geen loontijdvak van deze casus is op of na {start:%d-%m-%Y}; voeg er een toe onder expected.",
        )


def _read(file: Path) -> Case:
    """The case in a file. Raises CaseMistake."""
    try:
        if file.stat().st_size > LARGEST:
            raise CaseMistake("This file is too large for a case.", "Dit bestand is te groot voor een casus.")
        return read_case(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise mistake(
            line, "this is no UTF-8 text; save it as UTF-8", "dit is geen UTF-8-tekst; bewaar het als UTF-8"
        ) from None
    except OSError as error:
        raise CaseMistake(f"Cannot be read: {error.strerror}.", f"Niet te lezen: {error.strerror}.") from None
