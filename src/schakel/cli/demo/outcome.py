"""What the demonstration brought: a row for each step, as a table for people and as JSON for programs."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table

from schakel.engine.explanation import money

TOTALS = (
    ("contribution", "pension"),
    ("partner_premium", "partner"),
    ("orphan_premium", "orphan"),
    ("employee_share", "WGA gap, employees"),
    ("accident_premium", "accident"),
    ("allowance", "home working"),
)
"""The amounts whose differences are shown; the JSON has all of them."""


@dataclass(slots=True)
class Outcome:
    """One step of the story."""

    step: str
    title: str
    calls: int = 0
    facts_changed: int = 0
    employees_recalculated: int = 0
    amounts_changed: int = 0
    cents: dict[str, int] = field(
        default_factory=dict
    )  #: quantity → new minus old, in cents, over all periods
    messages_sent: int = 0
    messages_verified: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class Story:
    """All steps, and what is left over at the end."""

    employees: int
    steps: list[Outcome] = field(default_factory=list)
    not_verified: int = 0
    open_differences: int = 0

    @property
    def holds(self) -> bool:
        return all(step.holds for step in self.steps) and not self.not_verified and not self.open_differences

    def as_data(self) -> dict[str, Any]:
        """For programs; amounts in cents."""
        return {
            "holds": self.holds,
            "employees": self.employees,
            "not_verified": self.not_verified,
            "open_differences": self.open_differences,
            "steps": [{**asdict(step), "holds": step.holds} for step in self.steps],
        }

    def write(self, path: Path) -> None:
        """Keep it beside the data."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.as_data(), indent=2) + "\n", encoding="utf-8")

    def as_table(self) -> Table:
        """A row for each step."""
        table = Table(title="One change in payroll, and what followed", title_justify="left")
        for name in ("step", "calls", "facts", "employees", "amounts"):
            table.add_column(name, justify="left" if name == "step" else "right")
        table.add_column("difference over all periods", justify="right")
        for name in ("sent", "verified", "seconds", ""):
            table.add_column(name, justify="right")
        for step in self.steps:
            table.add_row(
                step.title,
                str(step.calls),
                str(step.facts_changed),
                str(step.employees_recalculated),
                str(step.amounts_changed),
                "\n".join(
                    f"{told} {money(step.cents[quantity], 'en')}"
                    for quantity, told in TOTALS
                    if step.cents.get(quantity)
                ),
                str(step.messages_sent),
                str(step.messages_verified),
                f"{step.seconds:.1f}",
                "[green]✔[/green]" if step.holds else "[red]✘[/red]",
                end_section=True,
            )
        return table
