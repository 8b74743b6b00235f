"""What a payroll source is: the protocol, and the values it hands to the chain.

A source knows its own wire format; everybody above knows only these values. A record states facts with
dates and the place in the answer they came from; it never says that somebody left because they are missing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

FactValue = Any
"""What JSON can hold exactly: text, integer, boolean, None, lists and objects of these; never a float."""

IDENTITY_FACTS: Mapping[str, str] = {
    "name": "object: initials, first_name, prefix, last_name, partner_prefix, partner_last_name, gender",
    "address": "object: street, house_number, house_number_addition, postal_code, city, country",
    "email": "text: the work address, else the private one",
    "bsn": "text of nine digits, passed the eleven test; sealed at rest",
    "iban": "text, checked; sealed at rest; read only when a scheme needs it",
    "partner": "object: initials, first_name, last_name, gender, birth_on, since; null when there is none",
    "children": "list of objects: first_name, last_name, gender, birth_on",
    "civil_status": "text as payroll spells it",
    "contract": "object: contract_key, is_indefinite, is_written, starts_on, ends_on, hours_per_week (1/100 h)",
    "ikv_number": "integer: number of the income relationship",
    "collective_agreement": "text: code of the cao",
    "schedule_days": "list of 7 or 14 integers: hours a day in 1/100 h",
}
"""Facts that carriers and people need and no rule reads. The facts that rules read stand in
`schakel.engine.employee.FACTS`. Together they are every fact name a source may state."""

SEALED_FACTS = frozenset({"bsn", "iban"})


@dataclass(frozen=True, slots=True)
class Origin:
    """The place in the outside world a value came from."""

    operation: str  #: as the source calls it: "EmployeeService.Salary_GetAll_AllEmployeesByCompany"
    path: str  #: the place in the answer: "EmployeeSalaryItem/EmployeeSalaries/Salary_V2[ID=81]/Value"
    answer: str  #: SHA-256 (hex) of the stored answer, byte for byte

    def as_dict(self) -> dict[str, str]:
        return {"operation": self.operation, "path": self.path, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One value for one period `[effective_from, effective_until)`; until None means open."""

    effective_from: date
    effective_until: date | None
    value: FactValue
    origin: Origin


@dataclass(frozen=True, slots=True)
class StatedFact:
    """All a source says of one fact: from `authoritative_from` on, these values and nothing else.

    None means the source told the whole history. A source that only tells the current value speaks from
    the start of the current wage period; what was known before that date stays as it was.
    """

    fact: str
    authoritative_from: date | None
    values: tuple[StatedValue, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the answer that a person must look at; the rest of the record is still usable.

    `code` names the kind (`bsn-fails-eleven-test`, `negative-salary`, `birth-date-in-future`,
    `two-employments-at-once`, `unknown-element`, …); `what` says it without personal data.
    """

    code: str
    what_nl: str
    what_en: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class PayrollRecord:
    """What one payroll system states of one employee at one entity."""

    employee_key: str  #: the source's own id; never reused, never changes
    entity_key: str
    employee_number: str  #: what people call the employee by; not unique
    stated: tuple[StatedFact, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One legal entity as the payroll system lists it."""

    key: str
    name: str
    wage_period_kind: Literal["month", "four_weeks", "week"] | None
    registration_number: str | None = None  #: KvK number


@dataclass(frozen=True, slots=True)
class CurrentPeriod:
    """The wage period payroll works in; what it calls *current*."""

    kind: Literal["month", "four_weeks", "week"]
    year: int
    number: int
    start: date
    until: date


@dataclass(frozen=True, slots=True)
class Needs:
    """What the employer's schemes ask of payroll; nothing more is fetched."""

    bank_account: bool = False
    partner: bool = False
    children: bool = False


@dataclass(frozen=True, slots=True)
class Right:
    """One call, and whether we may make it."""

    operation: str
    state: Literal["granted", "refused", "not_needed", "unknown"]
    reason_nl: str = ""  #: why it is not needed, or what to do: the place to tick
    reason_en: str = ""


class Answers(Protocol):
    """Where a source keeps each answer byte for byte before it reads it; the checkpoint of a delivery."""

    def kept(self, call: str) -> bytes | None:
        """The answer to this call in this delivery, if an earlier try got that far."""

    def keep(self, call: str, operation: str, body: bytes) -> str:
        """Store an answer; returns its SHA-256 in hex. Keeping the same call twice changes nothing."""


@dataclass(slots=True)
class Traffic:
    """What a delivery cost: filled by the source while it runs."""

    calls: int = 0
    resumed: int = 0  #: answers that an earlier, interrupted try had already kept
    retries: int = 0
    waited_seconds: float = 0.0  #: time the call budget made us wait
    seconds: float = 0.0
    by_operation: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One reading of one entity: who is in it, and their records as a stream."""

    entity: Entity
    current_period: CurrentPeriod
    employee_keys: frozenset[str]  #: everybody the answer named, leavers too
    records: Iterator[PayrollRecord]
    remarks: tuple[Remark, ...]  #: about the delivery as a whole


Progress = Callable[[int, int], None]
"""Called with (done, total) employees."""


@dataclass(frozen=True, slots=True)
class TypedWrong:
    """What is wrong with one thing that a person filled in, and what to do."""

    code: str
    nl: str
    en: str


class Activation(Protocol):
    """How a payroll system is connected: every check that can be made on what a person fills in.

    The questions are those of the vendor's guide: user name, token, domain, entities.
    """

    CONNECTOR: str  #: the connector that a link made this way uses
    HOSTS: frozenset[str]  #: the vendor's own

    def is_known_host(self, host: str) -> bool: ...

    def check_username(self, username: str) -> TypedWrong | None: ...

    def check_token(self, token: str) -> TypedWrong | None: ...

    def clean_domain(self, typed: str) -> tuple[str, TypedWrong | None]:
        """The domain itself, out of what was typed or pasted."""
        ...

    def discover_domain(self, username: str, token: str, *, host: str = "") -> str:
        """Ask the other side. Raises ConnectorError."""
        ...

    def match_entities(
        self, asked: Sequence[str], listed: Sequence[Entity]
    ) -> tuple[tuple[Entity, ...], tuple[TypedWrong, ...]]:
        """Which entities are meant, literally; a near miss is named."""
        ...


class PayrollSource(Protocol):
    """A payroll system we can read. Errors are those of `connectors.errors`."""

    traffic: Traffic

    def entities(self) -> Sequence[Entity]:
        """Every entity the log-in may see."""
        ...

    def rights(self, entity: Entity, needs: Needs) -> Sequence[Right]:
        """The preflight: each call tried once, without storing anything."""
        ...

    def deliver(self, entity: Entity, needs: Needs, answers: Answers, progress: Progress) -> Delivery:
        """Read one entity. The records stream is read while calls are made; it may raise on the way."""
        ...
