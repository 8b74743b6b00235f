"""Who is at the desk: one member of one tenant, and the scope in which each question is answered.

What a member may not see looks like what does not exist: NotFound. What their role does not allow is
AccessRefused. Both go to the log `schakel.security`, with references only.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from schakel.engine.errors import SchakelError
from schakel.tenancy import queries as tenants
from schakel.tenancy.access import ALLOWED, AccessRefused, Act, OutsideTenant, Role, require
from schakel.tenancy.queries import EmployerLine, Membership, member_scope, memberships
from schakel.tenancy.scope import Scope, tenant_scope

__all__ = [
    "AccessRefused",
    "Act",
    "Membership",
    "NotFound",
    "OutsideTenant",
    "Role",
    "Visitor",
    "inside",
    "not_found",
    "places",
    "visit",
]

security = logging.getLogger("schakel.security")


class NotFound(SchakelError):
    """This is not there, or not for you. Check the address, or ask who manages your access."""

    code = "not-found"
    nl = "Dit is er niet, of niet voor u. Controleer het adres, of vraag wie uw toegang beheert."


@dataclass(frozen=True, slots=True)
class Visitor:
    """The member who asks. Made by `visit` for one request; never kept longer."""

    user_id: int
    tenant_id: int
    role: Role
    employer_ids: frozenset[int] | None = None  #: None: every employer of the tenant

    @property
    def actor(self) -> str:
        """How the audit line calls this member."""
        return f"user:{self.user_id}"

    def may(self, act: Act) -> bool:
        """Whether the role allows an act; to show or hide a button. The functions check by themselves."""
        return act in ALLOWED[self.role]


def places(user_id: int) -> list[Membership]:
    """The tenants a user belongs to (tenant_id, tenant_name, role), to choose from after the log-in."""
    return memberships(user_id)


def visit(user_id: int, tenant_id: int) -> Visitor:
    """Let a user in at one tenant. Raises NotFound when the user has no place there."""
    try:
        with member_scope(user_id, tenant_id) as (scope, role):
            return Visitor(user_id, tenant_id, role, scope.employer_ids)
    except AccessRefused:
        security.warning("no member", extra={"user": user_id, "tenant": tenant_id})
        raise NotFound from None


@contextmanager
def inside(visitor: Visitor, act: Act) -> Iterator[Scope]:
    """The scope of one visitor, for one act. Raises AccessRefused."""
    try:
        require(visitor.role, act)
    except AccessRefused:
        security.warning(
            "act refused", extra={"user": visitor.user_id, "tenant": visitor.tenant_id, "act": str(act)}
        )
        raise
    with tenant_scope(visitor.tenant_id, employer_ids=visitor.employer_ids, actor=visitor.actor) as scope:
        yield scope


def not_found(visitor: Visitor, subject: str) -> NotFound:
    """The error for a row that is not there for this visitor, after a line in the security log."""
    security.warning(
        "not found for this member",
        extra={"user": visitor.user_id, "tenant": visitor.tenant_id, "subject": subject},
    )
    return NotFound()


def employer_or_not_found(visitor: Visitor, employer_id: int) -> EmployerLine:
    """The employer, inside the visitor's scope. Raises NotFound."""
    found = tenants.employer(employer_id)
    if found is None:
        raise not_found(visitor, f"employer:{employer_id}")
    return found
