"""The audit trail of a tenant, for those who see the whole firm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schakel.desk.access import Visitor
from schakel.desk.words import Words


@dataclass(frozen=True, slots=True)
class AuditShown:
    """Who did or saw what, when. References only."""

    id: int
    at: datetime
    actor: str  #: "user:7", "job:sync"
    user_id: int | None  #: of a person; None when a job acted
    act: str
    act_words: Words
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the trail, the newest first."""

    rows: tuple[AuditShown, ...]
    total: int
    page: int
    pages: int


def trail(visitor: Visitor, *, act: str = "", page: int = 1, per_page: int = 100) -> AuditPage:
    """The audit lines of the tenant. Raises AccessRefused for a member who does not see the whole firm."""
    raise NotImplementedError
