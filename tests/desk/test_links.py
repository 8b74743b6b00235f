"""Links: how they are, and what people can do about them."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.desk.firms import TOKEN, Firm

from schakel.chain import connecting as activation
from schakel.connectors.errors import AuthorisationExpired, TemporarilyUnavailable
from schakel.connectors.payroll_source import Entity, Right
from schakel.desk import employers, links
from schakel.desk.access import AccessRefused, NotFound, Role
from schakel.intake.models import Delivery
from schakel.links import health, preflight
from schakel.links.models import Link, LinkedEntity
from schakel.tenancy.models import AuditLine
from schakel.tenancy.scope import tenant_scope

GRANTED = Right("EmployeeService.List_GetByCompany", "granted")
REFUSED = Right("EmployeeService.Children_Get", "refused", "Vink aan bij Kinderen.", "Tick under Children.")


class Payroll:
    """A payroll system with these rights, or one whose line is down."""

    def __init__(self, *rights: Right, error: Exception | None = None) -> None:
        self._rights, self._error = rights, error

    def rights(self, _entity: object, _needs: object) -> tuple[Right, ...]:
        if self._error is not None:
            raise self._error
        return self._rights


def last_act(firm: Firm) -> tuple[str, str, str]:
    with tenant_scope(firm.tenant_id):
        line = AuditLine.objects.latest("id")
        return line.actor, line.act, line.subject


def state_of_held(firm: Firm) -> str:
    with tenant_scope(firm.tenant_id):
        return str(Delivery.objects.get(reference=firm.held).state)


def test_a_link_that_works_asks_nothing(firm: Firm) -> None:
    page = links.link(firm.visitor(Role.ADVISER), firm.payroll_link, firm.now)
    assert (page.link.state_words.nl, page.link.is_stale, page.link.next_step.nl) == ("werkt", False, "")
    assert page.link.age is not None
    assert page.link.age > timedelta()
    assert (page.username, page.domain, page.sync_every_minutes) == (
        "api@voorbeeld.example",
        "voorbeeld",
        180,
    )
    assert TOKEN not in repr(page)
    (entity,) = page.entities
    assert (entity.employer_id, entity.current_period) == (firm.seen, "2026-11 month")


def test_a_held_delivery_says_why(firm: Firm) -> None:
    page = links.link(firm.visitor(Role.HR_OFFICER), firm.payroll_link, firm.now)
    (held,) = page.held
    assert (held.reference, held.state_words.nl) == (firm.held, "vastgehouden")
    (reason,) = held.guard
    assert reason.words.nl != reason.words.en
    assert (page.may_manage, page.may_release) == (False, True)
    applied = [one for one in page.deliveries if one.state == "applied"]
    assert {one.period.nl for one in applied} == {"maand 11 van 2026"}


@pytest.mark.parametrize(
    ("error", "state", "step"),
    [
        (AuthorisationExpired(), "reauthorise", "nieuw token"),
        (TemporarilyUnavailable(), "active", "Niets te doen"),
    ],
)
def test_a_link_that_fails_says_what_to_do(firm: Firm, error: Exception, state: str, step: str) -> None:
    with tenant_scope(firm.tenant_id):
        health.went_wrong(firm.payroll_link, None, error, firm.now)  # type: ignore[arg-type]  # each of the parameters is one of ours
    found = links.link(firm.visitor(Role.OPERATOR), firm.payroll_link, firm.now).link
    assert (found.state, found.error.nl) == (state, error.message("nl"))  # type: ignore[attr-defined]  # as above, with its message
    assert step in found.next_step.nl
    assert found.last_success_at is not None


def test_a_link_that_never_read_asks_for_its_first_sync(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        Link.objects.filter(reference=firm.payroll_link).update(last_success_at=None)
    found = links.link(firm.visitor(Role.ADVISER), firm.payroll_link, firm.now).link
    assert (found.age, found.is_stale, found.next_step.en) == (None, True, "Start the first sync.")


def test_a_carrier_link_is_as_fresh_as_its_last_answer(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    answered_at = firm.now - timedelta(hours=1)
    with tenant_scope(firm.tenant_id):
        health.went_wrong(firm.carrier_link, None, TemporarilyUnavailable(), answered_at - timedelta(1))
        health.carrier_went_well(firm.carrier_link, answered_at)
    found = links.link(adviser, firm.carrier_link, firm.now).link
    assert (found.last_success_at, found.error_code, found.is_stale) == (answered_at, "", False)
    with tenant_scope(firm.tenant_id):
        health.went_wrong(firm.carrier_link, None, TemporarilyUnavailable(), firm.now)
    down = links.link(adviser, firm.carrier_link, firm.now).link
    assert (down.error_code, down.last_success_at) == ("temporarily-unavailable", answered_at)


def test_an_officer_sees_the_links_of_their_employers_only(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        LinkedEntity.objects.update(employer_id=firm.unseen)
    officer = firm.visitor(Role.HR_OFFICER)
    assert [one.reference for one in links.links(officer, firm.now)] == [firm.carrier_link]
    with pytest.raises(NotFound):
        links.link(officer, firm.payroll_link, firm.now)
    (row,) = employers.overview(officer, firm.now).rows
    assert row.links == ()


def test_a_sync_is_put_in_the_queue_once(firm: Firm) -> None:
    officer = firm.visitor(Role.PAYROLL_OFFICER)
    assert links.sync_now(officer, firm.payroll_link, firm.now) is True
    assert links.sync_now(officer, firm.payroll_link, firm.now) is False
    (job,) = ProcrastinateJob.objects.filter(task_name="sync_link")
    assert job.args == {"tenant_id": firm.tenant_id, "link": str(firm.payroll_link)}
    assert last_act(firm) == (officer.actor, "sync_now", f"link:{firm.payroll_link}")


def test_a_carrier_link_cannot_be_synced(firm: Firm) -> None:
    with pytest.raises(NotFound):
        links.sync_now(firm.visitor(Role.ADVISER), firm.carrier_link, firm.now)


def test_releasing_puts_the_delivery_in_the_queue(firm: Firm) -> None:
    officer = firm.visitor(Role.HR_OFFICER)
    assert links.release_delivery(officer, firm.held, firm.now)
    (job,) = ProcrastinateJob.objects.filter(task_name="release_delivery")
    assert job.args == {
        "tenant_id": firm.tenant_id,
        "employer_id": firm.seen,
        "delivery": str(firm.held),
    }
    assert last_act(firm) == (officer.actor, "release_delivery", f"delivery:{firm.held}")
    assert state_of_held(firm) == "held"


def test_refusing_takes_nothing_in_and_is_once(firm: Firm) -> None:
    officer = firm.visitor(Role.HR_OFFICER)
    links.refuse_delivery(officer, firm.held, firm.now)
    assert state_of_held(firm) == "refused"
    assert last_act(firm) == (officer.actor, "refuse_delivery", f"delivery:{firm.held}")
    with pytest.raises(NotFound):
        links.refuse_delivery(officer, firm.held, firm.now)
    with pytest.raises(NotFound):
        links.release_delivery(officer, firm.held, firm.now)


def test_a_delivery_that_is_not_held_cannot_be_released(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    assert links.delivery(adviser, firm.delivery).state == "applied"
    with pytest.raises(NotFound):
        links.release_delivery(adviser, firm.delivery, firm.now)


def test_a_preflight_shows_each_call_and_keeps_it(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.chain.run.open_source", lambda *_: Payroll(GRANTED, REFUSED))
    operator = firm.visitor(Role.OPERATOR)
    (entity,) = links.preflight_again(operator, firm.payroll_link, firm.now)
    assert [(one.operation, one.state_words.nl) for one in entity.rights] == [
        (GRANTED.operation, "staat aan"),
        (REFUSED.operation, "staat uit"),
    ]
    assert [one.reason.nl for one in entity.refused] == ["Vink aan bij Kinderen."]
    assert links.link(operator, firm.payroll_link, firm.now).entities[0].rights == entity.rights
    assert last_act(firm) == (operator.actor, "preflight", f"link:{firm.payroll_link}")


def test_a_preflight_on_a_dead_line_says_so_on_the_link(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakel.chain.run.open_source", lambda *_: Payroll(error=AuthorisationExpired()))
    adviser = firm.visitor(Role.ADVISER)
    with pytest.raises(links.LinkFailed, match="token"):
        links.preflight_again(adviser, firm.payroll_link, firm.now)
    assert links.link(adviser, firm.payroll_link, firm.now).link.state == "reauthorise"


def test_a_new_token_is_tried_with_every_entity_and_never_handed_back(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def activate(
        tenant_id: int, group_id: int, given: activation.Asked, now: object
    ) -> activation.Activation:
        asked.append((tenant_id, group_id, given))
        return activation.Activation(())

    monkeypatch.setattr("schakel.chain.connecting.activate_nmbrs", activate)
    adviser = firm.visitor(Role.ADVISER)
    outcome = links.reconnect(adviser, firm.payroll_link, links.NewToken(TOKEN), firm.now)
    assert outcome.succeeded
    assert TOKEN not in repr(outcome) + repr(links.NewToken(TOKEN))
    ((tenant_id, group_id, given),) = asked
    assert (tenant_id, group_id, given.token, given.entities) == (
        firm.tenant_id,
        firm.group,
        TOKEN,
        ("41001",),
    )
    assert last_act(firm) == (adviser.actor, "reconnect_link", f"link:{firm.payroll_link}")


def test_a_token_that_is_refused_changes_nothing(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = activation.Problem("token", "authorisation-expired", "Niet geaccepteerd.", "Not accepted.")
    monkeypatch.setattr(
        "schakel.chain.connecting.activate_nmbrs", lambda *_: activation.Activation((problem,))
    )
    adviser = firm.visitor(Role.ADVISER)
    before = _audit_lines(firm)
    outcome = links.reconnect(adviser, firm.payroll_link, links.NewToken(TOKEN), firm.now)
    assert [(one.field, one.words.en) for one in outcome.problems] == [("token", "Not accepted.")]
    assert _audit_lines(firm) == before


def _audit_lines(firm: Firm) -> int:
    with tenant_scope(firm.tenant_id):
        return AuditLine.objects.count()


def test_only_who_sees_every_entity_gives_the_link_a_token(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        preflight.join_entity(
            firm.payroll_link, firm.unseen, Entity("41002", "Voorbeeld Montage B.V.", "month")
        )
    officer = firm.visitor(Role.PAYROLL_OFFICER)
    with pytest.raises(AccessRefused):
        links.reconnect(officer, firm.payroll_link, links.NewToken(TOKEN), firm.now)
