"""Who may do what.

SchakelError
└─ AccessRefused     this member's role does not allow it
   └─ OutsideTenant  the row, or the call, is not inside the tenant's walls

Both go to the security log and are never shown with detail: a foreign row looks like one that does not exist.
"""

from enum import StrEnum

from schakel.engine.errors import SchakelError


class AccessRefused(SchakelError):
    """Your role does not allow this. Ask the person who manages access for your organisation."""

    code = "access-refused"


class OutsideTenant(AccessRefused):
    """This was asked outside the walls of one tenant."""

    code = "outside-tenant"


class Role(StrEnum):
    """What a member is to the tenant."""

    ADVISER = "adviser"  #: sees every employer of the firm
    HR_OFFICER = "hr_officer"  #: sees the employers named for them
    PAYROLL_OFFICER = "payroll_officer"  #: as HR, and runs the payroll link
    OPERATOR = "operator"  #: runs the links, sees no amounts of people


class Act(StrEnum):
    """What can be done at the desk."""

    SEE_EMPLOYERS = "see_employers"
    SEE_EMPLOYEES = "see_employees"
    SEE_LINKS = "see_links"
    MANAGE_LINKS = "manage_links"
    RELEASE_DELIVERY = "release_delivery"
    SEE_AUDIT = "see_audit"


ALLOWED: dict[Role, frozenset[Act]] = {
    Role.ADVISER: frozenset(Act),
    Role.HR_OFFICER: frozenset({Act.SEE_EMPLOYERS, Act.SEE_EMPLOYEES, Act.SEE_LINKS, Act.RELEASE_DELIVERY}),
    Role.PAYROLL_OFFICER: frozenset(Act) - {Act.SEE_AUDIT},
    Role.OPERATOR: frozenset({Act.SEE_EMPLOYERS, Act.SEE_LINKS, Act.MANAGE_LINKS, Act.SEE_AUDIT}),
}


def require(role: Role | str, act: Act) -> None:
    """Raises AccessRefused unless the role allows the act."""
    if act not in ALLOWED[Role(role)]:
        raise AccessRefused
