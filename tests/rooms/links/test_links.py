"""Links: sealed secrets, health that says who must act, rights kept whole."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from schakel.connectors.errors import AuthorisationExpired, RightRefused, TemporarilyUnavailable
from schakel.connectors.payroll_source import CurrentPeriod, Entity, Right
from schakel.links.credentials import make_link, open_link, renew_secrets
from schakel.links.health import carrier_went_well, due_for_reading, went_well, went_wrong
from schakel.links.models import Link, LinkRight
from schakel.links.preflight import entities_to_read, join_entity, keep_rights, payroll_links
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

TOKEN = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENTITY = Entity("41001", "Voorbeeld Kozijnen B.V.", "month", "12345678")
PERIOD = CurrentPeriod("month", 2026, 11, date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def scope():
    tenant_id = create_tenant("Adviesbureau", "adviser_firm")
    with tenant_scope(tenant_id):
        yield tenant_id


@pytest.fixture
def link(scope):
    group = employer_group("Groep").id
    made = make_link(
        group_id=group,
        kind=Link.Kind.PAYROLL,
        connector="nmbrs_soap",
        name="Nmbrs voorbeeld",
        settings={"username": "api@voorbeeld.example", "domain": "voorbeeld"},
        secrets={"token": TOKEN},
    )
    join_entity(made, employer_named(group, ENTITY.name), ENTITY)
    return made


def test_the_token_is_sealed_and_opens_for_a_call(link) -> None:
    assert open_link(link).settings["token"] == TOKEN
    assert TOKEN not in repr(open_link(link))
    with connection.cursor() as cursor:
        cursor.execute("SELECT credentials, settings::text FROM links_link")
        credentials, settings = cursor.fetchone()
    assert TOKEN.encode() not in bytes(credentials)
    assert TOKEN not in settings


def test_making_a_link_again_renews_it(link) -> None:
    row = Link.objects.get()
    again = make_link(
        group_id=row.group_id,
        kind=Link.Kind.PAYROLL,
        connector="nmbrs_soap",
        name="Nmbrs voorbeeld",
        settings=row.settings,
        secrets={"token": TOKEN[::-1]},
    )
    assert again == link
    assert open_link(link).settings["token"] == TOKEN[::-1]


def test_joining_twice_changes_nothing(link) -> None:
    join_entity(link, entities_to_read(link)[0].employer_id, ENTITY)
    assert [e.entity.key for e in entities_to_read(link)] == ["41001"]


def test_a_revoked_token_asks_the_owner_and_keeps_what_went_well(link) -> None:
    went_well(link, "41001", PERIOD, NOW)
    went_wrong(link, "41001", AuthorisationExpired(), NOW + timedelta(hours=3))
    row = Link.objects.get()
    assert (row.state, row.error_code) == (Link.State.REAUTHORISE, "authorisation-expired")
    assert row.last_success_at == NOW
    renew_secrets(link, {"token": TOKEN})
    assert Link.objects.get().state == Link.State.ACTIVE


@pytest.mark.parametrize(
    ("error", "state"),
    [(RightRefused(), Link.State.PARTIAL), (TemporarilyUnavailable(), Link.State.ACTIVE)],
)
def test_other_errors_do_not_ask_for_a_new_token(link, error, state) -> None:
    went_wrong(link, "41001", error, NOW)
    assert Link.objects.get().state == state
    went_well(link, "41001", PERIOD, NOW)
    assert Link.objects.get().error_code == ""


def test_a_link_is_due_by_its_own_rhythm_and_a_locked_one_four_times_a_day(link) -> None:
    assert due_for_reading(NOW) == [link]
    went_well(link, "41001", PERIOD, NOW)
    assert due_for_reading(NOW + timedelta(minutes=179)) == []
    assert due_for_reading(NOW + timedelta(minutes=180)) == [link]
    went_wrong(link, None, AuthorisationExpired(), NOW)
    assert due_for_reading(NOW + timedelta(minutes=359)) == []
    assert due_for_reading(NOW + timedelta(minutes=360)) == [link]
    Link.objects.update(state=Link.State.PAUSED)
    assert payroll_links() == []


def test_rights_are_replaced_whole(link) -> None:
    keep_rights(link, "41001", [Right("A", "granted"), Right("B", "refused", "Vink B aan", "Tick B")], NOW)
    keep_rights(link, "41001", [Right("A", "granted")], NOW)
    assert [(r.operation, r.state) for r in LinkRight.objects.all()] == [("A", "granted")]


def test_a_renewed_link_keeps_what_is_not_given(link) -> None:
    row = Link.objects.get()
    Link.objects.update(settings={**row.settings, "sync_every_minutes": 30, "domain": "oud"})
    make_link(
        group_id=row.group_id,
        kind=Link.Kind.PAYROLL,
        connector="nmbrs_soap",
        name="Nmbrs voorbeeld",
        settings={"domain": "voorbeeld"},
        secrets={"token": TOKEN},
    )
    assert Link.objects.get().settings == {
        "username": "api@voorbeeld.example",
        "domain": "voorbeeld",
        "sync_every_minutes": 30,
    }


def test_a_refused_right_makes_a_link_partial_until_all_are_granted(link) -> None:
    keep_rights(link, "41001", [Right("A", "granted"), Right("B", "refused")], NOW)
    assert Link.objects.get().state == Link.State.PARTIAL
    keep_rights(link, "41001", [Right("A", "granted"), Right("B", "not_needed")], NOW)
    assert Link.objects.get().state == Link.State.ACTIVE


def test_a_preflight_does_not_wake_a_link_that_must_be_reconnected_or_rests(link) -> None:
    for state in (Link.State.REAUTHORISE, Link.State.PAUSED):
        Link.objects.update(state=state)
        keep_rights(link, "41001", [Right("A", "refused")], NOW)
        keep_rights(link, "41001", [Right("A", "granted")], NOW)
        assert Link.objects.get().state == state


def test_another_entity_without_a_right_keeps_the_link_partial(link) -> None:
    other = Entity("41002", "Voorbeeld Glas B.V.", "month", "")
    join_entity(link, employer_named(Link.objects.get().group_id, other.name), other)
    keep_rights(link, "41002", [Right("A", "refused")], NOW)
    keep_rights(link, "41001", [Right("A", "granted")], NOW)
    assert Link.objects.get().state == Link.State.PARTIAL


@pytest.fixture
def carrier_link(scope):
    return make_link(
        group_id=employer_group("Groep").id,
        kind=Link.Kind.CARRIER,
        connector="schakel_json",
        name="Pensioen Noord",
        settings={},
        secrets={"token": TOKEN},
    )


def test_an_answer_of_the_carrier_clears_the_error_of_its_link(carrier_link) -> None:
    went_wrong(carrier_link, None, AuthorisationExpired(), NOW)
    carrier_went_well(carrier_link, NOW + timedelta(seconds=1))
    row = Link.objects.get()
    assert (row.state, row.error_code, row.error_nl) == (Link.State.ACTIVE, "", "")
    assert row.last_success_at == row.last_attempt_at == NOW + timedelta(seconds=1)
    Link.objects.update(state=Link.State.PAUSED)
    carrier_went_well(carrier_link, NOW + timedelta(hours=1))
    assert Link.objects.get().state == Link.State.PAUSED


def test_answer_after_answer_is_noted_once_a_minute(carrier_link) -> None:
    for seconds in (0, 1, 59):
        carrier_went_well(carrier_link, NOW + timedelta(seconds=seconds))
        assert Link.objects.get().last_success_at == NOW
    carrier_went_well(carrier_link, NOW + timedelta(seconds=60))
    assert Link.objects.get().last_success_at == NOW + timedelta(seconds=60)


def test_a_payroll_link_is_not_healthy_because_a_carrier_answered(link) -> None:
    carrier_went_well(link, NOW)
    assert Link.objects.get().last_success_at is None
