"""Totals are the sum of the lines, to the cent, whatever happened to the lines; and two writers lose nothing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.conftest import agree_all
from tests.rooms.intake.told import Reader, Told, people
from tests.rooms.participation.test_laws import BOUNDED, _undone, people_told

from schakel.intake import receive
from schakel.participation import period_totals
from schakel.participation.models import AmountLine, PeriodTotal
from schakel.participation.period_totals import Place
from schakel.tenancy.employers import employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

FREE = receive.GuardLimits(salary_share=1, leaver_share=1)
SEPTEMBER = (date(2026, 9, 1), date(2026, 10, 1), 2026, 9)

Totals = dict[Place, tuple[int, dict[str, int]]]


def kept() -> Totals:
    """What the totals say; a total over nobody says nothing, and must hold nothing."""
    found: Totals = {}
    for row in PeriodTotal.objects.all():
        sums = {name: total for name, total in row.sums.items() if total}
        if row.participants:
            found[Place(row.benefit_id, row.start, row.until, row.year, row.number)] = (
                row.participants,
                sums,
            )
        else:
            assert sums == {}
    return found


def counted() -> Totals:
    """What the lines say, added up anew."""
    lines: dict[Place, list[dict[str, int]]] = {}
    for row in AmountLine.objects.filter(known_until=None).select_related("participation"):
        place = Place(row.participation.benefit_id, row.start, row.until, row.year, row.number)
        lines.setdefault(place, []).append(row.amounts)
    found: Totals = {}
    for place, amounts in lines.items():
        sums: Counter[str] = Counter()
        for one in amounts:
            sums.update(one)
        found[place] = (len(amounts), {name: total for name, total in sums.items() if total})
    return found


@pytest.mark.django_db
@BOUNDED
@given(st.lists(people_told, min_size=1, max_size=3))
def test_totals_are_the_sum_of_the_lines_after_any_history(
    reader: Reader, benefits: dict[str, int], told: list[Told]
) -> None:
    assert benefits
    with _undone():
        reader.sync([*people(2)], limits=FREE)
        for one in told:
            reader.sync([one, *people(2)], limits=FREE)
            assert kept() == counted() != {}


@pytest.mark.django_db
def test_what_is_taken_out_leaves_nothing(reader: Reader, benefits: dict[str, int]) -> None:
    place = Place(benefits["accident"], *SEPTEMBER)
    period_totals.add([], [(place, {"employee_share": 3, "premium": 10}), (place, {"premium": 5})])
    assert kept() == {place: (2, {"employee_share": 3, "premium": 15})}
    period_totals.add([(place, {"premium": 5})], [(place, {"premium": 6, "bonus": 1})])
    assert kept() == {place: (2, {"employee_share": 3, "premium": 16, "bonus": 1})}
    period_totals.add(
        [(place, {"employee_share": 3, "premium": 10}), (place, {"premium": 6, "bonus": 1})], []
    )
    assert kept() == {}


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_lose_no_cent_and_never_wait_in_a_circle() -> None:
    tenant_id = create_tenant("Adviesbureau", Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(tenant_id):
        employer_id = employer_named(employer_group("Groep").id, "Voorbeeld Kozijnen B.V.")
        places = [Place(one, *SEPTEMBER) for one in agree_all(employer_id, date(2026, 1, 1)).values()]
    start = Barrier(2)

    def write(ordered: list[Place]) -> None:
        try:
            start.wait(10)
            for _ in range(20):
                with tenant_scope(tenant_id):
                    period_totals.add([], [(place, {"premium": 7}) for place in ordered])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (places, places[::-1])))
    with tenant_scope(tenant_id):
        assert kept() == {place: (40, {"premium": 280}) for place in places}
