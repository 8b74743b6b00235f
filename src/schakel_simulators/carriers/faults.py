"""Faults on demand: rules that say which request goes wrong, how, and how often."""

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from schakel_simulators.carriers.checks import Reason
from schakel_simulators.carriers.ledger import Twist

KINDS: Mapping[str, str] = {
    "error_500": "answers 500 and does nothing",
    "unavailable_503": "answers 503 with Retry-After and does nothing",
    "throttled_429": "answers 429 with Retry-After and does nothing",
    "unauthorised_401": "answers 401 as if the token were revoked",
    "late": "does everything, answers after `seconds`",
    "twice": "the network delivers the request twice; the answer is that of the second delivery",
    "never": "accepts the connection, does nothing, hangs up after `seconds`",
    "drop_before": "closes the connection without doing anything",
    "drop_after": "does everything and closes the connection without an answer",
    "html": "does everything, answers a page of HTML with status 200",
    "html_404": "answers a page of HTML with status 404, as a wrong address does",
    "redirect": "answers 302 to another host and does nothing",
    "truncated": "does everything, answers half the JSON as if it were whole",
    "cut_off": "does everything, the connection closes at half the announced length",
    "empty": "does everything, answers without a body",
    "huge": "does everything, answers with 64 MB of JSON",
    "drip": "does everything, answers a byte each tenth of a second",
    "wrong_types": "does everything, answers JSON in which every text is a number and the reverse",
    "other_subject": "does everything, answers about another message or participant",
    "reject": "rejects the message with `code`, `nl`, `en`",
    "hold_other": "accepts the message but holds the first amount `amount_offset` cents off",
    "decide_late": "gives the verdict after `seconds` instead of after the usual delay",
}
DECISIONS = frozenset({"reject", "hold_other", "decide_late"})
OPERATIONS = ("submit", "acknowledgement", "read_back")
DEFAULT_SECONDS = 30.0


@dataclass(slots=True)
class Fault:
    """One rule. Empty conditions match everything; `times` None means until cleared."""

    kind: str
    operation: str = "*"
    times: int | None = 1
    percent: int = 100  #: of the matching requests, drawn from the simulator's seed
    message_id: str = ""
    policy_number: str = ""
    reference: str = ""
    seconds: float = DEFAULT_SECONDS
    code: str = "rejected-on-request"
    nl: str = "Afgewezen op verzoek van de proef."
    en: str = "Rejected because the test asked for it."
    amount_offset: int = 100
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(KINDS)}")
        if self.operation != "*" and self.operation not in OPERATIONS:
            raise ValueError(f"unknown operation {self.operation!r}; known: *, {', '.join(OPERATIONS)}")

    def matches(self, operation: str, subject: Mapping[str, str]) -> bool:
        """Whether this rule is about this request, and has not been used up."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.operation not in ("*", operation):
            return False
        return all(
            not wanted or subject.get(name) == wanted
            for name, wanted in (
                ("message_id", self.message_id),
                ("policy_number", self.policy_number),
                ("reference", self.reference),
            )
        )


class Faults:
    """The rules in force, in the order in which they were added; the first that matches is used."""

    def __init__(self, seed: int) -> None:
        self._rules: list[Fault] = []
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def add(self, kind: str, **conditions: Any) -> Fault:
        """Add one rule. ValueError for an unknown kind or operation, TypeError for other names."""
        rule = Fault(kind, **conditions)
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

    def on_the_line(self, operation: str, subject: Mapping[str, str]) -> Fault | None:
        """The fault for this request as a request, if any; counts as used."""
        return self._take(operation, subject, decision=False)

    def in_the_decision(self, subject: Mapping[str, str]) -> Twist | None:
        """What a new message's decision becomes, if a rule says so; counts as used."""
        rule = self._take("submit", subject, decision=True)
        if rule is None:
            return None
        if rule.kind == "reject":
            return Twist(reject=Reason(rule.code, rule.nl, rule.en))
        if rule.kind == "hold_other":
            return Twist(amount_offset=rule.amount_offset)
        return Twist(delay_seconds=rule.seconds)

    def _take(self, operation: str, subject: Mapping[str, str], *, decision: bool) -> Fault | None:
        with self._lock:
            for rule in self._rules:
                if (rule.kind in DECISIONS) != decision or not rule.matches(operation, subject):
                    continue
                if rule.percent < 100 and self._random.randrange(100) >= rule.percent:
                    continue
                rule.hits += 1
                return rule
        return None
