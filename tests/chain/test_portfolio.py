"""Everybody at once: stored, told and read back; broken off and gone on with; and a what-if that writes nothing."""

from datetime import date, timedelta

import pytest
from tests.chain.works import Works, everything_is_verified

from schakel.chain.portfolio import Range, recalculate_everybody
from schakel.engine.errors import NoAgreement
from schakel.engine.timeline import Period
from schakel.participation import portfolio
from schakel.participation.models import AmountLine, PortfolioRun
from schakel.participation.what_if import agreed_benefit, what_if
from schakel.schemes import agree
from schakel.schemes.models import SchemeBenefit
from schakel.tenancy.scope import tenant_scope

YEAR = Range(date(2026, 1, 1), date(2027, 1, 1))


class Killed(BaseException):
    """The machine stops here."""


def other_terms(works: Works) -> None:
    """A higher contribution from October on, agreed after everything was calculated."""
    with tenant_scope(works.tenant_id):
        one = SchemeBenefit.objects.get(benefit="retirement_pension")
        terms = {"contribution_rate": "27.5", "employee_rate": "5", "holiday_allowance_rate": "8"}
        agree.agree_terms(
            one.id, terms, Period(date(2026, 10, 1)), works.clock() + timedelta(seconds=1), "addendum"
        )


def test_other_terms_are_recalculated_told_and_read_back(works: Works) -> None:
    works.sync()
    works.come_to_rest()
    other_terms(works)
    works.wait(hours=1)
    # As far as was calculated already: only who pays pension hears of it, one message each.
    so_far = Range(YEAR.start, date(2026, 12, 1))
    done = recalculate_everybody(works.tenant_id, so_far, works.clock)
    assert (done.employees, done.messages) == (3, 3)
    told = [one for one in works.messages() if one.sequence == 2]
    assert {change["start"] for one in told for change in one.changed} >= {"2026-10-01", "2026-11-01"}
    works.come_to_rest()
    everything_is_verified(works)
    again = recalculate_everybody(works.tenant_id, so_far, works.clock)
    assert (again.changed, again.messages) == (0, 0)


def test_a_run_that_was_broken_off_goes_on_after_its_last_block(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    works.sync()
    other_terms(works)
    works.wait(hours=1)
    whole = portfolio.recalculate_block
    calls = []

    def breaks(*given: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise Killed
        return whole(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(portfolio, "recalculate_block", breaks)
    with pytest.raises(Killed):
        recalculate_everybody(works.tenant_id, YEAR, works.clock, block=1)
    with tenant_scope(works.tenant_id):
        assert [(one.done, one.total) for one in PortfolioRun.objects.all()] == [(1, 3)]
    done = recalculate_everybody(works.tenant_id, YEAR, works.clock, block=1)
    assert (done.resumed, done.employees) == (1, 2)
    with tenant_scope(works.tenant_id):
        assert PortfolioRun.objects.filter(finished_at=None).count() == 0
        # Three employees, each with the new contribution in October.
        lines = AmountLine.objects.filter(
            participation__benefit__benefit="retirement_pension", known_until=None
        )
        assert {line.amounts["contribution"] for line in lines.filter(start=date(2026, 9, 1))} != {
            line.amounts["contribution"] for line in lines.filter(start=date(2026, 10, 1))
        }


def test_a_what_if_tells_totals_and_writes_nothing(works: Works) -> None:
    works.sync()
    with tenant_scope(works.tenant_id):
        employer = SchemeBenefit.objects.get(benefit="retirement_pension").scheme.employer_id
        before = AmountLine.objects.count()
        one = agreed_benefit(employer, "retirement_pension")
        found = what_if(employer, one, {"contribution_rate": "27.5"}, YEAR.start, YEAR.until, most=2)
        assert AmountLine.objects.count() == before
    contribution, employee = found.compared["contribution"], found.compared["employee_contribution"]
    assert found.employees == 3
    # 27.5 instead of 26.5 of the same base, and the employee's own rate is untouched.
    assert contribution.then * 265 == pytest.approx(contribution.now * 275, abs=265 * 3 * 12)
    assert employee.difference == 0
    assert sum(count for _, _, count in contribution.bands()) == 3
    assert contribution.difference == found.compared["employer_contribution"].difference


def test_a_benefit_of_several_schemes_is_named_by_its_number(works: Works) -> None:
    with tenant_scope(works.tenant_id):
        first = SchemeBenefit.objects.get(benefit="retirement_pension")
        employer = first.scheme.employer_id
        other = type(first.scheme).objects.create(
            tenant_id=first.tenant_id, employer_id=employer, name="Tweede regeling"
        )
        again = SchemeBenefit.objects.create(
            tenant_id=first.tenant_id,
            scheme=other,
            benefit=first.benefit,
            administered_from=first.administered_from,
        )
        with pytest.raises(NoAgreement, match=rf"{first.id} .*{again.id} "):
            agreed_benefit(employer, "retirement_pension")
        assert agreed_benefit(employer, str(again.id)).id == again.id
        with pytest.raises(NoAgreement, match=r"agreed: .*retirement_pension"):
            agreed_benefit(employer, "bicycle")
