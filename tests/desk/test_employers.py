"""Employers: everything at a glance in a few queries, and one with its terms in words and its totals."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.firms import Firm
from tests.rooms.conftest import agree_all
from tests.rooms.intake.told import Reader, Told

from schakel.desk import employers, revised, totals
from schakel.desk.access import Role
from schakel.records.models import Employee
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group
from schakel.tenancy.scope import tenant_scope


def test_the_overview_tells_of_each_employer_what_matters(firm: Firm) -> None:
    found = employers.overview(firm.visitor(Role.ADVISER), firm.now)
    by_id = {row.id: row for row in found.rows}
    row = by_id[firm.seen]
    assert (row.name, row.group_name, row.in_service) == ("Voorbeeld Kozijnen B.V.", "Groep Noord", 1)
    assert row.messages == {"received": 1}
    assert [(one.state, one.is_stale) for one in row.links] == [("active", False)]
    assert row.links[0].age is not None
    assert row.links[0].age < timedelta(days=1)
    assert (row.total_start, row.total_until) == (date(2026, 11, 1), date(2026, 12, 1))
    assert by_id[firm.unseen].premium_total is None
    assert found.in_service == 2
    assert found.messages == {"received": 1}


def test_the_total_is_every_premium_of_the_wage_period(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    (row,) = [one for one in employers.overview(adviser, firm.now).rows if one.id == firm.seen]
    chart = totals.totals(adviser, firm.seen, firm.now)
    assert row.premium_total == chart.premium_totals[-1]
    by_benefit = {one.benefit: one for one in chart.series}
    assert by_benefit["retirement_pension"].total[-1] == 77_866
    premiums = sum(one.total[-1] or 0 for one in chart.series if one.is_premium)
    assert premiums == row.premium_total
    assert not by_benefit["home_working_allowance"].is_premium
    (wage_sum,) = [
        one for one in totals.wage_sums(adviser, firm.seen, firm.now) if one.period.label == "2026-11"
    ]
    assert by_benefit["wga_gap"].total[-1] == wage_sum.premium
    assert wage_sum.employer_share == wage_sum.premium - wage_sum.employee_share


def test_a_chart_has_a_place_for_every_period(firm: Firm) -> None:
    chart = totals.totals(firm.visitor(Role.ADVISER), firm.seen, firm.now, periods=4)
    assert [one.label for one in chart.periods] == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert {len(one.total) for one in chart.series} == {4}
    # The raise holds from September on.
    (pension,) = [one.total for one in chart.series if one.benefit == "retirement_pension"]
    assert pension == (72_142, 77_866, 77_866, 77_866)


@pytest.mark.parametrize("order", employers.ORDERS)
def test_employers_can_be_put_in_every_order(firm: Firm, order: str) -> None:
    adviser = firm.visitor(Role.ADVISER)
    up = [row.id for row in employers.overview(adviser, firm.now, order).rows]
    down = [row.id for row in employers.overview(adviser, firm.now, order, descending=True).rows]
    assert sorted(up) == sorted(down) == sorted([firm.seen, firm.unseen])
    key = employers.ORDERED_BY[order]
    keys = [key(row) for row in employers.overview(adviser, firm.now, order).rows]
    assert keys == sorted(keys)


def test_an_order_that_is_none_is_refused(firm: Firm) -> None:
    with pytest.raises(ValueError, match="premium_total"):
        employers.overview(firm.visitor(Role.ADVISER), firm.now, "shoe_size")


def test_fifty_employers_take_as_many_queries_as_one(firm: Firm) -> None:
    officer, adviser = firm.visitor(Role.HR_OFFICER), firm.visitor(Role.ADVISER)
    with tenant_scope(firm.tenant_id):
        reader = Reader(firm.unseen)
        for number in range(50):
            made = employer_named(employer_group("Groep Oost").id, f"Bedrijf {number:02} B.V.")
            Employee.objects.create(
                employer_id=made, source=firm.payroll_link, employee_key=f"k{number}", employee_number="1"
            )
        agree_all(firm.unseen, date(2026, 11, 1))
        reader.now = firm.now
        reader.sync([Told(key="7002", number="72")])
    with CaptureQueriesContext(connection) as for_one:
        assert len(employers.overview(officer, firm.now).rows) == 1
    with CaptureQueriesContext(connection) as for_many:
        assert len(employers.overview(adviser, firm.now).rows) == 52
    assert len(for_many) == len(for_one) <= 16


def test_one_employer_with_its_schemes_in_words(firm: Firm) -> None:
    page = employers.employer(firm.visitor(Role.ADVISER), firm.seen, firm.now)
    assert {one.kind for one in page.links} == {"payroll", "carrier"}
    (scheme,) = page.schemes
    by_name = {one.benefit: one for one in scheme.benefits}
    pension = by_name["retirement_pension"]
    assert (pension.carrier_name, pension.policy_number, pension.participants) == ("Pensioen Noord", "P-1", 1)
    (version,) = pension.terms
    told = {one.name: (one.value.nl, one.value.en) for one in version.terms}
    assert told["contribution_rate"] == ("26,5 %", "26.5 %")
    assert told["franchise"][0].startswith("wettelijk: ")
    assert told["entry_age"] == ("18 jaar", "18 years")
    assert told["includes_fixed_allowance"] == ("nee", "no")
    assert told["proration"] == ("naar kalenderdagen", "by calendar days")
    accident = {one.name: one.value.nl for one in by_name["accident"].terms[0].terms}
    assert (accident["death_rate"], accident["death_maximum"]) == ("0,4 ‰", "€ 250.000,00")
    assert by_name["home_working_allowance"].carrier_name == ""


def test_what_changed_with_old_new_and_difference(firm: Firm) -> None:
    found = revised.revised(firm.visitor(Role.ADVISER), firm.seen, firm.now)
    (person,) = [one for one in found if one.effective_from == date(2026, 9, 1)]
    assert [one.nl for one in person.cause] == ["salaris"]
    assert not person.is_new
    assert person.premium_difference == sum(one.premium_difference for one in person.revisions)
    (raised,) = [one for one in person.revisions if one.benefit_words.nl == "Ouderdomspensioen"]
    assert [one.nl for one in raised.facts_changed] == ["salaris"]
    assert raised.employee_name == "A. de Bakker"
    contribution = [one for one in raised.changes if one.quantity == "contribution"]
    assert [(one.old, one.new, one.difference) for one in contribution] == [(72_142, 77_866, 5_724)] * 3
    assert raised.premium_difference == 3 * 5_724
    assert contribution[0].words.nl == "premie"


def test_who_was_not_known_before_is_told_as_new_and_not_by_every_fact(firm: Firm) -> None:
    (newcomer,) = [
        one for one in revised.revised(firm.visitor(Role.ADVISER), firm.seen, firm.now) if one.is_new
    ]
    assert [one.nl for one in newcomer.cause] == ["nieuw"]
    assert len(newcomer.revisions) > 3
    assert len({one.benefit_id for one in newcomer.revisions}) == len(newcomer.revisions)


def test_a_link_that_was_not_read_for_long_asks_for_attention(firm: Firm) -> None:
    late = firm.now + timedelta(days=2)
    rows = employers.overview(firm.visitor(Role.ADVISER), late).rows
    (row,) = [one for one in rows if one.id == firm.seen]
    assert row.links[0].is_stale
    assert row.needs_attention
