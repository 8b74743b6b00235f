"""Wrong log-ins, rights that are off and companies that are hidden: said at once, and nothing is half."""

from dataclasses import replace

import pytest
from tests.bad_input.personal import assert_nobody_in
from tests.bad_input.scene import FOUR_WEEKLY, MONTHLY, PATIENCE, Scene, State

from schakel.chain.connecting import Asked, Problem, activate_nmbrs
from schakel.desk import links
from schakel.desk.links import NewToken
from schakel.links.credentials import open_link, renew_secrets
from schakel.links.models import Link
from schakel_simulators.nmbrs.books import changes

WRONG_TOKEN = "0123456789abcdef" * 2


def asked(scene: Scene) -> Asked:
    """What a person would fill in to connect what is connected already."""
    return Asked(
        username=scene.nmbrs.username,
        token=scene.nmbrs.token,
        domain=scene.nmbrs.domain,
        entities=tuple(one.name for one in scene.nmbrs.companies),
        host=scene.nmbrs.address.removeprefix("http://").rstrip("/"),
        calls_per_second=150,
    )


def everything(scene: Scene) -> tuple[State, ...]:
    link = scene.link()
    with scene.seen():
        kept = dict(open_link(scene.firm.link).settings)
        count = Link.objects.count()
    return (
        scene.known(MONTHLY),
        scene.known(FOUR_WEEKLY),
        {"settings": kept, "links": count, "state": link.state, "error": link.error_nl},
    )


def refused(scene: Scene, typed: Asked) -> tuple[Problem, ...]:
    """What stands in the way; and nothing changed, of nobody."""
    before = everything(scene)
    tried = activate_nmbrs(scene.firm.tenant_id, scene.firm.group_id, typed, scene.now)
    assert (tried.link, tried.employers) == (None, ())
    assert everything(scene) == before
    for problem in tried.problems:
        assert problem.nl != problem.en
        assert_nobody_in(scene, f"{problem.nl}\n{problem.en}")
        assert typed.token not in problem.nl + problem.en
    return tried.problems


def the_link_still_works(scene: Scene) -> None:
    one, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    scene.raise_of(one)
    scene.raise_of(other)
    assert scene.sync().errors == []
    scene.told_and_verified(one, other)


# While connecting.


def test_a_token_of_31_characters_is_said_before_anything_is_asked(scene: Scene) -> None:
    (problem,) = refused(scene, replace(asked(scene), token=scene.nmbrs.token[:31]))
    assert (problem.field, problem.code) == ("token", "token-length")
    assert "precies 32 tekens; dit zijn er 31. Kopieer het opnieuw" in problem.nl
    assert "exactly 32 characters; this has 31. Copy it again" in problem.en
    assert scene.nmbrs.log == []
    the_link_still_works(scene)


def test_a_wrong_token_is_refused_and_a_new_one_asked_for(scene: Scene) -> None:
    (problem,) = refused(scene, replace(asked(scene), token=WRONG_TOKEN))
    assert (problem.field, problem.code) == ("token", "authorisation-expired")
    assert "Maak in Nmbrs een nieuw token en verbind opnieuw." in problem.nl
    assert "Make a new token in Nmbrs and connect again." in problem.en
    the_link_still_works(scene)


def test_a_wrong_domain_is_told_apart_and_the_right_one_named(scene: Scene) -> None:
    (problem,) = refused(scene, replace(asked(scene), domain="anderbedrijf"))
    assert (problem.field, problem.code) == ("domain", "domain-of-another")
    for text in (problem.nl, problem.en):
        assert "“anderbedrijf”" in text
        assert f"“{scene.nmbrs.domain}”" in text
    the_link_still_works(scene)


def test_a_right_that_is_off_is_named_with_the_place_to_tick_it(scene: Scene) -> None:
    changes.set_right(scene.books, "EmployeeService.Contract_GetCurrentPeriod", is_allowed=False)
    problems = refused(scene, asked(scene))
    assert [one.code for one in problems] == ["right-refused"] * 2
    for problem, company in zip(problems, scene.nmbrs.companies, strict=True):
        assert problem.nl.startswith(f"{company.name}: EmployeeService.Contract_GetCurrentPeriod staat uit.")
        assert "Vink in Nmbrs" in problem.nl
        assert "tick the method Contract_GetCurrentPeriod" in problem.en
    changes.set_right(scene.books, "EmployeeService.Contract_GetCurrentPeriod", is_allowed=True)
    the_link_still_works(scene)


def test_a_company_that_is_hidden_is_not_joined_and_neither_is_the_other(scene: Scene) -> None:
    hidden = scene.nmbrs.companies[FOUR_WEEKLY]
    changes.show_company(scene.books, hidden.id, is_visible=False)
    (problem,) = refused(scene, asked(scene))
    assert (problem.field, problem.code) == ("entities", "entity-unknown")
    assert f"“{hidden.name}” is er niet, of de API-gebruiker ziet het bedrijf niet." in problem.nl
    assert scene.nmbrs.companies[MONTHLY].name in problem.nl
    changes.show_company(scene.books, hidden.id, is_visible=True)
    the_link_still_works(scene)


# While reading.


