"""Connecting a payroll system from the page: four questions, the preflight, and all or nothing.

The token passes through and is never kept, returned or logged here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings

from schakel.chain import connecting
from schakel.connectors.payroll_source import Entity
from schakel.desk.access import Act, Visitor, inside, not_found
from schakel.desk.links import ProblemShown
from schakel.desk.words import RIGHT_STATES, Words, said
from schakel.tenancy import queries as tenants
from schakel.tenancy.audit import record
from schakel.tenancy.employers import add_member
from schakel.tenancy.scope import tenant_scope


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
    with inside(visitor, Act.MANAGE_LINKS):
        return tuple(GroupChoice(one.id, one.name) for one in _whole_groups(visitor))


def _whole_groups(visitor: Visitor) -> list[tenants.GroupLine]:
    # Whether a group is seen whole can only be told from outside the visitor's own employers.
    with tenant_scope(visitor.tenant_id, actor=visitor.actor):
        every = tenants.groups()
    mine = visitor.employer_ids
    if mine is None:
        return every
    return [group for group in every if group.employer_ids and group.employer_ids <= mine]


def connect_nmbrs(visitor: Visitor, form: Form, now: datetime) -> Connected:
    """Check, match, preflight and, only when all is well, activate. Makes calls; takes seconds.

    Raises NotFound (a group not for this visitor), AccessRefused.
    """
    problem = _host_problem(form.host)
    with inside(visitor, Act.MANAGE_LINKS):
        group_id = _group(visitor, form)
    if problem is not None:
        return Connected((problem,), (), (), "", None, ())
    asked = connecting.Asked(form.username, form.token, form.domain, form.entities, form.host)
    tried = connecting.activate_nmbrs(visitor.tenant_id, group_id, asked, now)
    if tried.link is not None:
        _note(visitor, tried, now)
    return Connected(
        tuple(ProblemShown(one.field, one.code, Words(one.nl, one.en)) for one in tried.problems),
        tuple(EntityTested(_listed(one.entity), _calls(one)) for one in tried.found),
        tuple(_listed(one) for one in tried.listed),
        tried.domain,
        tried.link,
        tried.employers,
    )


def _group(visitor: Visitor, form: Form) -> int:
    """The group asked for. Only who sees the whole firm may make one."""
    if form.group_id is None:
        if visitor.employer_ids is not None or not form.group_name.strip():
            raise not_found(visitor, "group:new")
        return int(tenants.employer_group(form.group_name.strip()).id)
    if form.group_id not in {group.id for group in _whole_groups(visitor)}:
        raise not_found(visitor, f"group:{form.group_id}")
    return form.group_id


def _host_problem(host: str) -> ProblemShown | None:
    """A stand-in on this machine is for a server that itself is only reached from this machine."""
    hosts = connecting.activation.HOSTS
    is_here = bool(getattr(settings, "PLAIN_HTTP", False)) and connecting.activation.is_known_host(host)
    if host in {"", *hosts} or is_here:
        return None
    names = ", ".join(sorted(hosts))
    return ProblemShown(
        "host",
        "host-not-allowed",
        Words(
            f"Deze host mag niet. Laat het veld leeg, of kies een van: {names}.",
            f"This host is not allowed. Leave it empty, or choose one of: {names}.",
        ),
    )


def _note(visitor: Visitor, tried: connecting.Activation, now: datetime) -> None:
    """The audit line; and who connected an entity with its own token may see the employer it became."""
    with tenant_scope(visitor.tenant_id, actor=visitor.actor):
        record("connect_link", f"link:{tried.link}", now, entities=len(tried.employers))
        if visitor.employer_ids is not None:
            add_member(visitor.user_id, visitor.role, tried.employers)


def _listed(entity: Entity) -> EntityListed:
    return EntityListed(entity.key, entity.name, entity.registration_number or "")


def _calls(one: connecting.EntityRights) -> tuple[CallTested, ...]:
    return tuple(
        CallTested(
            right.operation,
            right.state,
            said(RIGHT_STATES, right.state),
            Words(right.reason_nl, right.reason_en),
        )
        for right in one.rights
    )
