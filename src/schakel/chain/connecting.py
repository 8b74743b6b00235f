"""Connecting a payroll system: ask four things, check each, test the rights call by call, then activate whole.

Nothing is activated half: either every entity that was asked for is joined and readable, or there is a clear
list of what is missing and nothing changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from schakel.connectors.errors import AuthorisationExpired, ConnectorError
from schakel.connectors.payroll_source import Entity, Needs, PayrollSource, Right, TypedWrong
from schakel.connectors.registry import ACTIVATIONS, open_source
from schakel.links.credentials import LinkKind, make_link
from schakel.links.preflight import join_entity, keep_rights
from schakel.schemes.agreed import needs_of
from schakel.tenancy.audit import record
from schakel.tenancy.employers import employer_named, find_employer
from schakel.tenancy.scope import tenant_scope

activation = ACTIVATIONS["nmbrs"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way: in which field, what it is, and what to do."""

    field: str  #: username, token, domain, entities, rights
    code: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class EntityRights:
    """One entity and what the preflight found for it."""

    entity: Entity
    rights: tuple[Right, ...]

    @property
    def refused(self) -> tuple[Right, ...]:
        return tuple(right for right in self.rights if right.state == "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """The four things the vendor's guide asks, as a person typed them. The token never shows in a repr."""

    username: str
    token: str = field(repr=False)
    domain: str  #: bare label or pasted address; empty: find it from user name and token
    entities: tuple[str, ...]  #: literal names or ids
    host: str = ""  #: empty: the vendor's production host; else its sandbox, or a stand-in on this machine
    calls_per_second: int = 20


@dataclass(frozen=True, slots=True)
class Activation:
    """How it went: a link, or the problems and nothing changed."""

    problems: tuple[Problem, ...]
    found: tuple[EntityRights, ...] = ()
    listed: tuple[Entity, ...] = ()  #: what the log-in may see, to choose from
    domain: str = ""
    link: UUID | None = None
    employers: tuple[int, ...] = ()  #: the employers that were joined


def activate_nmbrs(tenant_id: int, group_id: int, asked: Asked, now: datetime) -> Activation:
    """Check, match, preflight and—only when all is well—activate. Runs its own scopes."""
    try:
        return _activate(tenant_id, group_id, asked, now)
    except AuthorisationExpired as error:
        return Activation((_other_domain(asked) or _problem_of(error),))
    except ConnectorError as error:
        return Activation((_problem_of(error),))


def _activate(tenant_id: int, group_id: int, asked: Asked, now: datetime) -> Activation:
    problems, username, token = _typed(asked)
    if problems:
        return Activation(tuple(problems))
    if asked.domain.strip():
        domain, problem = activation.clean_domain(asked.domain)
        if problem is not None:
            return Activation((_shown("domain", problem),))
    else:
        domain = activation.discover_domain(username, token, host=asked.host)
    settings = _settings(asked, username, domain)
    source = open_source(activation.CONNECTOR, {**settings, "token": token})
    listed = tuple(source.entities())
    matched, unmatched = activation.match_entities(asked.entities, listed)
    found = tuple(EntityRights(entity, _rights(tenant_id, group_id, source, entity)) for entity in matched)
    problems = [_shown("entities", problem) for problem in unmatched] + _missing_rights(found)
    if not asked.entities:
        problems.append(_none_asked(listed))
    if problems:
        return Activation(tuple(problems), found, listed, domain)
    link, employers = _keep(tenant_id, group_id, settings, token, found=found, now=now)
    return Activation((), found, listed, domain, link, employers)


def _other_domain(asked: Asked) -> Problem | None:
    """Nmbrs does not say which of the three is wrong; but user name and token can be asked without the domain."""
    typed, _ = activation.clean_domain(asked.domain)
    try:
        named = activation.discover_domain(asked.username.strip(), asked.token, host=asked.host)
    except ConnectorError:
        return None
    if not typed or typed == named:
        return None
    return Problem(
        "domain",
        "domain-of-another",
        f"Gebruikersnaam en token kloppen, maar horen niet bij het domein “{typed}”. Vul “{named}” in, of neem de "
        "gebruiker en het token van de andere omgeving.",
        f"User name and token are right, but do not belong to the domain “{typed}”. Fill in “{named}”, or take the "
        "user and token of the other environment.",
    )


def _typed(asked: Asked) -> tuple[list[Problem], str, str]:
    username, token = asked.username.strip(), asked.token
    checks = (
        ("username", activation.check_username(username)),
        ("token", activation.check_token(token)),
    )
    return [_shown(name, found) for name, found in checks if found is not None], username, token


def _settings(asked: Asked, username: str, domain: str) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "username": username,
        "domain": domain,
        "calls_per_second": asked.calls_per_second,
    }
    if asked.host:
        settings["host"] = asked.host
    return settings


def _rights(tenant_id: int, group_id: int, source: PayrollSource, entity: Entity) -> tuple[Right, ...]:
    with tenant_scope(tenant_id, actor="preflight"):
        employer_id = find_employer(group_id, entity.name)
        needs = Needs() if employer_id is None else needs_of(employer_id)
    return tuple(source.rights(entity, needs))


def _keep(
    tenant_id: int,
    group_id: int,
    settings: dict[str, Any],
    token: str,
    *,
    found: Sequence[EntityRights],
    now: datetime,
) -> tuple[UUID, tuple[int, ...]]:
    employers = []
    with tenant_scope(tenant_id, actor="activation"):
        link = make_link(
            group_id=group_id,
            kind=LinkKind.PAYROLL,
            connector=activation.CONNECTOR,
            name=f"Nmbrs {settings['domain']}",
            settings=settings,
            secrets={"token": token},
        )
        for one in found:
            employer_id = employer_named(group_id, one.entity.name, one.entity.registration_number or "")
            join_entity(link, employer_id, one.entity)
            keep_rights(link, one.entity.key, one.rights, now)
            employers.append(employer_id)
        record("activate_link", str(link), now, entities=len(found))
    return link, tuple(employers)


def _shown(name: str, problem: TypedWrong) -> Problem:
    return Problem(name, problem.code, problem.nl, problem.en)


def _problem_of(error: ConnectorError) -> Problem:
    return Problem(
        "token" if error.who == "employer" else "", error.code, error.message("nl"), error.message("en")
    )


def _missing_rights(found: Sequence[EntityRights]) -> list[Problem]:
    return [
        Problem(
            "rights",
            "right-refused",
            f"{one.entity.name}: {right.operation} staat uit. {right.reason_nl}",
            f"{one.entity.name}: {right.operation} is switched off. {right.reason_en}",
        )
        for one in found
        for right in one.refused
    ]


def _none_asked(listed: Sequence[Entity]) -> Problem:
    names = ", ".join(f"{entity.name} ({entity.key})" for entity in listed)
    return Problem(
        "entities",
        "no-entity-asked",
        f"Noem ten minste één bedrijf, letterlijk of met het Company ID. Zichtbaar zijn: {names}.",
        f"Name at least one company, literally or by its Company ID. Visible are: {names}.",
    )