@pytest.mark.parametrize("wrong", ["token", "domain"])
def test_a_log_in_that_is_not_accepted_any_more_changes_nothing_and_is_asked_once(
    scene: Scene, wrong: str
) -> None:
    with scene.seen():
        if wrong == "token":
            renew_secrets(scene.firm.link, {"token": WRONG_TOKEN})
        else:
            settings = scene.link().settings | {"domain": "anderbedrijf"}
            Link.objects.filter(reference=scene.firm.link).update(settings=settings)
    scene.raise_of(scene.serving(MONTHLY)[0])
    before = scene.known(MONTHLY), scene.known(FOUR_WEEKLY)
    report = scene.sync()
    assert [error.code for error in report.errors] == ["authorisation-expired"]
    assert (scene.known(MONTHLY), scene.known(FOUR_WEEKLY)) == before
    assert [one.outcome for one in scene.nmbrs.log] == ["1001"]  # more would lock the account
    link = scene.link()
    assert link.state == Link.State.REAUTHORISE
    assert "Maak in Nmbrs een nieuw token en verbind opnieuw." in link.error_nl
    assert "Make a new token in Nmbrs and connect again." in link.error_en
    page = links.link(scene.visitor(), scene.firm.link, scene.now)
    assert page.link.next_step.nl.startswith("Maak in de salarisadministratie een nieuw token")


def test_what_was_composed_before_the_token_was_revoked_still_arrives_and_a_new_token_goes_on(
    scene: Scene,
) -> None:
    one, other = scene.serving(MONTHLY)[:2]
    scene.raise_of(one)
    scene.sync()
    changes.revoke_token(scene.books)
    scene.raise_of(other)
    before = scene.known_of(other)
    assert [error.code for error in scene.sync().errors] == ["authorisation-expired"]
    scene.told_and_verified(one)
    assert scene.known_of(other) == before
    new = changes.issue_token(scene.books).told["token"]
    wrong = links.reconnect(scene.visitor(), scene.firm.link, NewToken(WRONG_TOKEN), scene.now)
    assert [one.code for one in wrong.problems] == ["authorisation-expired"]
    assert scene.link().state == Link.State.REAUTHORISE
    assert links.reconnect(scene.visitor(), scene.firm.link, NewToken(new), scene.now).succeeded
    assert scene.link().settings.items() >= PATIENCE.items()  # what was set on the link is not forgotten
    assert scene.sync().errors == []
    scene.told_and_verified(other)
    assert (scene.link().state, scene.link().error_code) == (Link.State.ACTIVE, "")


@pytest.mark.parametrize(
    "operation",
    ["CompanyService.Run_GetList", "EmployeeService.Partner_Get", "EmployeeService.SVW_GetCurrent"],
)
def test_a_right_that_goes_off_stops_the_reading_and_names_itself(scene: Scene, operation: str) -> None:
    one, other = scene.serving(MONTHLY)[0], scene.serving(FOUR_WEEKLY)[0]
    scene.raise_of(one)
    scene.sync()
    changes.set_right(scene.books, operation, is_allowed=False)
    scene.raise_of(other)
    before = scene.known(MONTHLY), scene.known(FOUR_WEEKLY)
    report = scene.sync()
    assert [error.code for error in report.errors] == ["right-refused"] * 2
    assert (scene.known(MONTHLY), scene.known(FOUR_WEEKLY)) == before
    scene.told_and_verified(one)  # what was known before goes on
    link = scene.link()
    assert link.state == Link.State.PARTIAL
    for text in (link.error_nl, link.error_en):
        assert operation in text
        assert scene.nmbrs.companies[MONTHLY].name in text
    assert "Vink in Nmbrs" in link.error_nl
    changes.set_right(scene.books, operation, is_allowed=True)
    assert scene.sync(hours=1).errors == []
    scene.told_and_verified(other)
    assert (scene.link().state, scene.link().error_code) == (Link.State.ACTIVE, "")


@pytest.mark.parametrize("place", [MONTHLY, FOUR_WEEKLY])
def test_a_company_that_is_hidden_stays_as_it_was_and_the_other_goes_on(scene: Scene, place: int) -> None:
    hidden, seen = place, 1 - place
    company = scene.nmbrs.companies[hidden]
    changes.show_company(scene.books, company.id, is_visible=False)
    one, other = scene.serving(hidden)[0], scene.serving(seen)[0]
    scene.raise_of(one)
    scene.raise_of(other)
    before = scene.known(hidden)
    report = scene.sync()
    assert [error.code for error in report.errors] == ["company-not-visible"]
    assert scene.known(hidden) == before
    scene.told_and_verified(other)
    link = scene.link()
    assert (link.state, link.error_code) == (Link.State.PARTIAL, "company-not-visible")
    assert link.error_nl.startswith(f"{company.name}: De API-gebruiker ziet dit bedrijf niet in Nmbrs. Maak")
    assert link.error_en.startswith(f"{company.name}: The API user does not see this company in Nmbrs. Make")
    page = links.link(scene.visitor(), scene.firm.link, scene.now)
    assert page.link.next_step.nl.startswith("Maak het bedrijf in de salarisadministratie zichtbaar")
    assert page.deliveries
    changes.show_company(scene.books, company.id, is_visible=True)
    assert scene.sync().errors == []
    scene.told_and_verified(one)
    assert (scene.link().state, scene.link().error_code) == (Link.State.ACTIVE, "")
