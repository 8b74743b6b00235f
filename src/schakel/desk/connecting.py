"""Connecting a payroll system from the page: four questions, the preflight, and all or nothing.

The token passes through and is never kept, returned or logged here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.links import ProblemShown
from schakel.desk.words import Words


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group of employers that a payroll system can be connected for."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """The four things the vendor's guide asks, as typed. The token never shows in a repr."""

    group_id: int | None  #: None: make a group named `group_name`
    username: str
    token: str = field(repr=False)
    domain: str = ""  #: bare label or pasted address; empty: find it
    entities: tuple[str, ...] = ()  #: literal names or Company IDs, one each
    group_name: str = ""
    host: str = ""  #: only for a stand-in or the vendor's sandbox


@dataclass(frozen=True, slots=True)
class EntityListed:
    """An entity the log-in may see, to choose from."""

    entity_key: str
    name: str
    registration_number: str


@dataclass(frozen=True, slots=True)
class CallTested:
    """One call as the preflight found it."""

    operation: str
    state: str  #: granted, refused, not_needed, unknown
    state_words: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class EntityTested:
    """One entity that was asked for, with its calls."""

    entity: EntityListed
    calls: tuple[CallTested, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """How it went: a link and its employers, or the problems and nothing changed."""

    problems: tuple[ProblemShown, ...]
    tested: tuple[EntityTested, ...]
    listed: tuple[EntityListed, ...]
    domain: str
    link: UUID | None
    employer_ids: tuple[int, ...]

    @property
    def succeeded(self) -> bool:
        return self.link is not None


def groups(visitor: Visitor) -> tuple[GroupChoice, ...]:
    """The groups this visitor may connect a payroll system for: those of which they see every employer."""
    raise NotImplementedError


def connect_nmbrs(visitor: Visitor, form: Form, now: datetime) -> Connected:
    """Check, match, preflight and, only when all is well, activate. Makes calls; takes seconds.

    Raises NotFound (a group not for this visitor), AccessRefused.
    """
    raise NotImplementedError
