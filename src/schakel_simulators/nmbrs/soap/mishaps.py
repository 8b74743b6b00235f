"""What can be made to go wrong: rules that say which call, how, and how often."""

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from schakel_simulators.nmbrs.soap.fault import TEXTS
from schakel_simulators.nmbrs.soap.wsdl import services

KINDS: Mapping[str, str] = {
    "nmbrs_fault": "answers the Nmbrs fault `code`",
    "html": "answers a page of HTML with status 200",
    "html_503": "answers the page of HTML of a server in maintenance, with status 503",
    "error_500": "answers status 500 with a page of HTML",
    "unavailable_503": "answers status 503 with Retry-After and no body",
    "throttled_429": "answers status 429 with Retry-After; the vendor is not known to do this",
    "redirect": "answers 302 to another host",
    "reset": "closes the connection without an answer, and without doing anything",
    "never": "says nothing for `seconds`, then closes the connection",
    "slow": "gives the true answer after `seconds`",
    "drip": "gives the true answer a byte every `seconds`",
    "cut_off": "the connection closes at half the announced length",
    "truncated": "gives half the answer as if it were whole",
    "empty_body": "gives no body, with status 200",
    "huge": "gives the true answer after 64 MB of spaces inside the envelope",
    "entity_bomb": "gives a document whose entities grow without end",
    "wrong_charset": "gives the answer in windows-1252 while it says utf-8",
    "empty_list": "gives the result without anything in it",
    "employee_missing": "leaves employee `leaves_out` out of a list",
    "unknown_element": "adds an element `element` (default `Onbekend`) to the result and each of its items",
    "element_removed": "leaves out every element `element`",
    "element_value": "gives every element `element` (only in the item of `only_employee`) the text `value`",
    "report_error": "a background report ends in Error, without content",
    "report_stuck": "a background report stays Executing, without content",
}
OPERATIONS = frozenset(name for service in services().values() for name in service.operations)
DEFAULT_SECONDS = {"slow": 2.0, "drip": 0.05, "never": 30.0}


@dataclass(slots=True)
class Mishap:
    """One rule. Empty conditions match every call; `times` None means until cleared."""

    kind: str
    operation: str = "*"
    times: int | None = 1
    percent: int = 100  #: of the matching calls, drawn from the simulator's seed
    company_id: int = 0
    employee_id: int = 0
    code: int = 9999
    seconds: float = -1.0
    element: str = ""
    value: str = ""
    leaves_out: int = 0
    only_employee: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(KINDS)}")
        if self.operation != "*" and self.operation not in OPERATIONS:
            raise ValueError(
                f"unknown operation {self.operation!r}; known: *, {', '.join(sorted(OPERATIONS))}"
            )
        if self.code not in TEXTS:
            raise ValueError(f"unknown code {self.code!r}; known: {', '.join(map(str, TEXTS))}")
        needed = {"employee_missing": "leaves_out", "element_removed": "element", "element_value": "element"}
        if self.kind in needed and not getattr(self, needed[self.kind]):
            raise ValueError(f"{self.kind} needs {needed[self.kind]}")
        if self.seconds < 0:
            self.seconds = DEFAULT_SECONDS.get(self.kind, 0.0)

    def matches(self, operation: str, company_id: int, employee_id: int) -> bool:
        """Whether this rule is about this call, and has not been used up."""
        if self.times is not None and self.hits >= self.times:
            return False
        return (
            self.operation in ("*", operation)
            and self.company_id in (0, company_id)
            and self.employee_id in (0, employee_id)
        )


class Mishaps:
    """The rules in force, in the order in which they were added; the first that matches is used."""

    def __init__(self, seed: int) -> None:
        self._rules: list[Mishap] = []
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def add(self, kind: str, **conditions: Any) -> Mishap:
        """Add one rule. ValueError for what does not exist, TypeError for other names."""
        rule = Mishap(kind, **conditions)
        with self._lock:
            self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._rules.clear()

    def listed(self) -> list[dict[str, Any]]:
        """Every rule with how often it was used."""
        with self._lock:
            return [asdict(rule) for rule in self._rules]

    def take(self, operation: str, company_id: int, employee_id: int) -> Mishap | None:
        """The rule for this call, if any; counts as used."""
        with self._lock:
            for rule in self._rules:
                if not rule.matches(operation, company_id, employee_id):
                    continue
                if rule.percent < 100 and self._random.randrange(100) >= rule.percent:
                    continue
                rule.hits += 1
                return rule
        return None
