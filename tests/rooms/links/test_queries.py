"""Questions about links: what is seen from named employers only, and never a secret."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schakel.connectors.payroll_source import Entity, Right
from schakel.links import queries
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.links.preflight import join_entity, keep_rights
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group
from schakel.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOKEN = "0123456789abcdef0123456789abcdef"


def made(name: str, kind: Link.Kind = Link.Kind.PAYROLL, **settings: object) -> UUID:
    return make_link(
        group_id=employer_group("Groep").id,
        kind=kind,
        connector="nmbrs_soap",
        name=name,
        settings=settings,
        secrets={"token": TOKEN},
    )


def test_a_link_is_told_without_its_secret(tenant_id: int) -> None:
    reference = made("Nmbrs voorbeeld", username="api@voorbeeld.example")
    line = queries.link(reference)
    assert line is not None
    assert (line.name, line.group_name, line.settings["username"]) == (
        "Nmbrs voorbeeld",
        "Groep",
        "api@voorbeeld.example",
    )
    assert TOKEN not in str(line.settings)
    assert "api@voorbeeld.example" not in repr(line)
    assert queries.names() == {reference: "Nmbrs voorbeeld"}


@pytest.mark.parametrize(("settings", "minutes"), [({}, 180), ({"sync_every_minutes": 30}, 30)])
def test_how_often_a_link_is_read(tenant_id: int, settings: dict[str, object], minutes: int) -> None:
    line = queries.link(made("Nmbrs", **settings))
    assert line is not None
    assert line.every == timedelta(minutes=minutes)


def test_named_employers_see_their_own_links(tenant_id: int, employer_id: int) -> None:
    other = employer_named(employer_group("Groep").id, "Ander B.V.")
    mine, theirs = made("Van mij"), made("Van hen")
    carrier, strange = made("Uitvoerder", Link.Kind.CARRIER), made("Vreemde", Link.Kind.CARRIER)
    join_entity(mine, employer_id, Entity("1", "Voorbeeld Kozijnen B.V.", "month"))
    join_entity(theirs, other, Entity("2", "Ander B.V.", "month"))
    assert [one.name for one in queries.links()] == ["Van hen", "Van mij", "Uitvoerder", "Vreemde"]
    with tenant_scope(tenant_id, employer_ids=frozenset({employer_id})):
        assert [one.reference for one in queries.links({carrier})] == [mine, carrier]
        assert [one.employer_id for one in queries.entities()] == [employer_id]
        assert queries.entities(theirs) == []
    assert strange not in {one.link for one in queries.entities()}


def test_rights_belong_to_their_entity(tenant_id: int, employer_id: int) -> None:
    reference = made("Nmbrs")
    join_entity(reference, employer_id, Entity("1", "Voorbeeld Kozijnen B.V.", "month"))
    keep_rights(reference, "1", [Right("A", "granted"), Right("B", "refused", "Vink B.", "Tick B.")], NOW)
    found = queries.rights(reference)
    assert [(one.entity_key, one.operation, one.state, one.reason_en) for one in found] == [
        ("1", "A", "granted", ""),
        ("1", "B", "refused", "Tick B."),
    ]
    assert queries.entities(employer_id=employer_id)[0].name == "Voorbeeld Kozijnen B.V."
