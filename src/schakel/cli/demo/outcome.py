"""What the demonstration brought: a row for each step, as a table for people and as JSON for programs."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table

from schakel.engine.explanation import money

PREMIUMS = ("contribution", "partner_premium", "orphan_premium", "accident_premium")
"""The amounts carriers are paid for each person; the JSON has every amount."""


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
    def premiums(self) -> int:
        """What is to be paid for persons more or less than before, in cents, all wage periods together."""
        return sum(self.cents.get(quantity, 0) for quantity in PREMIUMS)

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
        table.add_column("entered in payroll", ratio=1)
        for name in (
            "calls",
            "facts\nchanged",
            "people\nagain",
            "amounts\nchanged",
            "premiums",
            "sent",
            "verified",
            "s",
        ):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("")
        for step in self.steps:
            table.add_row(
                step.title,
                *(
                    str(number)
                    for number in (
                        step.calls,
                        step.facts_changed,
                        step.employees_recalculated,
                        step.amounts_changed,
                    )
                ),
                money(step.premiums, "en"),
                str(step.messages_sent),
                str(step.messages_verified),
                f"{step.seconds:.1f}",
                "[green]✔[/green]" if step.holds else "[red]✘[/red]",
            )
        return table
