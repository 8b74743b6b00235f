"""The tests' own database keeps its promises: the run-time role, its own cluster, emptied between tests."""

import threading

import pytest
from django.db import connection

from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, tenant_ids


def one(query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_role_that_owns_nothing() -> None:
    assert one("SELECT current_user") == "schakel_app"
    assert one("SELECT count(*) FROM pg_class WHERE relowner = 'schakel_app'::regrole") == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_real_transactions_begin_with_empty_tables(_time: int) -> None:
    assert tenant_ids() == []
    create_tenant("Adviesbureau", Tenant.Kind.ADVISER_FIRM)
    seen: list[int] = []

    def elsewhere() -> None:
        seen.extend(tenant_ids())
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(seen) == 1, "another connection sees what was committed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_jobs_are_emptied_too(_time: int) -> None:
    assert one("SELECT count(*) FROM procrastinate_jobs") == 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('x', 'y')")
