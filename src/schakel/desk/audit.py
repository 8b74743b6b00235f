"""The audit trail of a tenant, for those who see the whole firm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schakel.desk import paging
from schakel.desk.access import AccessRefused, Act, Visitor, inside
from schakel.desk.words import Words, said
from schakel.tenancy import queries as tenants

ACTS: Mapping[str, Words] = {
    "see_employees": Words("lijst van werknemers bekeken", "looked at a list of employees"),
    "see_employee": Words("werknemer bekeken", "looked at an employee"),
    "reveal_bsn": Words("BSN getoond", "revealed a BSN"),
    "suppose": Words(
        "een bedrag met één ander gegeven bekeken", "looked at an amount with one thing changed"
    ),
    "explain_amount": Words("uitleg van een bedrag bekeken", "looked at why an amount is what it is"),
    "sync_now": Words("synchronisatie gestart", "started a sync"),
    "release_delivery": Words("levering vrijgegeven", "released a delivery"),
    "refuse_delivery": Words("levering geweigerd", "refused a delivery"),
    "preflight": Words("rechten getest", "tested the rights"),
    "activate_link": Words("koppeling geactiveerd", "activated a link"),
    "connect_link": Words("koppeling verbonden", "connected a link"),
    "reconnect_link": Words("koppeling opnieuw verbonden", "reconnected a link"),
}


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
    with inside(visitor, Act.SEE_AUDIT):
        if visitor.employer_ids is not None:
            raise AccessRefused
        rows, total = tenants.audit_lines(act, paging.offset(page, per_page), per_page)
    shown = tuple(
        AuditShown(
            row.id,
            row.at,
            row.actor,
            _user_id(row.actor),
            row.act,
            said(ACTS, row.act),
            row.subject,
            row.detail,
        )
        for row in rows
    )
    return AuditPage(shown, total, max(page, 1), paging.pages(total, per_page))


def _user_id(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "user" else None
