"""Connecting from the page: who may, for which group, and what comes back: never the token."""

import pytest
from tests.desk.firms import TOKEN, Firm

from schakel.chain import connecting as activation
from schakel.connectors.payroll_source import Entity, Right
from schakel.desk import audit, connecting
from schakel.desk.access import AccessRefused, NotFound, Role, visit
from schakel.links.queries import links
from schakel.tenancy.employers import employer_named
from schakel.tenancy.scope import tenant_scope

ENTITY = Entity("41009", "Nieuw B.V.", "month", "87654321")
RIGHT = Right(
    "EmployeeService.Children_Get", "not_needed", "Geen regeling vraagt het.", "No scheme asks for it."
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, firm: Firm) -> list[tuple[int, activation.Asked]]:
    """Activations that were asked for; each succeeds and joins a new employer."""
    found: list[tuple[int, activation.Asked]] = []

    def activate(
        tenant_id: int, group_id: int, given: activation.Asked, now: object
    ) -> activation.Activation:
        found.append((group_id, given))
        with tenant_scope(tenant_id):
            made = employer_named(group_id, ENTITY.name)
        tested = (activation.EntityRights(ENTITY, (RIGHT,)),)
        return activation.Activation((), tested, (ENTITY,), "voorbeeld", firm.payroll_link, (made,))

    monkeypatch.setattr("schakel.chain.connecting.activate_nmbrs", activate)
    return found


def form(group_id: int | None, **more: str) -> connecting.Form:
    return connecting.Form(group_id, "api@voorbeeld.example", TOKEN, "voorbeeld", ("Nieuw B.V.",), **more)


def test_what_was_tested_comes_back_and_the_token_does_not(firm: Firm, asked: list[object]) -> None:
    adviser = firm.visitor(Role.ADVISER)
    done = connecting.connect_nmbrs(adviser, form(firm.group), firm.now)
    assert done.succeeded
    assert (done.link, done.domain) == (firm.payroll_link, "voorbeeld")
    (tested,) = done.tested
    assert (tested.entity.name, tested.calls[0].state_words.nl) == ("Nieuw B.V.", "niet nodig")
    assert done.listed[0].registration_number == "87654321"
    assert TOKEN not in repr(done) + repr(form(firm.group)) + repr(asked)
    line = audit.trail(adviser, act="connect_link").rows[0]
    assert (line.user_id, line.subject) == (adviser.user_id, f"link:{firm.payroll_link}")


def test_a_new_group_is_for_who_sees_the_whole_firm(firm: Firm, asked: list[object]) -> None:
    done = connecting.connect_nmbrs(
        firm.visitor(Role.OPERATOR), form(None, group_name="Groep West"), firm.now
    )
    assert done.succeeded
    assert "Groep West" in {one.name for one in connecting.groups(firm.visitor(Role.ADVISER))}
    with pytest.raises(NotFound):
        connecting.connect_nmbrs(firm.visitor(Role.PAYROLL_OFFICER), form(None, group_name="Oost"), firm.now)
    assert len(asked) == 1


def test_an_officer_connects_only_a_group_they_see_whole(firm: Firm, asked: list[object]) -> None:
    officer = firm.visitor(Role.PAYROLL_OFFICER)
    assert [one.id for one in connecting.groups(officer)] == [firm.group]
    done = connecting.connect_nmbrs(officer, form(firm.group), firm.now)
    # The entity of their own token is theirs to see.
    again = visit(officer.user_id, firm.tenant_id)
    assert again.employer_ids == {firm.seen, *done.employer_ids}
    with tenant_scope(firm.tenant_id):
        employer_named(firm.group, "Van een ander B.V.")
    assert connecting.groups(again) == ()
    with pytest.raises(NotFound):
        connecting.connect_nmbrs(again, form(firm.group), firm.now)


def test_a_strange_host_is_never_called(firm: Firm, asked: list[object]) -> None:
    done = connecting.connect_nmbrs(
        firm.visitor(Role.ADVISER), form(firm.group, host="example.org"), firm.now
    )
    assert [(one.field, one.code) for one in done.problems] == [("host", "host-not-allowed")]
    assert not done.succeeded
    assert asked == []


@pytest.mark.parametrize(("plain_http", "count"), [(True, 1), (False, 0)])
def test_a_stand_in_is_for_a_server_on_this_machine_only(
    firm: Firm, asked: list[object], settings: pytest.FixtureRequest, plain_http: bool, count: int
) -> None:
    settings.PLAIN_HTTP = plain_http  # type: ignore[attr-defined]  # the fixture takes any setting
    connecting.connect_nmbrs(firm.visitor(Role.ADVISER), form(firm.group, host="127.0.0.1:8099"), firm.now)
    assert len(asked) == count


def test_problems_come_back_in_both_languages(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = activation.Problem(
        "token", "token-length", "Het token heeft 31 tekens.", "The token has 31 characters."
    )
    monkeypatch.setattr(
        "schakel.chain.connecting.activate_nmbrs", lambda *_: activation.Activation((problem,))
    )
    adviser = firm.visitor(Role.ADVISER)
    done = connecting.connect_nmbrs(adviser, form(firm.group), firm.now)
    assert [(one.field, one.words.nl) for one in done.problems] == [("token", "Het token heeft 31 tekens.")]
    assert audit.trail(adviser, act="connect_link").rows == ()
    with tenant_scope(firm.tenant_id):
        assert len(links()) == 2


def test_an_officer_of_one_employer_reads_no_trail(firm: Firm) -> None:
    with pytest.raises(AccessRefused):
        audit.trail(firm.visitor(Role.PAYROLL_OFFICER))
    page = audit.trail(firm.visitor(Role.OPERATOR), per_page=1)
    assert page.pages == max(1, page.total)
